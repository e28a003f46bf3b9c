"""The tables: HSDS 3.1 in its own names, and beside it what HSDS does not know.

Ids are HSDS's (UUID as text). No personal data: HSDS contacts are not kept. Rows that belong
to a service or place are found by the *_id column of their owner, as in HSDS's tabular form.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect

metadata = MetaData()


def _table(name: str, *columns: Column[Any], owners: tuple[str, ...] = ()) -> Table:
    owned = [Column(owner, String(36), index=True) for owner in owners]
    return Table(name, metadata, Column("id", String(36), primary_key=True), *owned, *columns)


def _owned(name: str, *columns: Column[Any], owners: tuple[str, ...]) -> Table:
    """A row has one owner; real packages give the same id to several owners, so the id is no key."""
    owned = [Column(owner, String(36), index=True) for owner in owners]
    row = Column("row", Integer, primary_key=True)
    return Table(name, metadata, row, Column("id", String(36), nullable=False), *owned, *columns)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept as UTC: SQLite forgets the zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, Text, nullable=False, default="") for name in names]


source = Table(
    "source",
    metadata,
    Column("id", String(100), primary_key=True),
    *_texts("name", "licence", "url"),
    Column("listed_on", Date),
    Column("is_demonstration", Boolean, nullable=False, default=False),
)

# One row of a source and what came of it: makes a second import of the same thing do nothing.
entry = Table(
    "entry",
    metadata,
    Column("source_id", String(100), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("service_id", String(36), nullable=False, index=True),
    Column("digest", String(32), nullable=False),
)

organization = _table(
    "organization",
    *_texts("name", "alternate_name", "description", "email", "website", "legal_status", "tax_status"),
    Column("parent_organization_id", String(36), nullable=False, default=""),
)

service = _table(
    "service",
    Column("source_id", String(100), nullable=False, index=True),
    *_texts(
        "name", "status", "alternate_name", "description", "url", "email", "interpretation_services",
        "application_process", "fees_description", "wait_time", "accreditations", "licenses",
        "eligibility_description", "alert", "assurer_email",
    ),
    Column("minimum_age", Integer),
    Column("maximum_age", Integer),
    Column("assured_date", Date),
    Column("last_modified", UtcDateTime),
    Column("open_on_holidays", String(7), nullable=False),
    Column("source_codes", Text, nullable=False, default=""),  # "DT OP RES"
    owners=("organization_id",),
)  # fmt: skip

location = _table(
    "location",
    *_texts("location_type", "name", "alternate_name", "description", "transportation", "url"),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("precision", String(6), nullable=False),
    Column("time_zone", String(64), nullable=False, default=""),
    Column("confidential", Boolean, nullable=False, default=False),
    # Whose point it is, and for which address: see importing.py on keeping the better one.
    Column("point_from", String(320), nullable=False, default=""),
    Column("address_digest", String(32), nullable=False, default=""),
)

service_at_location = _table(
    "service_at_location", *_texts("description"), owners=("service_id", "location_id")
)

address = _owned(
    "address",
    *_texts("attention", "address_1", "address_2", "city", "region", "state_province", "postal_code"),
    *_texts("country", "address_type"),
    owners=("location_id",),
)

phone = _owned(
    "phone",
    *_texts("number", "extension", "type", "description"),
    Column("languages", JSON, nullable=False),  # HSDS language.phone_id, folded in
    owners=("organization_id", "service_id", "location_id", "service_at_location_id"),
)

schedule = _owned(
    "schedule",
    *_texts("freq", "byday", "bymonthday", "byyearday", "byweekno", "wkst"),
    Column("interval", Integer, nullable=False, default=1),
    Column("count", Integer),
    *(Column(name, Date) for name in ("dtstart", "until", "valid_from", "valid_to")),
    *(Column(name, Time) for name in ("opens_at", "closes_at")),
    Column("timezone", Float),
    *_texts("description", "notes", "schedule_link", "attending_type"),
    Column("closed", Boolean, nullable=False, default=False),
    owners=("service_id", "location_id", "service_at_location_id"),
)

language = _owned("language", *_texts("name", "code", "note"), owners=("service_id", "location_id"))

accessibility = _owned("accessibility", *_texts("description", "details", "url"), owners=("location_id",))

cost_option = _owned(
    "cost_option",
    *_texts("option", "currency", "amount_description"),
    Column("amount", Float),
    Column("valid_from", Date),
    Column("valid_to", Date),
    owners=("service_id",),
)

required_document = _owned("required_document", *_texts("document", "uri"), owners=("service_id",))

service_area = _owned(
    "service_area",
    *_texts("name", "description", "extent", "extent_type", "uri"),
    owners=("service_id", "service_at_location_id"),
)

service_capacity = _owned(
    "service_capacity",
    *_texts("unit", "description"),
    Column("available", Float, nullable=False),
    Column("maximum", Float),
    Column("updated", UtcDateTime, nullable=False),
    owners=("service_id",),
)

url = _owned("url", *_texts("url", "label"), owners=("organization_id", "service_id"))

taxonomy = _table("taxonomy", *_texts("name", "description", "uri", "version"))

taxonomy_term = _table("taxonomy_term", *_texts("code", "name", "description"), owners=("taxonomy_id",))

attribute = _owned(
    "attribute",
    Column("taxonomy_term_id", String(36), nullable=False, index=True),
    *_texts("value", "label"),
    owners=("service_id",),
)

change = _owned(  # HSDS metadata; the name `metadata` is SQLAlchemy's here
    "metadata",
    Column("resource_id", String(36), index=True),
    Column("last_action_date", Date, nullable=False),
    *_texts("resource_type", "last_action_type", "field_name", "previous_value", "replacement_value"),
    *_texts("updated_by"),
    owners=("service_id",),  # whose entry brought it
)

# The answers that decide a night (directory/access.py): one row per answer that is known.
access_fact = Table(
    "access_fact",
    metadata,
    Column("service_id", String(36), primary_key=True),
    Column("field", String(40), primary_key=True),
    Column("answer", String(7), nullable=False),
    Column("verified_on", Date),
    Column("source", Text, nullable=False, default=""),
)

# One row: what the directory is now, "12-9f3c…": counts the changes, so that every worker knows when
# its search index is old. The random part tells two histories apart that counted alike.
directory_state = Table(
    "directory_state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", String(40), nullable=False),
)

# What each change touched, so that an open search index catches up without being built anew.
# kind: service, organization, location, or listing (a service_at_location that is gone); "all" without
# an id: too much to list. Old rows go; an index older than the oldest is built anew.
directory_change = Table(
    "directory_change",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("generation", Integer, nullable=False, index=True),
    Column("version", String(40), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("record_id", String(36), nullable=False, default=""),
)

Index("taxonomy_term_code", taxonomy_term.c.taxonomy_id, taxonomy_term.c.code)
