"""Words as people type them -> words as the rules know them.

Three things, in this order: mend what is misspelt ("fentynal"), write out what is short
("cant" is "can not", "2nite" is "tonight"), and leave out fillers ("really", "please").
A common word is never mended: "heron" stays a bird.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import regex
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.understanding.normalise import Message, Token, message
from bot.understanding.phrases import Words

# How alike a word must be, by its length; measured with tests/understanding/report.py. Shorter: exact.
_LIKENESS: Final = {4: 0.79}  # one wrong letter in five
_LIKENESS_LONG: Final = 0.74  # one in four
# People rarely miss the first letter, except where it sounds like another: "geringa", "sertificado".
_SOUNDS_LIKE: Final = str.maketrans("vjzckyp", "bgsssif")
_STRETCHED: Final = regex.compile(r"(\p{L})\1{2,}")
_NUMBERED: Final = regex.compile(r"\d+(?:st|nd|rd|th|am|pm)?")
_LETTER_DIGITS: Final = (str.maketrans("013457", "oieast"), str.maketrans("013457", "oleast"))


@dataclass(frozen=True, slots=True)
class Reading:
    """The words to match, and where each stood in `text`."""

    text: str
    words: Words
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What is written out and what is left out; enough to read the phrases of the data files.

    variants: first word -> ((the words after it), (what it is written out as)), longest first.
    """

    variants: Mapping[str, tuple[tuple[Words, Words], ...]]
    fillers: frozenset[str]
    # The phrases of the data files say the same words over and over; texts never come here.
    _spelt: dict[str, Words] = field(default_factory=dict, compare=False, repr=False)

    def spell(self, text: str) -> Words:
        """The words of a phrase of a data file; none if they are all fillers."""
        return tuple(word for word in self.spell_all(text) if word not in self.fillers)

    def spell_all(self, text: str) -> Words:
        """The same with its fillers, for phrases that are nothing else ("ok", "thanks")."""
        if (known := self._spelt.get(text)) is None:
            written = self.apply([(t, t.said) for t in message(text).tokens])
            known = self._spelt[text] = tuple(word for word, _ in written)
        return known

    def apply(self, tokens: list[tuple[Token, str]]) -> list[tuple[str, tuple[int, int]]]:
        """(token, its mended form) -> (word written out, where it stood)."""
        out: list[tuple[str, tuple[int, int]]] = []
        i = 0
        while i < len(tokens):
            length, words = self._at(tokens, i)
            span = tokens[i][0].start, tokens[i + length - 1][0].end
            out += [(word, span) for word in words]
            i += length
        return out

    def _at(self, tokens: list[tuple[Token, str]], i: int) -> tuple[int, Words]:
        said = tokens[i][1]
        bare = said.replace("'", "")
        for form in dict.fromkeys((said, bare)):
            for rest, words in self.variants.get(form, ()):
                after = tuple(w.replace("'", "") for _, w in tokens[i + 1 : i + 1 + len(rest)])
                if after == rest:
                    return 1 + len(rest), words
        return 1, (bare,)


def rewriting(rows: Iterable[tuple[str, str]], fillers: Iterable[str]) -> Rewriting:
    """From (written out, as typed) pairs.

    >>> r = rewriting([("can not", "cant"), ("overdosed", "od'd")], ["really"])
    >>> r.spell("can’t really"), r.spell("OD'd")
    (('can', 'not'), ('overdosed',))
    """
    by_first: dict[str, list[tuple[Words, Words]]] = defaultdict(list)
    plainly: dict[str, Words] = {}
    for plain, typed in rows:
        first, *rest = (t.said for t in message(typed).tokens)
        if plain not in plainly:
            plainly[plain] = tuple(t.word for t in message(plain).tokens)
        written = plainly[plain]
        by_first[first].append((tuple(w.replace("'", "") for w in rest), written))
    longest_first = {k: tuple(sorted(v, key=lambda pair: -len(pair[0]))) for k, v in by_first.items()}
    return Rewriting(longest_first, frozenset(message(f).tokens[0].word for f in fillers))


@dataclass(frozen=True, slots=True)
class Spelling:
    """Mends and writes out. `known`: words that are right as they are; `prefixes`: beginnings of such."""

    rewriting: Rewriting
    known: frozenset[str]
    prefixes: tuple[str, ...]
    targets: Mapping[str, tuple[str, ...]]  # by the sound of the first letter
    glued: tuple[str, ...] = ()  # what is written onto the front of a word: Arabic "and", "the", "with"

    def read(self, said: Message) -> Reading:
        """The words of a message as the rules know them."""
        mended = [(t, self._mended(t)) for t in said.tokens if t.said[:1].isalnum() or t.said in self.known]
        written = self.rewriting.apply(mended)
        # Nothing but fillers ("ok thanks"): the last one is what is meant.
        kept = [(w, span) for w, span in written if w not in self.rewriting.fillers] or written[-1:]
        return Reading(said.text, tuple(w for w, _ in kept), tuple(span for _, span in kept))

    def _mended(self, token: Token) -> str:
        word = token.word
        if len(word) < 3 or word.isdigit() or token.said in self.known or self._knows(word):
            return token.said
        return next((form for form in self._simpler(word) if self._knows(form)), None) or self.nearest(word)

    def _knows(self, word: str) -> bool:
        return word in self.known or word.startswith(self.prefixes)

    def _simpler(self, word: str) -> Iterator[str]:
        """ "pleeease" -> "pleease", "please"; "k1ll" -> "kill"."""
        if _STRETCHED.search(word):
            yield _STRETCHED.sub(r"\1\1", word)
            yield _STRETCHED.sub(r"\1", word)
        if not word.isalpha() and not _NUMBERED.fullmatch(word):
            yield from (word.translate(table) for table in _LETTER_DIGITS)
        yield from (word.removeprefix(front) for front in self.glued if word.startswith(front))

    def nearest(self, word: str) -> str:
        """The word it most likely stands for; itself if there is none near enough."""
        plain = _STRETCHED.sub(r"\1", word)
        if len(plain) < 4 or not plain.isalpha() or len(plain) > 20:
            return word
        near = process.extractOne(
            plain,
            self.targets.get(_sound(plain), ()),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_LIKENESS.get(len(plain), _LIKENESS_LONG),
        )
        return near[0] if near else word


def _sound(word: str) -> str:
    """The first letter that is heard: "hambre" and "ambre" begin alike.

    >>> _sound("hambre") == _sound("ambre"), _sound("vivir") == _sound("bibir"), _sound("heron")
    (True, True, 'e')
    """
    heard = word[1:] if word.startswith("h") and len(word) > 1 else word
    return heard[0].translate(_SOUNDS_LIKE)


def spelling(
    rewrite: Rewriting,
    known: Iterable[str],
    prefixes: Iterable[str],
    mend: Iterable[str],
    glued: Iterable[str] = (),
) -> Spelling:
    """`known`: words to leave alone, of the rules and common ones; `mend`: words worth mending
    towards; `glued`: what may stand before a word without a space."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for word in sorted(mend):
        by_sound[_sound(word)].append(word)
    pairs = ((first, rest) for first, rests in rewrite.variants.items() for rest, _ in rests)
    typed = frozenset(word for first, rest in pairs for word in (first, *rest))
    targets = {sound: tuple(group) for sound, group in by_sound.items()}
    right = typed | rewrite.fillers | frozenset(known)
    longest_first = tuple(sorted((message(front).text for front in glued), key=len, reverse=True))
    return Spelling(rewrite, right, tuple(prefixes), targets, longest_first)
