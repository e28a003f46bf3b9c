"""Records to table rows and back. Which table holds which part of which record: one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any, Final

from sqlalchemy import Table

from directory import model, schema
from directory.model import Answer, Fact, Language, Location, Phone, Point, Precision, Service

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A list inside a record: the field that holds it, its table, its owner's column."""

    owner: str  # "service_id"
    field: str  # "phones"
    table: Table
    record: type[Any]


PARTS: Final = (
    Part("organization_id", "phones", schema.phone, model.Phone),
    Part("organization_id", "additional_websites", schema.url, model.Url),
    Part("service_id", "phones", schema.phone, model.Phone),
    Part("service_id", "schedules", schema.schedule, model.Schedule),
    Part("service_id", "languages", schema.language, model.Language),
    Part("service_id", "service_areas", schema.service_area, model.ServiceArea),
    Part("service_id", "cost_options", schema.cost_option, model.CostOption),
    Part("service_id", "required_documents", schema.required_document, model.RequiredDocument),
    Part("service_id", "capacities", schema.service_capacity, model.Capacity),
    Part("service_id", "additional_urls", schema.url, model.Url),
    Part("location_id", "addresses", schema.address, model.Address),
    Part("location_id", "phones", schema.phone, model.Phone),
    Part("location_id", "schedules", schema.schedule, model.Schedule),
    Part("location_id", "languages", schema.language, model.Language),
    Part("location_id", "accessibility", schema.accessibility, model.Accessibility),
    Part("service_at_location_id", "phones", schema.phone, model.Phone),
    Part("service_at_location_id", "schedules", schema.schedule, model.Schedule),
    Part("service_at_location_id", "service_areas", schema.service_area, model.ServiceArea),
)


def parts_of(owner: str) -> list[Part]:
    return [part for part in PARTS if part.owner == owner]


@cache
def _shared(record: str, table: str) -> tuple[str, ...]:
    columns = schema.metadata.tables[table].c
    return tuple(f.name for f in fields(getattr(model, record)) if f.name in columns)


def row_of(record: Any, table: Table, **more: Any) -> Row:
    """The row of a record: the columns that are fields of it, and those given."""
    row: Row = {name: getattr(record, name) for name in _shared(type(record).__name__, table.name)}
    if isinstance(record, Phone):
        row["languages"] = [asdict(language) for language in record.languages]
    row.update(more)
    return row


def record_of(record: type[Any], row: Any, table: Table, **more: Any) -> Any:
    """The record of a row; parts and odd fields are given."""
    values = {name: row[name] for name in _shared(record.__name__, table.name)}
    if record is Phone:
        values["languages"] = tuple(Language(**each) for each in values["languages"])
    return record(**{**values, **more})


def service_row(service: Service, organization_id: str, source_id: str) -> Row:
    return row_of(
        service,
        schema.service,
        organization_id=organization_id,
        source_id=source_id,
        source_codes=" ".join(service.source_codes),
    )


def service_of(row: Mapping[str, Any], **parts: Any) -> Service:
    service: Service = record_of(
        Service,
        row,
        schema.service,
        source_codes=tuple(row["source_codes"].split()),
        open_on_holidays=Answer(row["open_on_holidays"]),
        **parts,
    )
    return service


def location_row(location: Location, point_from: str, address_digest: str) -> Row:
    return row_of(
        location,
        schema.location,
        latitude=location.point.latitude if location.point else None,
        longitude=location.point.longitude if location.point else None,
        point_from=point_from,
        address_digest=address_digest,
    )


def location_of(row: Mapping[str, Any], **parts: Any) -> Location:
    known = row["latitude"] is not None
    location: Location = record_of(
        Location,
        row,
        schema.location,
        point=Point(row["latitude"], row["longitude"]) if known else None,
        precision=Precision(row["precision"]),
        **parts,
    )
    return location


def fact_of(row: Mapping[str, Any]) -> Fact:
    return Fact(Answer(row["answer"]), row["verified_on"], row["source"])
