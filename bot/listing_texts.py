"""How listings are told in a text message: a list of three, one in full, lines to call.

Each comes as drafts, the richest first; speech.fitted takes the first that fits. A phone
number is in every draft.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, product
from typing import Final

from bot import wished_texts
from bot.model import Reply
from bot.segments import Encoding, encoding_of
from bot.speech import cut, fitting, latin, one_line
from bot.talk import Talk
from bot.wished_texts import STOPS
from directory.answers import Hit, Openness
from directory.hotlines import Hotline
from directory.model import Answer, Listing, Phone
from directory.phones import say_phone
from directory.wording import say_age, say_distance, say_open, say_open_short
from translations import language_name, mark

LIST_BUDGET: Final = 2
DETAIL_BUDGET: Final = 3
OLD: Final = timedelta(days=180)
FAR: Final = 50  # miles
LONGEST_LABEL: Final = 30

IDENTITY: Final = mark("%(site)s, not police. Emergency 911. STOP to end.")
NEAR: Final = mark("Near %(place)s:")
NEED_NEAR: Final = mark("%(need)s near %(place)s:")
DEMONSTRATION: Final = mark("DEMO, not real places.")
NOTHING_CLOSER: Final = mark("Nothing closer is listed.")
CALL_FIRST: Final = mark("Call first to ask if it fits.")
SAME: Final = mark("These are the same places as before.")
ALWAYS: Final = "24/7"  # in any language
NO_PHONE: Final = mark("No phone listed")
FOOT_ONE: Final = mark("Text 1 for details or MENU.")
FOOT_ONE_MORE: Final = mark("Text 1 for details, MORE or MENU.")
FOOT_MANY: Final = mark("Text 1-%(last)s for details or MENU.")
FOOT_MANY_MORE: Final = mark("Text 1-%(last)s for details, MORE or MENU.")

NO_ADDRESS: Final = mark("Address not given: call first.")
CALL: Final = mark("Call %(phone)s")
SPEAKS: Final = mark("Speaks: %(languages)s.")
BACK: Final = mark("BACK for the list, or MENU.")

# What is worth a text, the most telling first: (key of directory/access.py, answer) -> words.
FACTS: Final = {
    ("walk_in", Answer.YES): mark("Walk in, no appointment."),
    ("walk_in", Answer.NO): mark("Call for an appointment."),
    ("intake_24_7", Answer.YES): mark("Takes new people day and night."),
    ("no_pay", Answer.YES): mark("OK if you can't pay."),
    ("medicaid", Answer.YES): mark("Takes Medicaid."),
    ("medicaid", Answer.NO): mark("No Medicaid."),
    ("id_needed", Answer.NO): mark("No ID needed."),
    ("id_needed", Answer.YES): mark("Bring an ID."),
    ("same_day_medication", Answer.YES): mark("Medicine the same day."),
    ("on_medication", Answer.NO): mark("Not if you take methadone or buprenorphine."),
    ("women", Answer.NO): mark("Not for women."),
    ("men", Answer.NO): mark("Not for men."),
    ("children", Answer.YES): mark("Children can stay."),
    ("pets", Answer.YES): mark("Pets can stay."),
    ("sliding_scale", Answer.YES): mark("Price by income."),
}


@dataclass(frozen=True, slots=True)
class _Layout:
    """How much a list may hold: characters of a name, and what else."""

    name: int
    header: bool = True
    fits: bool = True
    unknown_hours: bool = True
    service: bool = True
    hours: bool = True
    miles: bool = True
    brief: bool = False  # "24/7" for "Open 24/7"


# Whole names matter more than "hours unknown"; whom to ask for matters more than the header.
_WITH_HEADER: Final = (
    *(_Layout(room) for room in (60, 50, 42, 36)),
    *(_Layout(room, unknown_hours=False) for room in range(48, 28, -3)),
)
# Whether they are as was wished matters more than the header, and than whole names.
_WISHED: Final = (
    *(_Layout(room, header=False, unknown_hours=False) for room in range(40, 22, -2)),
    *(
        _Layout(room, header=False, unknown_hours=False, service=False, brief=True)
        for room in range(28, 12, -2)
    ),
)
_WITHOUT: Final = (
    *(_Layout(room, header=False, fits=False, unknown_hours=False) for room in range(40, 20, -2)),
    *(
        _Layout(room, header=False, fits=False, unknown_hours=False, service=False, brief=True)
        for room in range(28, 10, -2)
    ),
)
# Without the hours a place may be shut: only where nothing else fits.
_CRAMPED_WISHED: Final = (
    *(_Layout(room, header=False, hours=False, service=False) for room in range(24, 10, -2)),
    *(_Layout(room, header=False, hours=False, service=False, miles=False) for room in range(20, 8, -2)),
)
_CRAMPED: Final = (
    *(_Layout(room, header=False, fits=False, hours=False, service=False) for room in range(24, 14, -2)),
    *(
        _Layout(room, header=False, fits=False, hours=False, service=False, miles=False)
        for room in range(22, 12, -2)
    ),
    *(_Layout(room, header=False, fits=False, hours=False, service=False) for room in range(12, 6, -2)),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One hit of a list, its words ready; a layout only chooses among them."""

    place: str
    service: str
    miles: str  # or the town
    opening: str
    is_known: bool
    is_always: bool
    phone: str
    street: str  # where the door is told


