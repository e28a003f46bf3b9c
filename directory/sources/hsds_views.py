"""What an HSDS object says of services: every shape the standard allows, as service objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from directory.sources.hsds_kinds import is_blank

Json = dict[str, Any]

_SERVICE_KEYS: Final = frozenset(
    {"status", "service_at_locations", "organization", "organization_id", "program_id"}
    | {"eligibility_description", "application_process", "fees_description", "cost_options"}
)
_ORGANIZATION_KEYS: Final = frozenset(
    {"services", "locations", "website", "legal_status", "tax_status", "tax_id", "year_incorporated"}
    | {"additional_websites", "organization_identifiers"}
)
_OTHER_KEYS: Final = {
    "openapi_url": "the front page of an interface",
    "location_type": "a location",
    "latitude": "a location",
    "taxonomy": "a taxonomy term",
    "taxonomy_detail": "a taxonomy term",
    "term_uri": "a taxonomy term",
    "parent_id": "a taxonomy term",
    "version": "a taxonomy",
}


class View(NamedTuple):
    """A service object, or an organization without any, or the reason why it is neither."""

    service: Json | None = None
    organization: Json | None = None
    reason: str = ""
    rejected: bool = False


def views(value: Any) -> Iterator[View]:
    """The services of a full or listed service, organization, service_at_location, or a page of them."""
    if not isinstance(value, dict):
        yield View(reason="an object is expected here", rejected=True)
    elif isinstance(value.get("contents"), list):
        for item in value["contents"]:
            yield from views(item)
    elif isinstance(value.get("service"), dict) or "service_id" in value:
        yield _at_location(value)
    elif value.keys() & _SERVICE_KEYS:
        yield View(service=value)
    else:
        yield from _others(value)


def _at_location(value: Json) -> View:
    service = value["service"] if isinstance(value.get("service"), dict) else {"id": value.get("service_id")}
    place = {key: part for key, part in value.items() if key not in ("service", "service_id")}
    return View(service={**service, "service_at_locations": [place]})


def _others(value: Json) -> Iterator[View]:
    other = next((what for key, what in _OTHER_KEYS.items() if key in value), "")
    services = value.get("services")
    if isinstance(services, list) and services:
        organization = {key: part for key, part in value.items() if key != "services"}
        for service in services:
            if isinstance(service, dict):
                yield View(service={"organization": organization, **service})
            else:
                yield View(reason="a service is expected here", rejected=True)
    elif value.keys() & _ORGANIZATION_KEYS or ({"id", "name"} <= value.keys() and not other):
        yield View(organization=value)
    elif other:
        yield View(reason=f"{other}; there is no service in it")
    else:
        yield View(reason="not an HSDS service, organization or service_at_location", rejected=True)


def merged(said: list[Json]) -> Json:
    """One service out of several views of it. What is longer said wins; places come together."""
    if len(said) == 1:
        return said[0]
    whole = _over(said)
    organizations = [view["organization"] for view in said if isinstance(view.get("organization"), dict)]
    if organizations:
        whole["organization"] = _over(organizations)
    places: dict[str, list[Json]] = {}
    for view in said:
        listed = view.get("service_at_locations")
        for place in listed if isinstance(listed, list) else []:
            if isinstance(place, dict):
                places.setdefault(str(place.get("id", len(places))), []).append(place)
    if places:
        whole["service_at_locations"] = [_over(same) for same in places.values()]
    return whole


def _over(said: list[Json]) -> Json:
    """All that is said, the longer over the shorter."""
    ordered = sorted(said, key=lambda each: len(str(each)))
    return {key: part for each in ordered for key, part in each.items() if not is_blank(part)}
