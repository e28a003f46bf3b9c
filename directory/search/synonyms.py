"""What people type and what it means: data/synonyms/<language>.csv, one file a language.

Phrases are compared as keys of words (folded, without a plural ending), after the words that say
nothing are taken out of both; Chinese and Korean as runs of letters, wherever they stand. Stems
would go too far here: housing and house, comida and como have the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

import regex

from directory.datafile import HERE, DataFileError, Row, read
from directory.filters import FILTERS, OPEN_NOW
from directory.needs import Needs
from directory.search import analysis
from directory.text import fold

FOLDER: Final = HERE / "synonyms"
COLUMNS: Final = ("kind", "means", "said", "note")
NEED, WISH, WORD, EMPTY, LITTLE, NO, REFUSE, WHO, UNIT, ASK, NUMBER, HELP = KINDS = (
    "need", "wish", "word", "empty", "little", "no", "refuse", "who", "unit", "ask", "number", "help",
)  # fmt: skip
_BESIDE: Final = (NUMBER, HELP)  # they say nothing beside something else
_UNLISTED: Final = (EMPTY, LITTLE, NO, REFUSE, UNIT, *_BESIDE)  # no phrases to be found
_MEANINGLESS: Final = (*_UNLISTED, ASK)
AGE: Final = "#"  # in a phrase and in what it means: a number of years
_COUNTED: Final = "#+"  # such a number, where what it counts is said: "14 days" is no age, "14 years old" is
_NUMBER: Final = regex.compile(r"\d{1,3}(?!\d)")
_OLDEST: Final = 110
LONGEST: Final = 8  # words of a phrase
_OTHER_LANGUAGES: Final = 3  # beside English and the one the page is in
_LETTERS: Final = regex.compile(r"[\p{Han}\p{Hangul}]")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase means: need codes, a wish ("id_needed=no"), or words of listings."""

    kind: str
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that stands in words[start:end]."""

    start: int
    end: int
    senses: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Words that refuse what follows: all of it ("not a"), or only how a place should be, and medicines."""

    start: int
    end: int
    of_all: bool


@dataclass(slots=True)
class Language:
    """One file, by key. `whole`: phrases with words that say nothing elsewhere ("thức ăn", where "an"
    is an article), as they are written. `letters`: phrases of Chinese or Korean."""

    empty: set[Key] = field(default_factory=set)
    little: set[str] = field(default_factory=set)  # these say nothing beside a need
    beside: dict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))  # by kind, of _BESIDE
    whole: dict[Key, list[Sense]] = field(default_factory=lambda: defaultdict(list))
    phrases: dict[Key, list[Sense]] = field(default_factory=lambda: defaultdict(list))
    letters: dict[str, list[Sense]] = field(default_factory=lambda: defaultdict(list))
    no_letters: set[str] = field(default_factory=set)
    numbered: dict[Key, list[Sense]] = field(default_factory=lambda: defaultdict(list))  # with an age
    refusals: dict[Key, bool] = field(default_factory=dict)  # whether they refuse all that follows
    known: set[str] = field(default_factory=set)

    def without_empty(self, key: Key) -> Key:
        return tuple(word for i, word in enumerate(key) if not _covered(i, key, self.empty))


def _covered(i: int, key: Key, phrases: Collection[Key]) -> bool:
    starts = range(max(0, i - LONGEST + 1), i + 1)
    return any(key[start:end] in phrases for start in starts for end in range(i + 1, len(key) + 1))


@lru_cache(maxsize=100_000)
def key_of(word: str) -> str:
    """How a word is compared: folded, without a plural ending; other scripts by their stem.

    >>> key_of("Clínicas"), key_of("cities"), key_of("housing"), key_of("bus")
    ('clinica', 'city', 'housing', 'bus')
    """
    folded = fold(word).replace("đ", "d")
    if not folded.isascii():
        places = analysis.of_word(word)
        terms = [term for term in places[0] if not term.startswith(analysis.EXACT)] if places else []
        return terms[-1] if len(places) == 1 and terms else folded
    if len(folded) > 4 and folded.endswith("ies"):
        return folded[:-3] + "y"
    plural = len(folded) > 3 and folded[-1] == "s" and folded[-2] not in "su"
    return folded[:-1] if plural else folded


