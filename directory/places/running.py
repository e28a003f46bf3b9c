"""The place inside a running text: "i need detox near chicago il plz"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import Final

from directory.answers import Located, Place
from directory.places.context import Context, Lead
from directory.places.digits import Written, point_in, zips_in
from directory.places.names import key, tokens
from directory.places.resolve import CLEAR_SIZE, MOST_SLIPS, Resolver, is_found

# A text has at most 1,600 characters. Bounds that keep the work linear in them.
MOST_WORDS: Final = 300
LONGEST_NAME: Final = 5
MOST_GUESSES: Final = 4
MOST_ZIPS: Final = 20
# A one-word name of this size stands alone in any text ("Miami"); a smaller one may be a word
# we do not know.
BIG: Final = 10.0
# The same for a name of several words ("El Paso").
MIDDLING: Final = 1.5
# The same for one that is a part of its own at the end (", bridgeport", ". bridgeport") or ends a few
# words ("narcan pls newark"). One that ends a longer text must have CLEAR_SIZE.
APART: Final = 3.0
FEW: Final = 6
LONG: Final = 6  # letters: few words of any language are spelt like a town by chance
ALONE_RATIO: Final = 3.0  # times the size of the next of its name
# A misspelt name in a running text means at least this big a place; set apart at the end, this big a one.
GUESSED_SIZE: Final = 2.0
GUESSED_APART: Final = 5.0


class Sure(IntEnum):
    """Why a name in a text is taken for a place, from weak to strong."""

    STATE = 1  # a state without a city
    ALONE = 2  # beside it are only words that ask, or ordinary ones
    KNOWN = 3  # a big city, or a name of several words
    LED = 4  # after "in", "near"
    STATED = 5  # with its state


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text. start, end: the words it is made of."""

    located: Located
    start: int
    end: int
    sure: Sure
    size: float


def find_sure(text: str, resolver: Resolver) -> tuple[Place, str] | None:
    """The one place that a text names beyond doubt: a ZIP code, a city with its state, or a name
    after "in" or "near"; and the text without it. "Phoenix House" names none."""
    resolver = resolver.for_one_text()
    context = Context(tokens(text, MOST_WORDS), resolver.vocabulary)
    if (written := written_zip(text, resolver)) and (place := resolver.zip(written.code).place):
        return place, _without(text, [_digits_span(context, written.start, written.end)])
    named = max(_named(context, resolver), key=lambda f: (f.sure, f.size), default=None)
    if named is None or named.sure < Sure.LED or named.located.place is None:
        return None
    return named.located.place, _without(text, [_span(context, named.start, named.end)])


def find(text: str, resolver: Resolver, languages: Iterable[str] = ()) -> tuple[Located, str] | None:
    """The place in a text, and the text without it; None if none is named. `languages`: which it is
    likely in (BCP 47).

    A ZIP that does not exist comes back as nowhere, so that one can say so.
    """
    resolver = resolver.for_one_text(languages)
    context = Context(tokens(text, MOST_WORDS), resolver.vocabulary)
    if (spot := point_in(text)) and (place := resolver.point(spot[0])).state:
        return Located(place=place), _without(text, [_digits_span(context, *spot[1:])])
    named = best(context, resolver)
    spans = [_span(context, named.start, named.end)] if named else []
    if written := written_zip(text, resolver):
        located = resolver.zip(written.code)
        spans.append(_digits_span(context, written.start, written.end))
        if is_found(located) or not named:
            return located, _without(text, spans)
    return (named.located, _without(text, spans)) if named else None


def written_zip(text: str, resolver: Resolver) -> Written | None:
    """The ZIP of a text: of several the last that exists (an address ends with it)."""
    several = list(zips_in(text, resolver.vocabulary))[-MOST_ZIPS:]
    known = [written for written in several if resolver.table.zip(written.code)]
    found = known or several
    return found[-1] if found else None


def best(context: Context, resolver: Resolver) -> Found | None:
    """The surest place named by words; the bigger of two equally sure; a misspelt one if no other. Not one
    that several bear where a big city is said too: "near pulaski and madison chicago"."""
    every = list(_named(context, resolver))
    found = max(every, key=lambda f: (f.sure, f.size), default=None)
    if found and found.located.place is None:
        found = next((f for f in reversed(every) if f.located.place and f.size >= CLEAR_SIZE), found)
    if found and found.sure is not Sure.STATE:
        return found
    return _misspelt(context, resolver) or found


def _named(context: Context, resolver: Resolver) -> Iterator[Found]:
    """Names from left to right, each the longest that starts there."""
    at = 0
    while at < len(context.tokens):
        longest = min(LONGEST_NAME, len(context.tokens) - at)
        tries = (_candidate(context, resolver, at, at + length) for length in range(longest, 0, -1))
        if found := next(filter(None, tries), None):
            yield found
            at = found.end
        else:
            at += 1


