"""The words for the answers that decide a night (directory/access.py).

One entry per key of ACCESS: the question a person would ask, and what a list says of an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from directory.model import Answer
from translations import mark


@dataclass(frozen=True, slots=True)
class Words:
    """`yes` and `no`: what a result says when the listing does; empty: not worth a line there.
    `wished`: the answer a person filters for."""

    question: str
    yes: str
    no: str = ""
    wished: Answer = Answer.YES

    @property
    def wish(self) -> str:
        return self.said(self.wished)

    def said(self, answer: str) -> str:
        return {str(Answer.YES): self.yes, str(Answer.NO): self.no}.get(answer, "")


FACTS: Final[dict[str, Words]] = {
    "walk_in": Words(
        mark("Can I just walk in?"), mark("Walk in, no appointment"), mark("Call to get an appointment")
    ),
    "intake_24_7": Words(mark("Can I come at any hour?"), mark("Takes new people day and night")),
    "id_needed": Words(mark("Do I need an ID?"), mark("Bring an ID"), mark("No ID needed"), Answer.NO),
    "same_day_medication": Words(
        mark("Can I start medicine the same day?"), mark("Starts medicine the same day")
    ),
    "on_medication": Words(
        mark("Can I come if I take methadone or buprenorphine?"),
        mark("OK if you take methadone or buprenorphine"),
        mark("Does not take people on methadone or buprenorphine"),
    ),
    "telehealth": Words(mark("Can I get help by phone or video?"), mark("Help by phone or video")),
    "drop_off": Words(
        mark("Can police or an ambulance bring someone here?"), mark("Police or ambulance can bring someone")
    ),
    "no_pay": Words(mark("Can I come if I cannot pay?"), mark("OK if you cannot pay")),
    "medicaid": Words(mark("Do they take Medicaid?"), mark("Takes Medicaid")),
    "sliding_scale": Words(mark("Does the price depend on my income?"), mark("Price depends on your income")),
    "pregnant": Words(
        mark("Do they take pregnant people?"),
        mark("Takes pregnant people"),
        mark("Does not take pregnant people"),
    ),
    "children": Words(
        mark("Can my children stay with me?"), mark("Children can stay"), mark("Children cannot stay")
    ),
    "pets": Words(mark("Can my pet stay?"), mark("Pets can stay")),
    "women": Words(mark("Do they take women?"), mark("Takes women"), mark("Does not take women")),
    "men": Words(mark("Do they take men?"), mark("Takes men"), mark("Does not take men")),
    "wheelchair": Words(
        mark("Can a wheelchair get in?"), mark("A wheelchair can get in"), mark("A wheelchair cannot get in")
    ),
    "faith_based": Words(mark("Is it run by a faith group?"), mark("Run by a faith group")),
}
