"""Leave me alone, and come back: the words of carriers and law, and plain sentences.

A keyword counts only as the whole message ("END", "Stop!"): "end it all" is something else.
A sentence counts by its object: "stop texting me", never "stop drinking" (data/opt_out.csv).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import regex

from bot.model import Intent
from bot.understanding.lexicon import read_phrase
from bot.understanding.normalise import Message, message
from bot.understanding.phrases import Found, PhraseBook, PhraseError, explains
from bot.understanding.spelling import Rewriting
from directory.datafile import Row, read

COLUMNS: Final = ("language", "kind", "pattern", "reason", "example")
KEYWORDS: Final = {"keyword": Intent.OPT_OUT, "start": Intent.OPT_IN}
# A sentence asks for no more, explains one away, or asks for more ("dont stop texting me").
SENTENCES: Final[dict[str, bool | None]] = {"sentence": True, "not_sentence": False, "keep": None}
# How likely the examples must find it, in a text of how many words; so unlikely, no phrase is believed.
TOLD: Final = 0.6
SURE: Final = 0.95
UNLIKELY: Final = 0.003
SEVERAL: Final = 5  # words: fewer are the phrase itself
FEWEST: Final = 3
_BREAK: Final = regex.compile(r"[,;.!?\n،۔，。！？、]")


Keywords = Mapping[str, tuple[Intent, str]]  # a whole message -> what it asks, in which language


def keyword(said: Message, keywords: Keywords) -> tuple[Intent, str] | None:
    """OPT_OUT or OPT_IN if the message is nothing but a keyword, however often: "STOP stop!!" """
    words = [token.word for token in said.tokens]
    once = words[:1] if len(set(words)) == 1 else words
    return keywords.get("".join(once))


def asked(found: Sequence[Found[bool | None]]) -> bool:
    """Does a sentence ask for no more texts? True opts out, False explains it away."""
    calm = [f for f in found if f.value is False]
    return any(f.value and not any(explains(c, f) for c in calm) for f in found)


def may_ask(words: Sequence[object], likely: Mapping[str, float]) -> bool:
    """Not where the examples are sure that it asks for something else: 不想再碰 ("never touch it again") is
    of a drug."""
    return len(words) < SEVERAL or likely.get(Intent.OPT_OUT, 1.0) >= UNLIKELY


def told(found: Sequence[Found[bool | None]], words: Sequence[object], likely: Mapping[str, float]) -> bool:
    """Do the examples find that it asks so? Surer, where a phrase says that it does not."""
    return len(words) >= FEWEST and likely.get(Intent.OPT_OUT, 0) >= (SURE if found else TOLD)


def keeps(found: Sequence[Found[bool | None]], text: str) -> bool:
    """Does it ask for more of them, in one breath? "No, paren de mandar" is no "no paren de mandar"."""
    return any(f.value is None and not _BREAK.search(text[f.start : f.end]) for f in found)


def rows(path: Path) -> list[Row]:
    """The checked lines of the file. Raises DataFileError."""
    return read(path, COLUMNS, {"kind": _kind_fault, "pattern": _filled, "example": _filled})


def _kind_fault(kind: str) -> str | None:
    kinds = (*KEYWORDS, *SENTENCES)
    return None if kind in kinds else f"{kind!r} is none of {', '.join(kinds)}"


def _filled(cell: str) -> str | None:
    return None if cell else "is empty"


def book(found: Iterable[Row], rewrite: Rewriting, faults: list[str]) -> PhraseBook[bool | None]:
    """The sentences of a language; to `faults` goes every pattern that cannot be read."""
    sentences: PhraseBook[bool | None] = PhraseBook()
    for row in found:
        if row["kind"] in SENTENCES:
            try:
                sentences.add(read_phrase(row["pattern"], rewrite, {}), SENTENCES[row["kind"]])
            except PhraseError as error:
                faults.append(row.fault("pattern", str(error)))
    return sentences


def keywords_of(found: Iterable[Row]) -> Keywords:
    """The words of every language: they count in any."""
    words: dict[str, tuple[Intent, str]] = {}
    for row in found:
        if row["kind"] in KEYWORDS:
            for word in row["pattern"].split("|"):
                key = "".join(token.word for token in message(word).tokens)
                words.setdefault(key, (KEYWORDS[row["kind"]], row["language"]))
    return words
