"""Fixtures every test may use. A database of your own: `engine`; a real PostgreSQL: `postgres`."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import pytest

POSTGRES = Path("/usr/lib/postgresql")


def _programs() -> Path | None:
    found = sorted(POSTGRES.glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else (Path(on_path).parent if on_path else None)


@dataclass(frozen=True)
class PostgresServer:
    """A PostgreSQL server of this test run. `control("start")`, `control("stop", "-m", "fast")`."""

    url: str
    control: Callable[..., object]


@pytest.fixture(scope="session")
def postgres(postgres_server: PostgresServer) -> str:
    """The URL of a PostgreSQL server of this test run; skips where there is none."""
    return postgres_server.url


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    programs = _programs()
    if programs is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    # Not in pytest's own folders: they are root's alone, and another run of pytest makes them so again.
    folder = Path(mkdtemp(prefix="openway-postgres-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    run([*as_user, programs / "initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8"])
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    command = [*as_user, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options]

    def control(*words: str) -> object:
        return run([*command, *words])

    control("start")
    yield PostgresServer(f"postgresql+psycopg://test@127.0.0.1:{port}/postgres", control)
    control("stop", "-m", "immediate")
    shutil.rmtree(folder)
