"""The lexicons, data/lexicons/<language>.csv, read and checked: what words stand for what.

A language is one such file (and data/danger/<language>.csv). Beside them the code knows of languages only
what is no word: scripts, twins, stemmers, full stops (look for a code like "zh-Hant").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.model import About, Intent
from bot.understanding.phrases import Pattern, Phrase, PhraseBook, PhraseError, Together, phrase, whole
from bot.understanding.spelling import Rewriting, rewriting
from directory.access import ACCESS
from directory.datafile import DataFileError, Row, read
from directory.model import Answer
from directory.text import words
from translations import BABEL_NAMES

COLUMNS: Final = ("kind", "value", "phrase", "note")
# Intents a lexicon may give words for. Only those in ANYWHERE are heard inside a sentence.
ANYWHERE: Final = frozenset(
    {Intent.FORGET, Intent.PRIVACY, Intent.HUMAN, Intent.ARREST_FEAR, Intent.LOCAL, Intent.CALL_ME}
    | {Intent.ABOUT, Intent.STEPS, Intent.USE_IT, Intent.ALONE, Intent.LAPSE, Intent.THANKS}
    | {Intent.MIXING, Intent.QUITTING, Intent.LOSS, Intent.DIED}
    | {Intent.AMBULANCE, Intent.AWAKE, Intent.CLEARED, Intent.FOUND, Intent.NO_HOSPITAL}
)
INTENTS: Final = ANYWHERE | frozenset(
    {Intent.MENU, Intent.MORE, Intent.BACK, Intent.NEW, Intent.HELP, Intent.GREETING, Intent.OTHER_KIND}
    | {Intent.BYE, Intent.FREE, Intent.NEXT, Intent.HERE}
)
# Words we offer in capitals in every language; others may name them too.
OFFERED: Final = frozenset({Intent.LOCAL, Intent.CALL_ME})
WISHES: Final = frozenset({*ACCESS, "open_now", "open_today", "closest", "same_place"})
_HINT_WEIGHTS: Final = ("", "weak")
_OPERATORS: Final = re.compile(r"[|_^$\[\]*.#\d]+")
_LIST_NAME: Final = re.compile(r"[A-Z][A-Z_]+")
# Kinds whose lines are lists of words, not phrases.
LISTS: Final = ("hint", "spelling", "filler", "glued", "plain", "mend", "words")
# Group names a phrase may use: those of kind "words", and this one, which holds every language name.
LANGUAGE: Final = "LANGUAGE"
LANGUAGE_NAME: Final = "language_name"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a lexicon and its language."""

    language: str
    row: Row

    @property
    def kind(self) -> str:
        return self.row["kind"]

    @property
    def value(self) -> str:
        return self.row["value"]

    @property
    def phrase(self) -> str:
        return self.row["phrase"]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase stands for: its kind and the codes or `key=answer` pairs of its value."""

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's phrases.

    asks: needs, wishes and what refuses them. whole: a message that is nothing else.
    inside: intents heard inside a sentence. about: what a question about a place asks for.
    names: names of languages; speaks: a language asked for. counters: what may stand before
    a number ("option 2"). ranks: numbers of a list said in a sentence ("the first one").
    phrased: the words of all these, and of the lists.
    """

    asks: PhraseBook[Sense] = field(default_factory=PhraseBook)
    whole: PhraseBook[Sense] = field(default_factory=PhraseBook)
    inside: PhraseBook[Intent] = field(default_factory=PhraseBook)
    about: PhraseBook[str] = field(default_factory=PhraseBook)
    names: PhraseBook[str] = field(default_factory=PhraseBook)
    speaks: PhraseBook[str] = field(default_factory=PhraseBook)
    counters: PhraseBook[str] = field(default_factory=PhraseBook)
    ranks: PhraseBook[str] = field(default_factory=PhraseBook)
    phrased: set[str] = field(default_factory=set)

    @property
    def prefixes(self) -> frozenset[str]:
        """Beginnings of words that the phrases hold ("evict*")."""
        books: tuple[PhraseBook[Any], ...] = (
            self.asks,
            self.whole,
            self.inside,
            self.about,
            self.speaks,
            self.ranks,
        )
        return frozenset(prefix for book in books for prefix in book.prefixes())


