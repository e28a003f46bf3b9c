"""The webhook under load: one turn inside the process, and signed posts over HTTP against a bare route.

    python benchmarks/webhook.py DATA_DIR [--texts 2000] [--rate 200] [--seconds 20]

DATA_DIR holds an imported directory (`flask directory import samhsa ...`); talks go to a copy of their
own. The bare route does nothing but check the same signature, under the same server, in the same run.
Exits 1 if a text was lost or answered twice.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

ROOT: Final = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from flask import Flask, Response, request  # noqa: E402
from twilio.request_validator import RequestValidator  # noqa: E402

from app import create_app  # noqa: E402
from bot.model import Channel  # noqa: E402

TOKEN, ACCOUNT, PUBLIC = "a token of the benchmark", "AC" + "0" * 32, "https://help.example.org"
VALIDATOR: Any = RequestValidator(TOKEN)
PORTS: Final = {"ours": 8941, "bare": 8942}
WORKERS: Final = 2
# Ours is served as gunicorn.conf.py says, the bare route without it: it has no languages to warm.
OPTIONS: Final = {"ours": ["--config", str(ROOT / "gunicorn.conf.py")], "bare": ["--threads", "2"]}
TEXTS: Final = (
    "detox 60614", "need food in chicago", "my brother is not waking up", "1", "more",
    "shelter near 33130 with kids", "necesito un refugio en miami", "i cant do this withdrawal again 98101",
    "open now",
    "suboxone philly no insurance",
    "hi", "am i going to get arrested", "2", "quiero dejar la heroina 60623",
    "rehab in austin tx women only", "menu",
)  # fmt: skip


def bare() -> Flask:
    """What a webhook costs at the least: the signature, and an empty answer."""
    app = Flask("bare")

    @app.post("/sms")
    def receive() -> Response:
        signed = VALIDATOR.validate(
            f"{PUBLIC}/sms", request.form, request.headers.get("X-Twilio-Signature", "")
        )
        return Response("<Response/>", status=200 if signed else 403, mimetype="text/xml")

    return app


def ours() -> Flask:
    return create_app()


def settings(folder: Path) -> dict[str, str]:
    return {
        "DATA_DIR": str(folder),
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "PUBLIC_URL": PUBLIC,
    }


def turns(folder: Path, count: int) -> tuple[float, float]:
    """Milliseconds of one turn with its transaction: the median and the 99th percentile."""
    bot = create_app(settings(folder)).extensions["openway"].bot
    taken = []
    for n in range(count + 200):
        sender, text = f"+1312{n % 977:07d}", TEXTS[n % len(TEXTS)]
        began = time.perf_counter()
        bot.hear(sender, f"turn {n}", text, Channel.SMS)
        taken.append((time.perf_counter() - began) * 1000)
    warm = sorted(taken[200:])
    return warm[len(warm) // 2], warm[int(len(warm) * 0.99)]


@contextmanager
def served(name: str, folder: Path) -> Iterator[int]:
    """A gunicorn of two workers; its port."""
    command = [
        sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{PORTS[name]}",
        "--log-level", "error", *OPTIONS[name], f"benchmarks.webhook:{name}()",
    ]  # fmt: skip
    environment = {**os.environ, **settings(folder), "PYTHONPATH": str(ROOT)}
    # Not in ROOT: there gunicorn finds its configuration by itself.
    process = subprocess.Popen(command, cwd=folder, env=environment)
    try:
        _wait(PORTS[name])
        yield PORTS[name]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"nothing answers on port {port}")


def signed(n: int) -> tuple[bytes, Mapping[str, str]]:
    sid = f"SM{n:032d}"
    form = {
        "MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "AccountSid": ACCOUNT,
        "Body": TEXTS[n % len(TEXTS)],
        "From": f"+1773{n % 4999:07d}", "To": "+13125550111", "NumMedia": "0", "NumSegments": "1",
        "SmsStatus": "received", "ApiVersion": "2010-04-01", "FromCity": "", "FromZip": "", "FromState": "",
    }  # fmt: skip
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": VALIDATOR.compute_signature(f"{PUBLIC}/sms", form),
    }
    return urlencode(form).encode(), headers


class Load:
    """Posts from a few connections, each text once; what came back and how long it took."""

    def __init__(self, port: int, posts: list[tuple[bytes, Mapping[str, str]]], rate: float = 0.0) -> None:
        self.port, self.posts, self.rate = port, posts, rate
        self.taken: list[float] = []
        self.wrong = 0
        self._next, self._lock = 0, threading.Lock()
        self.began = 0.0

    def run(self, connections: int = 8) -> float:
        """Seconds."""
        self.began = time.perf_counter()
        threads = [threading.Thread(target=self._post) for _ in range(connections)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return time.perf_counter() - self.began

    def _post(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while (n := self._claimed()) is not None:
            if self.rate:
                time.sleep(max(0.0, self.began + n / self.rate - time.perf_counter()))
            body, headers = self.posts[n]
            began = time.perf_counter()
            connection.request("POST", "/sms", body, dict(headers))
            answer = connection.getresponse()
            text = answer.read()
            self.taken.append((time.perf_counter() - began) * 1000)
            if answer.status != 200 or b"<Response" not in text:
                self.wrong += 1

    def _claimed(self) -> int | None:
        with self._lock:
            if self._next >= len(self.posts):
                return None
            self._next += 1
            return self._next - 1


def copied(data_dir: Path, into: Path) -> Path:
    """The directory with its keys and index, but no talks."""
    shutil.copytree(data_dir, into, ignore=shutil.ignore_patterns("talks.sqlite3*"))
    return into


def claims(folder: Path) -> int:
    with sqlite3.connect(folder / "talks.sqlite3") as connection:
        found: int = connection.execute("SELECT count(*) FROM turn_claim").fetchone()[0]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=int, default=20)
    asked = parser.parse_args()
    random.seed(1)
    print(f"{platform.python_version()}, {os.cpu_count()} cores, {WORKERS} workers of gunicorn")
    with tempfile.TemporaryDirectory() as folder:
        median, slowest = turns(copied(asked.data_dir, Path(folder) / "turns"), asked.texts)
        print(f"one turn in the process: median {median:.2f} ms, 99th percentile {slowest:.2f} ms")
        posts = [signed(n) for n in range(asked.texts)]
        speeds = {}
        for name in PORTS:
            with served(name, copied(asked.data_dir, Path(folder) / name)) as port:
                Load(port, [signed(10**6 + n) for n in range(400)]).run()  # warm
                speeds[name] = asked.texts / Load(port, posts).run()
        ratio = speeds["ours"] / speeds["bare"]
        print(f"texts a second: ours {speeds['ours']:.0f}, signature only {speeds['bare']:.0f}: {ratio:.2f}")
        held = copied(asked.data_dir, Path(folder) / "held")
        with served("ours", held) as port:
            Load(port, [signed(10**6 + n) for n in range(400)]).run()
            before = claims(held)
            load = Load(port, [signed(n) for n in range(int(asked.rate * asked.seconds))], asked.rate)
            seconds = load.run(32)
            made = claims(held) - before
        waits = sorted(load.taken)
        print(
            f"{len(load.posts)} texts in {seconds:.1f} s ({len(load.posts) / seconds:.0f} a second):"
            f" {made} turns, {load.wrong} wrong answers; median {waits[len(waits) // 2]:.1f} ms,"
            f" 99th percentile {waits[int(len(waits) * 0.99)]:.1f} ms"
        )
        if made != len(load.posts) or load.wrong:
            sys.exit("a text was lost, or answered twice")


if __name__ == "__main__":
    main()
