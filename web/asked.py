"""What a person asked for, as a form that can be sent again, and the words that say it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import MultiDict

from directory.model import Answer, Sort
from translations import mark
from web import services
from web.facts import FACTS, Words
from web.language import name_of, say
from web.parameters import SearchRequest

Form = MultiDict[str, str]

RADII: Final = ("2", "5", "10", "25", "50", "100")
USUAL_RADIUS: Final = 25.0


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was asked for and can be taken off. `value`: "need=food"."""

    label: str
    value: str


def cleaned(values: Form) -> Form:
    """The values as sent, with what a button changes changed.

    `without` ("need=food") takes one thing off; `farther` replaces the radius.
    """
    found = MultiDict(values)
    name, _, taken = found.pop("without", "").partition("=")
    if name in found:
        found.setlist(name, [value for value in found.poplist(name) if value != taken])
    if farther := found.pop("farther", ""):
        found["radius"] = farther
    return found


def form_of(wanted: SearchRequest) -> Form:
    """A search as the values of its form, each in the one way our own form writes it."""
    values = [
        ("near", wanted.near),
        ("lat", _plain(wanted.lat)),
        ("lng", _plain(wanted.lng)),
        ("radius", _plain(wanted.radius)),
        ("q", wanted.text),
        *(("need", code) for code in services().needs.codes if code in wanted.needs),
        ("open_now", "true" if wanted.open_only and not wanted.at else ""),
        ("open_at", _moment(wanted)),
        *wanted.wishes.items(),
        ("min_results", "" if wanted.min_results is None else str(wanted.min_results)),
        ("sort", "" if wanted.sort is Sort.BEST else wanted.sort.value),
    ]
    return MultiDict([(name, value) for name, value in values if value])


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if value == int(value) else repr(value)


def _moment(wanted: SearchRequest) -> str:
    if wanted.at is None:
        return ""
    return (wanted.at.replace(tzinfo=None) if wanted.at_is_local else wanted.at).isoformat()


def chips(wanted: SearchRequest) -> list[Chip]:
    return [Chip(label, f"{name}={value}") for name, value, label in _labels(wanted)]


def _labels(wanted: SearchRequest) -> Iterator[tuple[str, str, str]]:
    needs = services().needs
    for code in needs.codes:
        if code in wanted.needs:
            yield "need", code, say(needs.label(code))
    if wanted.text:
        yield "q", wanted.text, say(mark("“%(words)s”"), words=wanted.text)
    if wanted.open_only:
        name = "open_at" if wanted.at else "open_now"
        yield name, form_of(wanted)[name], say(mark("Open then") if wanted.at else mark("Open now"))
    for key, wish in wanted.wishes.items():
        yield key, wish, _wish(key, wish)


def _wish(key: str, wish: str) -> str:
    if key in FACTS:
        return _fact(FACTS[key], wish)
    if key == "language":
        return say(mark("Speaks %(language)s"), language=name_of(wish))
    return say(mark("Age %(age)s"), age=wish) if key == "age" else f"{key}: {wish}"


def _fact(words: Words, wish: str) -> str:
    if said := words.said(wish):
        return say(said)
    return f"{say(words.question)} {say(mark('Yes') if wish == Answer.YES else mark('No'))}"