def list_replies(
    talk: Talk, hits: Sequence[Hit], *, more: bool, guessed: bool, unsure: bool, again: bool = False
) -> tuple[Reply, ...]:
    """The list of some hits. A new person also reads who we are: in the same text if names stay whole
    enough to ask for, else before it.

    more: there are further pages. guessed: we may have the place wrong, so it is named.
    unsure: not all that was wished for could be looked for. again: these places were told just before.
    """
    header, rows = _header(talk), _told_apart([_row(talk, hit) for hit in hits])
    fits, asks = wished_texts.fits(talk, hits)
    fits = fits or ([talk.words(SAME)] if again else [])
    end = [*_notices(talk, hits, unsure), _foot(talk, len(hits), more)]
    calls = {talk.words(CALL_FIRST)} if asks else set()  # that line says what to ask
    told_end = [line for line in end if line not in calls]

    def drafts(layouts: Iterable[_Layout], *who: str) -> Iterator[str]:
        for layout in layouts:
            entries = [_entry(n, row, layout) for n, row in enumerate(rows, 1)]
            told = [*fits, *told_end] if layout.fits else end
            yield "\n".join([*who, *(header if layout.header or guessed else []), *entries, *told])

    wished = (*_WISHED, *(() if any(row.is_known for row in rows) else _CRAMPED_WISHED)) if fits else ()
    who, layouts = identity(talk), (*_WITH_HEADER, *wished, *_WITHOUT)
    if (whole := fitting(drafts(layouts, *who), LIST_BUDGET)) is not None:
        return (Reply(whole, LIST_BUDGET),)
    # Names in another script make every letter dear: then hardly more than the numbers to call.
    numbers = [f"{n} {cut(row.place, 8)}, {row.phone}" for n, row in enumerate(rows, 1)]
    last = ("\n".join([*numbers, end[-1]]), "\n".join(numbers))
    untried = drafts(layouts) if who else ()
    cramped = (*(_CRAMPED_WISHED if fits else ()), *_CRAMPED)
    crowded = talk.draft(chain(untried, drafts(cramped), last), LIST_BUDGET)
    return (*(talk.reply(IDENTITY) for _ in who), crowded)


def identity(talk: Talk) -> list[str]:
    """Who we are, for a new person; short, to leave room for the answer."""
    return [] if talk.state.greeted else [talk.words(IDENTITY)]


def _row(talk: Talk, hit: Hit) -> _Row:
    language = talk.state.language
    return _Row(
        place=name(talk, hit.listing, with_service=False),
        service=name(talk, hit.listing, with_service=True),
        miles=_town(hit) if hit.told_miles is None else say_distance(hit.told_miles, language),
        opening=say_open_short(hit.open, talk.now, language),
        is_known=hit.open.state is not Openness.UNKNOWN,
        is_always=hit.open.state is Openness.OPEN and hit.open.until is None,
        phone=phone_of(talk, hit.listing) or talk.words(NO_PHONE),
        street=_street(hit.listing),
    )


