"""A danger in the words of a web search: what to do stands above all places, as in a text message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from flask import g

from bot.conversation import once
from bot.model import VIOLENT, Danger, Intent, Matter, Meaning, World
from bot.safety_texts import FIRST, MIXING, PARTICULAR, QUITTING, first_texts, of_the_body
from directory.phones import say_phone
from translations import catalogue, mark
from web import services
from web.language import language

# Violence, as bot/safety_texts.py has it; but a page leaves its trace in the browser and not among the texts.
PARTNERS: Final = mark(
    "Are you in danger now? Call 911. Help line, day and night: 800-799-7233, or text START to 88788."
    " If someone may look at this phone or computer, clear your browser history."
)
LINE: Final = mark(
    "Are you in danger now? Call 911. %(name)s, day and night: %(phone)s."
    " If someone may look at this phone or computer, clear your browser history."
)
# No danger yet, but the bot has words for it: how naloxone is given, what is safe to mix, stopping at home.
_ASKED: Final = (
    (Intent.STEPS, FIRST[Danger.OVERDOSE][0]),
    (Intent.MIXING, MIXING),
    (Intent.QUITTING, QUITTING),
)
# What a danger is about, as a topic of data/hotlines.csv.
_TOPICS: Final[dict[Matter, str]] = {
    **{matter: matter.value for matter in VIOLENT if matter not in PARTICULAR},
    Matter.SWALLOWED: "poison",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What to do now: texts in a language (BCP 47), for a danger or for a question that one is behind.

    `topics`: of the national lines that help there, what helps most first.
    """

    language: str
    texts: tuple[str, ...]
    danger: Danger | None = None
    topics: tuple[str, ...] = ()


def notice(*typed: str) -> Notice | None:
    """What to do now, if what was typed in any field tells of a danger."""
    told = (_notice(meaning_of(said)) for said in typed if said)
    return next(filter(None, told), None)


def topics(*typed: str) -> tuple[str, ...]:
    """The topics of the national lines that help in what was typed, what helps most first."""
    told = notice(*typed)
    return told.topics if told else ()


def _notice(meaning: Meaning) -> Notice | None:
    tag = meaning.language or language()  # who typed it reads that
    texts = _texts(meaning, tag)
    return Notice(tag, texts, meaning.danger, _topics(meaning)) if texts else None


def _texts(meaning: Meaning, tag: str) -> tuple[str, ...]:
    kind, matter = meaning.danger, meaning.matter
    if kind is Danger.VIOLENCE and matter not in PARTICULAR:
        return (_of_violence(matter, tag),)
    if kind is None:
        texts = tuple(text for intent, text in _ASKED if intent in meaning.perhaps)
    else:
        texts = first_texts(kind, matter, of_the_body=of_the_body(matter, meaning.needs))
    return tuple(map(catalogue(tag).gettext, texts))


def _of_violence(matter: Matter | None, tag: str) -> str:
    """The line for a violence that is none of partners, else that for partners."""
    said = catalogue(tag).gettext
    line = services().hotlines.for_topic(matter, tag) if matter else None
    if line is None:
        return said(PARTNERS)
    return said(LINE) % {"name": said(line.name), "phone": say_phone(line.call, tag)}


def _topics(meaning: Meaning) -> tuple[str, ...]:
    kind, matter = meaning.danger, meaning.matter
    if kind is None:
        return ()
    if matter in PARTICULAR:  # the lines of VIOLENCE are for who is hurt
        return ("emergency",)
    own = _TOPICS.get(matter) if matter else None
    return (own, kind.value) if own else (kind.value,)


def meaning_of(typed: str) -> Meaning:
    """What was typed means; read once a request, wherever it is asked."""
    if "world" not in g:
        g.world = once(services().world)
    return cast("World", g.world).understand(typed, language())
