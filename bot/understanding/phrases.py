"""The small phrase language of the data files: how a clinician or translator writes a rule.

    not breathing        these words, one after the other
    blue|grey lips       either word
    wake_up|respond      an underscore keeps the words of one choice together
    convuls*             every word that begins so (three letters at least)
    [the] gun            a word that may be missing
    took ... pills       up to 3 other words between; ...6: up to 6
    SOMEONE              a list of words defined elsewhere, in capitals
    # or ####            a number; a number of four digits
    ^ stop $             nothing before; nothing after
    again|$              this word, or nothing after
    gun & drunk|alone    both, in any order, at most 15 words apart; the rarer first

Words here are those of spelling.py: folded, spelt out ("can't" is "can not"), fillers gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, Generic, TypeVar

import regex

T = TypeVar("T")
Words = tuple[str, ...]
Spell = Callable[[str], Words]

_GAP: Final = regex.compile(r"\.\.\.(\d*)")
_GROUP: Final = regex.compile(r"[A-Z][A-Z_]+")
_SHORTEST_PREFIX: Final = 3
_NEAR: Final = 15
_NUMBER: Final = "#"
_END: Final = "$"


class PhraseError(ValueError):
    """A phrase that cannot be read; says what to write instead."""


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a phrase. `choices`: first word -> the words that must come after it."""

    choices: Mapping[str, tuple[Words, ...]]
    prefixes: tuple[str, ...] = ()
    digits: tuple[int, ...] = ()  # wanted lengths of a number; 0: any
    optional: bool = False
    or_end: bool = False

    def ends(self, words: Sequence[str], i: int) -> Iterator[int]:
        """Where this step may end when it begins at word i."""
        if i >= len(words):
            if self.or_end:
                yield i
            return
        word = words[i]
        for rest in self.choices.get(word, ()):
            if not rest or _fits(rest, words[i + 1 : i + 1 + len(rest)]):
                yield i + 1 + len(rest)
        if self.prefixes and word.startswith(self.prefixes):
            yield i + 1
        if self.digits and word.isdigit() and (0 in self.digits or len(word) in self.digits):
            yield i + 1