def _street(listing: Listing) -> str:
    door = None if listing.location.confidential else listing.address
    return latin(one_line(door.address_1)) if door and door.address_1 else ""


def _told_apart(rows: list[_Row]) -> list[_Row]:
    """Two places of one name and phone are told by their streets."""
    alike = Counter((row.place, row.phone) for row in rows)
    return [replace(row, place=f"{row.street}, {row.place}", service=f"{row.street}, {row.service}")
            if row.street and alike[row.place, row.phone] > 1 else row for row in rows]  # fmt: skip


def _town(hit: Hit) -> str:
    """Instead of miles: the town of a place whose door is not told; nothing for one without a door."""
    address = hit.listing.address
    return f"{address.city} {address.state_province}" if address and hit.distance_miles is not None else ""


def _entry(number: int, row: _Row, layout: _Layout) -> str:
    whom = cut(row.service if layout.service else row.place, layout.name)
    said = ALWAYS if layout.brief and row.is_always else row.opening
    opening = said if layout.hours and (row.is_known or layout.unknown_hours) else ""
    miles = row.miles if layout.miles else ""
    return f"{number} " + ", ".join(filter(None, (whom, miles, opening, row.phone)))


def _header(talk: Talk) -> list[str]:
    place = talk.state.place
    if place is None:
        return []
    label, need = cut(one_line(place.label), LONGEST_LABEL), need_label(talk)
    return [talk.words(NEED_NEAR, need=need, place=label) if need else talk.words(NEAR, place=label)]


def name(talk: Talk, listing: Listing, *, with_service: bool) -> str:
    """Whom to ask for on the phone, then what they call it."""
    place = one_line(listing.location.name or listing.organization.name or listing.service.name)
    if listing.source.is_demonstration and "demo" not in place.casefold():
        place = f"DEMO {place}"  # a list may hold real places beside it
    service = one_line(listing.service.name)
    whole = f"{place}: {service}" if with_service and service and not _says(place, service) else place
    return whole if encoding_of(talk.words(FOOT_ONE)) is Encoding.UCS_2 else latin(whole)


def _says(one: str, other: str) -> bool:
    return other.casefold() in one.casefold() or one.casefold() in other.casefold()


def phone_of(talk: Talk, listing: Listing) -> str:
    phone = best_phone(listing)
    return say_phone(phone.number, talk.state.language, phone.extension) if phone else ""


def best_phone(listing: Listing) -> Phone | None:
    """The number to call: a voice line, the most particular, intake before others."""
    voices = [p for p in listing.phones if p.number and p.type not in ("fax", "tty", "textphone", "pager")]
    calls = [p for p in voices if p.type not in ("text", "sms")] or voices
    intake = [p for p in calls if "intake" in p.description.casefold()]
    return next(iter(intake or calls), None)


def _notices(talk: Talk, hits: Sequence[Hit], unsure: bool) -> list[str]:
    """What to know before trusting the list: far away, a demonstration, old data, answers it lacks."""
    far = [talk.words(NOTHING_CLOSER)] if all((hit.distance_miles or 0) > FAR for hit in hits) else []
    return [*far, *_trust(talk, hits, unsure)]


def _trust(talk: Talk, hits: Sequence[Hit], unsure: bool) -> list[str]:
    if all(hit.listing.source.is_demonstration for hit in hits):
        return [talk.words(DEMONSTRATION)]
    oldest = min(hits, key=lambda hit: _checked(hit.listing))
    if talk.now.date() - _checked(oldest.listing) > OLD:
        return [_age(talk, oldest.listing) + STOPS.get(talk.state.language, ".")]
    return [talk.words(CALL_FIRST)] if unsure or any(hit.unsaid for hit in hits) else []


def _checked(listing: Listing) -> date:
    return listing.service.assured_date or listing.source.listed_on or date.min


