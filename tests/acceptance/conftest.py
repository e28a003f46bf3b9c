"""A whole Openway with the demo directory, spoken to from outside only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.outside import TOKEN, Phone, Server, free_port

ROOT = Path(__file__).parents[2]


def environment(data_dir: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TZ")},
        "DATA_DIR": str(data_dir),
        "PUBLIC_URL": "https://help.example.org",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_FROM": "+13125550199",
    }


def flask(data_dir: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs `flask …` as an operator would."""
    command = [sys.executable, "-m", "flask", *arguments]
    options = {"capture_output": True, "text": True, **options}
    return subprocess.run(command, check=False, cwd=ROOT, env=environment(data_dir), **options)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The DATA_DIR of an installation that holds the demo directory."""
    folder = tmp_path_factory.mktemp("demo")
    done = flask(folder, "directory", "import", "csv", str(ROOT / "data/demo/directory.csv"))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def server(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn with four workers, as the README says."""
    port, log = free_port(), tmp_path_factory.mktemp("log") / "server.log"
    command = [sys.executable, "-m", "gunicorn", "--workers", "4"]
    command += ["--bind", f"127.0.0.1:{port}", "--access-logfile", str(log), "app:create_app()"]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(demo), stdout=out, stderr=out)
    server = Server(port, log, demo)
    try:
        server.wait_until_ready(process)
        yield server
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def phone(server: Server) -> Phone:
    """A person's phone with a number of its own."""
    return Phone(server)
