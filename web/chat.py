"""GET /try: the bot in the browser, the same code as the texts, without JavaScript.

The talk on the screen travels in the page's own form and is kept nowhere; the server keeps
what it keeps of a text: an encrypted state, for a day, under a random name.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, abort, make_response, render_template, request, session
from flask.blueprints import BlueprintSetupState
from itsdangerous import BadData, URLSafeSerializer

from bot.model import Channel, Reply
from bot.segments import measure
from bot.speech import clean
from web import EXTENSION, services

blueprint = Blueprint("chat", __name__)

LONGEST_TEXT: Final = 1600
LONGEST_TALK: Final = 40  # lines carried from page to page
LONGEST_CARRIED: Final = 30_000  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """One message on the screen. `segments`: what it would cost as a text; 0 for the person's own."""

    text: str
    segments: int = 0


@blueprint.record_once
def _guard_cookie(setup: BlueprintSetupState) -> None:
    # Threat: another site posts into this talk, or a script reads which talk it is.
    https = setup.app.extensions[EXTENSION].settings.public_url.startswith("https://")
    setup.app.config.update(
        SESSION_COOKIE_SAMESITE="Strict", SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SECURE=https
    )


@blueprint.get("/try")
def show() -> Response:
    """An empty talk."""
    return _page(())


@blueprint.post("/try")
def say() -> Response:
    """One text. The same form sent twice (a reload) gets the same answer and changes nothing."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)  # no other site speaks for the person
    text = request.form.get("text", "")[:LONGEST_TEXT]
    turn = request.form.get("turn", "")[:64] or secrets.token_urlsafe(12)
    person = _person()
    heard = services().bot.hear(person, f"{person} {turn}", text, Channel.WEB)
    before = carried(request.form.get("talk", ""), _seal(services().settings.secret_key, person))
    return _page((*before, Line(clean(text)), *map(_line, heard.replies)))


def _person() -> str:
    """Who this browser is: a random word in a signed cookie that ends with the browser."""
    known = session.get("talk")
    if not isinstance(known, str):
        known = session["talk"] = secrets.token_urlsafe(16)
    return f"web {known}"


def _line(reply: Reply) -> Line:
    return Line(reply.text, measure(reply.text).segments)


def _seal(key: bytes, person: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=f"talk of {person}")


def carried(note: str, seal: URLSafeSerializer) -> tuple[Line, ...]:
    """The talk so far, as the page's form brought it; a form that is not ours is no talk.

    Threat: another site posts a talk of its own making, and its lines stand here as the bot's.
    """
    try:
        lines = seal.loads(note) if note else []
    except BadData:
        return ()
    return tuple(Line(text, segments) for text, segments in lines)


def _page(talk: tuple[Line, ...]) -> Response:
    kept = talk[-LONGEST_TALK:]
    if not kept:  # nothing to carry, so no need to know whose it is: no cookie yet
        return make_response(render_template("try.html", talk=(), note="", turn=secrets.token_urlsafe(12)))
    seal = _seal(services().settings.secret_key, _person())
    note = _sealed(seal, kept)
    while len(note) > LONGEST_CARRIED:
        kept = kept[1:]
        note = _sealed(seal, kept)
    page = render_template("try.html", talk=kept, note=note, turn=secrets.token_urlsafe(12))
    return make_response(page)


def _sealed(seal: URLSafeSerializer, talk: tuple[Line, ...]) -> str:
    note = seal.dumps([[line.text, line.segments] for line in talk])
    return note if isinstance(note, str) else note.decode()
