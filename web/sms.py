"""Twilio's door: a signed form in, TwiML out. Whatever comes, never a 500.

Besides bot/outbox.py the only file that knows Twilio.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
import re
from collections.abc import Iterable
from typing import Any, Final

from flask import Blueprint, Response, request
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.exceptions import RequestEntityTooLarge

from bot.model import Channel
from bot.safety_texts import BROKEN
from bot.service import Report
from directory.answers import Place
from settings import Settings
from web import services

# Twilio's library carries no types.
_Validator: Any = RequestValidator
_Answer: Any = MessagingResponse

blueprint = Blueprint("sms", __name__)
log = logging.getLogger(__name__)

LARGEST_BODY: Final = 32 * 1024  # bytes; Twilio's own posts stay below 10 KB
LONGEST_ID: Final = 128
_SHORT_CODE: Final = re.compile(r"\+?\d{3,6}")  # systems, not people: two of them would talk for ever
_CHANNEL_PREFIX: Final = re.compile(r"^[a-z]+:")  # "whatsapp:+1312..."
# Twilio's codes for a text that a carrier held back for its words or its sender.
FILTERED: Final = frozenset({"30007", "30034", "30032", "30022", "30023", "30027"})
_ZIP: Final = re.compile(r"[0-9]{5}")
_NUMBER: Final = re.compile(r"-?\d{1,3}(\.\d{1,20})?")
_BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
MISSING: Final = {
    "TWILIO_AUTH_TOKEN": "twilio_auth_token",
    "TWILIO_ACCOUNT_SID": "twilio_account_sid",
    "PUBLIC_URL": "public_url",
}


@blueprint.post("/sms")
def receive() -> Response:
    """One inbound message."""
    if refusal := _refusal("/sms"):
        return refusal
    form = request.form
    sender, sid = _sender(form.get("From", "")), form.get("MessageSid") or form.get("SmsSid", "")
    if not sender or not sid or len(sender) > LONGEST_ID or len(sid) > LONGEST_ID:
        return _problem(400, "From and MessageSid are needed")
    if _SHORT_CODE.fullmatch(sender):
        return _twiml(())
    try:
        heard = services().bot.hear(
            sender, sid, _text(), Channel.SMS, form.get("OptOutType", ""), _area(form.get("FromZip", ""))
        )
    except Exception as error:  # noqa: BLE001 the last line of defence: a person is waiting for an answer
        # The type alone: a message or a traceback could hold a number or a text.
        log.error("a text could not be answered: %s", type(error).__name__)
        return _twiml([BROKEN])
    return _twiml(reply.text for reply in heard.replies)


@blueprint.post("/sms/status")
def status() -> Response:
    """A delivery report: who blocked us wants no texts; a carrier that filters us must be noticed."""
    if refusal := _refusal("/sms/status"):
        return refusal
    form = request.form
    sid, error = form.get("MessageSid") or form.get("SmsSid", ""), form.get("ErrorCode", "")
    if sid and len(sid) <= LONGEST_ID:
        report = Report(sid, _sender(form.get("To", "")), form.get("MessageStatus", ""), error)
        if services().bot.delivered(report) and error in FILTERED:
            log.error("a carrier filters our texts: error %s", error)
    return Response(status=204)


def _refusal(path: str) -> Response | None:
    """Why this request is not Twilio's, if it is not. Nothing has been read or stored by then."""
    settings = services().settings
    unset = [name for name, field in MISSING.items() if not getattr(settings, field)]
    if unset:
        return _problem(503, f"Texts are not set up here. Set {', '.join(unset)}.")
    request.max_content_length = LARGEST_BODY
    try:
        signed = is_from_twilio(settings, path)
    except RequestEntityTooLarge:
        return _problem(413, f"At most {LARGEST_BODY} bytes")
    return None if signed else _problem(403, "Not signed by Twilio")


def is_from_twilio(settings: Settings, path: str) -> bool:
    """Was this form signed with one of our tokens, for our public address, for our account?

    Threat: anybody may post here and claim to be anyone. The address is the configured one,
    never that of the request's headers. Both tokens are always tried: they rotate.
    """
    query = request.query_string.decode("ascii", "replace")
    url = settings.public_url + path + (f"?{query}" if query else "")
    signature = request.headers.get("X-Twilio-Signature", "")
    tokens = [t for t in (settings.twilio_auth_token, settings.twilio_auth_token_secondary) if t]
    try:
        signed = [_Validator(token).validate(url, request.form, signature) for token in tokens]
    except ValueError:  # an address or a character that cannot be signed
        return False
    return any(signed) and request.form.get("AccountSid", "") == settings.twilio_account_sid


def _sender(number: str) -> str:
    return _CHANNEL_PREFIX.sub("", number.strip())


def _area(code: str) -> Place | None:
    """Where the sender's number was issued, which need not be where they are."""
    return services().gazetteer.zip(code) if _ZIP.fullmatch(code) else None


def _text() -> str:
    """The words of the message; a pin on the map counts as its coordinates."""
    body = undone_base64(request.form.get("Body", ""))
    pin = [request.form.get(axis, "").strip() for axis in ("Latitude", "Longitude")]
    if all(map(_NUMBER.fullmatch, pin)):
        return f"{body} {','.join(pin)}".strip()
    return body


def undone_base64(body: str) -> str:
    """Twilio sometimes delivers a long text in base64; such a body is decoded, any other kept.

    >>> undone_base64("Y2FuIHlvdSBoZWxwIG1lIGZpbmQgYSBkZXRveCBuZWFyIDYwNjE0LCBwbGVhc2U/")
    'can you help me find a detox near 60614, please?'
    """
    packed = body.strip()
    if len(packed) < 60 or not _BASE64.fullmatch(packed):
        return body
    try:
        plain = base64.b64decode(packed, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return body
    readable = sum(c.isprintable() and c.isascii() for c in plain) > len(plain) / 2
    return plain if readable else body


def _twiml(texts: Iterable[str]) -> Response:
    answer = _Answer()
    for text in texts:
        answer.message(text)
    return Response(str(answer), mimetype="text/xml")


def _problem(code: int, title: str) -> Response:
    # Not text/plain: Twilio would send that on to the person.
    body = {"type": "about:blank", "title": title, "status": code}
    return Response(json.dumps(body), status=code, mimetype="application/problem+json")