def _fits(wanted: Words, words: Sequence[str]) -> bool:
    """A "#" among the wanted words stands for a number, as long as it is."""
    return len(words) == len(wanted) and all(
        w == word or (w[0] == _NUMBER and word.isdigit() and len(w) in (1, len(word)))
        for w, word in zip(wanted, words, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words of no matter what, but none of `barrier`."""

    most: int
    barrier: frozenset[str] = frozenset()

    def ends(self, words: Sequence[str], i: int) -> Iterator[int]:
        yield i
        for skipped in words[i : i + self.most]:
            if skipped in self.barrier:
                return
            i += 1
            yield i


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands, and which words it names (neither in a gap nor in brackets)."""

    start: int
    end: int
    firm: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    steps: tuple[Step | Gap, ...]
    at_start: bool = False
    at_end: bool = False

    def match(self, words: Sequence[str], start: int) -> Match | None:
        """The phrase beginning at word `start`; None if it does not stand there."""
        return None if self.at_start and start else self._match(words, start, 0)

    def _match(self, words: Sequence[str], i: int, k: int) -> Match | None:
        if k == len(self.steps):
            return Match(i, i, ()) if not self.at_end or i == len(words) else None
        step = self.steps[k]
        for after in step.ends(words, i):
            if (rest := self._match(words, after, k + 1)) is not None:
                named = () if isinstance(step, Gap) or step.optional else tuple(range(i, after))
                return Match(i, rest.end, named + rest.firm)
        if isinstance(step, Step) and step.optional:
            return self._match(words, i, k + 1)
        return None

    def openings(self) -> Iterator[Step]:
        """The steps the phrase may begin with."""
        for step in self.steps:
            if isinstance(step, Step):
                yield step
                if not step.optional:
                    return

    def required(self) -> Iterator[frozenset[str]]:
        """Sets of words of each of which a text must hold one."""
        for step in self.steps:
            if isinstance(step, Step) and not (step.optional or step.prefixes or step.digits or step.or_end):
                yield frozenset(step.choices)

    def vocabulary(self) -> Iterator[str]:
        """Every whole word in it."""
        for step in self.steps:
            if isinstance(step, Step):
                for first, rests in step.choices.items():
                    yield first
                    for rest in rests:
                        yield from rest

    def prefixes(self) -> Iterator[str]:
        for step in self.steps:
            if isinstance(step, Step):
                yield from step.prefixes


@dataclass(frozen=True, slots=True)
class Together:
    """Phrases that stand near each other, in any order."""

    parts: tuple[Phrase, ...]

    def match(self, words: Sequence[str], start: int) -> Match | None:
        """All parts, the first of them beginning at word `start`."""
        if (first := self.parts[0].match(words, start)) is None:
            return None
        found = [first]
        near = range(max(0, start - _NEAR), min(len(words), start + _NEAR) + 1)
        for part in self.parts[1:]:
            there = next((m for i in near if (m := part.match(words, i)) and _apart(m, found)), None)
            if there is None:
                return None
            found.append(there)
        firm = tuple(sorted(i for one in found for i in one.firm))
        return Match(min(m.start for m in found), max(m.end for m in found), firm)

    def openings(self) -> Iterator[Step]:
        return self.parts[0].openings()

    def required(self) -> Iterator[frozenset[str]]:
        return (some for part in self.parts for some in part.required())

    def vocabulary(self) -> Iterator[str]:
        return (word for part in self.parts for word in part.vocabulary())

    def prefixes(self) -> Iterator[str]:
        return (prefix for part in self.parts for prefix in part.prefixes())


def _apart(one: Match, others: Sequence[Match]) -> bool:
    return all(one.end <= other.start or other.end <= one.start for other in others)


Pattern = Phrase | Together


def phrase(
    text: str, spell: Spell, groups: Mapping[str, str] | None = None, barrier: frozenset[str] = frozenset()
) -> Phrase:
    """Reads one phrase. `spell` gives the words of a choice, `groups` the lists in capitals;
    no gap crosses a word of `barrier`.

    >>> p = phrase("not|never ... wake_up", lambda said: tuple(said.split()))
    >>> p.match(["he", "will", "not", "even", "wake", "up"], 2)
    Match(start=2, end=6, firm=(2, 4, 5))

    Raises PhraseError.
    """
    parts = text.split()
    at_start, at_end = parts[:1] == ["^"], parts[-1:] == [_END]
    inner = parts[at_start : len(parts) - at_end]
    steps = _without_empty([_step(part, spell, groups or {}, barrier) for part in inner])
    if not any(isinstance(s, Step) and not s.optional for s in steps):
        raise PhraseError(f"{text!r} has no word that must be there")
    if isinstance(steps[0], Gap) or isinstance(steps[-1], Gap):
        raise PhraseError(f"{text!r} begins or ends with '...'; leave it out")
    return Phrase(tuple(steps), at_start, at_end)


def _without_empty(steps: list[Step | Gap]) -> list[Step | Gap]:
    return [s for s in steps if isinstance(s, Gap) or s.choices or s.prefixes or s.digits or s.or_end]


def _step(part: str, spell: Spell, groups: Mapping[str, str], barrier: frozenset[str]) -> Step | Gap:
    if gap := _GAP.fullmatch(part):
        return Gap(int(gap[1] or 3), barrier)
    optional = part.startswith("[") and part.endswith("]")
    inner = _inner(part, optional=optional)
    choices: dict[str, list[Words]] = defaultdict(list)
    prefixes, digits, fillers = [], [], []
    for choice in _spread(inner, groups):
        if choice == _END:
            continue
        if set(choice) == {_NUMBER}:
            digits.append(len(choice) if len(choice) > 1 else 0)
        elif "*" in choice:
            prefixes.append(_prefix(choice))
        elif words := _choice(choice, spell):
            choices[words[0]].append(words[1:])
        else:
            fillers.append(choice)
    if fillers and (choices or prefixes or digits):
        raise PhraseError(f"{fillers[0]!r} is a filler, left out of every text; leave it out here")
    # The longest first, so that "wake_up|wake" takes both words.
    sorted_choices = {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in choices.items()}
    return Step(sorted_choices, tuple(prefixes), tuple(digits), optional, _END in inner.split("|"))


def _inner(part: str, *, optional: bool) -> str:
    inner = part[1:-1] if optional else part
    if any(c in inner for c in "[]^.") or not inner:
        raise PhraseError(f"{part!r} cannot be read: write [word] for a word that may be missing")
    return inner


def _choice(choice: str, spell: Spell) -> Words:
    """The words of one choice; numbers ("in_####") stay as they are written."""
    words: list[str] = []
    for number, some in groupby(choice.split("_"), key=lambda part: set(part) == {_NUMBER}):
        said = list(some)
        words += said if number else spell(" ".join(said))
    if words and words[0][0] == _NUMBER:
        raise PhraseError(f"{choice!r}: write the number and what follows it as words of their own")
    return tuple(words)


def _prefix(choice: str) -> str:
    if len(choice) <= _SHORTEST_PREFIX:
        raise PhraseError(f"{choice!r}: at least {_SHORTEST_PREFIX} letters must stand before '*'")
    if "_" in choice or "*" in choice[:-1]:
        raise PhraseError(f"{choice!r}: '*' ends one word; write words that are joined by '_' out")
    return choice[:-1]


def _spread(inner: str, groups: Mapping[str, str]) -> Iterator[str]:
    for choice in inner.split("|"):
        if _GROUP.fullmatch(choice):
            if choice not in groups:
                raise PhraseError(f"{choice} is not defined; add a line of kind 'words' for it")
            yield from _spread(groups[choice], groups)
        elif any(map(_GROUP.fullmatch, choice.split("_"))):
            raise PhraseError(
                f"{choice}: a list in capitals cannot be joined by '_'; write it as a word of its own"
            )
        elif choice:
            yield choice


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase that stands in words[start:end]; `firm`: the words it names."""

    start: int
    end: int
    value: T
    firm: tuple[int, ...] = ()


def explains(calm: Found[Any], other: Found[Any]) -> bool:
    """Does a phrase lie wholly inside a calming one, which names at least one of its words?"""
    inside = calm.start <= other.start and other.end <= calm.end
    return inside and not set(calm.firm).isdisjoint(other.firm)


@dataclass(slots=True)
class PhraseBook(Generic[T]):
    """Many phrases, found in one walk over the words. Only those are tried whose first word is
    there, and of whose every other word the text holds one."""

    entries: list[tuple[Pattern, T]] = field(default_factory=list)
    _required: list[tuple[frozenset[str], ...]] = field(default_factory=list)
    _by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_prefix: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Pattern, value: T) -> None:
        number = len(self.entries)
        self.entries.append((one, value))
        self._required.append(tuple(one.required()))
        for step in one.openings():
            for word in step.choices:
                self._by_word[word].append(number)
            for prefix in step.prefixes:
                self._by_prefix[prefix[:_SHORTEST_PREFIX]].append(number)
            if step.digits:
                self._by_word[_NUMBER].append(number)

    def find(self, words: Sequence[str]) -> Iterator[Found[T]]:
        """Every phrase at every word where it begins, in the order of the text."""
        there_are = frozenset(words)
        possible: dict[int, bool] = {}
        for start, word in enumerate(words):
            for number in dict.fromkeys(self._candidates(word)):
                if number not in possible:
                    possible[number] = not any(map(there_are.isdisjoint, self._required[number]))
                if not possible[number]:
                    continue
                one, value = self.entries[number]
                if (there := one.match(words, start)) is not None:
                    yield Found(there.start, there.end, value, there.firm)

    def _candidates(self, word: str) -> list[int]:
        found = self._by_word.get(word, [])
        if (more := self._by_prefix.get(word[:_SHORTEST_PREFIX])) is not None:
            found = found + more
        if word.isdigit():
            found = found + self._by_word.get(_NUMBER, [])
        return found

    def vocabulary(self) -> Iterator[str]:
        for one, _ in self.entries:
            yield from one.vocabulary()

    def prefixes(self) -> Iterator[str]:
        for one, _ in self.entries:
            yield from one.prefixes()


def whole(one: Phrase) -> Phrase:
    """The same phrase, but nothing may stand before or after it."""
    return Phrase(one.steps, at_start=True, at_end=True)