def lines(folder: Path) -> list[Line]:
    """Every line of every lexicon in a folder, English first, each cell checked by kind.

    Raises DataFileError with all faults.
    """
    files = sorted(folder.glob("*.csv"), key=lambda p: (p.stem != "en", p.stem))
    if not files:
        raise DataFileError(f"no lexicon in {folder}")
    found = [Line(path.stem, row) for path in files for row in read(path, COLUMNS)]
    unknown = [
        f"{p.name}: the name of a lexicon is a language code" for p in files if p.stem not in BABEL_NAMES
    ]
    raise_faults([*unknown, *(fault for line in found for fault in _faults(line))])
    return found


def raise_faults(faults: list[str]) -> None:
    """Raises DataFileError if there are any."""
    if faults:
        raise DataFileError("\n".join(faults))


def _faults(line: Line) -> Iterator[str]:
    check = _VALUE_CHECKS.get(line.kind)
    if check is None:
        yield line.row.fault("kind", f"{line.kind!r} is none of {', '.join(_VALUE_CHECKS)}")
    elif said := check(line.value):
        yield line.row.fault("value", said)
    if not line.phrase:
        yield line.row.fault("phrase", "is empty")


def _one_of(allowed: Iterable[str]) -> Callable[[str], str | None]:
    choices = sorted(allowed)
    return lambda value: None if value in choices else f"{value!r} is none of {', '.join(choices)}"


def _wish_fault(value: str) -> str | None:
    for part in value.split(";"):
        key, _, answer = part.strip().partition("=")
        if key not in WISHES or answer not in (Answer.YES, Answer.NO):
            return f"{part!r}: write key=yes or key=no, the key one of {', '.join(sorted(WISHES))}"
    return None


def _filled(value: str) -> str | None:
    return None if value else "is empty"


def _empty(value: str) -> str | None:
    return "must be empty for this kind" if value else None


def _age_fault(value: str) -> str | None:
    """Of a word that tells it without a number: "teen"; or what else it tells: "my son is 16"."""
    plain = value.isascii() and value.isdigit() and len(value) <= 2
    wish = "=" in value and _wish_fault(value) is None
    return None if plain or wish or not value else "write years, like 16, a wish, like men=yes, or nothing"


def _ordinal_fault(value: str) -> str | None:
    return (
        None if value.isascii() and value.isdigit() and 1 <= int(value) <= 9 else "write a number from 1 to 9"
    )


def _rank_fault(value: str) -> str | None:
    known = value in ("last", "middle") or _ordinal_fault(value) is None
    return None if known else "write a number from 1 to 9, last or middle"


_VALUE_CHECKS: Final[Mapping[str, Callable[[str], str | None]]] = {
    "need": _filled,
    "vague": _filled,
    "ignore": _empty,
    "refuse": _empty,
    "wish": _wish_fault,
    "age": _age_fault,
    "intent": _one_of(INTENTS),
    "about": _one_of({*About, *ACCESS}),
    "yes": _empty,
    "no": _empty,
    "ordinal": _ordinal_fault,
    "rank": _rank_fault,
    "counter": _empty,
    LANGUAGE_NAME: _one_of(BABEL_NAMES),
    "asks_language": _empty,
    "wants_speaker": _empty,
    "hint": _one_of(_HINT_WEIGHTS),
    "spelling": _filled,
    "filler": _empty,
    "glued": _empty,
    "plain": _empty,
    "mend": _empty,
    "words": _filled,
}


def rewriting_of(found: list[Line]) -> Rewriting:
    """What the lexicons write out and leave out."""
    short = [
        (line.value, typed) for line in found if line.kind == "spelling" for typed in line.phrase.split("|")
    ]
    return rewriting(short, words_of(found, "filler"))


