"""Our records as HSDS 3.1 JSON objects. Pure; the way back is hsds_entries.py.

What the standard lacks travels as additional properties (hsds_shape.py marks them), so that an
export read again says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from directory.ids import is_uuid, made_id
from directory.model import (
    Answer,
    Attribute,
    Capacity,
    Listing,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
)
from directory.placing import hide
from directory.sources.hsds_kinds import number_out
from directory.sources.hsds_shape import FREQUENCIES, LOCATION_TYPES, STATUSES, TABLES, WEEKDAYS

Json = dict[str, Any]

# Parts of a rule that may have to be said otherwise; `exact_rule` then holds what they are.
RESTATED: Final = ("freq", "byday", "valid_from", "valid_to", "opens_at", "closes_at")


def as_id(kind: str, text: str) -> str:
    """An id as HSDS wants it: the UUID it is, or one that always comes of the same text."""
    return text.lower() if is_uuid(text) else made_id("hsds", kind, text)


def term_id(taxonomy: str, code: str, name: str) -> str:
    return made_id("term", taxonomy, code, name)


def taxonomy_id(name: str) -> str:
    return made_id("taxonomy", name)


def _says_nothing(value: object) -> bool:
    return value is None or value is False or value is Answer.UNKNOWN or value in ("", ())


def _written(record: Any, table: str, names: Iterable[str] = ()) -> Json:
    """The columns of a table that the record has fields for; what is not known is left out."""
    wanted = set(names)
    found: Json = {"id": as_id(table, record.id)}
    for column in TABLES[table].columns:
        value = getattr(record, column.name, None)
        if wanted and column.name not in wanted:
            continue
        written = None if _says_nothing(value) else column.kind.write(value)
        if written is None and column.required:
            written = ""
        if written is not None:
            found[column.name] = written
    return found


def _lists(record: Any, table: str) -> Json:
    """The lists inside a record, those that are not empty."""
    found: Json = {}
    for many in TABLES[table].many:
        values = getattr(record, many.key, ())
        if values and many.table in _WRITERS:
            found[many.key] = [_WRITERS[many.table](value) for value in values]
    return found


def _plain(table: str) -> Callable[[Any], Json]:
    return lambda record: _written(record, table)


def _phone(phone: Phone) -> Json:
    found = {**_written(replace(phone, extension=""), "phone"), **_lists(phone, "phone")}
    text = phone.extension
    if text.isascii() and text.isdigit() and len(text) <= 15 and str(int(text)) == text:
        found["extension"] = int(text)
    elif text:
        found["extension_text"] = text
    if phone.type == "tty":
        found["type"] = "textphone"  # HSDS's word for it
    return found


def _schedule(rule: Schedule) -> Json:
    said = _restated(rule)
    found = _written(said, "schedule")
    if said.freq not in FREQUENCIES and said.interval == 1:
        found.pop("interval")
    if said.wkst not in WEEKDAYS:
        found.pop("wkst", None)
    if said != rule:
        columns = {column.name: column.kind for column in TABLES["schedule"].columns}
        changed = [name for name in RESTATED if getattr(said, name) != getattr(rule, name)]
        values = {name: getattr(rule, name) for name in changed}
        parts = [f"{name}={columns[name].write(v) if v else ''}" for name, v in values.items()]
        found["exact_rule"] = ";".join(parts)
    return found


def _restated(rule: Schedule) -> Schedule:
    """The rule in the words HSDS has: WEEKLY, MONTHLY, or dates.

    Every day is every week on all seven days. A yearly rule is said as its first date, and one
    without a date loses its hours: others then see words, not a day that is wrong.
    """
    if rule.freq in ("", *FREQUENCIES):
        return rule
    narrowed = rule.bymonthday or rule.byyearday or rule.byweekno or rule.interval != 1 or rule.count
    if rule.freq == "DAILY" and not narrowed:
        return replace(rule, freq="WEEKLY", byday=rule.byday or ",".join(WEEKDAYS))
    first = rule.valid_from or rule.dtstart
    if first is None:
        return replace(rule, freq="", opens_at=None, closes_at=None)
    return replace(rule, freq="", valid_from=first, valid_to=rule.valid_to or first)


def _capacity(capacity: Capacity) -> Json:
    found = _written(capacity, "service_capacity")
    found["available"] = number_out(capacity.available) or 0
    unit = capacity.unit
    return {**found, "unit": {"id": made_id("hsds", "unit", unit), "name": unit}}


def _attribute(attribute: Attribute) -> Json:
    name = attribute.taxonomy
    term = {
        "id": term_id(name, attribute.code, attribute.name),
        **({"code": attribute.code} if attribute.code else {}),
        "name": attribute.name,
        "description": attribute.name,
        "taxonomy": name,
        "taxonomy_detail": {"id": taxonomy_id(name), "name": name, "description": name},
    }
    return {**_written(attribute, "attribute"), "link_entity": "service", "taxonomy_term": term}


def _address(address: Any) -> Json:
    found = _written(address, "address")
    if found["address_type"] not in LOCATION_TYPES:
        found["address_type"] = "physical"
    return found


_WRITERS: Final[dict[str, Callable[[Any], Json]]] = {
    "phone": _phone,
    "schedule": _schedule,
    "attribute": _attribute,
    "service_capacity": _capacity,
    "address": _address,
    **{
        name: _plain(name)
        for name in ("language", "accessibility", "cost_option", "required_document", "service_area", "url")
    },
}


def organization_object(organization: Organization, *, full: bool = True) -> Json:
    parent = organization.parent_organization_id
    parent = as_id("organization", parent) if parent else ""
    known = replace(organization, parent_organization_id=parent)
    return {
        **_written(known, "organization"),
        **(_lists(organization, "organization") if full else {}),
    }


def location_object(location: Location, *, full: bool = True) -> Json:
    """A confidential location has no street and no point here, whatever the record holds."""
    shown = hide(location)
    found = _written(shown, "location")
    if found["location_type"] not in LOCATION_TYPES:
        found["location_type"] = "physical"
    if shown.point is None:
        found.pop("precision", None)
    else:
        found["latitude"], found["longitude"] = map(number_out, shown.point)
    return {**found, **(_lists(shown, "location") if full else {})}


def source_object(source: Source) -> Json:
    """Ours: where a record comes from, its licence, and whether it is a demonstration."""
    return {**_written(source, "source"), "id": source.id, "is_demonstration": source.is_demonstration}


def _service(listing: Listing, *, full: bool) -> Json:
    service = listing.service
    found = _written(service, "service")
    if found["status"] not in STATUSES:
        found["status"] = "inactive"
    return {
        **found,
        **(_lists(service, "service") if full else {}),
        **_access(service),
        "organization": organization_object(listing.organization, full=full),
        "source": source_object(listing.source),
    }


def _access(service: Service) -> Json:
    if not service.access:
        return {}
    found: Json = {}
    for question, fact in service.access.items():
        said: Json = {"answer": str(fact.answer)}
        if fact.verified_on:
            said["verified_on"] = fact.verified_on.isoformat()
        found[question] = {**said, **({"source": fact.source} if fact.source else {})}
    return {"access": found}


def _place(listing: Listing) -> Json:
    place = ServiceAtLocation(
        listing.id,
        listing.location,
        listing.description,
        listing.own_phones,
        listing.own_schedules,
        listing.own_service_areas,
    )
    return {**_written(place, "service_at_location"), **_lists(place, "service_at_location")}


def service_object(listings: Sequence[Listing]) -> Json:
    """A service whole: all its listings, at least one. What all share is taken from the first."""
    places = [{**_place(each), "location": location_object(each.location)} for each in listings]
    return {**_service(listings[0], full=True), "service_at_locations": places}


def brief_service_object(listing: Listing) -> Json:
    """A service as HSDS lists it: without what it has many of."""
    return _service(listing, full=False)


def service_at_location_object(listing: Listing) -> Json:
    """A service at one location, whole: with `service` and `location` inside."""
    return {
        **_place(listing),
        "service": _service(listing, full=True),
        "location": location_object(listing.location),
    }


def taxonomy_object(name: str, description: str = "") -> Json:
    return {"id": taxonomy_id(name), "name": name, "description": description or name}
