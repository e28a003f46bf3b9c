"""A person's words, read: the needs and wishes they mean, and what is left to look for.

"needle exchange open now" is a need and a wish; "haymarket detox" a need and a word; "Haymarket
Center" a name. Pure: what the directory's words are comes in by argument.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

import regex

from directory.filters import agreeing
from directory.search import analysis
from directory.search.ordinary import is_ordinary
from directory.search.refusing import parted
from directory.search.spelling import Spelling
from directory.search.synonyms import NEED, WISH, WORD, Found, Key, Sense, Synonyms, key_of
from directory.search.words import Clause
from directory.text import fold, stem

MAX_LENGTH: Final = 300
# A word that stands in one listing of so many may be misspelt there as well; a long word in more.
RARE, OFTEN = 5_000, 1_000
FEW: Final = 4  # listings, however big the directory
MORE: Final = 20  # times as many listings must have what is taken to be meant
SHORT, LONG = 5, 8  # letters
MAX_WORDS: Final = 16  # a person's words; more is an attack or a paste
_QUOTED: Final = regex.compile(r"[\"“”„«»]([^\"“”„«»]{1,200})[\"“”„«»]")
_APART: Final = regex.compile(r"[(),;:!?…،؛؟。！？，、；：।۔\n]|\.\s")
_CLINIC: Final = "clinic"
_AND: Final = frozenset(("and", "or", "y", "o", "e", "et", "ou", "i", "ak", "at"))  # two things are meant
_OTHER_WORD: Final = 0.9  # what a synonym is worth beside the word itself


@dataclass(frozen=True, slots=True)
class Reading:
    """`needs`: any of them. `wishes`: better to have. `rest`: clauses beside needs and wishes.

    `words`: a clause for every word that says something, as if nothing had been understood.
    `corrected`: (as typed, as read). `name`: the whole text as a name. `unused`: what was said and
    cannot be looked for ("no methadone"). `number`: the phone number that the text is, and nothing else.
    """

    needs: tuple[str, ...] = ()
    wishes: dict[str, str] = field(default_factory=dict)
    rest: tuple[Clause, ...] = ()
    words: tuple[Clause, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    name: str = ""
    unused: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    """`apart`: something like a comma stands before it."""

    said: str
    apart: bool = False

    @property
    def key(self) -> str:
        return key_of(self.said)

    def terms(self, language: str) -> list[str]:
        return [term for place in analysis.of_word(self.said, _stemmed_in(language)) for term in place]


@dataclass(frozen=True, slots=True)
class Reader:
    """`frequency(term)`: in how many of `size` listings it stands."""

    synonyms: Synonyms
    frequency: Callable[[str], int]
    size: int
    spelling: Spelling

    def read(self, text: str, language: str = "") -> Reading:
        text = text[:MAX_LENGTH]
        quoted, bare = _quotes(text)
        senses, bare = self.synonyms.in_letters(bare)
        said = list(_words(bare))[:MAX_WORDS]
        said, corrected = self._mended(said, language)
        keys: Key = tuple(word.key for word in said)
        tags = self.synonyms.spoken(keys, language)
        empty = self.synonyms.empty(keys, tags)
        every = list(self.synonyms.phrases(keys, tags))
        apart = {i for i, word in enumerate(said) if word.apart}
        skipped = self.synonyms.articles(keys, tags) - apart
        meant = parted(keys, every, self.synonyms.refusals(keys, tags), skipped, apart)
        little = {i for i, key in enumerate(keys) if self.synonyms.is_little(key, tags)}
        joined = {i: term for i in range(len(said) - 1) if (term := self._joined(said[i], said[i + 1]))}
        parts = _Parts(
            said, empty, little, meant.kept, meant.unused, senses, quoted, joined, language, corrected, text
        )
        return _reading(parts, self._means_a_need(quoted, tags))

    def _mended(self, said: list[_Word], language: str) -> tuple[list[_Word], list[tuple[str, str]]]:
        """The words, those that nothing knows replaced by what was meant."""
        mended, corrected = [], []
        for i, word in enumerate(said):
            meant = self._meant(word, language)
            if meant and any(self._joined(*pair) for pair in pairwise(said[max(0, i - 1) : i + 2])):
                meant = []  # half of a word of the directory ("rose crance")
            mended += [_Word(each, word.apart) for each in meant] or [word]
            if meant:
                corrected.append((word.said, " ".join(meant)))
        return mended, corrected

    def _meant(self, word: _Word, language: str) -> list[str]:
        folded = fold(word.said)
        if folded.isdigit() or self.synonyms.knows(word.key) or is_ordinary(folded, language):
            return []
        seen = self._seen(word, language)
        if seen and not self._may_be_a_slip(word.said, seen):
            return []
        # A listing may have the same mistake: what people search for is likelier.
        own = ("en", language) if seen else ()
        choice = self.spelling.meant(folded, own, language)
        if choice is None or (seen and self._seen(_Word(choice.word), language) < MORE * seen):
            return []
        return choice.word.split()

    def _seen(self, word: _Word, language: str) -> int:
        return max((self.frequency(term) for term in word.terms(language)), default=0)

    def _may_be_a_slip(self, said: str, seen: int) -> bool:
        """A word that few listings have may be misspelt there as well."""
        rare, most = (RARE, FEW) if len(said) < LONG else (OFTEN, 2 * FEW)
        return len(said) >= SHORT and seen <= most and seen * rare <= self.size

    def _joined(self, word: _Word, following: _Word) -> str:
        """Two words that listings write as one ("hay market"): that one's term, or nothing."""
        term = stem(fold(word.said + following.said))
        return term if term.isascii() and len(term) > 5 and self.frequency(term) else ""

    def _means_a_need(self, quoted: Sequence[str], tags: Sequence[str]) -> list[Sense]:
        """What stands in quotes means a need if it is nothing but that."""
        senses: list[Sense] = []
        for said in quoted:
            keys = tuple(key_of(word) for word in analysis.words(said))
            whole = [
                found for found in self.synonyms.phrases(keys, tags) if found.end - found.start == len(keys)
            ]
            senses += [sense for found in whole for sense in found.senses if sense.kind == NEED]
        return senses