def keys_of(text: str) -> Key:
    return tuple(key_of(word) for word in analysis.words(text))


@dataclass(frozen=True)
class Synonyms:
    """All languages, and which of them know a word."""

    languages: dict[str, Language]
    units: frozenset[str]  # what a number may count
    _speaks: dict[str, frozenset[str]] = field(repr=False)

    def spoken(self, keys: Iterable[str], hint: str) -> list[str]:
        """The languages a text may be in: English, the hint, and those that know what English does not."""
        votes = Counter(
            tag for key in keys for tag in sorted(self._speaks.get(key, ())) if "en" not in self._speaks[key]
        )
        others = [tag for tag, _ in votes.most_common(_OTHER_LANGUAGES)]
        return [tag for tag in dict.fromkeys(("en", hint, *others)) if tag in self.languages]

    def knows(self, key: str, languages: Sequence[str] = ()) -> bool:
        """Does any language, or one of these, know this key?"""
        spoken = self._speaks.get(key, frozenset())
        return not spoken.isdisjoint(languages) if languages else bool(spoken)

    def vocabulary(self) -> Collection[str]:
        """Every key that some phrase holds."""
        return self._speaks.keys()

    def empty(self, keys: Key, tags: Iterable[str]) -> set[int]:
        """Which of the words say nothing."""
        empties = [self.languages[tag].empty for tag in tags]
        return {i for i in range(len(keys)) if any(_covered(i, keys, empty) for empty in empties)}

    def only(self, kind: str, text: str, language: str = "") -> bool:
        """Whether words say nothing but a kind of _BESIDE: its phrases, and what says nothing at all."""
        keys = keys_of(text)
        tags = self.spoken(keys, language)
        said = [self.languages[tag].beside.get(kind, set()) for tag in tags]
        found = {i for i in range(len(keys)) if any(_covered(i, keys, phrases) for phrases in said)}
        return bool(found) and len(found | self.empty(keys, tags)) == len(keys)

    def articles(self, keys: Key, tags: Collection[str]) -> set[int]:
        """Which of the words say nothing by themselves: "the", not the "find" of "find a"."""
        empties = [self.languages[tag].empty for tag in tags]
        return {i for i, key in enumerate(keys) if any((key,) in empty for empty in empties)}

    def is_little(self, key: str, tags: Iterable[str]) -> bool:
        """Whether a word says nothing where a need is understood: "good", "free", "saturday"."""
        return any(key in self.languages[tag].little for tag in tags)

    def refusals(self, keys: Key, tags: Iterable[str]) -> list[Refusal]:
        """The words that refuse what follows; where two end, the longer."""
        books = [book for tag in tags if (book := self.languages[tag].refusals)]
        ends = (_refusal_to(end, keys, books) for end in range(1, len(keys)))
        return [each for each in ends if each]

    def phrases(self, keys: Key, tags: Sequence[str]) -> Iterator[Found]:
        """The phrases in a text, the longest first, none over another. Places count all words."""
        languages = [self.languages[tag] for tag in tags]
        taken: set[int] = set()
        every = list(range(len(keys)))
        yield from self._numbered(keys, languages, taken)
        yield from _longest(keys, every, [language.whole for language in languages], taken)
        empty = self.empty(keys, tags)
        kept = [i for i in every if i not in empty and i not in taken]
        yield from _longest(keys, kept, [language.phrases for language in languages], taken)

    def _numbered(self, keys: Key, languages: Sequence[Language], taken: set[int]) -> Iterator[Found]:
        """The phrases with an age in them: "my daughter is 14"."""
        if not any(key[:1].isdigit() for key in keys):
            return
        places, books = range(len(keys)), [language.numbered for language in languages]
        for found in _longest(_numbers(keys, self.units), places, books, taken):
            yield _aged(found, keys)

    def in_letters(self, text: str) -> tuple[list[Sense], str]:
        """The senses of phrases in Chinese or Korean letters, and the text without these phrases."""
        senses: list[Sense] = []
        if not _LETTERS.search(text):
            return senses, text
        squeezed = rest = regex.sub(r"(?<=[\p{Han}\p{Hangul}])\s+(?=[\p{Han}\p{Hangul}])", "", fold(text))
        for phrase, meant in self._letters:
            if phrase in rest:
                senses += meant
                rest = rest.replace(phrase, " ")
        return list(dict.fromkeys(senses)), text if rest == squeezed else rest

    @cached_property
    def _letters(self) -> list[tuple[str, list[Sense]]]:
        """Phrases of all languages in letters, the longest first; those that say nothing come last."""
        meant = [pair for language in self.languages.values() for pair in language.letters.items()]
        empty: list[tuple[str, list[Sense]]] = [
            (said, []) for language in self.languages.values() for said in language.no_letters
        ]
        return [
            *sorted(meant, key=lambda pair: -len(pair[0])),
            *sorted(empty, key=lambda pair: -len(pair[0])),
        ]


