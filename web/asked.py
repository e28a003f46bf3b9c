"""What a person asked for, as a form that can be sent again, and the words that say it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from werkzeug.datastructures import MultiDict

from directory.answers import Sort
from directory.facts import FACTS, Words
from directory.filters import OPEN_NOW
from directory.medications import LABELS as MEDICINES
from directory.model import Answer
from directory.wording import say_time
from translations import mark
from web import services
from web.language import day, language, name_of, ngettext, say
from web.parameters import USUAL_PAGE, SearchRequest

Form = MultiDict[str, str]

NEED: Final = "need"
RADII: Final = ("2", "5", "10", "25", "50", "100")
USUAL_RADIUS: Final = 25.0


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was asked for and can be taken off. `value`: "need=food"."""

    label: str
    value: str


def cleaned(values: Form) -> Form:
    """The values as sent, with what a button changes changed.

    `without` ("need=food") takes one thing off, `also` adds one; `farther` replaces the radius.
    """
    found = MultiDict(values)
    name, _, taken = found.pop("without", "").partition("=")
    if name in found:
        found.setlist(name, [value for value in found.poplist(name) if value != taken])
    name, _, added = found.pop("also", "").partition("=")
    if name == NEED:
        found.add(name, added)
    elif name:
        found[name] = added
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
        ("per_page", "" if wanted.per_page == USUAL_PAGE else str(wanted.per_page)),
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
    for code in services().needs.codes:
        if code in wanted.needs:
            yield NEED, code, label(NEED, code)
    if wanted.text:
        yield "q", wanted.text, say(mark("“%(words)s”"), words=wanted.text)
    if wanted.open_only:
        name = "open_at" if wanted.at else "open_now"
        yield name, form_of(wanted)[name], _at(wanted.at) if wanted.at else label(OPEN_NOW, "yes")
    for key, wish in wanted.wishes.items():
        yield key, wish, label(key, wish)


def _at(moment: datetime) -> str:
    """On the clock that it was asked by."""
    return say(mark("Open on %(day)s, %(time)s"), day=day(moment), time=say_time(moment.time(), language()))


def label(key: str, value: str) -> str:
    """One thing that can be asked for, in words."""
    if key in FACTS:
        return _fact(FACTS[key], value)
    return _LABELS[key](value) if key in _LABELS else f"{key}: {value}"


def _organization(own: str) -> str:
    found = services().store.organization(own)
    return say(mark("Only from %(name)s"), name=found.name if found else own)


def _source(own: str) -> str:
    name = next((source.name for source in services().store.sources() if source.id == own), own)
    return say(mark("Only from %(name)s"), name=name)


_LABELS: Final[dict[str, Callable[[str], str]]] = {
    NEED: lambda code: say(services().needs.label(code)),
    OPEN_NOW: lambda _: say(mark("Open now")),
    "language": lambda tag: say(mark("Speaks %(language)s"), language=name_of(tag)),
    "age": lambda age: say(mark("Age %(age)s"), age=age),
    "gender": lambda who: say(FACTS[who].yes),
    "medication": lambda code: say(MEDICINES[code]),
    "state": lambda code: say(mark("In %(state)s"), state=code),
    "serves_zip": lambda code: say(mark("Takes people from %(zip)s"), zip=code),
    "verified_within": lambda days: ngettext(
        "Checked in the last %(count)s day", "Checked in the last %(count)s days", int(days)
    ),
    "organization_id": _organization,
    "source": _source,
}


def _fact(words: Words, wish: str) -> str:
    if said := words.said(wish):
        return say(said)
    return f"{say(words.question)} {say(mark('Yes') if wish == Answer.YES else mark('No'))}"