@dataclass(frozen=True, slots=True)
class _Parts:
    words: Sequence[_Word]
    empty: set[int]
    little: set[int]
    found: Sequence[Found]
    unused: Sequence[range]
    senses: Sequence[Sense]
    quoted: Sequence[str]
    joined: Mapping[int, str]
    language: str
    corrected: Sequence[tuple[str, str]]
    text: str


def _words(text: str) -> Iterator[_Word]:
    for part in _APART.split(text):
        for i, word in enumerate(analysis.words(part)):
            yield _Word(word, apart=i == 0)


def _quotes(text: str) -> tuple[list[str], str]:
    """The phrases in quotes, and the text without them."""
    return [match[1] for match in _QUOTED.finditer(text)][:4], _QUOTED.sub(" ", text)


def _reading(parts: _Parts, in_quotes: Sequence[Sense]) -> Reading:
    said = [found.senses for found in parts.found if not _only_where(found, parts)]
    groups = [*((s,) for s in (*parts.senses, *in_quotes)), *said]
    senses = [sense for group in groups for sense in group]
    needs = _needs(groups)
    wishes = agreeing(dict(pair.split("=", 1) for s in senses if s.kind == WISH for pair in s.means))
    phrases = [clause for said in parts.quoted if (clause := _phrase(said))]
    understood = _covered(parts.found, lambda found: any(s.kind != WORD for s in found.senses))
    synonyms = {f.start: f for f in parts.found if all(s.kind == WORD for s in f.senses)}
    said_otherwise = _covered(synonyms.values(), lambda _: True)
    rest, words = [] if in_quotes else list(phrases), list(phrases)
    unused_at = {i for span in parts.unused for i in span}
    for i in range(len(parts.words)):
        if i in unused_at and i not in understood:
            continue
        if i in synonyms:
            found = synonyms[i]
            rest.append(_synonym(parts.words[i : found.end], found.senses, parts.language))
        if i in parts.empty and i not in understood | said_otherwise:
            continue
        words.append(_joinable(i, parts))
        little = bool(understood or parts.senses) and i in parts.little
        if i not in understood and i not in said_otherwise and not little:
            rest.append(words[-1])
    name = " ".join(word.said for word in parts.words) if parts.corrected else parts.text
    corrected, unused = tuple(parts.corrected), tuple(_said(span, parts.words) for span in parts.unused)
    return Reading(needs, wishes, _each_once(rest), _each_once(words), corrected, name, unused)


