"""One language's rules together, and a text as heard with them.

Each language reads a text for itself: what one writes out or leaves out ("me", "can", "so") is a word of
weight in another. What they found is then compared by where it stands in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

from bot.model import Matter
from bot.understanding import danger, lexicon, opt_out
from bot.understanding.danger import Rule
from bot.understanding.lexicon import Lexicon, Line
from bot.understanding.normalise import Message
from bot.understanding.phrases import Found, PhraseBook
from bot.understanding.spelling import Reading, Rewriting, Spelling, spelling
from directory.datafile import DataFileError, Row
from directory.needs import load_needs
from directory.text import words

T = TypeVar("T")
GUARD: Final = "en"  # its common words are never taken for misspelt ones of another language


@dataclass(frozen=True, slots=True)
class Tongue:
    """Everything one language knows. Made by `Tongues`."""

    language: str
    spelling: Spelling
    lexicon: Lexicon
    dangers: PhraseBook[Rule]
    matter: PhraseBook[Matter]
    opt_outs: PhraseBook[bool | None]

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

    def without(self, starts: Set[int]) -> Heard:
        """The same without the words that begin there: those that named a town."""
        both = zip(self.reading.words, self.reading.spans, strict=True)
        kept = [(word, span) for word, span in both if span[0] not in starts]
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

    def words(self, language: str) -> frozenset[str]:
        """The words in its lines, as they are written there."""
        own = (line for line in self.lines if line.language == language and line.kind != "spelling")
        patterns = [row["pattern"] for row in self.opt_outs if row["language"] == language]
        if language in self.dangers:
            patterns += (row["pattern"] for row in self.dangers[language].rows)
        said = " ".join(map(lexicon.spoken_words, [*(line.phrase for line in own), *patterns]))
        return frozenset(words(said))

    def of(self, language: str) -> list[Line]:
        """Its lines, and what every language is called in any of them."""
        return [
            line for line in self.lines if language == line.language or line.kind == lexicon.LANGUAGE_NAME
        ]


class Tongues(Mapping[str, Tongue]):
    """Every language's rules, English first; each is put together when it is first asked for.

    A text is read by few languages, and all sixteen take seconds. `faults` puts all together and
    says what is wrong with any; a faulty one raises DataFileError when it is asked for.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._languages = sources.languages
        self._made: dict[str, Tongue] = {}
        self._making = Lock()

    def __getitem__(self, language: str) -> Tongue:
        if (made := self._made.get(language)) is not None:
            return made
        if language not in self._languages:
            raise KeyError(language)
        with self._making:
            if language not in self._made:
                faults: list[str] = []
                half = _half(self._sources, language, faults)
                lexicon.raise_faults(faults)
                self._made[language] = half.whole(self._known(half))
            return self._made[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)

    def __contains__(self, language: object) -> bool:
        return language in self._languages

    def faults(self) -> list[str]:
        """Every line of every language that cannot be read."""
        faults: list[str] = []
        for code in self:
            try:
                self[code]
            except DataFileError as error:
                faults += str(error).splitlines()
        return faults

    def _known(self, half: _Half) -> frozenset[str]:
        """Words that a language leaves as they are."""
        others = self if half.language == GUARD else (GUARD,)
        # English is read beside every language, and must not mend their words into its own.
        return frozenset(half.words).union(*(self._sources.words(code) for code in others))


@dataclass(frozen=True, slots=True)
class _Half:
    """A tongue before it knows the words of the others."""

    language: str
    rewriting: Rewriting
    lexicon: Lexicon
    dangers: PhraseBook[Rule]
    matter: PhraseBook[Matter]
    opt_outs: PhraseBook[bool | None]
    lines: list[Line]

    @property
    def words(self) -> Iterator[str]:
        """Words that are right as they are."""
        yield from self.lexicon.phrased
        yield from self.dangers.vocabulary()
        yield from self.matter.vocabulary()
        yield from self.opt_outs.vocabulary()
        for kind in ("mend", "plain"):
            yield from lexicon.words_of(self.lines, kind)

    def whole(self, known: frozenset[str]) -> Tongue:
        books = self.dangers, self.matter
        prefixes = self.lexicon.prefixes.union(*(book.prefixes() for book in books))
        mend, glued = (set(lexicon.words_of(self.lines, kind)) for kind in ("mend", "glued"))
        spelt = spelling(self.rewriting, known, prefixes, mend, glued)
        return Tongue(self.language, spelt, self.lexicon, self.dangers, self.matter, self.opt_outs)


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
        danger.topics(file, rewrite, faults),
        opt_out.book([row for row in sources.opt_outs if row["language"] == code], rewrite, faults),
        lines,
    )
