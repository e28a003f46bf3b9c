"""After a danger: what was said of it, and what it asks of the answers that follow.

For ten texts or a day an "ok" or "no" is an answer to "call 988", not to a menu.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.model import BODILY, VIOLENT, Danger, Intent, Matter, Reply
from bot.safety_texts import (
    ADDRESS,
    ADDRESS_POISON,
    AGAIN,
    EMERGENCY,
    EMERGENCY_AGAIN,
    FIRST,
    LINES,
    NO_HOSPITAL,
    NO_HOSPITAL_POISON,
    NOW,
    PARTICULAR,
    SWALLOWED,
    first_texts,
    of_the_body,
)
from bot.speech import cut
from bot.talk import Talk
from directory.phones import say_phone

AGAIN_AFTER: Final = timedelta(hours=1)
CARE_FOR: Final = timedelta(hours=24)
CARE_TEXTS: Final = 10
_NAME_ROOMS: Final = (40, 34, 28)  # of a line, in letters
_AGAIN: Final = "again "
_OVER: Final = "over "
_ABOUT: Final = "about "  # what the danger was about

_MAY_BE_SWALLOWED: Final = (*SWALLOWED, Danger.MEDICAL)

# What to look for when somebody in this danger names a place and no need.
NATURAL_NEED: Final = {
    Danger.SUICIDE: "mental_health",
    Danger.VIOLENCE: "dv_services",
    Danger.MEDICAL: "clinic",
}


def cared_for(talk: Talk) -> Danger | None:
    """The danger that was last told, while its care frame lasts."""
    if talk.state.care <= 0:
        return None
    # Of two told at once the one told last.
    kinds = (Danger(key) for key in reversed([*talk.state.told_danger]) if key in tuple(Danger))
    told = {kind: when for kind in kinds if (when := _when(talk, kind.value, CARE_FOR))}
    return max(told, key=lambda kind: told[kind]) if told else None


def told_lately(talk: Talk, kind: Danger) -> bool:
    """Was its safety text said within the hour? Pills or poison taken since then are news."""
    news = _swallowed(talk, kind) and _when(talk, _ABOUT + Matter.SWALLOWED, AGAIN_AFTER) is None
    return not news and _told(talk, kind)


def _told(talk: Talk, kind: Danger) -> bool:
    return _when(talk, kind.value, AGAIN_AFTER) is not None


def reminded_lately(talk: Talk, kind: Danger) -> bool:
    """The same of its shorter text."""
    return _when(talk, _AGAIN + kind.value, AGAIN_AFTER) is not None


def first_replies(talk: Talk, kind: Danger) -> tuple[Reply, ...]:
    """What is said of a danger first."""
    if (particular := _of_violence(talk, kind, 0)) is not None:
        return (particular,)
    texts = first_texts(kind, talk.meaning.matter, of_the_body=_is_of_the_body(talk, kind))
    if kind is Danger.OVERDOSE and _told(talk, kind):  # what is new are the pills
        texts = tuple(text for text in texts if text not in FIRST[kind])
    return tuple(map(talk.reply, texts))


def again_reply(talk: Talk, kind: Danger) -> Reply:
    """What is said of it after that."""
    wishes_to_die = talk.meaning.danger is Danger.SUICIDE and talk.meaning.matter is None
    if was_swallowed(talk, kind) and (kind is Danger.OVERDOSE or wishes_to_die):
        return talk.reply(SWALLOWED[kind])
    if took_pills(talk, kind) or _is_of_the_body(talk, kind) or _may_be_another(talk, kind):
        return talk.reply(EMERGENCY_AGAIN)
    return _of_violence(talk, kind, 1) or talk.reply(AGAIN[kind])


def now_reply(talk: Talk, kind: Danger) -> Reply:
    """What is said to a "yes" after "in danger now?", "is it worse?"."""
    if kind is Danger.VIOLENCE:
        return _of_violence(talk, kind, 2) or talk.reply(NOW)
    if kind is Danger.MEDICAL:
        return talk.reply(EMERGENCY if _is_of_the_body(talk, kind) else FIRST[kind][0])
    return again_reply(talk, kind)


def address_reply(talk: Talk, kind: Danger) -> Reply:
    """What is said to a place that is told as if we could send somebody."""
    return talk.reply(ADDRESS_POISON if was_swallowed(talk, kind) else ADDRESS[kind])


def why_not_reply(talk: Talk, kind: Danger) -> Reply:
    """What is said to a reason not to go to a hospital, or to anything else."""
    if Intent.NO_HOSPITAL not in talk.meaning.perhaps or not is_of_a_body(talk, kind):
        return again_reply(talk, kind)
    if was_swallowed(talk, kind):
        return talk.reply(NO_HOSPITAL_POISON)
    return again_reply(talk, kind) if kind is Danger.OVERDOSE else talk.reply(NO_HOSPITAL)


def line_topics(talk: Talk) -> tuple[str, ...]:
    """The topics of data/hotlines.csv that the danger is about which was told, its own before its kind."""
    kind = cared_for(talk)
    if kind is None:
        return ()
    matter = _noted(talk, VIOLENT) if kind is Danger.VIOLENCE else None
    return (*((matter.value,) if matter else ()), kind.value)


def took_pills(talk: Talk, kind: Danger) -> bool:
    """Whether who wants to die said today that they took pills or poison."""
    return kind is Danger.SUICIDE and was_swallowed(talk, kind)


def was_swallowed(talk: Talk, kind: Danger) -> bool:
    """Whether pills or poison were told of today: what kills hours later, also a child that plays now."""
    return kind in _MAY_BE_SWALLOWED and _noted(talk, (Matter.SWALLOWED,)) is not None


def was_beside(talk: Talk) -> bool:
    """Whether somebody near wished to die, not who writes."""
    return cared_for(talk) is Danger.SUICIDE and _noted(talk, (Matter.BESIDE,)) is not None


def is_of_a_body(talk: Talk, kind: Danger) -> bool:
    """Whether it is one that an ambulance comes for: not a wish to die alone, not a quarrel."""
    return kind in (Danger.OVERDOSE, Danger.MEDICAL) or took_pills(talk, kind)


def _swallowed(talk: Talk, kind: Danger) -> bool:
    """Whether pills or poison were taken."""
    return kind in _MAY_BE_SWALLOWED and talk.meaning.matter is Matter.SWALLOWED


def _of_violence(talk: Talk, kind: Danger, times: int) -> Reply | None:
    """What is said, first (0), after that (1) or to a "yes" (2), of a violence that is none of partners."""
    if kind is not Danger.VIOLENCE:
        return None
    about = _about(talk, VIOLENT)
    if about in PARTICULAR:
        return talk.reply(PARTICULAR[about][min(times, 1)])
    lines, language = talk.world.hotlines, talk.state.language
    found = lines.for_topic(about, language) if lines and about else None
    if found is None:
        return None
    name, phone = talk.term(found.name), say_phone(found.call, language)
    return talk.draft(
        (talk.words(LINES[times], name=cut(name, room), phone=phone) for room in _NAME_ROOMS), 1
    )


def _about(talk: Talk, among: Collection[Matter]) -> Matter | None:
    """Which of these a danger is about: what this text says, else what was told last."""
    return talk.meaning.matter if talk.meaning.matter in among else _noted(talk, among)


def _noted(talk: Talk, among: Iterable[Matter]) -> Matter | None:
    """Which of these was told last."""
    told = [matter for matter in among if _when(talk, _ABOUT + matter, CARE_FOR)]
    return max(told, key=lambda matter: talk.state.told_danger[_ABOUT + matter], default=None)


def _is_of_the_body(talk: Talk, kind: Danger) -> bool:
    return kind is Danger.MEDICAL and of_the_body(_about(talk, BODILY), talk.state.needs)


def _may_be_another(talk: Talk, kind: Danger) -> bool:
    """Whether another illness may be told of than that of who gave up drink: a child that drank something."""
    said = talk.meaning
    return kind is Danger.MEDICAL and said.danger is kind and said.matter is None and not said.needs


def noted(talk: Talk, kind: Danger) -> Talk:
    """The talk with a note that the safety text is said now."""
    told = _stamped(talk, kind.value)
    told.pop(_OVER + kind.value, None)
    if talk.meaning.matter:
        told[_ABOUT + talk.meaning.matter] = told[kind.value]
    return talk.asking(told_danger=told, care=CARE_TEXTS + 1)


def reminded(talk: Talk, kind: Danger) -> Talk:
    return talk.asking(told_danger=_stamped(talk, _AGAIN + kind.value))


def ended(talk: Talk, kind: Danger) -> Talk:
    """The talk with a note that they say it is over."""
    return talk.asking(told_danger=_stamped(talk, _OVER + kind.value))


def is_over(talk: Talk, kind: Danger) -> bool:
    """Did they say so since it was last told? Then what to do is not said again."""
    return _when(talk, _OVER + kind.value, CARE_FOR) is not None


def _stamped(talk: Talk, key: str) -> dict[str, str]:
    """All that was told, this last."""
    told = {other: when for other, when in talk.state.told_danger.items() if other != key}
    return {**told, key: talk.now.astimezone(UTC).isoformat()}


def _when(talk: Talk, key: str, within: timedelta) -> datetime | None:
    """When it was said, if lately enough; a note that cannot be read counts as never."""
    try:
        told = datetime.fromisoformat(talk.state.told_danger[key])
        return told if timedelta(0) <= talk.now - told < within else None
    except (KeyError, TypeError, ValueError):
        return None


def needs_of(talk: Talk) -> tuple[str, ...]:
    """The needs that were named; what a danger in this text asks for goes before older ones."""
    if talk.meaning.danger and not talk.meaning.needs:
        return _natural(talk, talk.meaning.danger) or talk.state.needs
    return talk.state.needs or _natural(talk, cared_for(talk))


def _natural(talk: Talk, kind: Danger | None) -> tuple[str, ...]:
    if kind is Danger.VIOLENCE and _noted(talk, VIOLENT) in PARTICULAR:
        return ("mental_health",)
    return (NATURAL_NEED[kind],) if kind in NATURAL_NEED else ()
