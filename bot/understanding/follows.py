"""What a text means by what it follows: a place that we told of, a list, a danger. Whether one was there,
the talk knows; here only, what it would mean then."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from typing import Final

from bot.model import About, Intent
from bot.understanding.commands import begins
from bot.understanding.gist import NEED
from bot.understanding.language import ENGLISH
from bot.understanding.needs import Asked
from bot.understanding.normalise import Message, Token
from bot.understanding.tongue import Heard
from directory.access import ACCESS

# How likely the examples must find it: at all, beside a need that the text names, and where nothing else is
# understood, so that the answer would be that we did not understand.
TOLD: Final = 0.5
BESIDE_A_NEED: Final = 0.8
FAINTLY: Final = {Intent.ABOUT: 0.15, Intent.MORE: 0.15, Intent.SAFE: 0.3}
PLAINLY: Final = 2  # words that say that a list will not do: "no answer", not "next"
_INSIDE: Final = frozenset(
    {Intent.STEPS, Intent.USE_IT, Intent.ALONE, Intent.LAPSE, Intent.MIXING, Intent.QUITTING, Intent.LOSS}
    | {Intent.AMBULANCE, Intent.AWAKE, Intent.CLEARED, Intent.FOUND, Intent.NO_HOSPITAL, Intent.DIED}
    | {Intent.THANKS, Intent.ARREST_FEAR}
)
SURELY: Final = 0.8  # a fear that no word tells
# Needs that a question about a place may name: "how do i get there", "do they want an id", "do they
# have a bed".
ASKED_ABOUT: Final = frozenset({"transport", "id_documents", "shelter"})


def perhaps(
    near: Sequence[Heard], inside: Set[Intent], likely: Mapping[str, float], asks: Asked, *, nothing: bool
) -> frozenset[Intent]:
    """ABOUT, MORE, SAFE and what is meant anywhere, as far as a text may mean them. `nothing`: it says
    nothing else that we understand. Where a need is about all that it says it means that ("what of food")."""
    of_a_place = ASKED_ABOUT.issuperset(asks.needs)
    # "do i need an id"; not "i need an id".
    asks_for_it = asks.plain and not (of_a_place and likely.get(NEED, 0) < TOLD)
    found = set() if asks_for_it else _learnt(likely, bool(asks.needs), nothing)
    if Intent.ABOUT in inside and of_a_place:
        found.add(Intent.ABOUT)
    if nothing and any(
        begins(each.reading.words, each.tongue.lexicon, Intent.MORE, PLAINLY) for each in near
    ):
        found.add(Intent.MORE)
    if likely.get(Intent.ARREST_FEAR, 0) >= SURELY:
        found.add(Intent.ARREST_FEAR)
    return frozenset(found | (_INSIDE & inside))


# What a need or a wish asks about, where a place is spoken of.
_NEED: Final = {"transport": About.ADDRESS, "id_documents": About.PAPERS}
_WISH: Final = {"id_needed": About.PAPERS, "open_now": About.HOURS, "open_today": About.HOURS,
                "closest": About.ADDRESS, "language": About.LANGUAGES}  # fmt: skip
_PAYING: Final = frozenset({"no_pay", "medicaid", "sliding_scale"})


def asked_about(near: Sequence[Heard], asks: Asked) -> tuple[str, ...]:
    """What a question about a place asks for: About, and the keys of directory/access.py it names."""
    found = _named(near)
    found += [_WISH.get(key, About.COST if key in _PAYING else key) for key in asks.wishes]
    found = found or [_NEED[need] for need in asks.needs if need in _NEED]
    if not {*ACCESS}.isdisjoint(found):  # "can i bring my dog" asks for no papers
        found = [about for about in found if about != About.PAPERS]
    return tuple(dict.fromkeys(found))


def _named(near: Sequence[Heard]) -> list[str]:
    """By its words; English ones ("son") where no other language knows one."""
    found = {h.tongue.language: [f.value for f in h.tongue.lexicon.about.find(h.reading.words)] for h in near}
    english = found.pop(ENGLISH, [])
    return [about for named in found.values() for about in named] or english


def number(near: Sequence[Heard], said: Message, about: Collection[str]) -> int | None:
    """The place of a list that a question names: "is 2 open on sunday", "do they take pets at #3", "how far
    is 2"; not "open at 2"."""
    digits = [token for token in said.tokens if token.said.isdecimal()]
    if len(digits) != 1 or digits[0].said not in "123456789":
        return None
    ends_so = digits[0] is said.tokens[-1] and About.HOURS not in about
    counted = ends_so or any(_counts(each, digits[0], said.text) for each in near)
    return int(digits[0].said) if counted and len(said.tokens) > 1 else None


def _counts(heard: Heard, digit: Token, text: str) -> bool:
    """Whether a word beside it says that it is a place's number: "number 2", 2번."""
    if text[: digit.start].endswith(("#", "№")):
        return True
    counters = heard.find(heard.tongue.lexicon.counters)
    gaps = ((min(f.end, digit.end), max(f.start, digit.start)) for f in counters)
    return any(not text[end:start].strip() for end, start in gaps)


def answers(likely: Mapping[str, float]) -> bool:
    """Whether the examples hear an answer to a place, a list or a safety text of ours."""
    return any(likely.get(intent, 0) >= TOLD for intent in FAINTLY)


def _learnt(likely: Mapping[str, float], needs: bool, nothing: bool) -> set[Intent]:
    def enough(intent: Intent) -> bool:
        least = FAINTLY[intent] if nothing else BESIDE_A_NEED if needs else TOLD
        return likely.get(intent, 0) >= least

    found = {intent for intent in FAINTLY if enough(intent)}
    if found >= {Intent.ABOUT, Intent.MORE}:  # one or the other
        found.discard(min(Intent.ABOUT, Intent.MORE, key=lambda intent: likely[intent]))
    return found