def _refusal_to(end: int, keys: Key, books: Sequence[Mapping[Key, bool]]) -> Refusal | None:
    for start in range(max(0, end - LONGEST), end):
        if said := [book[keys[start:end]] for book in books if keys[start:end] in book]:
            return Refusal(start, end, any(said))
    return None


def _longest(
    keys: Key, kept: Sequence[int], books: Sequence[Mapping[Key, list[Sense]]], taken: set[int]
) -> Iterator[Found]:
    """Phrases among the kept words; what one takes is noted in `taken`."""
    for length in range(min(LONGEST, len(kept)), 0, -1):
        for start in range(len(kept) - length + 1):
            span = kept[start : start + length]
            if not taken.isdisjoint(span):
                continue
            key = tuple(keys[i] for i in span)
            if senses := [sense for book in books for sense in book.get(key, ())]:
                taken.update(range(span[0], span[-1] + 1))
                yield Found(span[0], span[-1] + 1, tuple(dict.fromkeys(senses)))


def load(needs: Needs, folder: Path = FOLDER) -> Synonyms:
    """Every language of a folder, read once. Raises DataFileError, naming every faulty line."""
    return _load(frozenset(needs.codes), folder)


@cache
def _load(needs: frozenset[str], folder: Path) -> Synonyms:
    rows = {path.stem: read(path, COLUMNS) for path in sorted(folder.glob("*.csv"))}
    faults = [fault for found in rows.values() for row in found for fault in _faults(row, needs)]
    if faults:
        raise DataFileError("\n".join(faults))
    units = frozenset(
        key for found in rows.values() for row in found if row["kind"] == UNIT for key in _keys_said(row)
    )
    languages = {tag: _language(found, units) for tag, found in rows.items()}
    speaks: dict[str, set[str]] = defaultdict(set)
    for tag, language in languages.items():
        for key in language.known:
            speaks[key].add(tag)
    return Synonyms(languages, units, {key: frozenset(tags) for key, tags in speaks.items()})


def _keys_said(row: Row) -> Iterator[str]:
    return (key for said in _said(row) for key in keys_of(said))


def _language(rows: Sequence[Row], units: Collection[str]) -> Language:
    language = Language()
    pairs = [(row, said) for row in rows for said in _said(row)]
    for row, said in pairs:
        _add_unlisted(language, row["kind"], said)
    for row, said in pairs:
        if row["kind"] == WHO:
            _add_who(language, said, Sense(WISH, _means(row)), units)
        elif row["kind"] not in _UNLISTED:
            _add_phrase(language, said, Sense(row["kind"], _means(row)))
    books = (language.phrases, language.whole, language.empty, language.refusals, language.numbered)
    every = chain(*books, *language.beside.values())
    language.known = {word for key in every for word in key if AGE not in word}
    return language


