"""`flask bot ...`: talk to the bot in the terminal, or line by line as JSON. INTERFACE.md has the shapes."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import click

from bot import transcript
from bot.conversation import respond
from bot.model import Channel, Intent, Meaning, State
from bot.segments import measure
from bot.service import Bot
from bot.speech import heard
from directory.answers import Place

# What the outside knows by name; the words we offer ourselves are "other" to it.
_TOLD: Final = frozenset(
    {Intent.OPT_OUT, Intent.ARREST_FEAR, Intent.HUMAN, Intent.NEED, Intent.LANGUAGE, Intent.GREETING}
)


class BadLine(ValueError):
    """A line that is not the JSON it should be; the text says what was expected."""


def group(bot: Callable[[], Bot]) -> click.Group:
    """The commands, for a bot that is made when one is run."""
    commands = click.Group("bot", help="Talk to the text bot.")

    @commands.command("chat")
    @click.option(
        "--save", type=click.Path(path_type=Path), help="Write the talk to a file, as a golden transcript."
    )
    def chat(save: Path | None) -> None:
        """Talk in the terminal. End with Ctrl-D."""
        _chat(bot(), save)

    @commands.command("say")
    def say() -> None:
        """JSON lines in: {"from": "+13125550100", "text": "..."}; the replies out."""
        _answer_lines(lambda line: _said(bot(), line))

    @commands.command("understand")
    def understand() -> None:
        """JSON lines in: {"text": "...", "language": null}; what was understood out."""
        _answer_lines(lambda line: _understood(bot(), line))

    return commands


def _chat(bot: Bot, save: Path | None) -> None:
    state, talk = State(), []
    for text in _typed():
        turn = respond(state, text, bot.world, Channel.TERMINAL)
        state = turn.state
        talk.append(transcript.Exchange(text, tuple(reply.text for reply in turn.replies)))
        for reply in turn.replies:
            size = measure(reply.text)
            click.echo(f"{reply.text}\n  [{size.segments} x {size.encoding}]\n")
    if save:
        save.write_text(transcript.write(talk), encoding="utf-8")


def _typed() -> Iterator[str]:
    while True:
        try:
            yield click.prompt("you", prompt_suffix="> ")
        except click.Abort:
            click.echo()
            return


def _answer_lines(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """One JSON line out for each line in, at once; a bad line gets {"error": ...}."""
    with click.open_file("-", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.strip():
                click.echo(json.dumps(_answer_or_error(answer, line), ensure_ascii=False))


def _answer_or_error(answer: Callable[[dict[str, Any]], dict[str, Any]], line: str) -> dict[str, Any]:
    try:
        return answer(_object(line))
    except BadLine as error:
        return {"error": str(error)}


def _object(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"cannot be read as JSON: {error}") from error
    if not isinstance(asked, dict):
        raise BadLine("expected a JSON object on each line")
    return asked


def _words(asked: dict[str, Any], field: str) -> str:
    value = asked.get(field)
    if not isinstance(value, str):
        raise BadLine(f'"{field}" must be a string')
    return value


def _said(bot: Bot, asked: dict[str, Any]) -> dict[str, Any]:
    sender, text = _words(asked, "from"), _words(asked, "text")
    answer = bot.hear(sender, f"say {secrets.token_hex(16)}", text, Channel.SMS)
    return {"replies": [_reply(reply.text) for reply in answer.replies]}


def _reply(text: str) -> dict[str, Any]:
    size = measure(text)
    return {"text": text, "segments": size.segments, "encoding": size.encoding.value}


def _understood(bot: Bot, asked: dict[str, Any]) -> dict[str, Any]:
    language = asked.get("language")
    if not (language is None or isinstance(language, str)):
        raise BadLine('"language" must be a string or null')
    return told(bot.world.understand(heard(_words(asked, "text")), language), language)


def told(meaning: Meaning, language: str | None) -> dict[str, Any]:
    """A meaning in the shape of INTERFACE.md. What would be asked about is told if it is likely."""
    place = meaning.place.told if meaning.place else None
    return {
        "language": meaning.language or language,
        "danger": meaning.danger.value if meaning.danger else None,
        "intent": (meaning.intent if meaning.intent in _TOLD else Intent.OTHER).value,
        "need": meaning.likely_need,
        "place": _place(place) if place else None,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"label": place.label, "latitude": place.point.latitude, "longitude": place.point.longitude}