def _candidate(context: Context, resolver: Resolver, start: int, end: int) -> Found | None:
    if any(token.comma for token in context.tokens[start + 1 : end]) or context.is_lead_letter(start, end):
        return None
    name = key(context.words(start, end))
    if resolver.knows(name):
        return _stated(context, resolver, start, end) or _bare(context, resolver, start, end)
    if end - start == 1 and resolver.vocabulary.state([name]) and _is_meant(context, start):
        return Found(resolver.resolve(name), start, end, Sure.STATE, 0.0)
    return None


def _is_meant(context: Context, at: int) -> bool:
    """Whether a state's code alone is meant as one: "in TX", "detox tx"."""
    led = context.lead(at)[0] is Lead.NEAR
    last = at + 1 == len(context.tokens) and context.rest_is(at, at + 1, context.vocabulary.need)
    return _is_code(context, at) and (led or last)


def _is_code(context: Context, at: int) -> bool:
    token = context.tokens[at]
    return token.capital or token.word not in context.vocabulary.spoken


def _stated(context: Context, resolver: Resolver, start: int, end: int) -> Found | None:
    """A city followed by its state."""
    name, ordinary = key(context.words(start, end)), context.is_ordinary(start, end)
    clear = resolver.resolve(name).place is not None
    # "flint mi detox": nothing else is said that "mi" could belong to.
    alone = start == 0 and context.rest_is(start, end + 1, context.vocabulary.need)
    state, last = context.state_after(end, surely=(clear or ordinary) and not alone)
    located = resolver.resolve(name, state) if state else None
    if not located or not is_found(located) or context.is_street_named(start):
        return None
    size = resolver.size(name, state)
    ends = last == len(context.tokens)
    # At the end even a code that is a word of some language ("needles ca") is a state.
    as_word = context.is_always_ordinary(end, last) if ends else context.is_ordinary(end, last)
    doubtful = ordinary and as_word and (size < CLEAR_SIZE or name in resolver.vocabulary.nicknames)
    if doubtful and not alone and not (start == 0 and ends) and not context.lead(start)[0]:
        return None  # "give me hope in"
    return Found(located, start, last, Sure.STATED, size)


def _bare(context: Context, resolver: Resolver, start: int, end: int) -> Found | None:
    """A name without its state."""
    name = key(context.words(start, end))
    located, size = resolver.resolve(name), resolver.size(name)
    if context.is_street(start, end) or (size < BIG and context.is_a_thing(start, end)):
        return None
    if size < CLEAR_SIZE and context.is_crossing(start, end):
        return None
    if name in resolver.vocabulary.state_names and not located.place:
        meant = resolver.is_spelled_so(name, end - start) and not context.is_person(start, end)
        meant = meant and (not context.is_ordinary(start, end) or context.lead(start)[0] is Lead.NEAR)
        sure = Sure.STATE if meant else None  # not "in Diana TX"
    elif context.is_ordinary(start, end):
        sure = _sure_of_ordinary(context, resolver, start, end)
    else:
        sure = _sure_of_name(context, resolver, start, end)
    return Found(located, start, end, sure, size) if sure else None


def _sure_of_name(context: Context, resolver: Resolver, start: int, end: int) -> Sure | None:
    name = key(context.words(start, end))
    lead, size = context.lead(start)[0], resolver.size(name)
    spelled_so = resolver.is_spelled_so(name, end - start)
    if lead is Lead.NEAR and (spelled_so or size >= CLEAR_SIZE):
        return Sure.LED
    if context.is_person(start, end) or not spelled_so:
        return None
    last = end == len(context.tokens)
    apart = last and (end <= FEW or context.tokens[start].begins)
    least = APART if apart else CLEAR_SIZE if last else BIG
    if lead is Lead.FROM or size >= (MIDDLING if end - start > 1 else least):
        return Sure.KNOWN
    if end - start == 1 and _is_its_own(resolver, name):
        return Sure.KNOWN
    alone = context.rest_is(start, end, context.vocabulary.spoken)
    return Sure.ALONE if alone or context.rest_is_of_another_script(start, end) else None


def _is_its_own(resolver: Resolver, name: str) -> bool:
    """A long word that is one town's name and nothing else, not even misspelt: "nou Brockton", "tukwila"."""
    if len(name) < LONG or name in resolver.vocabulary.spoken or resolver.is_nearly_ordinary(name):
        return False
    sizes = sorted((bearer.size for bearer in resolver.bearers(name)), reverse=True)
    # None: a state or a nickname ("Palaos").
    return len(sizes) == 1 or (len(sizes) > 1 and sizes[0] >= ALONE_RATIO * sizes[1])


