"""Which language a text is in: its script, else words that only one of our languages has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

import regex

from bot.understanding.danger import Rule
from bot.understanding.lexicon import Lexicon, Line, words_of
from bot.understanding.wishes import named

# How much a word tells. Words of danger tell less: they are many, and towns bear some of them.
HINT: Final = 4
ASKED: Final = 4
DANGER: Final = 2
WEAK: Final = 1
ENOUGH: Final = 4
# People of every language text English words: "detox", "shelter"; it takes more to leave theirs.
BORROWED_FROM: Final = "en"
BORROWED: Final = 2
ENOUGH_TO_LEAVE: Final = 8

# The script decides at once. Two letters, so that one odd character decides nothing.
_SCRIPTS: Final = (
    ("ko", regex.compile(r"\p{Hangul}")),
    ("hi", regex.compile(r"\p{Devanagari}")),
    ("ru", regex.compile(r"\p{Cyrillic}")),
    ("zh-Hans", regex.compile(r"\p{Han}")),
    ("ar", regex.compile(r"\p{Arabic}")),
)
_URDU: Final = regex.compile("[ٹڈڑںےہچگپ]")
_TRADITIONAL: Final = regex.compile(
    "[們來個這裡裏國說時會對學過嗎麼幫醫藥錢還點沒問題藥買賣東車門開關電話給讓請謝壓癮飯飢餓]"
)


def script(text: str) -> str | None:
    """The language that a non-Latin script tells.

    >>> script("도와주세요"), script("मदद चाहिए"), script("detox 60614"), script("مدد چاہیے")
    ('ko', 'hi', None, 'ur')
    >>> script("需要戒毒"), script("需要幫助")
    ('zh-Hans', 'zh-Hant')
    """
    if text.isascii():
        return None
    counts = {code: len(letters.findall(text)) for code, letters in _SCRIPTS}
    code = max(counts, key=lambda c: counts[c])
    if counts[code] < 2:
        return None
    if code == "ar" and _URDU.search(text):
        return "ur"
    return "zh-Hant" if code == "zh-Hans" and _TRADITIONAL.search(text) else code


Vocabulary = Mapping[str, Set[str]]


@dataclass(frozen=True, slots=True)
class Telling:
    """Words that only one language has, and how much each tells."""

    weights: Mapping[str, tuple[str, int]]

    def told(self, text: str, words: Iterable[str], current: str | None) -> str | None:
        """The language of a text, None if it does not tell. `current`: what was spoken so far."""
        if (by_script := script(text)) is not None:
            return by_script
        scores: Counter[str] = Counter()
        for word in set(words):
            if (tells := self.weights.get(word)) is not None:
                scores[tells[0]] += tells[1]
        ranked = sorted(scores, key=lambda code: (-scores[code], code == BORROWED_FROM))
        leaving = bool(ranked) and ranked[0] == BORROWED_FROM and current not in (None, BORROWED_FROM)
        return ranked[0] if ranked and scores[ranked[0]] >= (ENOUGH_TO_LEAVE if leaving else ENOUGH) else None


def telling(found: list[Line], asked: Vocabulary, danger: Vocabulary) -> Telling:
    """`asked`, `danger`: by language, the words of its lexicon and of its rules of danger. A hint of
    two languages, and any other word that two languages have, tells nothing."""
    hints: dict[str, dict[str, int]] = {}
    for line in found:
        if line.kind == "hint":
            weights = dict.fromkeys(line.phrase.split("|"), WEAK if line.value else HINT)
            hints.setdefault(line.language, {}).update(weights)
    silent = frozenset(words_of(found, "plain"))
    content = {code: _content(code, asked, danger, silent) for code in {*asked, *danger}}
    return Telling({**_of_one_language(content), **_of_one_language(hints)})


def _content(code: str, asked: Vocabulary, danger: Vocabulary, silent: frozenset[str]) -> dict[str, int]:
    borrowed = code == BORROWED_FROM
    weights = dict.fromkeys(danger.get(code, ()), BORROWED if borrowed else DANGER)
    weights |= dict.fromkeys(asked.get(code, ()), BORROWED if borrowed else ASKED)
    return {word: w for word, w in weights.items() if len(word) > 1 and word.isalpha() and word not in silent}


def _of_one_language(weights: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[str, int]]:
    owners = Counter(word for theirs in weights.values() for word in theirs)
    return {w: (code, n) for code, theirs in weights.items() for w, n in theirs.items() if owners[w] == 1}


def of_rule(rules: Sequence[Rule]) -> str | None:
    """A danger in few words ("no despierta") is answered in the language of the rule that saw it."""
    return next((rule.language for rule in rules[:1] if rule.language != BORROWED_FROM), None)


def wanted(words: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """A language asked for by name: alone ("español") or in a sentence ("do you speak spanish")."""
    for found in lexicon.names.find(words):
        if found.start == 0 and found.end == len(words):
            return found.value
    return named(words, lexicon.speaks, lexicon.names, "asks_language")
