"""The shape of HSDS 3.1: its tables, their columns, and how objects nest. Facts, no code that runs.

One description serves JSON and CSV, reading and writing. Source: Human Services Data
Specification 3.1, https://docs.openreferral.org. Columns marked `ours` are additional properties
that carry what the standard lacks; they are named as in directory/model.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from directory.model import Precision
from directory.sources.hsds_kinds import (
    ANSWER,
    CODES,
    DATE,
    EMAIL,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    TIME,
    URI,
    UUID,
    WHOLE,
    Kind,
    one_of,
)


@dataclass(frozen=True, slots=True)
class Column:
    """`required`: present in every object and row, empty if we know nothing."""

    name: str
    kind: Kind = TEXT
    required: bool = False
    ours: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Many:
    """A list inside an object: its key, its table, and the column there that names the owner."""

    key: str
    table: str
    column: str


@dataclass(frozen=True, slots=True)
class One:
    """An object inside an object: its key, its table, and the column here that names it."""

    key: str
    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Table:
    """Every table has an `id` besides its columns."""

    name: str
    file: str
    about: str
    columns: tuple[Column, ...]
    many: tuple[Many, ...] = ()
    one: tuple[One, ...] = ()


def _plain(names: str, kind: Kind = TEXT, *, required: bool = False) -> tuple[Column, ...]:
    return tuple(Column(name, kind, required) for name in names.split())


_TABLES: Final = (
    Table(
        "organization",
        "organizations.csv",
        "Who runs services.",
        (
            *_plain("name", required=True),
            *_plain("alternate_name"),
            *_plain("description", required=True),
            *_plain("email", EMAIL),
            *_plain("website", URI),
            *_plain("tax_status legal_status"),
            *_plain("parent_organization_id", UUID),
        ),
        many=(
            Many("phones", "phone", "organization_id"),
            Many("additional_websites", "url", "organization_id"),
        ),
    ),
    Table(
        "service",
        "services.csv",
        "What is offered to people.",
        (
            *_plain("name", required=True),
            *_plain("alternate_name description"),
            *_plain("url", URI),
            *_plain("email", EMAIL),
            *_plain("status", required=True),
            *_plain("interpretation_services application_process fees_description wait_time"),
            *_plain("accreditations eligibility_description"),
            *_plain("minimum_age maximum_age", WHOLE),
            *_plain("assured_date", DATE),
            *_plain("assurer_email", EMAIL),
            *_plain("licenses alert"),
            *_plain("last_modified", MOMENT),
            Column("open_on_holidays", ANSWER, ours=True, about="yes or no; left out: not known"),
            Column("source_codes", CODES, ours=True, about="Codes of the source, parted by spaces"),
        ),
        many=(
            Many("phones", "phone", "service_id"),
            Many("schedules", "schedule", "service_id"),
            Many("service_areas", "service_area", "service_id"),
            Many("languages", "language", "service_id"),
            Many("cost_options", "cost_option", "service_id"),
            Many("required_documents", "required_document", "service_id"),
            Many("capacities", "service_capacity", "service_id"),
            Many("additional_urls", "url", "service_id"),
            Many("attributes", "attribute", "link_id"),
            Many("access", "access", "service_id"),
            Many("service_at_locations", "service_at_location", "service_id"),
        ),
        one=(One("organization", "organization", "organization_id"), One("source", "source", "source_id")),
    ),
    Table(
        "service_at_location",
        "service_at_location.csv",
        "A service at one of its locations.",
        _plain("description"),
        many=(
            Many("phones", "phone", "service_at_location_id"),
            Many("schedules", "schedule", "service_at_location_id"),
            Many("service_areas", "service_area", "service_at_location_id"),
        ),
        one=(One("location", "location", "location_id"),),
    ),
    Table(
        "location",
        "locations.csv",
        "Where services are given.",
        (
            *_plain("location_type", required=True),
            *_plain("url", URI),
            *_plain("name alternate_name description transportation"),
            *_plain("latitude longitude", NUMBER),
            Column(
                "precision", one_of(Precision), ours=True, about="street, zip (middle of the ZIP) or none"
            ),
            Column("time_zone", ours=True, about="IANA name, America/Chicago"),
            Column("confidential", FLAG, ours=True, about="true: street and point are kept back"),
        ),
        many=(
            Many("addresses", "address", "location_id"),
            Many("phones", "phone", "location_id"),
            Many("schedules", "schedule", "location_id"),
            Many("languages", "language", "location_id"),
            Many("accessibility", "accessibility", "location_id"),
        ),
    ),
    Table(
        "address",
        "addresses.csv",
        "Street and postal addresses.",
        (
            *_plain("attention"),
            *_plain("address_1", required=True),
            *_plain("address_2"),
            *_plain("city", required=True),
            *_plain("region"),
            *_plain("state_province postal_code country address_type", required=True),
        ),
    ),
    Table(
        "phone",
        "phones.csv",
        "Numbers to call, text or fax.",
        (
            *_plain("number", required=True),
            Column("extension", NUMBER),
            *_plain("type description"),
            Column("extension_text", ours=True, about="An extension that is no plain number: 007, *2"),
        ),
        many=(Many("languages", "language", "phone_id"),),
    ),
    Table(
        "schedule",
        "schedules.csv",
        "Opening rules: iCalendar RRULE in parts.",
        (
            *_plain("valid_from valid_to dtstart", DATE),
            *_plain("timezone", NUMBER),
            *_plain("until", DATE),
            *_plain("count", WHOLE),
            *_plain("wkst freq"),
            *_plain("interval", WHOLE),
            *_plain("byday byweekno bymonthday byyearday description"),
            *_plain("opens_at closes_at", TIME),
            *_plain("schedule_link", URI),
            *_plain("attending_type notes"),
            Column("closed", FLAG, ours=True, about="true: closed on these days, whatever else is said"),
            Column("exact_rule", ours=True, about="What HSDS has no words for: freq=YEARLY;valid_from="),
        ),
    ),
    Table("language", "languages.csv", "Languages spoken.", _plain("name code note")),
    Table(
        "accessibility",
        "accessibility.csv",
        "How people with disabilities get in.",
        (*_plain("description details"), *_plain("url", URI)),
    ),
    Table(
        "cost_option",
        "cost_options.csv",
        "Prices.",
        (
            *_plain("valid_from valid_to", DATE),
            *_plain("option currency"),
            *_plain("amount", NUMBER),
            *_plain("amount_description"),
        ),
    ),
    Table(
        "required_document",
        "required_documents.csv",
        "Papers to bring.",
        (*_plain("document"), *_plain("uri", URI)),
    ),
    Table(
        "service_area",
        "service_areas.csv",
        "Where people may live who use a service.",
        _plain("name description extent extent_type uri"),
    ),
    Table(
        "service_capacity",
        "service_capacity.csv",
        "Room that is free, in units.",
        (
            *_plain("available", NUMBER, required=True),
            *_plain("maximum", NUMBER),
            *_plain("description"),
            *_plain("updated", MOMENT, required=True),
        ),
        one=(One("unit", "unit", "unit_id"),),
    ),
    Table("unit", "units.csv", "What room is counted in: beds.", _plain("name", required=True)),
    Table(
        "url",
        "url.csv",
        "More web addresses.",
        (*_plain("label"), *_plain("url", URI, required=True)),
    ),
    Table(
        "attribute",
        "attributes.csv",
        "Taxonomy terms that hold for a service.",
        _plain("link_entity value label"),
        one=(One("taxonomy_term", "taxonomy_term", "taxonomy_term_id"),),
    ),
    Table(
        "taxonomy_term",
        "taxonomy_terms.csv",
        "Words of a taxonomy.",
        (
            *_plain("code"),
            *_plain("name description", required=True),
            *_plain("taxonomy"),
        ),
        one=(One("taxonomy_detail", "taxonomy", "taxonomy_id"),),
    ),
    Table("taxonomy", "taxonomies.csv", "Taxonomies.", _plain("name description", required=True)),
    Table(
        "access",
        "access.csv",
        "Ours: the answers that decide a night, one row per answer.",
        (
            Column("question", ours=True, about="walk_in, intake_24_7, drop_off, ..."),
            Column("answer", ANSWER, ours=True, about="yes or no"),
            Column("verified_on", DATE, ours=True, about="The day it was asked"),
            Column("source", ours=True, about="Who says so"),
        ),
    ),
    Table(
        "source",
        "sources.csv",
        "Ours: where records come from, and on what terms.",
        (
            *(Column(name, ours=True) for name in ("name", "licence", "url")),
            Column("listed_on", DATE, ours=True, about="The day the source speaks of"),
            Column("is_demonstration", FLAG, ours=True, about="true: invented, for show"),
        ),
    ),
)
TABLES: Final[dict[str, Table]] = {table.name: table for table in _TABLES}

STATUSES: Final = ("active", "inactive", "defunct", "temporarily closed")
LOCATION_TYPES: Final = ("physical", "postal", "virtual")
FREQUENCIES: Final = ("WEEKLY", "MONTHLY")
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def owners(table: str) -> tuple[tuple[Table, Many], ...]:
    """The tables whose objects hold lists of this one, the most particular first."""
    order = ("service_at_location", "service", "location", "organization", "phone")
    found = [(owner, many) for owner in _TABLES for many in owner.many if many.table == table]
    return tuple(sorted(found, key=lambda pair: order.index(pair[0].name)))
