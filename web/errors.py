"""From an error to a status and a page: the one table. Every page of it still says where help is."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from directory.filters import FilterError
from translations import mark
from web.cards import lines
from web.language import say
from web.parameters import ParameterError

log = logging.getLogger("openway.web")


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong and what to do now, for a reader in a hurry."""

    status: int
    title: str
    advice: str


WRONG_WORDS: Final = Fault(
    400, mark("We could not read that"), mark("Something in the search was not right. Please try again.")
)
BROKEN: Final = Fault(
    500, mark("Sorry, something broke"), mark("It is our fault, not yours. Try again, or call a line below.")
)
BY_TYPE: Final = ((ParameterError, WRONG_WORDS), (FilterError, WRONG_WORDS))
BY_STATUS: Final = {
    fault.status: fault
    for fault in (
        WRONG_WORDS,
        Fault(403, mark("You cannot open this page"), mark("You can still search for help.")),
        Fault(
            404,
            mark("We do not have this page"),
            mark("It may have moved, or the place may be off our list. Search again to find others."),
        ),
        Fault(405, mark("That did not work"), mark("Start again from the search page.")),
        Fault(413, mark("That was too much text"), mark("Use a few words.")),
        Fault(429, mark("Too many tries"), mark("Wait a minute, then try again.")),
        Fault(503, mark("Not ready right now"), mark("Try again in a minute, or call a line below.")),
        BROKEN,
    )
}


def fault_of(error: Exception) -> Fault:
    """The entry of an error; a status we have no words for keeps its own number."""
    if isinstance(error, HTTPException):
        status = error.code or 500
        nearest = BY_STATUS.get(status, BROKEN if status >= 500 else BY_STATUS[400])
        return Fault(status, nearest.title, nearest.advice)
    return next((fault for kind, fault in BY_TYPE if isinstance(error, kind)), BROKEN)


def answer(error: Exception) -> Response | HTTPException:
    """The answer to an error: a page, or for a program a problem document (RFC 9457)."""
    if isinstance(error, HTTPException) and (error.response or (error.code or 500) < 400):
        return error  # a redirect, or an answer made where it was raised
    fault = fault_of(error)
    if fault.status >= 500:
        _note(error)
    if fault is BROKEN and (current_app.testing or current_app.debug):
        raise error
    if request.path.startswith("/api/"):
        return _problem(fault, error)
    if request_ctx.url_adapter is None:  # the Host header is no host: no link can be made for a page
        return Response(f"{fault.title}\n", fault.status, mimetype="text/plain")
    page = render_template(
        "error.html", status=fault.status, title=say(fault.title), advice=say(fault.advice), lines=lines()
    )
    return _with_headers(make_response(page, fault.status), error)


def _problem(fault: Fault, error: Exception) -> Response:
    # For programs: the words of the error itself, in English, and the parameter it is about.
    said: dict[str, object] = {"title": fault.title, "detail": fault.advice}
    if isinstance(error, ParameterError):
        said = {"title": "Bad parameter", "detail": str(error), "parameter": error.parameter}
    elif isinstance(error, HTTPException):
        said = {"title": error.name, "detail": error.description or fault.advice}
    response = jsonify(type="about:blank", status=fault.status, **said)
    response.status_code = fault.status
    response.mimetype = "application/problem+json"
    return _with_headers(response, error)


def _with_headers(response: Response, error: Exception) -> Response:
    """What HTTP asks to be said of an error beside its status."""
    if isinstance(error, HTTPException):
        response.headers.update({k: v for k, v in error.get_headers() if k in ("Allow", "Retry-After")})
    return response


def _note(error: Exception) -> None:
    """Logs what broke and where in the code. Threat: an error's own text, a traceback's values or
    the address asked for would put someone's search into the log."""
    places = traceback.extract_tb(error.__traceback__)[-3:]
    trail = " < ".join(f"{place.filename.rpartition('/')[2]}:{place.lineno}" for place in reversed(places))
    log.error("%s at %s", type(error).__name__, trail or "?")


def catch(app: Flask) -> None:
    app.register_error_handler(Exception, answer)