def _sure_of_ordinary(context: Context, resolver: Resolver, start: int, end: int) -> Sure | None:
    """A name made of ordinary words ("Mobile", "Long Beach", "LA"): only if it is big."""
    name, last = key(context.words(start, end)), end == len(context.tokens)
    size, several = resolver.size(name), end - start > 1 and resolver.is_spelled_so(name, end - start)
    if context.is_person(start, end) or (size < CLEAR_SIZE and context.is_phrase(start, end)):
        return None
    if size >= (MIDDLING if several else CLEAR_SIZE) and _is_led_to(context, resolver, start, end):
        return Sure.LED
    if size >= MIDDLING and several and last and context.tokens[start].begins:
        return Sure.KNOWN  # "... all night. Fall River"
    if size < CLEAR_SIZE:
        return None
    if several or (name in resolver.vocabulary.nicknames and context.tokens[start].capital):
        return Sure.KNOWN
    return Sure.ALONE if last and context.rest_is(start, end, context.vocabulary.need) else None


def _is_led_to(context: Context, resolver: Resolver, start: int, end: int) -> bool:
    """After "in" and the like. "la" is an article there, unless nothing follows, or English does."""
    lead, language = context.lead(start)
    if lead is not Lead.NEAR or key(context.words(start, end)) not in resolver.vocabulary.nicknames:
        return lead is Lead.NEAR
    return end == len(context.tokens) or (language == "en" and context.is_ordinary(end, end + 1))


def _misspelt(context: Context, resolver: Resolver) -> Found | None:
    spans = ((start, end) for start in range(len(context.tokens)) for end in (start + 2, start + 1))
    guessable = ((*span, state) for span in spans if (state := _guessable(context, *span)) is not None)
    tries = (_guess(context, resolver, *guess) for guess in islice(guessable, MOST_GUESSES))
    return next(filter(None, tries), None)


def _guessable(context: Context, start: int, end: int) -> str | None:
    """Whether words may be a misspelt city: the state they are in, "" if not said, None if not."""
    words = context.words(start, end)
    if len(words) < end - start or not _looks_like_a_name(context, start, end):
        return None
    state, last = context.state_after(end, surely=True)
    if state and not context.is_ordinary(end, last):
        return state
    return state if context.lead(start)[0] is Lead.NEAR or _is_apart(context, start, end) else None


def _is_apart(context: Context, start: int, end: int) -> bool:
    """Whether words stand by themselves at the end of a text ("..., houstin"), or beside a need and nothing
    else: "balitmore detox"."""
    beside = end - start < len(context.tokens) and context.rest_is(start, end, context.vocabulary.need)
    return beside or (start > 0 and end == len(context.tokens) and context.tokens[start].comma)


def _looks_like_a_name(context: Context, start: int, end: int) -> bool:
    words = context.words(start, end)
    if not all(word.isascii() and word.isalpha() for word in words) or context.is_street(start, end):
        return False
    if context.tokens[end - 1].comma and len(words) > 1:
        return False
    if context.is_ordinary(end - 1, end):  # "daytnoa beach"
        return words[-1] in context.vocabulary.roles["tail"] and not context.is_ordinary(start, end)
    return not context.vocabulary.state(words[-1:])


def _guess(context: Context, resolver: Resolver, start: int, end: int, state: str) -> Found | None:
    words = context.words(start, end)
    led = context.lead(start)[0] is Lead.NEAR
    least = 0.0 if state else GUESSED_SIZE if led else GUESSED_APART
    if len(words) == 1 and resolver.is_nearly_ordinary(words[0]):
        if not state:
            return None
        least = CLEAR_SIZE  # "dalas texas", not "hospitol texas"
    slips = 1 if context.is_ordinary(start, start + 1) else MOST_SLIPS  # "los angelas"
    located = resolver.guess(key(words), state, least=least, slips=slips)
    last = context.state_after(end, surely=True)[1] if state else end
    return Found(located, start, last, Sure.LED, 0.0) if is_found(located) else None


def _span(context: Context, start: int, end: int) -> tuple[int, int]:
    first, last = context.widened(start, end)
    return context.tokens[first].start, context.tokens[last - 1].end


def _digits_span(context: Context, begin: int, finish: int) -> tuple[int, int]:
    """Where a ZIP or a point stands, with what belongs to it ("in zip code 60614", "IL 60614")."""
    within = [at for at, token in enumerate(context.tokens) if begin <= token.start < finish]
    if not within:
        return begin, finish
    start, end = within[0], within[-1] + 1
    if start and context.vocabulary.state(context.words(start - 1, start)) and _is_code(context, start - 1):
        start -= 1
    first, last = _span(context, start, end)
    return min(first, begin), max(last, finish)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without some spans, its spaces and stray commas tidied."""
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(text[at:start])  # nothing where spans overlap
        at = max(at, end)
    return " ".join(" ".join([*kept, text[at:]]).replace(" ,", " ").split()).strip(" ,;.-–()")
