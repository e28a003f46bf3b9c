"""One language's rules together, and a text as heard with them.

Each language reads a text for itself: what one writes out or leaves out ("me", "can", "so") is a word of
weight in another. What they found is then compared by where it stands in the text.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from bot.understanding import danger, lexicon, opt_out
from bot.understanding.danger import Rule
from bot.understanding.lexicon import Lexicon, Line
from bot.understanding.normalise import Message
from bot.understanding.phrases import Found, PhraseBook
from bot.understanding.spelling import Reading, Rewriting, Spelling, spelling
from directory.datafile import Row
from directory.needs import load_needs
from directory.text import words

T = TypeVar("T")
GUARD: Final = "en"  # its common words are never taken for misspelt ones of another language


@dataclass(frozen=True, slots=True)
class Tongue:
    """Everything one language knows. Made by `tongues`."""

    language: str
    spelling: Spelling
    lexicon: Lexicon
    dangers: PhraseBook[Rule]
    opt_outs: PhraseBook[bool]

    def hear(self, said: Message) -> Heard:
        return Heard(self, self.spelling.read(said))


@dataclass(frozen=True, slots=True)
class Heard:
    """A text as one language reads it."""

    tongue: Tongue
    reading: Reading

    def find(self, book: PhraseBook[T]) -> Iterator[Found[T]]:
        """The phrases of a book in the text, start, end and the words they name counted in its characters."""
        return (self.placed(found) for found in book.find(self.reading.words))

    def placed(self, found: Found[T]) -> Found[T]:
        spans = self.reading.spans
        firm = tuple(spans[i][0] for i in found.firm)
        return replace(found, start=spans[found.start][0], end=spans[found.end - 1][1], firm=firm)

    def without(self, named: Container[str]) -> Heard:
        """The same without some words: those that named a town."""
        text = self.reading.text
        both = zip(self.reading.words, self.reading.spans, strict=True)
        kept = [(w, span) for w, span in both if not all(t in named for t in words(text[slice(*span)]))]
        reading = Reading(self.reading.text, tuple(word for word, _ in kept), tuple(span for _, span in kept))
        return Heard(self.tongue, reading)


@dataclass(frozen=True, slots=True)
class Sources:
    """The data files of every language, read and checked, not yet put together."""

    lines: list[Line]
    dangers: Mapping[str, danger.DangerFile]
    opt_outs: list[Row]
    needs: frozenset[str]

    @classmethod
    def read(cls, folder: Path) -> Sources:
        """Raises DataFileError, naming every faulty line."""
        files = danger.files(folder / "danger")
        return cls(
            lexicon.lines(folder / "lexicons"),
            {one.language: one for one in files},
            opt_out.rows(folder / "opt_out.csv"),
            frozenset(load_needs(folder / "needs.csv").codes),
        )

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.language for line in self.lines))

    def of(self, language: str) -> list[Line]:
        """Its lines, and what every language is called in any of them."""
        return [
            line for line in self.lines if language == line.language or line.kind == lexicon.LANGUAGE_NAME
        ]


def tongues(sources: Sources) -> dict[str, Tongue]:
    """Every language's rules, English first. Raises DataFileError, naming every faulty line."""
    faults: list[str] = []
    halves = {code: _half(sources, code, faults) for code in sources.languages}
    lexicon.raise_faults(faults)
    known = {code: frozenset(half.words) for code, half in halves.items()}
    guard = known.get(GUARD, frozenset())
    # English is read beside every language, and must not mend their words into its own.
    every = frozenset().union(*known.values())
    return {c: half.whole(every if c == GUARD else known[c] | guard) for c, half in halves.items()}


@dataclass(frozen=True, slots=True)
class _Half:
    """A tongue before it knows the words of the others."""

    language: str
    rewriting: Rewriting
    lexicon: Lexicon
    dangers: PhraseBook[Rule]
    opt_outs: PhraseBook[bool]
    lines: list[Line]

    @property
    def words(self) -> Iterator[str]:
        """Words that are right as they are."""
        yield from self.lexicon.phrased
        yield from self.dangers.vocabulary()
        yield from self.opt_outs.vocabulary()
        for kind in ("mend", "plain"):
            yield from lexicon.words_of(self.lines, kind)

    def whole(self, known: frozenset[str]) -> Tongue:
        prefixes = self.lexicon.prefixes | frozenset(self.dangers.prefixes())
        mend, glued = (set(lexicon.words_of(self.lines, kind)) for kind in ("mend", "glued"))
        spelt = spelling(self.rewriting, known, prefixes, mend, glued)
        return Tongue(self.language, spelt, self.lexicon, self.dangers, self.opt_outs)


def _half(sources: Sources, code: str, faults: list[str]) -> _Half:
    """Reads what it can and notes what it cannot, so that one error names every faulty line."""
    lines = sources.of(code)
    rewrite = lexicon.rewriting_of(lines)
    file = sources.dangers.get(code, danger.DangerFile(code, []))
    return _Half(
        code,
        rewrite,
        lexicon.lexicon(lines, rewrite, sources.needs, faults),
        danger.book(file, rewrite, faults),
        opt_out.book([row for row in sources.opt_outs if row["language"] == code], rewrite, faults),
        lines,
    )
