"""The API described for programs: an OpenAPI 3.1 document, made of the tables that the API goes by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from directory.access import ACCESS
from directory.sources.hsds_kinds import Kind
from directory.sources.hsds_shape import LOCATION_TYPES, STATUSES, TABLES, Table
from web.openapi_answers import COUNT, EXPLAIN, FACETS, NOTICE, PLACE, SUGGESTIONS, TEXT, UNDERSTOOD, WARNINGS
from web.parameters import ORGANIZATIONS, SEARCH, SERVICES, SUGGEST, TAXONOMIES, TAXONOMY_TERMS
from web.readers import Parameter

Json = dict[str, Any]
JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
PROBLEM: Final = "application/problem+json"

_BOOLEAN: Final = {"type": "boolean"}
# Forms send their empty fields, and programs null or an empty list: as good as not sent.
_NOTHING: Final = {"type": ["null", "array"], "maxItems": 0}
_BLANK: Final = {"type": "string", "pattern": r"^\s*$"}
_PLAIN: Final = {"type": ["string", "number", "boolean"]}
_ENUMS: Final = {
    ("service", "status"): STATUSES,
    ("location", "location_type"): LOCATION_TYPES,
    ("address", "address_type"): LOCATION_TYPES,
}


def document(public_url: str, needs: Sequence[str]) -> Json:
    """The whole document. `public_url`: where the site is, or "" for wherever this was fetched."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Openway directory",
            "version": "1.0.0",
            "summary": "Treatment, recovery and social services, as HSDS 3.1",
            "description": (
                "Read only. Every list answers in HSDS's page envelope. Lists take POST too (a form or a"
                " JSON object), so that a search stands in no address. Nothing asked here is kept."
                " What HSDS does not have is an additional property."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": f"{public_url}/api"}],
        "paths": _paths(needs),
        "components": {"schemas": _schemas()},
    }


def _paths(needs: Sequence[str]) -> Json:
    search = _page(_ref("hit"), _search_extras(), {"facets": FACETS})
    return {
        "/": {"get": _get("about", "Which HSDS this is", _ref("about"))},
        "/openapi.json": {"get": _get("openapi", "This document", {"type": "object"})},
        "/service_at_locations": _asked("search", "The search", SEARCH, search, needs),
        "/service_at_locations/{id}": _one("service_at_location", "One service at one location", "hit"),
        "/suggest": _asked("suggest", "What the beginning of a search may become", SUGGEST, SUGGESTIONS),
        "/services": _list("services", "Services", SERVICES, "listed_service"),
        "/services/{id}": _one("service", "One service, whole", "service"),
        "/organizations": _list("organizations", "Organizations", ORGANIZATIONS, "organization"),
        "/organizations/{id}": _one("organization", "One organization", "organization"),
        "/taxonomies": _list("taxonomies", "Taxonomies", TAXONOMIES, "taxonomy"),
        "/taxonomy_terms": _list("taxonomy_terms", "Taxonomy terms", TAXONOMY_TERMS, "taxonomy_term"),
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(description: str, schema: Json, media: str = JSON) -> Json:
    return {"description": description, "content": {media: {"schema": schema}}}


def _responses(schema: Json, *refusals: tuple[str, str]) -> Json:
    return {
        "200": _answer("The answer", schema),
        **{status: _answer(why, _ref("problem"), PROBLEM) for status, why in refusals},
        "default": _answer("Something else went wrong", _ref("problem"), PROBLEM),
    }


def _get(operation: str, summary: str, schema: Json) -> Json:
    return {"operationId": operation, "summary": summary, "responses": _responses(schema)}


def _one(operation: str, summary: str, schema: str) -> Json:
    own = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    missing = ("404", "There is none with this id, or the id is no UUID")
    responses = _responses(_ref(schema), missing)
    return {
        "get": {
            "operationId": f"one_{operation}",
            "summary": summary,
            "parameters": [own],
            "responses": responses,
        }
    }


def _list(operation: str, summary: str, parameters: Iterable[Parameter], schema: str) -> Json:
    return _asked(operation, summary, parameters, _page(_ref(schema)))


def _asked(
    operation: str, summary: str, parameters: Iterable[Parameter], answer: Json, needs: Sequence[str] = ()
) -> Json:
    """What answers to parameters, in the address or in the body."""
    known = list(parameters)
    wrong = ("400", "A value cannot be used; `parameter` names it")
    bodies = (("413", "The body is too large"), ("415", "The body is neither a form nor JSON"))
    return {
        "get": {
            "operationId": f"get_{operation}",
            "summary": summary,
            "parameters": [_query(each, needs) for each in known],
            "responses": _responses(answer, wrong),
        },
        "post": {
            "operationId": f"post_{operation}",
            "summary": f"{summary}, asked for in the body",
            "requestBody": {
                "content": {
                    JSON: {"schema": _body(known, needs, _BLANK, _NOTHING)},
                    FORM: {"schema": _body(known, needs, _BLANK)},
                }
            },
            "responses": _responses(answer, wrong, *bodies),
        },
    }


def _body(parameters: Sequence[Parameter], needs: Sequence[str], *nothing: Json) -> Json:
    """What is not known is told of and ignored, if it has a shape that a form can have.

    `nothing`: what is as good as not sent.
    """
    return {
        "type": "object",
        "properties": {each.name: _in_body(each, needs, nothing) for each in parameters},
        "additionalProperties": {"anyOf": [*nothing, _PLAIN, {"type": "array", "items": _PLAIN}]},
    }


def _in_body(parameter: Parameter, needs: Sequence[str], nothing: Sequence[Json]) -> Json:
    said = _schema_of(parameter, needs)
    if said.get("type") == "string" and not {"enum", "pattern", "format"} & said.keys():
        said = {**said, "type": _PLAIN["type"]}
    if parameter.repeatable:
        one = {"anyOf": [said["items"], _BLANK]}
        return {"description": parameter.about, "anyOf": [{**said, "items": one}, one, *nothing]}
    return {"description": parameter.about, "anyOf": [said, *nothing]}


def _query(parameter: Parameter, needs: Sequence[str]) -> Json:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.about,
        "allowEmptyValue": True,
        "schema": _schema_of(parameter, needs),
        **({"style": "form", "explode": True} if parameter.repeatable else {}),
    }


