"""What a text means while a danger lasts: "he answers me" beside who overdosed is no quarrel, "no papers"
where he hits is no wish for papers. What a rule or a phrase names stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from bot.aftermath import cared_for, is_of_a_body, is_over, was_swallowed
from bot.model import CARE_NEEDS, Danger, Intent, Matter, Meaning
from bot.safety_texts import SWALLOWED
from bot.talk import Talk

LEGAL: Final = frozenset({"id_documents", "legal"})
NO_PAPERS: Final = {"id_needed": "no"}


def meant(talk: Talk) -> Meaning:
    """The meaning of a text beside the danger that was last told, if one lasts."""
    meaning, before = _poisoned(talk.meaning), cared_for(talk)
    if before is None:
        return meaning
    if is_over(talk, before):
        return _of_it(meaning, before, over=True)
    return _why_not(talk, _of_it(_without_alarm(meaning, before), before), before)


def asking_nothing(meaning: Meaning) -> Meaning:
    intent = Intent.OTHER if meaning.intent is Intent.NEED else meaning.intent
    return replace(meaning, intent=intent, needs=(), unsure=())


def _poisoned(meaning: Meaning) -> Meaning:
    """Who drank bleach is not looking for a detox."""
    poison = meaning.danger is Danger.MEDICAL and meaning.matter is Matter.SWALLOWED
    return asking_nothing(meaning) if poison and meaning.place is None else meaning


def _without_alarm(meaning: Meaning, before: Danger) -> Meaning:
    """Beside a body an ambulance that is spoken of is no other illness; "the medics said he is dead" calls
    for nobody's breath."""
    if before is not Danger.OVERDOSE:
        return meaning
    told, calm = meaning.perhaps, replace(meaning, danger=None, sensed=False)
    if meaning.sensed and meaning.danger is before and Intent.AWAKE in told:  # "hes ok now"
        return replace(asking_nothing(calm), perhaps=told | {Intent.SAFE})
    late = Intent.DIED in told and meaning.danger in (Danger.OVERDOSE, Danger.MEDICAL)
    comes = Intent.AMBULANCE in told and meaning.danger is Danger.MEDICAL and meaning.matter is None
    return calm if late or comes else meaning


def _of_it(meaning: Meaning, before: Danger, *, over: bool = False) -> Meaning:
    """A few words that only seem another danger or a need are about that one; beside a body any words."""
    pills = meaning.matter is Matter.SWALLOWED
    if pills and meaning.sensed and before in SWALLOWED:
        return replace(asking_nothing(meaning), danger=before)  # "i took the pills"
    if not (meaning.brief or before is Danger.OVERDOSE):
        return meaning
    if meaning.sensed and meaning.danger is not before:
        seems = not pills and _only_seems(meaning.danger, before, over=over)
        return replace(asking_nothing(meaning), danger=before, matter=None) if seems else meaning
    seems = meaning.danger is None and meaning.guessed and not over
    return asking_nothing(meaning) if seems else meaning


def _only_seems(danger: Danger | None, before: Danger, *, over: bool) -> bool:
    """Whether this danger, told by the examples alone, is the one before. A body that does not breathe has no
    other illness; a few words may tell of pills, or of a wish to die, after anything."""
    if before is Danger.OVERDOSE:
        return danger is Danger.VIOLENCE or (danger is Danger.MEDICAL and not over)
    return danger not in (Danger.SUICIDE, Danger.OVERDOSE)


def _why_not(talk: Talk, meaning: Meaning, before: Danger) -> Meaning:
    """Without the needs that are named only to say why nobody calls: no papers, the police, no way to a
    hospital."""
    if meaning.danger is not None:
        return meaning
    if meaning.intent is Intent.ARREST_FEAR and meaning.intent not in meaning.perhaps:  # "am i gonna be ok"
        return replace(meaning, intent=Intent.OTHER)
    if _fears(meaning) and not (talk.state.shown and meaning.intent is Intent.NEED):
        feared = meaning.perhaps | {Intent.ARREST_FEAR}
        return replace(asking_nothing(meaning), intent=Intent.ARREST_FEAR, perhaps=feared)
    if Intent.NO_HOSPITAL in meaning.perhaps and is_of_a_body(talk, before):
        return _with(meaning, {"clinic"} if was_swallowed(talk, before) else {"clinic", *CARE_NEEDS})
    return meaning


def _with(meaning: Meaning, wanted: Collection[str]) -> Meaning:
    """With those needs only that are surely asked for; a clinic, where a place is named too: "no doctor"."""
    sure = not meaning.guessed and (meaning.place or meaning.needs != ("clinic",))
    kept = tuple(need for need in meaning.needs if need in wanted) if sure else ()
    return replace(meaning, needs=kept) if kept else replace(asking_nothing(meaning), intent=Intent.OTHER)


def _fears(meaning: Meaning) -> bool:
    """Whether a text is of police, ICE or papers, and asks for nothing else."""
    papers = NO_PAPERS.items() <= meaning.wishes.items()
    return LEGAL.issuperset(meaning.needs) and (papers or meaning.intent is Intent.ARREST_FEAR)
