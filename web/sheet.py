"""What the page of one service shows: everything the listing says, in words and in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final
from urllib.parse import urlsplit

from babel.numbers import format_currency

from directory.answers import Hit
from directory.model import Capacity, CostOption, Language, Listing, Source
from directory.week import Row, week, zone_of
from directory.wording import say_time
from translations import locale, mark
from web.cards import Card, alert, answers, by, card, kinds, title, whom
from web.language import day, language, name_of, number, say

# A count of free beds older than this says nothing about tonight.
FRESH: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Spot:
    """One location of the service."""

    title: str
    card: Card
    transport: str
    week: tuple[Row, ...]
    hours_notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One service. `answers`: (question, answer); `sections`: (title, lines)."""

    name: str
    by: str
    alerts: tuple[str, ...]
    age: str
    kinds: str
    paragraphs: tuple[str, ...]
    spots: tuple[Spot, ...]
    answers: tuple[tuple[str, str], ...]
    unsaid: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    links: tuple[tuple[str, str], ...]
    source: Source

    @property
    def is_demonstration(self) -> bool:
        return self.source.is_demonstration


def sheet(hits: Sequence[Hit], now: datetime) -> Sheet:
    """The page of one service from its hits, one per location; the first is the one asked for."""
    first = hits[0].listing
    shown = card(hits[0], now)
    said, unsaid = answers(first)
    return Sheet(
        name=title(first),
        by=by(first, with_place=len(hits) == 1),
        alerts=tuple(filter(None, (alert(first),))),
        age=shown.age,
        kinds=kinds(first),
        paragraphs=_unique(first.service.description, first.description, first.organization.description),
        spots=tuple(_spot(hit, now, only=len(hits) == 1) for hit in hits),
        answers=tuple(said),
        unsaid=tuple(unsaid),
        sections=tuple((title, lines) for title, lines in _sections(first, now) if lines),
        links=_links(first),
        source=first.source,
    )


def _spot(hit: Hit, now: datetime, *, only: bool) -> Spot:
    listing = hit.listing
    notes = _unique(*(each.description or each.notes for each in listing.schedules))
    return Spot(
        title=say(mark("How to reach them")) if only else _title(listing),
        card=card(hit, now),
        transport=listing.location.transportation,
        week=week(listing, now, language()),
        hours_notes=notes,
    )


def _title(listing: Listing) -> str:
    """What tells one location of a service from the others; a private one is not told by its town."""
    door = listing.address
    street = door.address_1 or door.city if door and not listing.location.confidential else ""
    return listing.location.name or street or say(mark("By phone or online"))


def _sections(listing: Listing, now: datetime) -> Iterator[tuple[str, tuple[str, ...]]]:
    service, zone = listing.service, zone_of(listing)
    yield (
        say(mark("Who it is for")),
        _unique(service.eligibility_description or "".join(whom(listing)), _ages(listing)),
    )
    yield say(mark("What to bring")), _unique(*(each.document for each in service.required_documents))
    yield say(mark("Cost")), _unique(service.fees_description, *map(_cost, service.cost_options))
    yield say(mark("How to start")), _unique(service.application_process)
    yield say(mark("How long you may wait")), _unique(service.wait_time)
    yield say(mark("Open spots")), tuple(_room(each, now, zone) for each in service.capacities)
    yield say(mark("Languages")), _unique(*map(_tongue, listing.languages), service.interpretation_services)
    access = (" ".join(filter(None, (a.description, a.details))) for a in listing.location.accessibility)
    yield say(mark("Getting around inside")), _unique(*access)
    areas = (area.name or area.description or area.extent for area in listing.service_areas)
    yield say(mark("Area they serve")), _unique(*areas)
    yield say(mark("Licenses")), _unique(service.licenses, service.accreditations)


def _unique(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text and text.strip()))


def _ages(listing: Listing) -> str:
    low, high = listing.service.minimum_age, listing.service.maximum_age
    if low is not None and high is not None:
        return say(mark("Ages %(low)s to %(high)s"), low=number(low), high=number(high))
    if low is not None:
        return say(mark("Age %(low)s and up"), low=number(low))
    return say(mark("Up to age %(high)s"), high=number(high)) if high is not None else ""


def _cost(cost: CostOption) -> str:
    amount = ""
    if cost.amount is not None:
        known = len(cost.currency) == 3 and cost.currency.isalpha()
        amount = format_currency(cost.amount, cost.currency if known else "USD", locale=locale(language()))
    return ", ".join(filter(None, (cost.option, amount, cost.amount_description)))


def _room(room: Capacity, now: datetime, zone: tzinfo | None) -> str:
    """How many are free and when that was said; old news is said as old."""
    said = room.updated if room.updated.tzinfo else room.updated.replace(tzinfo=UTC)
    local = said.astimezone(zone or UTC)
    when = f"{day(local.date())}, {say_time(local.time(), language())}"
    fresh = timedelta() <= now - said <= FRESH
    message = mark("%(unit)s: %(count)s open, said %(when)s")
    old = mark("%(unit)s: %(count)s open on %(when)s. Call to ask about now.")
    return say(message if fresh else old, unit=room.unit, count=number(room.available), when=when)


def _tongue(spoken: Language) -> str:
    name = name_of(spoken.code) if spoken.code else spoken.name
    return f"{name} ({spoken.note})" if spoken.note else name


def _links(listing: Listing) -> tuple[tuple[str, str], ...]:
    """The web pages of a service: label and address, each once."""
    service, organization = listing.service, listing.organization
    more = [(each.label, each.url) for each in (*service.additional_urls, *organization.additional_websites)]
    said = [("", service.url), ("", listing.location.url), ("", organization.website), *more]
    found: dict[str, str] = {}
    for label, text in said:
        address = web_address(text)
        if address and address not in found:
            found[address] = label or (urlsplit(address).hostname or address)
    return tuple((label, address) for address, label in found.items())


def web_address(text: str) -> str:
    """A listing's words as a link; "" for what is no web address.

    Threat: a listing with "javascript:..." for its website runs in the reader's browser.

    >>> web_address("www.example.org/help"), web_address("javascript:alert(1)"), web_address("none")
    ('http://www.example.org/help', '', '')
    """
    bare = text.strip()
    if not bare or any(c.isspace() for c in bare):
        return ""
    try:
        parts = urlsplit(bare if "://" in bare else f"http://{bare}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    good = parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc
    return parts.geturl() if good else ""
