"""Twilio's door: only signed posts pass, each is answered in TwiML, nothing ever fails."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

import storage
from bot.intents import carrier, lost
from bot.memory import conversation, opt_out, turn_claim
from bot.model import Intent, Meaning, Waiting
from bot.safety_texts import BROKEN
from bot.segments import measure
from bot.service import Report
from directory.answers import Located
from tests.bot.town import LINCOLN_PARK
from tests.web.texting import ACCOUNT, OLD_TOKEN, PUBLIC_URL, TOKEN, form, post, signature, texting_app
from web.sms import LARGEST_BODY, undone_base64

HERE = Located(LINCOLN_PARK)
MEANINGS = {
    "detox 60614": Meaning(Intent.NEED, needs=("detox",), place=HERE),
    "detox": Meaning(Intent.NEED, needs=("detox",)),
    "41.9229,-87.6533": Meaning(Intent.PLACE, place=HERE),
    "stop": Meaning(Intent.OPT_OUT),
}


def understand(text: str, language: str | None) -> Meaning:
    if text == "break":
        raise RuntimeError(f"cannot read {text}")
    return MEANINGS.get(text, Meaning(Intent.OTHER))


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return texting_app(tmp_path, understand)


def messages(response: TestResponse) -> list[str]:
    assert (response.status_code, response.mimetype) == (200, "text/xml")
    return [message.text or "" for message in ElementTree.fromstring(response.data)]


def test_the_fallback_file_says_what_we_say_when_we_fail(app: Flask) -> None:
    with app.test_client().get("/static/fallback.xml") as response:
        assert response.mimetype in ("text/xml", "application/xml")  # what Twilio reads as TwiML
        assert [message.text for message in ElementTree.fromstring(response.data)] == [BROKEN]


def rows(folder: Path) -> int:
    with storage.open_engine(f"sqlite:///{folder / 'bot.sqlite3'}").connect() as connection:
        tables = (conversation, turn_claim, opt_out)
        return sum(connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables)


def test_a_signed_need_and_place_gets_three_phone_numbers_in_two_segments(app: Flask) -> None:
    said = messages(post(app, form("detox 60614")))
    assert sum(measure(text).segments for text in said) <= 2
    assert all(phone in said[0] for phone in ("312-555-0101", "312-555-0102 x2301", "312-555-0103"))


@pytest.mark.parametrize(
    "sign",
    [
        lambda fields: {},
        lambda fields: {"X-Twilio-Signature": ""},
        lambda fields: {"X-Twilio-Signature": "garbled é\u00ff"},
        lambda fields: {"X-Twilio-Signature": signature(fields, token="another")},
        lambda fields: {"X-Twilio-Signature": signature({**fields, "Body": "stop"})},
        lambda fields: {"X-Twilio-Signature": signature(fields, path="/sms/status")},
    ],
    ids=["none", "empty", "garbled", "another token", "another text", "another path"],
)
def test_an_unsigned_post_is_refused_and_nothing_is_stored(
    app: Flask, tmp_path: Path, sign: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    fields = form("detox 60614")
    response = app.test_client().post("/sms", data=fields, headers=sign(fields))
    assert response.status_code == 403
    assert rows(tmp_path) == 0


def test_the_signature_is_checked_against_the_public_address_not_the_requests(app: Flask) -> None:
    fields = form("detox 60614")
    headers = {"X-Twilio-Signature": signature(fields), "Host": "evil.example", "X-Forwarded-Proto": "http"}
    assert app.test_client().post("/sms", data=fields, headers=headers).status_code == 200


def test_a_query_string_belongs_to_the_signed_address(app: Flask) -> None:
    assert post(app, form("detox 60614"), "/sms?line=2&x=%20a").status_code == 200
    fields = form("detox 60614")
    headers = {"X-Twilio-Signature": signature(fields)}
    assert app.test_client().post("/sms?line=2", data=fields, headers=headers).status_code == 403


def test_both_tokens_hold_while_they_rotate(app: Flask) -> None:
    assert post(app, form("detox 60614"), token=OLD_TOKEN).status_code == 200


def test_a_post_of_another_account_is_refused(app: Flask) -> None:
    assert post(app, form("hi", AccountSid="AC1")).status_code == 403


def test_a_bad_port_in_the_public_address_is_no_crash(tmp_path: Path) -> None:
    app = texting_app(tmp_path, understand, public_url="https://help.example.org:99999")
    assert post(app, form("hi")).status_code == 403


@pytest.mark.parametrize("name", ["twilio_auth_token", "twilio_account_sid", "public_url"])
def test_without_settings_it_says_what_to_set(tmp_path: Path, name: str) -> None:
    response = post(texting_app(tmp_path, understand, **{name: ""}), form("hi"))
    assert response.status_code == 503
    assert name.upper() in response.get_data(as_text=True)
    assert response.mimetype != "text/plain"  # Twilio would text it to the person


def test_a_body_that_is_too_large_is_refused_unread(app: Flask, tmp_path: Path) -> None:
    assert post(app, form("a" * LARGEST_BODY)).status_code == 413
    assert rows(tmp_path) == 0


@pytest.mark.parametrize("field", ["From", "MessageSid"])
def test_who_and_which_message_are_needed(app: Flask, field: str) -> None:
    fields = form("hi")
    fields[field] = ""
    fields["SmsSid"] = ""
    assert post(app, fields).status_code == 400
    del fields[field]
    assert post(app, fields).status_code == 400


def test_the_same_message_again_gets_the_same_twiml(app: Flask) -> None:
    first = post(app, form("detox 60614")).data
    assert post(app, form("detox 60614")).data == first
    assert messages(post(app, form("hi", "SM2"))) == [lost.QUESTIONS[Waiting.RESULT]]


def test_many_deliveries_at_once_get_one_and_the_same_twiml(app: Flask, tmp_path: Path) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = {
            response.data for response in pool.map(lambda _: post(app, form("detox 60614")), range(60))
        }
    assert len(answers) == 1
    assert rows(tmp_path) == 2


def test_whatsapp_is_the_same_person(app: Flask) -> None:
    post(app, form("detox 60614", "SM1"))
    said = messages(post(app, form("hi", "SM2", From="whatsapp:+13125550100")))
    assert "not police" not in said[0].lower()


@pytest.mark.parametrize("sender", ["72645", "898211", "+72645", "911"])
def test_a_short_code_is_a_system_and_gets_silence(app: Flask, tmp_path: Path, sender: str) -> None:
    assert messages(post(app, form("detox 60614", From=sender))) == []
    assert rows(tmp_path) == 0


def test_a_picture_without_words_is_answered_kindly(app: Flask) -> None:
    fields = form("", NumMedia="1", MediaUrl0="https://api.twilio.com/x", MediaContentType0="image/jpeg")
    assert lost.ONLY_WORDS in messages(post(app, fields))


def test_a_pin_on_the_map_is_a_place(app: Flask) -> None:
    post(app, form("detox", "SM1"))
    said = messages(post(app, form("", "SM2", Latitude="41.9229", Longitude="-87.6533")))
    assert "312-555-0101" in said[0]


@pytest.mark.parametrize("pin", [("x", "1"), ("", ""), ("41.9", ""), ("9" * 400, "1")])
def test_a_pin_that_is_none_is_no_crash(app: Flask, pin: tuple[str, str]) -> None:
    assert messages(post(app, form("detox 60614", Latitude=pin[0], Longitude=pin[1])))


def test_what_the_carrier_has_answered_gets_an_empty_answer(app: Flask, tmp_path: Path) -> None:
    assert messages(post(app, form("STOP", "SM1", OptOutType="STOP"))) == []
    assert messages(post(app, form("detox 60614", "SM2"))) == []
    assert messages(post(app, form("START", "SM3", OptOutType="START"))) == []
    assert len(messages(post(app, form("detox 60614", "SM4")))) == 1


def test_stop_is_confirmed_where_the_carrier_does_not(app: Flask) -> None:
    assert messages(post(app, form("stop"))) == [carrier.STOPPED % {"site": "Openway"}]


def test_a_repeated_field_counts_once(app: Flask) -> None:
    fields = MultiDict([*form("detox 60614").items(), ("Body", "stop"), ("From", "+13125550177")])
    assert "312-555-0101" in messages(post(app, fields))[0]


def test_a_failure_inside_answers_with_where_to_call_and_logs_no_word(
    app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert messages(post(app, form("break"))) == [BROKEN]
    assert "RuntimeError" in caplog.text
    assert "cannot read" not in caplog.text
    assert "3125550100" not in caplog.text
    assert rows(tmp_path) == 0


def test_base64_that_twilio_made_is_undone() -> None:
    text = "can you help me find a detox near 60614, please? ¿por favor?"
    packed = base64.b64encode(text.encode()).decode()
    assert undone_base64(packed) == text
    for other in (
        "detox",
        "a" * 61,
        "a" * 64,
        packed[:-1] + "!",
        base64.b64encode(bytes(range(128, 256))).decode(),
    ):
        assert undone_base64(other) == other


def report(state: str, sid: str = "SM1", **more: str) -> dict[str, str]:
    return {"MessageSid": sid, "MessageStatus": state, "AccountSid": ACCOUNT, "To": "+13125550100", **more}


def test_a_delivery_report_is_taken_silently(app: Flask, tmp_path: Path) -> None:
    response = post(app, report("delivered"), "/sms/status")
    assert (response.status_code, response.data) == (204, b"")
    assert app.test_client().post("/sms/status", data=report("delivered")).status_code == 403
    assert rows(tmp_path) == 0


def test_reports_that_come_late_or_twice_change_nothing(app: Flask) -> None:
    bot = app.extensions["openway"].bot
    taken = [
        bot.delivered(Report("SM1", "", state))
        for state in ("sent", "queued", "delivered", "sent", "delivered")
    ]
    assert taken == [True, False, True, False, False]
    assert bot.delivered(Report("SM2", "", "no such state"))


def test_who_blocked_us_at_the_carrier_is_opted_out(app: Flask) -> None:
    assert messages(post(app, form("hi", "SM1")))
    assert post(app, report("failed", "SM2", ErrorCode="21610"), "/sms/status").status_code == 204
    assert messages(post(app, form("hi", "SM3"))) == []


def test_the_reason_may_come_after_a_report_without_one(app: Flask) -> None:
    assert messages(post(app, form("hi", "SM1")))
    post(app, report("failed", "SM2"), "/sms/status")
    post(app, report("failed", "SM2", ErrorCode="21610"), "/sms/status")
    assert messages(post(app, form("hi", "SM3"))) == []


def test_a_carrier_that_filters_us_is_noticed(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    post(app, report("undelivered", ErrorCode="30007"), "/sms/status")
    assert "30007" in caplog.text
    assert "3125550100" not in caplog.text


ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIELDS = st.sampled_from([*form(""), "OptOutType", "Latitude", "Longitude"])
KINDS = st.sampled_from(
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/x;"]
)


@ANY
@given(st.dictionaries(FIELDS, st.text(max_size=200)), st.integers())
def test_any_signed_form_is_answered_without_a_server_error(
    app: Flask, fields: dict[str, str], n: int
) -> None:
    response = post(app, {**form("hi", f"SM{n}"), **fields, "AccountSid": ACCOUNT})
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        messages(response)


@ANY
@given(st.binary(max_size=300), st.text("abcABC123=+/é \xff", max_size=60), KINDS)
def test_any_junk_is_refused(app: Flask, body: bytes, sign: str, kind: str) -> None:
    headers = {"X-Twilio-Signature": sign}
    response = app.test_client().post("/sms", data=body, content_type=kind, headers=headers)
    assert response.status_code == 403


def test_the_tests_sign_as_twilio_documents() -> None:
    assert PUBLIC_URL.startswith("https://")
    assert len(base64.b64decode(signature(form("hi"), token=TOKEN))) == 20
