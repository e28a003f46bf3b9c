"""An app whose bot knows the small town, and posts signed as Twilio signs them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

import storage
import web
from bot.memory import Keys, Memory, metadata
from bot.model import Understanding
from bot.service import Bot
from tests.bot.town import NOW, world
from tests.web.fakes import app_over, settings

_Validator: Any = RequestValidator  # it carries no types

TOKEN: Final = "a token of the tests"
OLD_TOKEN: Final = "the token before it"
ACCOUNT: Final = "AC00000000000000000000000000000000"
PUBLIC_URL: Final = "https://help.example.org"


def texting_app(folder: Path, understand: Understanding, **changed: Any) -> Flask:
    """The app; `changed`: settings that differ."""
    engine = storage.open_engine(f"sqlite:///{folder / 'bot.sqlite3'}")
    metadata.create_all(engine)
    known = world(understand)
    nothing: Any = None
    kept = {
        "public_url": PUBLIC_URL,
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": TOKEN,
        "twilio_auth_token_secondary": OLD_TOKEN,
    }
    parts = web.Services(
        settings=settings(folder, **{**kept, **changed}),
        store=nothing,
        directory=known.directory,
        gazetteer=nothing,
        needs=nothing if known.needs is None else known.needs,
        hotlines=nothing if known.hotlines is None else known.hotlines,
        bot=Bot(engine, Memory(Keys.derive(b"a" * 32, b"b" * 32, b"c" * 32)), known),
        world=known,
        clock=lambda: NOW,
    )
    return app_over(parts)


def form(text: str, sid: str = "SM1", **more: str) -> dict[str, str]:
    """What Twilio posts for one text, blank fields and all."""
    return {
        "MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "AccountSid": ACCOUNT, "Body": text,
        "From": "+13125550100", "To": "+13125550111", "NumMedia": "0", "NumSegments": "1",
        "SmsStatus": "received", "ApiVersion": "2010-04-01", "FromCity": "", "FromZip": "", **more,
    }  # fmt: skip


def signature(fields: Mapping[str, Any], path: str = "/sms", token: str = TOKEN) -> str:
    signed: str = _Validator(token).compute_signature(PUBLIC_URL + path, fields)
    return signed


def post(app: Flask, fields: Mapping[str, Any], path: str = "/sms", token: str = TOKEN) -> TestResponse:
    """A post signed by Twilio."""
    headers = {"X-Twilio-Signature": signature(fields, path, token)}
    return app.test_client().post(path, data=fields, headers=headers)