def lexicon(found: list[Line], rewrite: Rewriting, need_codes: Set[str], faults: list[str]) -> Lexicon:
    """Puts the lines in their books; to `faults` goes every phrase that cannot be read."""
    book = Lexicon()
    names = [line.phrase.replace(" ", "_") for line in found if line.kind == LANGUAGE_NAME]
    groups = {
        LANGUAGE: "|".join(names),
        **{line.value: line.phrase for line in found if line.kind == "words"},
    }
    for line in found:
        if line.kind in ("need", "vague") and (unknown := set(line.row.listed("value")) - need_codes):
            faults.append(line.row.fault("value", f"no need is called {', '.join(sorted(unknown))}"))
        try:
            listed = line.kind in LISTS
            if line.kind == "spelling":
                continue  # what is typed otherwise is no word by itself
            words = _words_of(line) if listed else _shelved(book, line, rewrite, groups).vocabulary()
            book.phrased.update(words)
        except PhraseError as error:
            faults.append(line.row.fault("phrase", str(error)))
    return book


def _words_of(line: Line) -> list[str]:
    """The words of a line that is no phrase. Words to leave alone and named lists are kept elsewhere."""
    return [] if line.kind in ("plain", "words") else words(f"{line.value} {line.phrase.replace('|', ' ')}")


def _shelved(book: Lexicon, line: Line, rewrite: Rewriting, groups: Mapping[str, str]) -> Phrase:
    kind = line.kind
    one = read_phrase(line.phrase, rewrite, groups)
    if kind in ("need", "vague", "ignore", "wish", "age", "refuse"):
        book.asks.add(one, Sense(kind, line.row.listed("value")))
    elif kind == "about":
        book.about.add(one, line.value)
    elif kind == "counter":
        book.counters.add(one, kind)
    elif kind == "rank":
        book.ranks.add(one, line.value)
    elif kind == LANGUAGE_NAME:
        book.names.add(one, line.value)
    elif kind in ("asks_language", "wants_speaker"):
        book.speaks.add(one, kind)
    elif kind == "intent" and line.value in ANYWHERE:
        book.inside.add(one, Intent(line.value))
    else:
        book.whole.add(whole(one), Sense(kind, (line.value,)))
    return one


def spoken_words(phrase: str) -> str:
    """The words of a phrase without its signs and lists.

    >>> spoken_words("DRUG ... want|wanna stop|get_off")
    'want wanna stop get off'
    """
    plain = _OPERATORS.sub(" ", phrase.replace("&", " "))
    return " ".join(word for word in plain.replace("*", " ").split() if not _LIST_NAME.fullmatch(word))


def ways(phrase: str) -> list[str]:
    """A phrase as people may say it: with the first of every choice, with the second, and so on.

    >>> ways("get|got clean|sober ...2 near_me")
    ['get clean near me', 'got sober near me']
    """
    slots = [part.strip("[]").split("|") for part in phrase.split() if not part.startswith("...")]
    most = max(map(len, slots), default=0)
    said = (spoken_words(" ".join(slot[n % len(slot)] for slot in slots)) for n in range(most))
    return list(dict.fromkeys(filter(None, said)))


def read_phrase(
    text: str, rewrite: Rewriting, groups: Mapping[str, str], barrier: frozenset[str] = frozenset()
) -> Phrase:
    """A phrase of a data file; one that is nothing but fillers ("ok", "thanks") keeps them."""
    bare = _OPERATORS.sub(" ", text)
    spell = rewrite.spell if rewrite.spell(bare) else rewrite.spell_all
    return phrase(text, spell, groups, barrier)


def read_pattern(
    text: str, rewrite: Rewriting, groups: Mapping[str, str], barrier: frozenset[str]
) -> Pattern:
    """A phrase, or several joined by "&"."""
    parts = tuple(read_phrase(part, rewrite, groups, barrier) for part in text.split(" & "))
    return parts[0] if len(parts) == 1 else Together(parts)


def words_of(found: list[Line], kind: str) -> Iterator[str]:
    """The words of all lines of a kind, where a line is a list of single words."""
    return (word for line in found if line.kind == kind for word in line.phrase.split("|"))