def _schema_of(parameter: Parameter, needs: Sequence[str]) -> Json:
    one = {**parameter.schema, **({"enum": list(needs)} if parameter.name == "need" else {})}
    return {"type": "array", "items": one} if parameter.repeatable else one


def _page(schema: Json, more: Json | None = None, asked_for: Json | None = None) -> Json:
    """`asked_for`: what is there only if it was."""
    properties = {
        "total_items": COUNT,
        "total_pages": COUNT,
        "page_number": {"type": "integer", "minimum": 1},
        "size": COUNT,
        "first_page": _BOOLEAN,
        "last_page": _BOOLEAN,
        "empty": _BOOLEAN,
        "contents": {"type": "array", "items": schema},
        "warnings": WARNINGS,
        **(more or {}),
    }
    every = {**properties, **(asked_for or {})}
    return {"type": "object", "properties": every, "required": list(properties)}


def _search_extras() -> Json:
    return {
        "place": {
            "anyOf": [PLACE, {"type": "null"}],
            "description": "The place that was understood",
        },
        "radius": {
            "type": ["number", "null"],
            "description": "How far the search went in the end, miles; null: no limit, or no place",
        },
        "any_word": {"type": "boolean", "description": "Nothing has all the words; these have some"},
        "words": {"type": "array", "items": TEXT, "description": "Looked for beside what the words mean"},
        "missing_words": {"type": "array", "items": TEXT, "description": "Of these what no result has"},
        "understood": UNDERSTOOD,
        "nearest_miles": {
            "type": ["number", "null"],
            "description": "To the nearest door that fits; null: without a place, or there is none",
        },
        "note": {"type": ["string", "null"], "description": "To be told before the first result"},
        "notice": NOTICE,
    }


def _schemas() -> Json:
    made = {name: _object(table) for name, table in TABLES.items() if name != "access"}
    service = made["service"]
    service["properties"]["access"] = _access()
    brief = {
        **service,
        "description": "Listed: what it has many of only with full; id and last_modified with minimal",
        "required": ["id"],
    }
    return {
        **made,
        "listed_service": brief,
        "hit": _hit(made["service_at_location"]),
        "problem": _problem(),
        "about": {
            "type": "object",
            "properties": dict.fromkeys(("version", "profile", "openapi_url"), TEXT),
            "required": ["version", "profile", "openapi_url"],
        },
    }


def _object(table: Table) -> Json:
    properties: Json = {"id": {"type": "string", **({"format": "uuid"} if table.name != "source" else {})}}
    for column in table.columns:
        properties[column.name] = {
            **_kind(column.kind),
            **({"description": column.about} if column.about else {}),
        }
        if choices := _ENUMS.get((table.name, column.name)):
            properties[column.name]["enum"] = list(choices)
    properties |= {many.key: {"type": "array", "items": _ref(many.table)} for many in table.many}
    properties |= {one.key: _ref(one.table) for one in table.one}
    required = ["id", *(column.name for column in table.columns if column.required)]
    return {"type": "object", "description": table.about, "properties": properties, "required": required}


def _kind(kind: Kind) -> Json:
    if kind.format == "time":  # local, without the offset that JSON Schema's format asks for
        return {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"}
    if kind.type == "array":
        return {"type": "array", "items": TEXT}
    return {"type": kind.type, **({"format": kind.format} if kind.format else {})}


def _access() -> Json:
    answer = {
        "type": "object",
        "properties": {
            "answer": {"enum": ["yes", "no", "unknown"]},
            "verified_on": {"type": "string", "format": "date"},
            "source": TEXT,
        },
        "required": ["answer"],
    }
    questions = {key: {**answer, "description": about} for key, about in ACCESS.items()}
    return {"type": "object", "description": "Answers that decide a night", "properties": questions}


def _hit(place: Json) -> Json:
    properties = {
        **place["properties"],
        "service": _ref("service"),
        "distance_miles": {"type": ["number", "null"], "description": "Great circle; null without a place"},
        "open": {
            "type": "object",
            "properties": {
                "state": {"enum": ["open", "closed", "unknown"]},
                "until": {
                    "anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}],
                    "description": "When that changes next; null: never, or not known",
                },
            },
            "required": ["state", "until"],
        },
        "unsaid": {
            "type": "array",
            "items": TEXT,
            "description": "Filters and wishes in the words that it does not answer: call first",
        },
        "explain": EXPLAIN,
    }
    required = ["id", "service", "location", "distance_miles", "open", "unsaid"]
    return {**place, "properties": properties, "required": required}


def _problem() -> Json:
    return {
        "type": "object",
        "description": "RFC 9457",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "parameter": {"type": "string", "description": "Which parameter is wrong"},
        },
        "required": ["type", "title", "status"],
    }
