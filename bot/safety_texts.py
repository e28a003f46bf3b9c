"""The words for danger. One segment each, in every language; reviewed by clinicians.

Numbers and steps: CDC and SAMHSA overdose steps, 988lifeline.org, thehotline.org, FDA label
of benzodiazepines. A reviewer may read this file alone.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.model import CARE_NEEDS, Danger, Matter
from translations import mark

# The first text for a danger, each reply in its order.
FIRST: Final[dict[Danger, tuple[str, ...]]] = {
    Danger.OVERDOSE: (
        mark(
            "OVERDOSE: call 911 now. Give naloxone. Tilt head back, pinch nose, 1 breath every 5 sec."
            " No change in 2-3 min: give more. Breathing? Roll on side. Stay."
        ),
        mark(
            "Most states have laws that may protect people from some drug charges when they call 911"
            " for an overdose. They may not cover a warrant. Please call."
        ),
    ),
    Danger.SUICIDE: (
        mark(
            "I am glad you told me. Please call or text 988 now: free, day and night. Veterans: press 1."
            " In danger right now? Call 911. Espanol: text AYUDA to 988."
        ),
    ),
    Danger.VIOLENCE: (
        mark(
            "Are you in danger now? Call 911. Help line, day and night: 800-799-7233, or text START"
            " to 88788. If someone may see this phone, erase these texts."
        ),
    ),
    Danger.MEDICAL: (
        mark(
            "Seizure, confused, seeing things, bad shakes, hard to breathe: call 911 now. Stopping"
            " alcohol or benzos (Xanax) fast can kill. Do not do it alone."
        ),
    ),
}

# Said instead when the first was said less than an hour ago, and to an "ok" or a text we do not
# understand after it: shorter, with what is left to do.
AGAIN: Final[dict[Danger, str]] = {
    Danger.OVERDOSE: mark(
        "Call 911 if you have not. 1 breath every 5 sec. Naloxone again every 2-3 min."
        " Breathing? Roll on side. Stay until help comes."
    ),
    Danger.SUICIDE: mark(
        "People at 988 are there now: call or text. In danger this minute? Call 911."
        " You can also text me your ZIP and I will look for help near you."
    ),
    Danger.VIOLENCE: mark(
        "In danger this minute? Call 911. Can't talk? Text START to 88788, or call 800-799-7233, day and"
        " night. For a safe place near you, text DV and your ZIP."
    ),
    Danger.MEDICAL: mark(
        "Getting worse? Call 911 or go to an ER now. To look for a detox with medical care, text DETOX"
        " and your ZIP."
    ),
}

# The same for a body in danger where no drink or drug was given up: a heart, a birth, poison. Poison help
# is HRSA's line, poisonhelp.hrsa.gov.
EMERGENCY: Final = mark(
    "This may be an emergency. Call 911 now or go to an ER. Swallowed something bad? Poison help, day and"
    " night: 800-222-1222. Do not wait alone."
)
EMERGENCY_AGAIN: Final = mark(
    "Getting worse, or not sure? Call 911 or go to an ER now. Poison help: 800-222-1222. For a clinic near"
    " you, text CLINIC and your ZIP."
)

# What a violence is about, where a line of its own helps more than that for partners: first, after that, and
# to a "yes". Its name and number are those of data/hotlines.csv.
LINES: Final = (
    mark(
        "Are you in danger now? Call 911. %(name)s, day and night: %(phone)s."
        " If someone may see this phone, erase these texts."
    ),
    mark(
        "In danger this minute? Call 911. %(name)s, day and night: %(phone)s."
        " For a safe place near you, text DV and your ZIP."
    ),
    mark("Call 911 now. Go to a safe spot if you can. %(name)s, day and night: %(phone)s."),
)
# Where no line is for it, first and after that. Somebody near who is not in their right mind: NAMI, "Calling
# 911 and talking with police", says to name the crisis. Who writes may hurt another: 988 takes calls of anger
# too (988lifeline.org).
PARTICULAR: Final[dict[Matter | None, tuple[str, str]]] = {
    Matter.CRISIS: (
        mark(
            "Get to a safe spot if you can. Call 911 and say it is a mental health crisis. To talk it over,"
            " day and night: call 988."
        ),
        mark(
            "In danger this minute? Call 911 and say it is a mental health crisis. Call 988 to talk it over."
            " To look for care, text your ZIP."
        ),
    ),
    Matter.THREAT: (
        mark(
            "Please step away and give it time. Call 988 now, day and night: talk with someone before you"
            " act. Someone may get hurt? Call 911."
        ),
        mark(
            "Call 988 before you do anything: people are there day and night. Someone may get hurt?"
            " Call 911. To look for care, text your ZIP."
        ),
    ),
}

# Pills or poison taken, which may kill hours later, also who is awake now. Poison help as above.
SWALLOWED: Final[dict[Danger, str]] = {
    Danger.SUICIDE: mark(
        "I am glad you told me. Pills or poison taken? Call 911 now, or Poison Help 800-222-1222, even if you"
        " feel fine. To talk, day and night: 988."
    ),
    Danger.OVERDOSE: mark(
        "PILLS or poison: call 911 now. Awake? Poison Help 800-222-1222. Not awake or slow breath? Tilt head"
        " back, 1 breath every 5 sec, give naloxone. To talk: 988."
    ),
}

# A deep cut of somebody who wants to die. American Red Cross, "Life-threatening external bleeding": press
# hard with a cloth until help comes.
WOUND: Final = mark(
    "I am glad you told me. A deep cut? Call 911 now. Press hard on it with a cloth till help comes."
    " To talk, day and night: call or text 988."
)

# To a place told while a danger of the body lasts: nobody comes because of a text to us.
ADDRESS: Final[dict[Danger, str]] = {
    Danger.OVERDOSE: mark(
        "I can't send help. Call 911 and tell them where you are. 1 breath every 5 sec till they come."
        " Breathing? Roll on side."
    ),
    Danger.MEDICAL: mark(
        "I can't send help. Getting worse, or not sure? Call 911 and tell them where you are, or go to an ER."
    ),
}
ADDRESS_POISON: Final = mark(
    "I can't send help. Call 911 and tell them where you are, or call Poison Help now, free, day and night:"
    " 800-222-1222."
)

# To who will not go to a hospital: no insurance, no papers, no ride. EMTALA, 42 USC 1395dd: an emergency room
# examines whoever comes. Not a word of what it costs.
NO_HOSPITAL: Final = mark(
    "This can kill. 911 sends an ambulance. An ER has to look at you, also with no insurance or papers."
    " Getting worse? Call 911. Do not wait alone."
)
NO_HOSPITAL_POISON: Final = mark(
    "It can kill hours later. 911 sends an ambulance. An ER has to look at you, also with no insurance or"
    " papers. Poison Help, free: 800-222-1222."
)

# To a "yes" after "in danger now?".
NOW: Final = mark(
    "Call 911 now. Go to a safe spot if you can. Can't talk? Text START to 88788. Help line, day and night:"
    " 800-799-7233."
)

# To somebody beside a person who may die this minute: a gun, a bridge, a locked door. 988lifeline.org, "Help
# someone else": stay, keep what can hurt away, call.
BESIDE: Final = mark(
    "Call 911 now. If it is safe, stay with them and keep guns and pills away. 988 is for you both, day and"
    " night: call or text."
)

# To somebody who says that it is over. CDC, "Lifesaving Naloxone": it works for 30 to 90 minutes, and an
# overdose may come back after.
OVER: Final[dict[Danger, str]] = {
    Danger.OVERDOSE: mark(
        "I am glad. Naloxone wears off in 30-90 min and an overdose can come back. Do not stay alone or leave"
        " them alone. Slow breath, hard to wake? Call 911."
    ),
}
SAFE: Final = mark(
    "I am glad. If that changes: 911 in danger, 988 in a crisis, day and night. To find help near you, text"
    " a need and a ZIP, or MENU."
)

# And after that, as long as the talk goes on: we are still here.
HERE: Final = mark(
    "I am still here. Call or text 988 any time, 911 in danger. A person to talk to: 211."
    " To find a place near you, text a need and a ZIP, or MENU."
)

# To somebody who takes drugs with nobody near: safe-spot.me. And to who told of a relapse: after a break the
# body bears less (CDC, SAMHSA overdose toolkit).
ALONE: Final = mark(
    "Using alone? Call SafeSpot, day and night: 800-972-0590. They stay on the phone and send help if you"
    " stop talking. Free naloxone: text NARCAN and your ZIP."
)
LAPSE: Final = mark(
    "I am glad you told me. Many people slip, and start again. Your body may take less now than before: do"
    " not use alone. You can call 800-662-4357 to talk."
)

# To somebody who asks what is safe to take, or to take together: nobody can tell that by text. FDA, boxed
# warning of 2016: opioids with benzodiazepines or alcohol slow the breath.
MIXING: Final = mark(
    "I can't say what is safe to take. Opioids, benzos and alcohol together can stop the breath. Poison Help,"
    " free, any hour: 800-222-1222. Hard to wake? 911."
)

# To who would stop at home: FDA, boxed warning of 2020 (benzodiazepines); ASAM 2020, alcohol withdrawal.
QUITTING: Final = mark(
    "Please do not stop alcohol or benzos (Xanax) all at once or alone: it can kill. A detox can make it"
    " safer. Shakes, a seizure, seeing things? Call 911."
)

# To who lost somebody.
LOSS: Final = mark(
    "I am so sorry for your loss. You do not have to carry it alone. You can call or text 988, day or night,"
    " to talk."
)

# To somebody who is pregnant and looks for care: FDA and SAMHSA advise against stopping at once.
PREGNANT: Final = mark(
    "Pregnant? Do not stop opioids all at once: there is care that helps you and your baby."
    " Ask if pregnant people go first. Moms line, day and night: 833-852-6262."
)


def of_the_body(matter: Matter | None, needs: Collection[str]) -> bool:
    """Whether in a medical danger no drink or drug was spoken of that somebody gave up."""
    if matter in (Matter.BODY, Matter.SWALLOWED):
        return True
    return matter is not Matter.WITHDRAWAL and CARE_NEEDS.isdisjoint(needs)


def first_texts(kind: Danger, matter: Matter | None, *, of_the_body: bool) -> tuple[str, ...]:
    """What is said of a danger first. `of_the_body`: no drink or drug was spoken of that somebody gave up."""
    if kind is Danger.MEDICAL and of_the_body:
        return (EMERGENCY,)
    if kind is Danger.VIOLENCE and matter in PARTICULAR:
        return (PARTICULAR[matter][0],)
    if kind is Danger.SUICIDE and matter is Matter.WOUND:
        return (WOUND,)
    if kind is Danger.SUICIDE and matter is Matter.BESIDE:
        return (BESIDE,)
    if kind in SWALLOWED and matter is Matter.SWALLOWED:
        return (SWALLOWED[kind], *(FIRST[kind] if kind is Danger.OVERDOSE else ()))
    return FIRST[kind]


OPT_OUT_QUESTION: Final = mark("Do you want these texts to end? Then reply STOP.")

# When our own program fails: said in both languages at once, for nothing is known then.
BROKEN: Final = (
    "Sorry, that did not work. Try again soon. Emergencia/emergency: 911. Crisis: 988."
    " Treatment/tratamiento: 800-662-4357. Intente otra vez."
)