def _said(span: range, words: Sequence[_Word]) -> str:
    return " ".join(words[i].said for i in span)


def _only_where(found: Found, parts: _Parts) -> bool:
    """Is it but the place where another need is met: the clinic of "methodone clinc"?"""
    codes = {code for sense in found.senses if sense.kind == NEED for code in sense.means}
    if codes != {_CLINIC} or found.end - found.start > 1:
        return False
    joining = {i for i in parts.empty if parts.words[i].key not in _AND}
    beside = {_next(found.start, -1, joining), _next(found.end - 1, 1, joining)}
    return any(
        not beside.isdisjoint(range(other.start, other.end))
        for other in parts.found
        if any(sense.kind == NEED and _CLINIC not in sense.means for sense in other.senses)
    )


def _next(place: int, step: int, joining: Collection[int]) -> int:
    """The next word before or after a place, past those that only join words ("of")."""
    place += step
    while place in joining:
        place += step
    return place


def _needs(groups: Iterable[Sequence[Sense]]) -> tuple[str, ...]:
    """The needs of several phrases: what they have in common ("detox", "alcohol"), else all of them."""
    each = [
        list(dict.fromkeys(code for sense in group if sense.kind == NEED for code in sense.means))
        for group in groups
    ]
    told = [codes for codes in each if codes]
    every = tuple(dict.fromkeys(code for codes in told for code in codes))
    common = tuple(code for code in every if all(code in codes for codes in told))
    return common or every


def _joinable(i: int, parts: _Parts) -> Clause:
    """A word; or, with the one before or after it, the one word that listings make of both."""
    clause = _word(parts.words[i], parts.language)
    joined = [parts.joined[at] for at in (i, i - 1) if at in parts.joined]
    return replace(clause, terms=(*clause.terms, *((term, 1.0) for term in joined))) if joined else clause


def _covered(found: Iterable[Found], fits: Callable[[Found], bool]) -> set[int]:
    return {i for one in found if fits(one) for i in range(one.start, one.end)}


def _each_once(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    return tuple(dict.fromkeys(clauses))


def _stemmed_in(language: str) -> str:
    return language if language in ("es", "fr", "pt", "pl") else "en"


def _word(word: _Word, language: str) -> Clause:
    """A word in the forms that an index may have it in."""
    places = analysis.of_word(word.said, _stemmed_in(language))
    if len(places) > 1:  # pairs of letters
        return Clause(phrases=(tuple(terms[0] for terms in places[:MAX_WORDS]),), said=word.said)
    terms = [term for place in places for term in place if not term.startswith(analysis.EXACT)]
    exact = [term for place in places for term in place if term.startswith(analysis.EXACT)]
    forms = dict.fromkeys(terms)
    return Clause(tuple((term, 1.0) for term in forms), bonus=exact[0] if exact else "", said=word.said)


def _synonym(said: Sequence[_Word], senses: Sequence[Sense], language: str) -> Clause:
    """Any of what was said and what listings call it."""
    terms: dict[str, float] = {}
    phrases: list[tuple[str, ...]] = []
    own = tuple(term for word in said for term, _ in _word(word, language).terms[:1])
    if len(said) == 1:
        terms.update(_word(said[0], language).terms)
    elif len(own) == len(said):
        phrases.append(own)
    for meant in (meant for sense in senses for meant in sense.means):
        keys = tuple(place[0] for place in analysis.places(meant))
        if len(keys) == 1:
            terms.setdefault(keys[0], _OTHER_WORD)
        elif keys:
            phrases.append(keys)
    typed = " ".join(word.said for word in said)
    return Clause(tuple(terms.items()), tuple(dict.fromkeys(phrases)), said=typed)


def _phrase(said: str) -> Clause | None:
    """What stands in quotes: these words in a row."""
    keys = tuple(place[0] for place in analysis.places(said))[:MAX_WORDS]
    if not keys:
        return None
    return Clause(phrases=(keys,), said=said) if len(keys) > 1 else Clause(((keys[0], 1.0),), said=said)
