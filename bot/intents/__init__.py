"""One file per thing a person may want. The order below is the order of precedence.

The first that wants a text answers it. Danger comes first, after nothing but an opt-out.
"""

from __future__ import annotations

from typing import Final

from bot.intents import (
    call_me,
    care,
    carrier,
    danger,
    detail,
    fear,
    find,
    human,
    language,
    local,
    lost,
    menu,
    paging,
    privacy,
    steps,
    using,
)
from bot.talk import Skill

INTENTS: Final[tuple[Skill, ...]] = (
    carrier.STOP,  # only without danger: a stop word inside a danger sentence opts nobody out
    danger.DANGER,
    care.ENOUGH,  # in a danger: a word that may be no STOP
    care.PILLS,  # taken after a wish to die
    care.DIED,  # who lay there
    steps.STEPS,  # no danger is told, and there may be one
    carrier.START,
    carrier.HELP,
    privacy.FORGET,
    privacy.PRIVACY,
    care.HELP_COMES,  # "i called 911", while somebody lies there
    care.NO_HOSPITAL,  # "no insurance", while a body is in danger
    fear.FEAR,
    local.LOCAL,
    local.LOCAL_PLACE,  # a place, while we asked where
    call_me.CALL_ME,
    call_me.CALL_ANSWER,  # yes or no, while we asked
    human.HUMAN,
    care.NALOXONE,  # "i have none", while somebody lies there
    using.ALONE,
    using.MIXING,
    using.QUITTING,
    using.LAPSE,
    using.LOSS,
    care.SAFE,  # after a danger: it is over
    using.REVIVED,
    detail.ABOUT,  # its address, its hours: of the place or the list we told
    care.CARE,  # ok, no, thanks: for a while after a danger
    care.ADDRESS,  # a place alone, while a body is in danger
    find.AREA,  # yes, while we asked whether a person is where the number comes from
    find.WHICH_PLACE,  # a number, while we asked which place
    find.WHICH_NEED,  # a number, while we asked which need
    detail.DETAIL,  # a number, for the last list
    paging.MORE,
    paging.NEXT,
    paging.BACK,
    paging.NEW,
    paging.OTHER_KIND,
    language.LANGUAGE,
    find.UNSURE,  # one of two needs, we can't tell which
    find.MAYBE_NEED,  # nothing is understood, and something points to a need
    find.FIND,  # a need, a place, a wish
    menu.MENU,
    menu.THANKS,
    menu.GREETING,
    menu.FREE,
    menu.BYE,
    menu.OK,  # and no question to say yes or no to
    lost.SILENT,  # a picture, or nothing at all
    lost.LOST,  # wants everything that is left
)