def _age(talk: Talk, listing: Listing) -> str:
    said = say_age(listing.source, listing.service.assured_date, talk.now.date(), talk.state.language)
    return said.rstrip(".")


def _foot(talk: Talk, count: int, more: bool) -> str:
    if count == 1:
        return talk.words(FOOT_ONE_MORE if more else FOOT_ONE)
    return talk.words(FOOT_MANY_MORE if more else FOOT_MANY, last=count)


def need_label(talk: Talk) -> str:
    """The first need asked for, in the words of the talk; "" if it has no label."""
    return label_of(talk, talk.state.needs[0]) if talk.state.needs else ""


def label_of(talk: Talk, code: str) -> str:
    """A need in the words of the talk; "" if it has no label."""
    needs = talk.world.needs
    if needs is None or code not in needs.codes:
        return ""
    label, _, _ = talk.term(needs.label(code)).partition(" (")
    return cut(label, LONGEST_LABEL)


def detail_drafts(talk: Talk, hit: Hit) -> Iterator[str]:
    """One listing in full, then with less and less of what matters least."""
    listing = hit.listing
    telling, phone = _facts(talk, listing), phone_of(talk, listing)
    extras = [web(talk, listing), spoken(talk, listing)]
    for room, facts, kept in product((80, 50, 30), range(len(telling), -1, -2), (2, 1, 0)):
        lines = [
            cut(name(talk, listing, with_service=True), room),
            address(talk, listing, room),
            talk.words(CALL, phone=phone) if phone else talk.words(NO_PHONE),
            say_open(hit.open, talk.now, talk.state.language),
            " ".join(telling[:facts]),
            *reversed(extras[:kept]),
            talk.words(DEMONSTRATION) if listing.source.is_demonstration else _age(talk, listing),
            talk.words(BACK),
        ]
        yield "\n".join(filter(None, lines))


def address(talk: Talk, listing: Listing, room: int) -> str:
    door = None if listing.location.confidential else listing.address
    if door is None or not door.address_1:
        return talk.words(NO_ADDRESS)
    street = cut(one_line(f"{door.address_1} {door.address_2}"), room)
    return ", ".join(filter(None, (street, one_line(f"{door.city} {door.postal_code}"))))


def _facts(talk: Talk, listing: Listing) -> list[str]:
    access = listing.service.access
    said = {(key, fact.answer) for key, fact in access.items()}
    return [talk.words(words) for fact, words in FACTS.items() if fact in said]


def spoken(talk: Talk, listing: Listing) -> str:
    """Languages beside English, named in the language of the talk."""
    ours = talk.state.language
    others = [lang for lang in listing.languages if not lang.code.startswith("en") and lang.name != "English"]
    first = [_primary(code) for code in (talk.state.wishes.get("language", ""), ours)]
    others.sort(key=lambda lang: first.index(code) if (code := _primary(lang.code)) in first else len(first))
    said = [language_name(lang.code, ours) or one_line(lang.name) for lang in others]
    return talk.words(SPEAKS, languages=cut(", ".join(dict.fromkeys(said)), 50)) if said else ""


def _primary(code: str) -> str:
    """Lists say "Chinese" (zh) of what we call zh-Hans."""
    return code.lower().partition("-")[0]


def web(talk: Talk, listing: Listing) -> str:
    base = talk.world.public_url
    return f"{base}/services/{listing.service.id}" if base else ""


def line_texts(talk: Talk, needs: Collection[str], topics: Sequence[str] = ()) -> list[str]:
    """National lines: the one for each of these topics, then those for some needs; name and number."""
    lines = talk.world.hotlines
    if lines is None:
        return []
    first = (lines.for_topic(topic, talk.state.language) for topic in topics)
    told = (*filter(None, first), *lines.for_needs(needs))
    return list(dict.fromkeys(_line(talk, line) for line in told if line.call))


def _line(talk: Talk, line: Hotline) -> str:
    whom, phone = cut(talk.term(line.name), 40), say_phone(line.call, talk.state.language)
    return phone if whom == phone else f"{whom}: {phone}"
