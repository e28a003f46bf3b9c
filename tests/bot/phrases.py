"""What a few phrases mean, for tests of what the bot does with it. Reading itself: test_understanding."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Danger, Intent, Meaning
from directory.answers import Located
from tests.bot.town import LINCOLN_PARK, SPRINGFIELDS

HERE = Located(LINCOLN_PARK)
DETOX = Meaning(Intent.NEED, needs=("detox",))
DETOX_HERE = Meaning(Intent.NEED, needs=("detox",), place=HERE)
OVERDOSE = Meaning(Intent.OTHER, danger=Danger.OVERDOSE)

MEANINGS = {
    "detox 60614": DETOX_HERE,
    "detox": DETOX,
    "60614": Meaning(Intent.PLACE, place=HERE),
    "food": Meaning(Intent.NEED, needs=("food",)),
    "food 60614": Meaning(Intent.NEED, needs=("food",), place=HERE),
    "a bed": Meaning(Intent.NEED, unsure=("detox", "shelter")),
    "a bed 60614": Meaning(Intent.NEED, unsure=("detox", "shelter"), place=HERE),
    "how do i get there": Meaning(Intent.NEED, needs=("transport",), perhaps=frozenset({Intent.ABOUT})),
    "is it free": Meaning(Intent.NEED, wishes={"no_pay": "yes"}, perhaps=frozenset({Intent.ABOUT})),
    "they hung up": Meaning(Intent.OTHER, perhaps=frozenset({Intent.MORE})),
    "how do i use narcan": Meaning(
        Intent.NEED, needs=("naloxone",), perhaps=frozenset({Intent.STEPS})
    ),
    "hes up now": Meaning(Intent.OTHER, perhaps=frozenset({Intent.SAFE})),
    "another kind": Meaning(Intent.OTHER_KIND),
    "food same place": Meaning(Intent.NEED, needs=("food",), wishes={"same_place": "yes"}),
    "jobs 60614": Meaning(Intent.NEED, needs=("jobs",), place=HERE),
    "detox in springfield": Meaning(Intent.NEED, needs=("detox",), place=Located(None, SPRINGFIELDS)),
    "detox in lincoln": Meaning(
        Intent.NEED, needs=("detox",), place=Located(None, (SPRINGFIELDS[0], LINCOLN_PARK))
    ),
    "pregnant, detox in lincoln": Meaning(
        Intent.NEED,
        needs=("detox",),
        wishes={"pregnant": "yes"},
        place=Located(None, (SPRINGFIELDS[0], LINCOLN_PARK)),
    ),
    "detox in atlantis": Meaning(Intent.NEED, needs=("detox",), place=Located()),
    "detox in chikago": Meaning(Intent.NEED, needs=("detox",), place=Located(LINCOLN_PARK, guessed=True)),
    "he is not breathing": OVERDOSE,
    "she drank bleach": Meaning(Intent.OTHER, danger=Danger.MEDICAL),
    "no drink since sunday and i shake": Meaning(Intent.NEED, danger=Danger.MEDICAL, needs=("detox",)),
    "no narcan here": Meaning(Intent.NEED, needs=("naloxone",)),
    "how do i use it": Meaning(Intent.OTHER, perhaps=frozenset({Intent.USE_IT})),
    "how far is 2": Meaning(Intent.OTHER, choice=2, perhaps=frozenset({Intent.ABOUT})),
    "bye": Meaning(Intent.BYE),
    "atlantis park": Meaning(Intent.NEED, needs=("shelter",), guessed=True, brief=True),
    "somewhere warm": Meaning(Intent.NEED, needs=("shelter",)),
    "i want to die": Meaning(Intent.OTHER, danger=Danger.SUICIDE),
    "i want to die, stop texting me": Meaning(
        Intent.OTHER, danger=Danger.SUICIDE, perhaps=frozenset({Intent.OPT_OUT})
    ),
    "he hits me 60614": Meaning(Intent.OTHER, danger=Danger.VIOLENCE, place=HERE),
    "od, and i need detox 60614": replace(DETOX_HERE, danger=Danger.OVERDOSE),
    "stop": Meaning(Intent.OPT_OUT),
    "start": Meaning(Intent.OPT_IN),
    "help": Meaning(Intent.HELP),
    "menu": Meaning(Intent.MENU),
    "more": Meaning(Intent.MORE),
    "back": Meaning(Intent.BACK),
    "new": Meaning(Intent.NEW),
    "forget": Meaning(Intent.FORGET),
    "privacy": Meaning(Intent.PRIVACY),
    "hi": Meaning(Intent.GREETING),
    "yes": Meaning(Intent.YES),
    "no": Meaning(Intent.NO),
    "will they arrest me? detox 60614": replace(DETOX_HERE, intent=Intent.ARREST_FEAR),
    "a person please": Meaning(Intent.HUMAN),
    "klingon": Meaning(Intent.LANGUAGE, wants_language="tlh"),
    "english": Meaning(Intent.LANGUAGE, wants_language="en"),
    "open now": Meaning(Intent.NEED, wishes={"open_now": "yes", "pets": "yes"}),
}  # fmt: skip


def understand(text: str, language: str | None) -> Meaning:
    if text.isdigit() and len(text) < 3:
        return Meaning(Intent.CHOICE, choice=int(text))
    return MEANINGS.get(text, Meaning(Intent.OTHER))
