"""Which language a text is in, and which ones it may be in: its script, else what its words tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from bot.understanding.danger import Rule
from bot.understanding.identify import Identifier, Scores, bare, pieces
from bot.understanding.lexicon import Lexicon
from bot.understanding.wishes import named

# People of every language text English words: "detox", "shelter"; it takes more to leave theirs.
ENGLISH: Final = "en"
SURE: Final = 0.55
SURE_TO_LEAVE: Final = 0.97
WORDS_TO_LEAVE: Final = 3
ENOUGH_WORDS: Final = 3
FEW: Final = 2  # words that English has too tell no other language
# Few change from one of them to another: "no se mi zip" is Spanish, though it could be Creole.
GONE: Final = 0.001
# A language this likely is read for what a text wants, and this likely for danger.
LIKELY: Final = 0.15
POSSIBLE: Final = 0.01
# What was spoken so far is likely spoken still.
_STAYS: Final = 8.0
# A word of several languages is most likely of the one that most people here speak: "comida".
_SPOKEN_MORE: Final = {"es": 4.0}

# A script tells the language, or a few. Two letters, so that one odd character decides nothing.
_SCRIPTS: Final = (
    (("ko",), regex.compile(r"\p{Hangul}")),
    (("hi",), regex.compile(r"\p{Devanagari}")),
    (("ru",), regex.compile(r"\p{Cyrillic}")),
    (("zh-Hans", "zh-Hant"), regex.compile(r"\p{Han}")),
    (("ar", "ur"), regex.compile(r"\p{Arabic}")),
)
_HAN: Final = regex.compile(r"\p{Han}")
# Character sets of the one way of writing Chinese, and where their common characters end.
_CHARSETS: Final = {"zh-Hans": ("gb2312", 0xD8), "zh-Hant": ("big5", 0xC9)}
_LATIN: Final = regex.compile(r"\p{Latin}")


def script(text: str) -> tuple[str, ...]:
    """The languages of a text's script if it is not Latin; none if it is.

    >>> script("도와주세요"), script("detox 60614"), script("مدد چاہیے"), script("需要戒毒 detox")
    (('ko',), (), ('ar', 'ur'), ('zh-Hans', 'zh-Hant'))
    """
    if text.isascii():
        return ()
    counts = [(len(letters.findall(text)), codes) for codes, letters in _SCRIPTS]
    most, codes = max(counts)
    weight = 3 if codes[0].startswith("zh") or codes == ("ko",) else 1  # a character is a word
    return codes if most >= 2 and most * weight * 2 >= len(_LATIN.findall(text)) else ()


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells languages. `spoken`: those that have rules."""

    identifier: Identifier
    spoken: tuple[str, ...]

    def scores(self, text: str, current: str | None = None) -> Scores:
        """How likely each language is, the likeliest first."""
        codes = [code for code in script(text) if code in self.spoken] or self.spoken
        if len(codes) == 1:
            return {codes[0]: 1.0}
        return self._scores(_telling(pieces(text), self.identifier), codes, current)

    def told(self, words: Sequence[str], text: str, current: str | None) -> str | None:
        """The language of a text, None if it does not tell. `words`: those that are no place's name."""
        among = [code for code in script(text) if code in self.spoken]
        if len(among) == 1:
            return among[0]
        telling = _telling(words, self.identifier)
        if among:  # one of two that share a script
            first, likely = next(iter(self._scores(telling, among, current).items()))
            stays = current in among and (likely < SURE_TO_LEAVE or _is_common(text, current))
            return current if stays else first
        # Letters alone tell little of a word or two that nobody knows: "asdf", a name.
        if not telling or (len(telling) < ENOUGH_WORDS and not any(map(self.identifier.knows, telling))):
            return None
        scores = self._scores(telling, self.spoken, current)
        first, likely = next(iter(scores.items()))
        if current in (None, ENGLISH, first):
            return first if likely >= SURE else None
        if first == ENGLISH:
            return first if likely >= SURE_TO_LEAVE and len(telling) >= WORDS_TO_LEAVE else None
        return first if scores.get(current, 0.0) <= GONE else None

    def _scores(self, telling: Sequence[str], among: Sequence[str], current: str | None) -> Scores:
        stays = {current: _STAYS} if current else {}
        return _weighed(self.identifier.scores(telling, among), {**_SPOKEN_MORE, **stays})


def _weighed(scores: Scores, weights: Mapping[str, float]) -> Scores:
    """Some languages taken for likelier than their words alone tell; the likeliest first."""
    heavier = {code: likely * weights.get(code, 1.0) for code, likely in scores.items()}
    whole = sum(heavier.values())
    return {code: heavier[code] / whole for code in sorted(heavier, key=lambda code: -heavier[code])}


def _is_common(text: str, current: str | None) -> bool:
    """Whether Chinese has no character that only the other way of writing has: 他醒了."""
    if current not in _CHARSETS:
        return False
    charset, end = _CHARSETS[current]
    codes = (character.encode(charset, "replace") for character in _HAN.findall(text))
    return all(len(code) > 1 and code[0] < end for code in codes)


def _telling(words: Sequence[str], identifier: Identifier) -> list[str]:
    return [word for word in words if bare(word) not in identifier.neutral]


def of_rule(rules: Sequence[Rule]) -> str | None:
    """The language of the rule that saw a danger, if it is not English."""
    return next((rule.language for rule in rules[:1] if rule.language != ENGLISH), None)


def wanted(words: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """A language asked for by name: alone ("español") or in a sentence ("do you speak spanish")."""
    for found in lexicon.names.find(words):
        if found.start == 0 and found.end == len(words):
            return found.value
    return named(words, lexicon.speaks, lexicon.names, "asks_language")
