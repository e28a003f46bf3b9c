"""What a list says of what was wished for: what holds of each place, what has to be asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bot.talk import Talk
from directory.answers import Hit, Openness
from directory.facts import FACTS as ANSWERS
from directory.wording import say_open
from translations import language_name, mark

# What was wished for, in the words of a listing: "Takes Medicaid".
EACH_FITS: Final = mark("Each one: %(wish)s.")
ASK_FIRST: Final = mark("Ask first: %(wish)s?")
# The same of a language.
EACH_SPEAKS: Final = mark("Each one speaks %(languages)s.")
ASK_IF_SPOKEN: Final = mark("Ask first: do they speak %(languages)s?")
NEAREST: Final = mark("These are the nearest.")
CLOCK: Final = frozenset({"open_now", "open_today"})
MOST_WISHES: Final = 2  # that are said beside a list
# How a language ends a sentence, where it is no full stop.
STOPS: Final = {"zh-Hans": "。", "zh-Hant": "。", "hi": "।", "ur": "۔"}


def fits(talk: Talk, hits: Sequence[Hit]) -> tuple[list[str], bool]:
    """Whether they are as was wished just now, and whether that is all that has to be asked."""
    wishes = talk.meaning.wishes
    labels = {key: talk.words(ANSWERS[key].said(wish)) for key, wish in wishes.items()
              if key in ANSWERS and ANSWERS[key].said(wish)}  # fmt: skip
    unsaid = {key for hit in hits for key in hit.unsaid} | ({*wishes} - {*talk.state.wishes})
    asks = [label for key, label in labels.items() if key in unsaid][:MOST_WISHES]
    fitting = [label for key, label in labels.items() if key not in unsaid][: MOST_WISHES - len(asks)]
    told = [talk.words(sentence, wish=", ".join(said))
            for sentence, said in ((EACH_FITS, fitting), (ASK_FIRST, asks)) if said]  # fmt: skip
    lines = [*told, *_language(talk, unsaid), *_order(talk, hits)]
    return lines, bool(asks) and unsaid <= {*labels, "language"}


def _language(talk: Talk, unsaid: Collection[str]) -> list[str]:
    """Whether they speak what was asked for just now."""
    asked = talk.meaning.wishes.get("language", "")
    name = language_name(asked, talk.state.language) if asked else ""
    sentence = ASK_IF_SPOKEN if "language" in unsaid else EACH_SPEAKS
    return [talk.words(sentence, languages=name)] if name else []


def _order(talk: Talk, hits: Sequence[Hit]) -> list[str]:
    """That none is nearer, or that we do not know of any whether it is open, to who asked for that."""
    asked = talk.meaning.wishes
    shut = [hit for hit in hits if hit.open.state is not Openness.UNKNOWN]
    if not shut and not CLOCK.isdisjoint(asked):
        return [
            f"{say_open(hits[0].open, talk.now, talk.state.language)}{STOPS.get(talk.state.language, '.')}"
        ]
    return [talk.words(NEAREST)] if "closest" in asked else []


def wish_told(talk: Talk) -> str:
    """A wish that a text tells, in the words of the talk; "" if none that has words."""
    said = (ANSWERS[key].said(wish) for key, wish in talk.meaning.wishes.items() if key in ANSWERS)
    return next((talk.words(words) for words in said if words), "")
