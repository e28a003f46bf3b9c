"""Words that are nothing but a place, as typed into a field: "springfield, illinois"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from directory.answers import Located
from directory.places.context import Context
from directory.places.digits import point
from directory.places.names import key, tokens
from directory.places.resolve import CHOICES, NOWHERE, Resolver, is_found
from directory.places.running import Sure, best, written_zip

# No address is longer; what is beyond is not looked at.
MOST_CHARACTERS: Final = 200
MOST_WORDS: Final = 30
_COUNTRY: Final = frozenset({"usa", "us", "eeuu", "america", "united", "states", "estados", "unidos"})


def locate(words: str, resolver: Resolver) -> Located:
    """Exactly one place, or choices, or neither if the words name none that is known."""
    text = words[:MOST_CHARACTERS]
    if spot := point(text):
        return Located(place=resolver.point(spot))
    written = written_zip(text, resolver)
    if written and is_found(located := resolver.zip(written.code)):
        return located
    context = Context(tokens(text, MOST_WORDS), resolver.vocabulary)
    tries = (_whole(parts, resolver) for parts in _readings(context))
    return next(filter(is_found, tries), None) or _in_an_address(context, resolver)


def _readings(context: Context) -> Iterator[list[str]]:
    """The words as they stand, and without what says nothing: "in", "city of", "area", "USA"."""
    whole = context.words(0, len(context.tokens))
    yield whole
    bare = context.words(*context.bare())
    while bare and (bare[-1] in _COUNTRY or bare[-1].isdecimal()):
        bare.pop()
    if bare != whole:
        yield bare


def _whole(parts: list[str], resolver: Resolver) -> Located:
    return next(filter(is_found, _meanings(parts, resolver)), NOWHERE) if parts else NOWHERE


def _meanings(parts: list[str], resolver: Resolver) -> Iterator[Located]:
    """What words may be, the likelier first; each is asked only if none before was found."""
    stated = list(_with_state(parts, resolver))
    if not stated or resolver.is_spelled_so(key(parts), len(parts)):
        yield _unstated(parts, resolver)
    for name, state in stated:
        yield resolver.resolve(name, state)
    yield _unstated(parts, resolver)  # "Leon IA" first, then "Leonia" written apart
    for name, _ in stated:
        yield _elsewhere(name, resolver)
    for name, state in stated[:1]:
        yield resolver.guess(name, state)
    if not stated:
        yield _guess(parts, resolver)


def _unstated(parts: list[str], resolver: Resolver) -> Located:
    said = resolver.vocabulary
    name = key(parts)
    is_code = name in said.states and name not in said.state_names and name not in said.nicknames
    if is_code and name in said.ordinary:
        return NOWHERE  # "ok", "hi", "me"
    return resolver.resolve(name)


def _with_state(parts: list[str], resolver: Resolver) -> Iterator[tuple[str, str]]:
    """The ways to read a name and a state into the words: state last, then state first."""
    lengths = [length for length in (3, 2, 1) if length < len(parts)]
    for length in lengths:
        if state := resolver.vocabulary.state(parts[-length:]):
            yield key(parts[:-length]), state
    for length in lengths:
        if state := resolver.vocabulary.state(parts[:length]):
            yield key(parts[length:]), state


def _elsewhere(name: str, resolver: Resolver) -> Located:
    """There is no such city in that state, but in others: asked about, even if it is only one."""
    places = [bearer.place for bearer in resolver.bearers(name)]
    return Located(choices=tuple(places[:CHOICES]), guessed=bool(places))


def _guess(parts: list[str], resolver: Resolver) -> Located:
    ordinary = all(part in resolver.vocabulary.ordinary or not part.isalpha() for part in parts)
    if ordinary or (len(parts) == 1 and resolver.is_nearly_ordinary(parts[0])):
        return NOWHERE
    return resolver.guess(key(parts))


def _in_an_address(context: Context, resolver: Resolver) -> Located:
    """The city of "100 W Randolph St, Chicago IL": only what is surely one."""
    found = best(context, resolver)
    return found.located if found and found.sure >= Sure.KNOWN else NOWHERE