def _add_unlisted(language: Language, kind: str, said: str) -> None:
    """What is no phrase to be found; these must be known before the phrases are cut down."""
    if kind == EMPTY:
        _add_empty(language, said)
    elif kind == LITTLE:
        language.little.update(keys_of(said))
    elif kind in _BESIDE:
        language.beside[kind].add(keys_of(said))
    elif kind in (NO, REFUSE):
        language.refusals[keys_of(said)] = kind == REFUSE


def _add_empty(language: Language, said: str) -> None:
    if _LETTERS.search(said):
        language.no_letters.add(_squeezed(said))
    else:
        language.empty.add(keys_of(said))


def _add_phrase(language: Language, said: str, sense: Sense) -> None:
    if _LETTERS.search(said):
        language.letters[_squeezed(said)].append(sense)
        return
    key = keys_of(said)[:LONGEST]
    if bare := language.without_empty(key):
        language.phrases[bare].append(sense)
    if len(key) > 1:
        language.whole[key].append(sense)


def _add_who(language: Language, said: str, sense: Sense, units: Collection[str]) -> None:
    """For whom it is: only in these very words, so that "my wife" in another sentence says nothing."""
    if AGE in said:
        language.numbered[_numbers(keys_of(said.replace(AGE, "1")), units)].append(sense)
    else:
        language.whole[keys_of(said)].append(sense)


def _numbers(keys: Key, units: Collection[str]) -> Key:
    """The same with a sign for each number that may be an age.

    >>> _numbers(("im", "14", "day"), {"day"}), _numbers(("son", "14yo"), {"day"})
    (('im', '#+', 'day'), ('son', '#yo'))
    """
    following = (*keys[1:], "")
    return tuple(_as_number(key, after in units) for key, after in zip(keys, following, strict=True))


def _as_number(key: str, counts: bool) -> str:
    number = _NUMBER.match(key)
    if not number or not 0 < int(number[0]) <= _OLDEST:
        return key
    return (_COUNTED if counts and number[0] == key else AGE) + key[number.end() :]


def _aged(found: Found, keys: Key) -> Found:
    """A phrase with its number filled in."""
    said = next(number[0] for key in keys[found.start : found.end] if (number := _NUMBER.match(key)))
    senses = (
        Sense(sense.kind, tuple(meant.replace(AGE, str(int(said))) for meant in sense.means))
        for sense in found.senses
    )
    return Found(found.start, found.end, tuple(senses))


def _squeezed(said: str) -> str:
    return "".join(fold(said).split())


def _said(row: Row) -> list[str]:
    return [said.strip() for said in row["said"].split("|") if said.strip()]


def _means(row: Row) -> tuple[str, ...]:
    between = "|" if row["kind"] == WORD else ";"
    return tuple(part.strip() for part in row["means"].split(between) if part.strip())


def _faults(row: Row, needs: Collection[str]) -> Iterator[str]:
    kind = row["kind"]
    if kind not in KINDS:
        yield row.fault("kind", f"{kind!r} is none of {', '.join(KINDS)}")
    if not any(analysis.words(said) for said in _said(row)):
        yield row.fault("said", "is empty; write what people type, parted by |")
    if (kind in _MEANINGLESS) != (not row["means"]):
        yield row.fault("means", f"must be empty for kind {', '.join(_MEANINGLESS)}, and only there")
    for meant in _means(row):
        if kind == NEED and meant not in needs:
            yield row.fault("means", f"no need is called {meant}; write one of {', '.join(sorted(needs))}")
        if kind in (WISH, WHO) and not _is_wish(meant):
            yield row.fault("means", f"{meant!r} is no wish; write key=answer with a key of the filters")


def _is_wish(meant: str) -> bool:
    key, _, wish = meant.replace(AGE, "1").partition("=")
    if key == OPEN_NOW:
        return wish == "yes"
    return key in FILTERS and FILTERS[key].accepts(wish)
