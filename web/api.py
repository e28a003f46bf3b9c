"""The directory as data: HSDS 3.1 read endpoints, and the search of service_at_locations.

Every list answers in HSDS's page envelope, with `warnings` beside it. Lists take POST too, so
that what someone looks for stands in no address and no log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, abort, request, url_for
from werkzeug.exceptions import BadRequest

from directory.answers import FAR_MILES, Hit, Place, Results, Understood
from directory.search.suggest import Suggestion
from directory.sources.hsds_objects import (
    brief_service_object,
    organization_object,
    service_at_location_object,
    service_object,
    taxonomy_object,
)
from web import services
from web.asking import found, several
from web.danger import notice
from web.openapi import document
from web.parameters import (
    ORGANIZATIONS,
    SEARCH,
    SERVICES,
    SUGGEST,
    TAXONOMIES,
    TAXONOMY_TERMS,
    USUAL_PAGE,
    ParameterError,
    SearchRequest,
    Values,
    parse_search,
    parsed,
)
from web.placed import leaves_out

VERSION: Final = "3.1"
PROFILE: Final = "https://docs.openreferral.org"
BODY: Final = "body"
TABLES: Final = (SEARCH, SUGGEST, SERVICES, ORGANIZATIONS, TAXONOMIES, TAXONOMY_TERMS)
ONLY_ONE: Final = frozenset(each.name for table in TABLES for each in table if not each.repeatable)
MINIMAL: Final = ("id", "last_modified")

blueprint = Blueprint("api", __name__, url_prefix="/api")
Json = dict[str, Any]


@blueprint.get("/")
def about() -> Json:
    address = services().settings.public_url + url_for("api.openapi")
    return {"version": VERSION, "profile": PROFILE, "openapi_url": address}


@blueprint.get("/openapi.json")
def openapi() -> Json:
    return document(services().settings.public_url, services().needs.codes)


@blueprint.route("/services", methods=["GET", "POST"])
def list_services() -> Json:
    said, unknown = parsed(sent(), SERVICES)
    page, per_page = said.get("page", 1), said.get("per_page", USUAL_PAGE)
    chosen = {name: said[name] for name in ("organization_id", "modified_after") if name in said}
    total, found = services().store.services(page, per_page, **chosen)
    if said.get("full") and not said.get("minimal"):
        contents = [service_object(listings) for listings in found]
    else:
        contents = [brief_service_object(listings[0]) for listings in found]
    if said.get("minimal"):
        contents = [{key: each[key] for key in MINIMAL if key in each} for each in contents]
    return envelope(contents, total, page, per_page, warnings=not_known(unknown))


@blueprint.get("/services/<uuid:own>")
def one_service(own: UUID) -> Json:
    # The store also finds a service by one of its places; here an id means what it says.
    listings = [each for each in services().store.service(str(own)) if each.service.id == str(own)]
    return service_object(listings) if listings else abort(404)


@blueprint.route("/organizations", methods=["GET", "POST"])
def list_organizations() -> Json:
    said, unknown = parsed(sent(), ORGANIZATIONS)
    page, per_page = said.get("page", 1), said.get("per_page", USUAL_PAGE)
    total, found = services().store.organizations(page, per_page)
    contents = [organization_object(each, full=said.get("full", False)) for each in found]
    return envelope(contents, total, page, per_page, warnings=not_known(unknown))


@blueprint.get("/organizations/<uuid:own>")
def one_organization(own: UUID) -> Json:
    found = services().store.organization(str(own))
    return organization_object(found) if found else abort(404)


@blueprint.route("/taxonomies", methods=["GET", "POST"])
def list_taxonomies() -> Json:
    said, unknown = parsed(sent(), TAXONOMIES)
    page, per_page = said.get("page", 1), said.get("per_page", USUAL_PAGE)
    rows = services().store.taxonomies()
    shown = rows[(page - 1) * per_page : page * per_page]
    contents = [
        {key: value for key, value in row.items() if value or key in ("name", "description")} for row in shown
    ]
    return envelope(contents, len(rows), page, per_page, warnings=not_known(unknown))


@blueprint.route("/taxonomy_terms", methods=["GET", "POST"])
def list_taxonomy_terms() -> Json:
    said, unknown = parsed(sent(), TAXONOMY_TERMS)
    page, per_page = said.get("page", 1), said.get("per_page", USUAL_PAGE)
    total, rows = services().store.taxonomy_terms(page, per_page, said.get("taxonomy_id", ""))
    contents = [_term(row) for row in rows]
    return envelope(contents, total, page, per_page, warnings=not_known(unknown))


def _term(row: Json) -> Json:
    term = {key: row[key] for key in ("id", "code", "name", "description", "taxonomy")}
    return {**term, "taxonomy_detail": {**taxonomy_object(row["taxonomy"]), "id": row["taxonomy_id"]}}


@blueprint.route("/service_at_locations", methods=["GET", "POST"])
def search() -> Json:
    """The search. A place that cannot be found, or is several, is no error: nothing, and a warning; one that
    the words name and that is several: what has the words, and a warning."""
    wanted = parse_search(sent(), services().needs.codes)
    located = wanted.located(services().gazetteer.locate)
    warnings = not_known(wanted.unknown)
    if wanted.names_place and located.place is None:
        warnings.append(_unplaced(wanted, located.choices))
        nothing = Results((), 0, wanted.query(None))
        return _found(nothing, wanted, warnings, guessed=False)
    if located.place and leaves_out(wanted.near, located.place):
        message = f"is read as {located.place.label}, and not all of it"
        warnings.append({"parameter": "near", "message": message})
    results = found(wanted.query(located.place))
    if results.left_out:
        message = "took too long: there may be more than is told here"
        warnings.append({"parameter": "search", "message": message})
    if choice := several(results):
        warnings.append(_of_several(choice[0].choices))
    return _found(results, wanted, warnings, guessed=located.guessed)


@blueprint.get("/service_at_locations/<uuid:own>")
def one_service_at_location(own: UUID) -> Json:
    hit = services().directory.hit(str(own), None)
    return item(hit) if hit else abort(404)


@blueprint.route("/suggest", methods=["GET", "POST"])
def suggest() -> Json:
    """What a beginning may become. Nothing typed yet: nothing to suggest."""
    said, unknown = parsed(sent(), SUGGEST)
    found = services().directory.suggest(said.get("q", ""), said.get("language", ""))
    return {"suggestions": suggestion_objects(found), "warnings": not_known(unknown)}


def suggestion_objects(found: Iterable[Suggestion]) -> list[Json]:
    return [each._asdict() for each in found]


def _found(results: Results, wanted: SearchRequest, warnings: list[Json], *, guessed: bool) -> Json:
    query, nearest = results.query, results.nearest_miles
    place = place_object(query.place) if query.place else None
    contents = [item(hit, explained=wanted.explain) for hit in results.hits]
    facets = {"facets": [asdict(each) for each in results.facets]} if wanted.facets else {}
    return {
        **envelope(contents, results.total, query.page, query.per_page, warnings=warnings),
        "place": {**place, "guessed": guessed} if place else None,
        "radius": results.radius,
        "any_word": results.any_word,
        "words": list(results.words),
        "missing_words": list(results.missing),
        "understood": _understood(results.understood),
        "nearest_miles": None if nearest is None else round(nearest, 2),
        "note": _note(results),
        "notice": _notice(wanted),
        **facets,
    }


def _understood(read: Understood) -> Json:
    return {
        "needs": list(read.needs),
        "wishes": dict(read.wishes),
        "corrected": [{"said": said, "read": meant} for said, meant in read.corrected],
        "unused": list(read.unused),
    }


def _notice(wanted: SearchRequest) -> Json | None:
    """What a person must be told before anything else: the words tell of a danger."""
    told = notice(wanted.text, wanted.near)
    return {"danger": told.danger, "language": told.language, "texts": list(told.texts)} if told else None


def _note(results: Results) -> str | None:
    """What a person must be told before the first result."""
    nearest = results.nearest_miles
    if not results.phone_first and (nearest is None or nearest <= FAR_MILES):
        return None
    if nearest is None:
        return "There is no door to go to: these answer by phone."
    by_phone = ": these answer by phone" if results.phone_first else ""
    return f"The nearest door is {nearest:.0f} miles away{by_phone}."


def item(hit: Hit, *, explained: bool = False) -> Json:
    """A hit as HSDS service_at_location, with how far it is and whether it is open."""
    until = hit.open.until
    explain = {"explain": {"reasons": [asdict(reason) for reason in hit.why]}} if explained else {}
    return {
        **service_at_location_object(hit.listing),
        "distance_miles": None if hit.distance_miles is None else round(hit.distance_miles, 2),
        "open": {"state": str(hit.open.state), "until": until.isoformat() if until else None},
        "unsaid": [*hit.unsaid, *hit.unhoped],
        **explain,
    }


def place_object(place: Place) -> Json:
    latitude, longitude = place.point
    return {"label": place.label, "latitude": latitude, "longitude": longitude, "kind": place.kind}


def _unplaced(wanted: SearchRequest, choices: Iterable[Place]) -> Json:
    offered = [place_object(each) for each in choices]
    several = "several places have this name; send one of these labels, or its lat and lng beside it"
    nowhere = "no place of this name was found; a ZIP code or a city and state will do"
    message = several if offered else nowhere
    return {"parameter": "near" if wanted.near else "lat", "message": message, "choices": offered}


def _of_several(choices: Iterable[Place]) -> Json:
    """That the words name a place of which there are several. The page asks which one is meant; here nobody
    can be asked, and what has its name among its words may lie in any of them, or in none."""
    message = (
        "names a place, and several have this name; none was taken, its name was looked for as a word."
        " Send one of these labels as near, and the other words as search"
    )
    offered = [place_object(each) for each in choices]
    return {"parameter": "search", "message": message, "choices": offered}


def not_known(names: Iterable[str]) -> list[Json]:
    """Warnings for parameters that we do not have: they changed nothing."""
    return [{"parameter": name, "message": "is not known here; ignored"} for name in names]


def envelope(contents: list[Json], total: int, page: int, per_page: int, *, warnings: list[Json]) -> Json:
    """HSDS's page. `size`: what is on this page; past the last page, nothing."""
    pages = -(-total // per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
        "warnings": warnings,
    }


def sent() -> Values:
    """What was sent, in the address and in the body: a form, or a JSON object."""
    found: Values = Values(request.args.items(multi=True))
    if request.method != "POST":
        return found
    if request.is_json:
        said = _json_body()
    elif request.form or not request.get_data(cache=True):
        said = Values(request.form.items(multi=True))
    else:
        abort(415)
    for name, value in said.items(multi=True):
        found.add(name, value)
    return found


def _json_body() -> Values:
    try:
        said = request.get_json()
    except (BadRequest, RecursionError) as error:
        raise ParameterError(BODY, "is not JSON") from error
    if not isinstance(said, dict):
        raise ParameterError(BODY, "is not a JSON object of parameters")
    return Values(
        (name, _scalar(name, each)) for name, value in said.items() for each in _listed(name, value)
    )


def _listed(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        return [] if value is None else [value]
    if value and name in ONLY_ONE:
        raise ParameterError(name, "is a list")
    return value


def _scalar(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (str, int, float)):
        return str(value)
    raise ParameterError(name[:60], "is not a text, a number, true or false")
