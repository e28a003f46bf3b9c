"""What an outsider has: a web address, a phone, Twilio's signature."""

from __future__ import annotations

import http.client
import itertools
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

from twilio.request_validator import RequestValidator

TOKEN = "t" * 32
_numbers = itertools.count(1000)
_messages = itertools.count(1)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Server:
    port: int
    log: Path
    data_dir: Path

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(form or {}), headers)
            response = connection.getresponse()
            return Answer(response.status, response.read().decode(), dict(response.getheaders()))
        finally:
            connection.close()

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + 90
        while time.monotonic() < end and process.poll() is None:
            try:
                if self.ask("GET", "/healthz").status == 200:
                    return
            except OSError:
                process_wait(process)
        raise AssertionError(f"the server did not start:\n{self.log.read_text()}")


def process_wait(process: subprocess.Popen[bytes]) -> None:
    """A tenth of a second, or less if the process ends."""
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return


@dataclass
class Phone:
    """Texts through the signed webhook, as Twilio would deliver them."""

    server: Server
    number: str = field(default_factory=lambda: f"+1312555{next(_numbers):04d}")

    def form(self, text: str, sid: str = "") -> dict[str, str]:
        return {
            "MessageSid": sid or f"SM{next(_messages):032x}",
            "AccountSid": "AC" + "0" * 32,
            "From": self.number,
            "To": "+13125550199",
            "Body": text,
            "NumMedia": "0",
            "FromCity": "",
        }

    def deliver(self, form: dict[str, str], token: str = TOKEN) -> Answer:
        signature = RequestValidator(token).compute_signature("https://help.example.org/sms", form)
        return self.server.ask("POST", "/sms", form, **{"X-Twilio-Signature": signature})

    def texts(self, text: str) -> list[str]:
        """The messages that come back."""
        answer = self.deliver(self.form(text))
        assert answer.status == 200, answer.body
        return messages(answer)


def messages(answer: Answer) -> list[str]:
    root = ElementTree.fromstring(answer.body)
    assert root.tag == "Response"
    return ["".join(each.itertext()) for each in root.iter("Message")]
