"""What a page shows of a listing or a national line: words and links, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from directory.answers import Hit
from directory.facts import FACTS
from directory.hotlines import Hotline
from directory.medications import LABELS, medications_of
from directory.model import Answer, Listing, Phone, Precision, Source
from directory.phones import say_phone, tel_uri
from directory.veterans import LABEL, is_for_veterans
from directory.wording import say_age, say_distance, say_open
from translations import mark
from web import services
from web.asked import label
from web.facts import told
from web.language import day, language, name_of, say
from web.why import NO_REASON, Why

CALLS_ON_A_CARD: Final = 2
SAME_ZIP_MILES: Final = 0.1  # measured to the middle of the ZIP code that was asked for: says nothing
_UNDIALLED: Final = frozenset({"fax", "pager"})
# What sources call a number; said in the reader's language.
_NUMBERS: Final = (mark("intake"), mark("main"), mark("hotline"))
_STOPPED: Final = {
    "inactive": mark("This place may be closed. Call first."),
    "defunct": mark("This place has closed for good."),
    "temporarily closed": mark("Closed for now. Call to ask when it opens."),
}
_ASKS: Final = {
    "language": mark("Ask for someone who speaks your language"),
    "age": mark("Ask what ages they take"),
    "open_now": mark("Ask if they are open"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A number one can tap. `shown`: as people read it."""

    shown: str
    uri: str
    is_text: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One listing in a list. `reach`: how to get there when there is no door."""

    id: str
    name: str
    by: str
    distance: str
    openness: str
    open_words: str
    calls: tuple[Call, ...]
    address: tuple[str, ...]
    is_private: bool
    reach: str
    kinds: str
    facts: tuple[str, ...]
    asks: tuple[str, ...]
    alert: str
    age: str
    source: Source
    why: tuple[str, ...] = ()

    @property
    def is_demonstration(self) -> bool:
        return self.source.is_demonstration


@dataclass(frozen=True, slots=True)
class Line:
    """A national line."""

    name: str
    phones: tuple[Call, ...]
    notes: tuple[str, ...]


def card(
    hit: Hit,
    now: datetime,
    wished: Mapping[str, str] = MappingProxyType({}),
    why: Why = NO_REASON,
    then: datetime | None = None,
) -> Card:
    """The card of a hit. `wished`: the filters that were set or read in the words, shown first. `why`: what
    it tells, the rest of the card does not tell again. `then`: another moment that was asked about."""
    listing = hit.listing
    service, source = listing.service, listing.source
    facts = told(service.access, wished, but=why.codes)
    return Card(
        id=listing.id,
        name=title(listing),
        by=by(listing),
        distance=_distance(hit),
        openness=hit.open.state.value,
        open_words=say_open(hit.open, then or now, language(), then=then is not None),
        calls=calls(listing)[:CALLS_ON_A_CARD],
        address=_address(listing),
        is_private=listing.location.confidential,
        reach=_reach(listing),
        kinds=kinds(listing),
        facts=(*whom(listing), *gives(listing), *map(say, facts)),
        asks=tuple(_ask(key, wished.get(key, "")) for key in (*hit.unsaid, *hit.unhoped)),
        alert=alert(listing),
        age="" if "checked" in why.codes else say_age(source, service.assured_date, now.date(), language()),
        source=source,
        why=why.sentences,
    )


def title(listing: Listing) -> str:
    """Who to ask for at the door or on the phone. Lists give services names like "Outpatient"."""
    return listing.organization.name or listing.service.name


def by(listing: Listing, *, with_place: bool = True) -> str:
    """The service and the place, each only if the title does not say it already."""
    place = listing.location.name if with_place else ""
    names = dict.fromkeys((title(listing), listing.service.name, place))
    return ", ".join(name for name in list(names)[1:] if name)


def kinds(listing: Listing) -> str:
    needs = services().needs
    codes = needs.of(listing.service)
    return ", ".join(say(needs.label(code)) for code in needs.codes if code in codes)


def whom(listing: Listing) -> tuple[str, ...]:
    """That it is for veterans: nobody else should ride there."""
    return (say(LABEL),) if is_for_veterans(listing.service) else ()


def gives(listing: Listing) -> tuple[str, ...]:
    """The medicines that it says it gives; nobody should ride there to ask."""
    said = medications_of(listing.service)
    medicines = ", ".join(say(LABELS[code]) for code in LABELS if code in said)
    return (say(mark("Gives: %(medicines)s"), medicines=medicines),) if medicines else ()


def alert(listing: Listing) -> str:
    stopped = _STOPPED.get(listing.service.status)
    return say(stopped) if stopped else listing.service.alert


def calls(listing: Listing) -> tuple[Call, ...]:
    """Every number of a listing that a person can call or text."""
    dialled = (phone for phone in listing.phones if phone.type not in _UNDIALLED)
    return tuple(found for phone in dialled if (found := _call(phone)).uri)


def _call(phone: Phone) -> Call:
    is_text = phone.type in ("text", "sms")
    uri = tel_uri(phone.number, phone.extension)
    spoken = ", ".join(each.name for each in phone.languages)
    kind = "TTY" if phone.type in ("tty", "textphone") else ""
    note = ", ".join(filter(None, (kind, say(phone.description), spoken)))
    shown = say_phone(phone.number, language(), phone.extension)
    return Call(shown, _text_uri(uri) if is_text else uri, is_text, note)


def text_call(phone_number: str) -> Call:
    """A number of ours that takes texts."""
    return Call(say_phone(phone_number, language()), _text_uri(tel_uri(phone_number)), is_text=True)


def _text_uri(uri: str) -> str:
    return "sms:" + uri.removeprefix("tel:").partition(";")[0]


def _distance(hit: Hit) -> str:
    if hit.told_miles is None:
        return ""
    said = say_distance(hit.told_miles, language())
    if hit.listing.location.precision is not Precision.ZIP:
        return said
    if hit.told_miles < SAME_ZIP_MILES:
        return say(mark("near, by ZIP code"))
    return say(mark("about %(distance)s, by ZIP code"), distance=said)


def _address(listing: Listing) -> tuple[str, ...]:
    door = listing.address
    if door is None or listing.location.confidential:
        return ()
    town = " ".join(filter(None, (door.state_province, door.postal_code)))
    lines = (door.attention, door.address_1, door.address_2, ", ".join(filter(None, (door.city, town))))
    return tuple(filter(None, lines))


def _reach(listing: Listing) -> str:
    if listing.location.location_type == "virtual" or listing.location.precision is Precision.NONE:
        return say(mark("By phone or online"))
    return ""


def _ask(key: str, wish: str) -> str:
    """What to ask on the phone about a wish that the listing leaves open."""
    if key in _ASKS:
        return say(_ASKS[key])
    if wish in LABELS:
        return say(mark("Ask if they give this medicine: %(medicine)s"), medicine=say(LABELS[wish]))
    return say(
        mark("Ask: %(question)s"), question=say(FACTS[key].question) if key in FACTS else label(key, wish)
    )


def answers(listing: Listing) -> tuple[list[tuple[str, str]], list[str]]:
    """What the listing says, as (question, answer), and the questions it leaves open."""
    said, unsaid = [], []
    for key, words in FACTS.items():
        fact = listing.service.access.get(key)
        answer = fact.answer if fact else Answer.UNKNOWN
        if answer is Answer.UNKNOWN:
            unsaid.append(say(words.question))
        else:
            said.append((say(words.question), _told_when(answer, fact.verified_on if fact else None)))
    return said, unsaid


def _told_when(answer: Answer, checked: date | None) -> str:
    if answer is Answer.YES:
        return say(mark("Yes, checked %(day)s"), day=day(checked)) if checked else say(mark("Yes"))
    return say(mark("No, checked %(day)s"), day=day(checked)) if checked else say(mark("No"))


def line(hotline: Hotline) -> Line:
    """A national line in the words of this request's language."""
    voice = [Call(say_phone(hotline.call, language()), tel_uri(hotline.call))] if hotline.call else []
    text = [text_call(hotline.text_to)] if hotline.text_to else []
    return Line(say(hotline.name), (*voice, *text), tuple(_line_notes(hotline)))


def _line_notes(hotline: Hotline) -> list[str]:
    press = hotline.press_for(language())
    word = hotline.text_word(language()) or hotline.text_word("en")
    spoken = [name_of(tag) for tag in hotline.languages_voice if tag not in ("*", "ase")]
    notes = (
        say(mark("After you call, press %(key)s."), key=press) if press else "",
        say(mark("Text this: %(word)s"), word=word) if word else "",
        say(mark("Open day and night.")) if hotline.always_open else "",
        say(mark("Speaks: %(languages)s."), languages=", ".join(spoken)) if spoken else "",
        say(hotline.not_for) if hotline.not_for else "",
    )
    return list(filter(None, notes))


def lines(needs: Iterable[str] = (), first: str = "") -> tuple[Line, ...]:
    """The lines that help with any of these needs and topics. `first`: a topic whose own lines lead."""
    found = services().hotlines.for_needs(frozenset(needs))
    return tuple(line(each) for each in sorted(found, key=lambda each: first not in each.topics))
