"""Writes wait for each other, break whole, and deleted rows leave no bytes behind."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from storage import begin, open_engine, scrub


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path}/deep/er/test.sqlite3")
    with begin(engine) as connection:
        connection.execute(text("CREATE TABLE n (v INTEGER, said TEXT)"))
        connection.execute(text("INSERT INTO n VALUES (0, '')"))
    return engine


def test_read_then_write_in_many_threads_loses_nothing(engine: Engine) -> None:
    def add(_: int) -> None:
        with begin(engine) as connection:
            now = connection.scalar(text("SELECT v FROM n"))
            connection.execute(text("UPDATE n SET v = :v"), {"v": (now or 0) + 1})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(200)))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT v FROM n")) == 200


def test_an_error_takes_the_whole_write_back(engine: Engine) -> None:
    def broken() -> None:
        with begin(engine) as connection:
            connection.execute(text("UPDATE n SET v = 5"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT v FROM n")) == 0


def test_what_was_deleted_and_scrubbed_is_not_in_the_files(engine: Engine, tmp_path: Path) -> None:
    with begin(engine) as connection:
        connection.execute(text("INSERT INTO n VALUES (1, 'xylophone-secret')"))
    with begin(engine) as connection:
        connection.execute(text("DELETE FROM n WHERE v = 1"))
    scrub(engine)
    files = [path for path in (tmp_path / "deep/er").iterdir() if path.is_file()]
    assert files
    assert all(b"xylophone-secret" not in path.read_bytes() for path in files)
