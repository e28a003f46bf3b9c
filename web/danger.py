"""A danger in the words of a web search: what to do stands above all places, as in a text message."""

from __future__ import annotations

from typing import cast

from flask import g

from bot.conversation import once
from bot.model import Meaning, World
from bot.safety_texts import first_texts, of_the_body
from translations import catalogue
from web import services
from web.language import language


def steps(*typed: str) -> list[tuple[str, str]]:
    """What to do now, if what was typed in any field tells of a danger: texts, each with its BCP 47 tag."""
    told = (_steps(meaning_of(said)) for said in typed if said)
    return next(filter(None, told), [])


def dangers(typed: str) -> set[str]:
    """The danger that was typed, as a topic of the national lines."""
    kind = meaning_of(typed).danger
    return {kind.value} if kind else set()


def _steps(meaning: Meaning) -> list[tuple[str, str]]:
    if meaning.danger is None:
        return []
    body = of_the_body(meaning.matter, meaning.needs)
    tag = meaning.language or language()  # who typed it reads that
    texts = first_texts(meaning.danger, meaning.matter, of_the_body=body)
    return [(tag, catalogue(tag).gettext(text)) for text in texts]


def meaning_of(typed: str) -> Meaning:
    """What was typed means; read once a request, wherever it is asked."""
    if "world" not in g:
        g.world = once(services().world)
    return cast("World", g.world).understand(typed, language())
