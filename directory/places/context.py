"""What the words around a name in a running text say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import regex

from directory.places.names import Token
from directory.places.vocabulary import Vocabulary

MOST_FILLERS: Final = 3
MOST_LEADS: Final = 2
_HOUSE: Final = 3  # digits; a shorter number is a house's after "at" and the like only
_LATIN: Final = regex.compile(r"\p{Latin}")


class Lead(IntEnum):
    """How strongly the word before says that a place follows."""

    NONE = 0
    FROM = 1  # "by", "de": a place may follow
    NEAR = 2  # "in", "cerca de": the person is there


@dataclass(frozen=True, slots=True)
class Context:
    """A text cut into words; `start` and `end` count words. Answers what stands around some."""

    tokens: Sequence[Token]
    vocabulary: Vocabulary

    def words(self, start: int, end: int) -> list[str]:
        return [token.word for token in self.tokens[max(start, 0) : end]]

    def is_ordinary(self, start: int, end: int) -> bool:
        words = self.words(start, end)
        spoken = self.vocabulary.spoken
        return " ".join(words) in spoken or all(word in spoken for word in words)

    def is_always_ordinary(self, start: int, end: int) -> bool:
        """The same in whatever language."""
        return all(word in self.vocabulary.ordinary for word in self.words(start, end))

    def is_phrase(self, start: int, end: int) -> bool:
        """Whether words are ordinary together ("la mesa")."""
        return end - start > 1 and " ".join(self.words(start, end)) in self.vocabulary.spoken

    def _is_foreign(self, word: str) -> bool:
        return word in self.vocabulary.spoken and word not in self.vocabulary.ordinary

    def is_lead_letter(self, start: int, end: int) -> bool:
        """Whether a name would begin with a letter that is a word here: Polish "w Chicago" is no West."""
        first = self.tokens[start].word
        return end - start > 1 and len(first) == 1 and self._is_foreign(first)

    def rest_is(self, start: int, end: int, words: frozenset[str]) -> bool:
        """Whether all other words are of these, or numbers."""
        others = [*self.tokens[:start], *self.tokens[end:]]
        return all(token.word in words or token.word.isdecimal() for token in others)

    def rest_is_of_another_script(self, start: int, end: int) -> bool:
        """Whether no other word has a Latin letter: "ابحث عن اكل في newark"."""
        others = [*self.tokens[:start], *self.tokens[end:]]
        return not any(_LATIN.search(token.word) for token in others)

    def lead(self, start: int) -> tuple[Lead, str]:
        """What leads to a place, with its language; fillers are skipped ("near downtown Miami")."""
        at = self._before_fillers(start)
        if language := self._role_before("near", at)[1]:
            return Lead.NEAR, language
        if language := self._role_before("from", at)[1]:
            return Lead.FROM, language
        return Lead.NONE, ""

    def is_street(self, start: int, end: int) -> bool:
        """Such as "Houston St", "calle Miami", "1200 Madison"."""
        if self._role("street", end, end + 1) or self.is_street_named(start):
            return True
        return start > 0 and self._is_house(start - 1)

    def is_crossing(self, start: int, end: int) -> bool:
        """Such as "at kensington and allegheny": two streets, if nothing says that the first is a town."""
        before = (
            start > 1
            and self._role("crossing", start - 1, start)
            and not self.is_ordinary(start - 2, start - 1)
        )
        after = self._role("crossing", end, end + 1) and end + 1 < len(self.tokens)
        return (
            bool(before or (after and not self.is_ordinary(end + 1, end + 2)))
            and self.lead(start)[0] < Lead.NEAR
        )

    def is_street_named(self, start: int) -> bool:
        """Whether a name follows "calle" and the like, or "on"."""
        return start > 0 and bool(self._role("street_before", start - 1, start))

    def _is_house(self, at: int) -> bool:
        """Whether a number may be a house's: "1200 Madison", "at 8 Madison", not "section 8 miami"."""
        word = self.tokens[at].word
        return word.isdecimal() and (len(word) >= _HOUSE or at == 0 or bool(self.lead(at)[0]))

    def is_a_thing(self, start: int, end: int) -> bool:
        """Such as "the Aurora mine"; not "the Aurora area"."""
        return self.words(start - 1, start)[-1:] == ["the"] and not self._role("filler", end, end + 1)

    def is_person(self, start: int, end: int) -> bool:
        """Such as "my friend Austin", "Austin is not breathing"; not "my son, Tucson", "to Austin took"."""
        before = not self.tokens[start].comma and self._role_before("person", start)[0]
        after = not self.lead(start)[0] and self._role("person_after", end, end + 1)
        return bool(before or after)

    def state_after(self, end: int, *, surely: bool) -> tuple[str, int]:
        """The state named right after a city, and where it ends; "" if none.

        A state written as an ordinary word ("in", "or", "me", "ok") counts after a comma, in
        capitals, or last; unless `surely`, also before a word that asks ("portland me please").
        """
        for length in (3, 2, 1):
            words = self.words(end, end + length)
            code = self.vocabulary.state(words) if len(words) == length else ""
            if code and (length > 1 or self.is_state(end, surely=surely)):
                return code, end + length
        return "", end

    def is_state(self, at: int, *, surely: bool) -> bool:
        """Whether a word that is a state's code or short name is meant as one."""
        token = self.tokens[at]
        if token.word not in self.vocabulary.ordinary or token.comma or token.capital:
            return True
        if at + 1 == len(self.tokens):
            return True
        return not surely and self.tokens[at + 1].word in self.vocabulary.need

    def widened(self, start: int, end: int) -> tuple[int, int]:
        """A place with the leads and fillers that belong to it."""
        first = self._before_fillers(start)
        for _ in range(MOST_LEADS):
            if first and (length := self._lead_length(first)):
                first = self._before_fillers(first - length)
        while end < len(self.tokens) and self._role("filler", end, end + 1):
            end += 1
        return first, end

    def bare(self) -> tuple[int, int]:
        """The words without leads and fillers around them; the opposite of `widened`."""
        start, end = 0, len(self.tokens)
        while start < end and (length := self._idle_length(start)):
            start += length
        while end > start and self._role("filler", end - 1, end):
            end -= 1
        return start, end

    def _idle_length(self, start: int) -> int:
        roles = ("near", "from", "filler")
        return next((n for n in (3, 2, 1) for role in roles if self._role(role, start, start + n)), 0)

    def _before_fillers(self, start: int) -> int:
        for _ in range(MOST_FILLERS):
            start -= self._filler_length(start) if start else 0
        return start

    def _filler_length(self, end: int) -> int:
        return 1 if self.tokens[end - 1].word == "the" else self._role_before("filler", end)[0]

    def _lead_length(self, end: int) -> int:
        return self._role_before("near", end)[0] or self._role_before("from", end)[0]

    def _role_before(self, role: str, end: int) -> tuple[int, str]:
        """How many words before `end` play a role together, and in which language."""
        for length in (3, 2, 1):
            if length <= end and (language := self._role(role, end - length, end)):
                return length, language
        return 0, ""

    def _role(self, role: str, start: int, end: int) -> str:
        return self.vocabulary.roles[role].get(" ".join(self.words(start, end)), "")
