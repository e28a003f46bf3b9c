"""Understanding: one text -> what it means, without any memory of the talk before it.

The order is the order of what must not be missed: the exact opt-out word, danger, an opt-out
in a sentence, then a command, a language, a fear, a need. One file per concern beside this one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.model import Danger, Intent, Meaning
from bot.understanding import danger, language, lexicon, normalise, opt_out, place
from bot.understanding.choice import chosen
from bot.understanding.commands import command, question
from bot.understanding.danger import Sight
from bot.understanding.needs import Asked, asked
from bot.understanding.place import Gazetteer
from bot.understanding.spelling import Reading, Spelling, spelling
from bot.understanding.wishes import speaker
from directory import datafile
from directory.model import Located
from directory.needs import load_needs
from directory.text import words

# What a danger asks of the directory besides the safety text.
NEEDS_OF: Final[dict[Danger | None, tuple[str, ...]]] = {Danger.VIOLENCE: ("dv_services",)}
# Shaking from drink is no case for an outpatient clinic.
SAFER: Final[dict[tuple[Danger | None, str], str]] = {(Danger.MEDICAL, "outpatient"): "detox"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts. Made by `Reader.load`; holds rules, never anything of a person."""

    lexicon: lexicon.Lexicon
    spelling: Spelling
    dangers: danger.Dangers
    opt_outs: opt_out.OptOuts
    telling: language.Telling
    gazetteer: Gazetteer

    @classmethod
    def load(cls, gazetteer: Gazetteer, folder: Path = datafile.HERE) -> Reader:
        """A reader with the rules of a data folder. Raises DataFileError, naming every faulty line."""
        lines = lexicon.lines(folder / "lexicons")
        rewrite = lexicon.rewriting_of(lines)
        known = lexicon.lexicon(lines, rewrite, load_needs(folder / "needs.csv").codes)
        dangers = danger.dangers(danger.files(folder / "danger"), rewrite)
        opt_outs = opt_out.opt_outs(opt_out.rows(folder / "opt_out.csv"), rewrite)
        rules = {
            w for theirs in (known.vocabulary, dangers.vocabulary) for said in theirs.values() for w in said
        }
        mend, plain = (set(lexicon.words_of(lines, kind)) for kind in ("mend", "plain"))
        prefixes = known.prefixes | frozenset(dangers.book.prefixes())
        return cls(
            known,
            spelling(
                rewrite,
                {*rules, *opt_outs.sentences.vocabulary(), *mend, *plain},
                prefixes,
                mend,
                lexicon.words_of(lines, "glued"),
            ),
            dangers,
            opt_outs,
            language.telling(lines, known.vocabulary, dangers.vocabulary),
            gazetteer,
        )

    def __call__(self, text: str, language: str | None = None) -> Meaning:
        """What a text means. `language`: what was spoken so far, if known. Never raises."""
        said = normalise.message(text)
        if (keyword := self.opt_outs.keyword(said)) is not None:
            return Meaning(keyword)
        reading = self.spelling.read(said)
        seen = self.dangers.see(reading.words)
        if seen.worst is None and (short := self._short(reading, language)) is not None:
            return short
        return self._sentence(reading, seen, language)

    def _short(self, reading: Reading, current: str | None) -> Meaning | None:
        """Texts that are one thing as a whole: an opt-out, a number, a command."""
        told = self._language(reading, Counter(), current)
        if self.opt_outs.asked(reading.words):
            return Meaning(Intent.OPT_OUT, told)
        if (number := chosen(reading.words, self.lexicon)) is not None:
            return Meaning(Intent.CHOICE, told, choice=number)
        said = command(reading.words, self.lexicon)
        return None if said is None else Meaning(said, told)

    def _sentence(self, reading: Reading, seen: Sight, current: str | None) -> Meaning:
        asks = asked(reading.words, self.lexicon.asks)
        taken = seen.named.union(*(range(start, end) for start, end in asks.taken))
        said = {word for i in taken for word in words(reading.text[slice(*reading.spans[i])])}
        where, named = place.found(reading.text, said, self.gazetteer)
        if not said.isdisjoint(named):  # a word of the town's name asked for nothing: Needles, CA
            asks = asked([word for word in reading.words if word not in named], self.lexicon.asks)
        staff = speaker(reading.words, self.lexicon.speaks, self.lexicon.names)
        wants = language.wanted(reading.words, self.lexicon)
        return Meaning(
            self._intent(reading, asks, where, wants),
            self._language(reading, named, current) or language.of_rule(seen.rules),
            seen.worst,
            _needed(seen.worst, asks.needs),
            {**asks.wishes, **({"language": staff} if staff else {})},
            where,
            wants_language=wants,
        )

    def _intent(self, reading: Reading, asks: Asked, where: Located | None, wants: str | None) -> Intent:
        if wants and not asks.needs and where is None:
            return Intent.LANGUAGE
        if (wonders := question(reading.words, self.lexicon)) is not None:
            return wonders
        if asks.needs or asks.wishes:
            return Intent.NEED
        return Intent.OTHER if where is None else Intent.PLACE

    def _language(self, reading: Reading, named: Counter[str], current: str | None) -> str | None:
        """From the words typed and the words meant, without those that named the place."""
        typed = Counter(words(reading.text)) - named
        spelt = zip(reading.words, reading.spans, strict=True)
        meant = {word for word, span in spelt if named.keys().isdisjoint(words(reading.text[slice(*span)]))}
        return self.telling.told(reading.text, {*typed, *meant}, current)


def _needed(seen: Danger | None, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The needs of a text in danger: what the danger asks for, then what was asked, made safer."""
    safer = (SAFER.get((seen, need), need) for need in asked)
    return tuple(dict.fromkeys((*NEEDS_OF.get(seen, ()), *safer)))


__all__ = ["Reader"]
