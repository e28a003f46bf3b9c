"""The shapes of what the search answers beside HSDS, in JSON Schema; openapi.py puts them together."""

from __future__ import annotations

from typing import Any, Final

from bot.model import Danger
from directory.search.explain import CODES

Json = dict[str, Any]

COUNT: Final = {"type": "integer", "minimum": 0}
TEXT: Final = {"type": "string"}
PLACE: Final[Json] = {
    "type": "object",
    "properties": {
        "label": TEXT,
        "latitude": {"type": "number"},
        "longitude": {"type": "number"},
        "kind": {"enum": ["zip", "city", "county", "point"]},
        "guessed": {"type": "boolean", "description": "The words were misspelt or short: show the label"},
    },
    "required": ["label", "latitude", "longitude", "kind"],
}
WARNING: Final[Json] = {
    "type": "object",
    "properties": {
        "parameter": TEXT,
        "message": TEXT,
        "choices": {
            "type": "array",
            "items": PLACE,
            "description": "Places to choose from: several have the name that was sent, and none was taken."
            " For near nothing was found then; for search the name was looked for as a word. Ask again with"
            " the label of one as near",
        },
    },
    "required": ["parameter", "message"],
}
WARNINGS: Final[Json] = {
    "type": "array", "items": WARNING, "description": "What was not taken as it was sent",
}  # fmt: skip
UNDERSTOOD: Final[Json] = {
    "type": "object",
    "description": "What the words were read as",
    "properties": {
        "needs": {"type": "array", "items": TEXT},
        "wishes": {"type": "object", "additionalProperties": TEXT},
        "corrected": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"said": TEXT, "read": TEXT},
                "required": ["said", "read"],
            },
        },
        "unused": {
            "type": "array",
            "items": TEXT,
            "description": "Words that were understood and cannot be looked for: ask the place",
        },
    },
    "required": ["needs", "wishes", "corrected", "unused"],
}
NOTICE: Final[Json] = {
    "anyOf": [
        {
            "type": "object",
            "properties": {
                "danger": {
                    "enum": [*Danger, None],
                    "description": "What the words tell of; null: they ask what one must know in one",
                },
                "language": {"type": "string", "description": "Of the texts, BCP 47: that of the words"},
                "texts": {"type": "array", "items": TEXT, "description": "What to do now, to be shown whole"},
            },
            "required": ["danger", "language", "texts"],
        },
        {"type": "null"},
    ],
    "description": "The words tell of a danger: to be told before anything else",
}
FACETS: Final[Json] = {
    "type": "array",
    "description": "With facets: what could be asked for as well, as a parameter and its value",
    "items": {
        "type": "object",
        "properties": {
            "key": TEXT,
            "value": TEXT,
            "yes": {**COUNT, "description": "How many of all results say yes to it"},
            "unknown": {**COUNT, "description": "How many do not say"},
        },
        "required": ["key", "value", "yes", "unknown"],
    },
}
EXPLAIN: Final[Json] = {
    "type": "object",
    "description": "With explain: why it stands where it does",
    "properties": {
        "reasons": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "code": {"enum": list(CODES)},
                    "miles": {"type": "number", "description": "As so many miles farther it counts"},
                    "about": {"type": "string", "description": "Which need or wish, or the state of hours"},
                },
                "required": ["code", "miles", "about"],
            },
        }
    },
    "required": ["reasons"],
}
SUGGESTIONS: Final[Json] = {
    "type": "object",
    "properties": {
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "kind": {"enum": ["need", "name"]},
                    "text": TEXT,
                    "code": {"type": "string", "description": "Of a need; else empty"},
                },
                "required": ["kind", "text", "code"],
            },
        },
        "warnings": WARNINGS,
    },
    "required": ["suggestions", "warnings"],
}
