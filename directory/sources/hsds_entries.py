"""HSDS 3.x service objects as our entries. Pure; the way out is hsds_objects.py.

Reading forgives what it can and says so; only a service without id or name is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from directory.access import ACCESS
from directory.geo import is_on_earth
from directory.ids import made_id
from directory.model import (
    Accessibility,
    Address,
    Answer,
    Attribute,
    Capacity,
    CostOption,
    Entry,
    Fact,
    Language,
    Location,
    Metadata,
    Organization,
    Phone,
    Point,
    Precision,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    Url,
)
from directory.phones import normalise, split_extension
from directory.sources.hsds_kinds import DATE, is_blank, read_answer
from directory.sources.hsds_languages import language_code, language_name
from directory.sources.hsds_nodes import Node, Reading, Said
from directory.sources.hsds_rules import schedule
from directory.sources.hsds_shape import LOCATION_TYPES, STATUSES

T = TypeVar("T")
_PHONE_TYPES: Final = {
    "textphone": "tty", "sms": "text", "cell": "voice", "mobile": "voice", "hotline": "voice",
}  # fmt: skip
_STATUS_WORDS: Final = {
    "open": "active", "published": "active", "approved": "active", "closed": "defunct", "deleted": "defunct",
    "temporarily_closed": "temporarily closed", "suspended": "temporarily closed",
}  # fmt: skip


def entry(said: Said, reading: Reading) -> Entry | None:
    """The entry of a full service object; None if it has to be refused (then a problem says why)."""
    node = Node(said, reading)
    for name in ("id", "name"):
        if not node.text(name):
            node.warn(name, f"a service needs its {name}", rejected=True)
            return None
    service_id = node.own_id("service")
    return Entry(
        key=service_id,
        line=reading.line,
        organization=_organization(node, service_id),
        service=_service(node, service_id),
        places=_places(node, service_id),
        metadata=_changes(node, service_id),
    )


def _all(node: Node, key: str, owner: str, read: Callable[[Node, str], T | None]) -> tuple[T, ...]:
    """The list under a key, without what could not be read. Gives each item a lasting id."""
    found = []
    for number, item in enumerate(node.many(key)):
        raw = item.text("id")
        own = item.reading.id_of(key, raw) if raw else made_id("hsds", owner, key, str(number))
        record = read(item, own)
        if record is not None:
            found.append(record)
    return tuple(found)


def _plain(table: str, record: Callable[..., T], needs: str = "") -> Callable[[Node, str], T | None]:
    """Reads a record whose fields are columns; without the one it needs, there is none."""

    def read(node: Node, own: str) -> T | None:
        values = node.values(table)
        if needs and needs not in values:
            node.warn(needs, "is missing; the row is left out")
            return None
        return record(id=own, **values)

    return read


def _language(node: Node, own: str) -> Language | None:
    values = node.values("language")
    said = values.get("code") or values.get("name", "")
    code = language_code(said) or language_code(values.get("name", ""))
    name = values.get("name", "")
    if not name or (name == code and not values.get("code")):
        name = language_name(code or said)
    if not name:
        node.warn("name", "a language needs its name; left out")
        return None
    return Language(own, name, code, values.get("note", ""))


def _phone(node: Node, own: str) -> Phone | None:
    values = node.values("phone")
    written = values.get("number", "")
    if not written:
        node.warn("number", "a phone needs its number; left out")
        return None
    exact = values.get("extension_text", "")
    extension = exact or (f"{values['extension']:.0f}" if "extension" in values else "")
    bare, within = split_extension(written)
    said = values.get("type", "voice").lower()
    return Phone(
        own,
        normalise(bare) or (bare if within else written),
        extension or within,
        _PHONE_TYPES.get(said.replace(" ", "").replace("-", ""), said),
        values.get("description") or ("hotline" if said == "hotline" else ""),
        _all(node, "languages", own, _language),
    )


def _attribute(node: Node, own: str) -> Attribute | None:
    term = node.one("taxonomy_term")
    if term is None:
        node.warn("taxonomy_term", "there is no such term; left out")
        return None
    values, detail = term.values("taxonomy_term"), term.one("taxonomy_detail")
    taxonomy = (detail.text("name") if detail else "") or values.get("taxonomy", "")
    if not values.get("name") and not values.get("code"):
        node.warn("taxonomy_term", "a term needs a name; left out")
        return None
    own_values = node.values("attribute")
    code = values.get("code", "")
    return Attribute(
        own,
        _taxonomy(taxonomy),
        code,
        values.get("name", code),
        own_values.get("value", ""),
        own_values.get("label", ""),
    )


def _taxonomy(name: str) -> str:
    """One name for Open Eligibility, however it is spelt and whatever its version."""
    bare = name.lower().replace("-", " ").replace("_", " ").replace(" ", "")
    return "open-eligibility" if bare.startswith("openeligibility") else name


def _capacity(node: Node, own: str) -> Capacity | None:
    values, unit = node.values("service_capacity"), node.one("unit")
    name = unit.text("name") if unit else node.text("unit")
    if "available" not in values or "updated" not in values or not name:
        node.warn("available", "needs its unit, number and date; left out")
        return None
    return Capacity(
        own,
        name,
        values["available"],
        values["updated"],
        values.get("maximum"),
        values.get("description", ""),
    )


_area = _plain("service_area", ServiceArea)
_url = _plain("url", Url, "url")


def _rule(node: Node, own: str) -> Schedule:
    return schedule(node, own)


def _organization(service: Node, service_id: str) -> Organization:
    node = service.one("organization")
    if node is None or not node.text("name"):
        service.warn("organization", "is not named; the name of the service stands for it")
        return Organization(made_id("hsds", "organization", service_id), service.text("name"))
    node.note_contacts()
    own = node.own_id("organization", node.text("name"))
    values = node.values("organization")
    parent = values.get("parent_organization_id", "")
    values["parent_organization_id"] = node.reading.id_of("organization", parent) if parent else ""
    return Organization(
        id=own,
        phones=_all(node, "phones", own, _phone),
        additional_websites=_all(node, "additional_websites", own, _url),
        **values,
    )


def _service(node: Node, own: str) -> Service:
    node.note_contacts()
    values = node.values("service")
    if "fees_description" not in values and node.text("fees"):  # the older name
        values["fees_description"] = node.text("fees")
    values["status"] = _status(node, values.get("status", "active"))
    every = partial(_all, node, owner=own)
    return Service(
        id=own,
        phones=every("phones", read=_phone),
        schedules=every("schedules", read=_rule),
        languages=every("languages", read=_language),
        service_areas=every("service_areas", read=_area),
        cost_options=every("cost_options", read=_plain("cost_option", CostOption)),
        required_documents=every(
            "required_documents", read=_plain("required_document", RequiredDocument, "document")
        ),
        capacities=every("capacities", read=_capacity),
        additional_urls=every("additional_urls", read=_url),
        attributes=every("attributes", read=_attribute),
        access=_access(node),
        **values,
    )


def _status(node: Node, said: str) -> str:
    word = said.lower()
    status = _STATUS_WORDS.get(word, word)
    if status not in STATUSES:
        node.warn("status", f'"{said[:40]}" is not one of {", ".join(STATUSES)}; kept as inactive')
        return "inactive"
    return status


def _access(service: Node) -> dict[str, Fact]:
    """Our answers. Keys we do not know, and what is no answer, are warned of and left out."""
    node, found = service.one("access"), dict[str, Fact]()
    if node is None:
        return found
    for key, said in node.said.items():
        parts = said if isinstance(said, Mapping) else {"answer": said}
        try:
            if key not in ACCESS:
                raise ValueError(f"not one of {', '.join(ACCESS)}")
            day = parts.get("verified_on")
            inside = Node(parts, node.reading)
            found[key] = Fact(
                read_answer(parts.get("answer", Answer.UNKNOWN)),
                None if is_blank(day) else DATE.read(day),
                inside.text("source"),
            )
        except ValueError as error:
            node.warn(key, f"{error}; left out")
    return found


def _places(service: Node, service_id: str) -> tuple[ServiceAtLocation, ...]:
    """Where a service is given; one that names no place is reached by phone or online."""
    found = {place.id: place for place in _all(service, "service_at_locations", service_id, _place)}
    if found:
        return tuple(found.values())
    service.warn("service_at_locations", "no location is named; listed as reached by phone or online")
    virtual = Location(made_id("hsds", "location", service_id), "virtual")
    return (ServiceAtLocation(made_id("hsds", "service_at_location", service_id), virtual),)


def _place(node: Node, own: str) -> ServiceAtLocation | None:
    node.note_contacts()
    location = node.one("location")
    if location is None:
        node.warn("location", "is missing; left out")
        return None
    return ServiceAtLocation(
        id=own,
        location=_location(location, own),
        description=node.text("description"),
        phones=_all(node, "phones", own, _phone),
        schedules=_all(node, "schedules", own, _rule),
        service_areas=_all(node, "service_areas", own, _area),
    )


def _location(node: Node, of_place: str) -> Location:
    node.note_contacts()
    own = node.own_id("location", of_place)
    values = node.values("location")
    kind = values.pop("location_type", "physical").lower()
    if kind not in LOCATION_TYPES:
        node.warn("location_type", f'"{kind[:40]}" is not one of {", ".join(LOCATION_TYPES)}; physical')
    point = _point(node, values.pop("latitude", None), values.pop("longitude", None))
    precision = values.pop("precision", Precision.STREET)
    every = partial(_all, node, owner=own)
    return Location(
        id=own,
        location_type=kind if kind in LOCATION_TYPES else "physical",
        point=point,
        precision=precision if point else Precision.NONE,
        addresses=every("addresses", read=_address),
        phones=every("phones", read=_phone),
        schedules=every("schedules", read=_rule),
        languages=every("languages", read=_language),
        accessibility=every("accessibility", read=_plain("accessibility", Accessibility)),
        **values,
    )


def _point(node: Node, latitude: float | None, longitude: float | None) -> Point | None:
    if latitude is None or longitude is None:
        return None
    if not is_on_earth(latitude, longitude):
        node.warn("latitude", f"{latitude:g}, {longitude:g} is no place on earth; the point is left out")
        return None
    return Point(latitude, longitude)


def _address(node: Node, own: str) -> Address | None:
    values = node.values("address")
    if not values:
        return None
    for name in ("address_1", "city", "state_province", "postal_code"):
        values.setdefault(name, "")
    kind = values.get("address_type", "physical").lower()
    values["address_type"] = kind if kind in LOCATION_TYPES else "physical"
    return Address(id=own, **values)


def _changes(service: Node, service_id: str) -> tuple[Metadata, ...]:
    """HSDS metadata of a service: what changed when, not who changed it, for that is a person.

    Changes to places are not kept: an old street of a confidential place would live on in them.
    """
    changes = _all(service, "metadata", service_id, _change)
    return tuple(
        replace(change, id=made_id("hsds", service_id, "metadata", change.id), resource_id=service_id)
        for change in changes
    )


def _change(node: Node, own: str) -> Metadata | None:
    if node.text("resource_type") not in ("", "service"):
        return None
    try:
        day = DATE.read(node.said.get("last_action_date"))
    except ValueError as error:
        node.warn("last_action_date", f"{error}; left out")
        return None
    names = ("last_action_type", "field_name", "previous_value", "replacement_value")
    said = {name: node.text(name) for name in names}
    return Metadata(own, "", "service", last_action_date=day, updated_by="", **said)
