"""The same code on PostgreSQL: a directory goes in, is found, and talks are claimed once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import Engine, text

import migrations
from bot.memory import Keys, Memory
from bot.model import Reply
from directory.answers import Query
from directory.changes import Watch
from directory.model import Point
from directory.needs import load_needs
from directory.search import Search
from directory.store import Store
from storage import begin, open_engine
from tests.conftest import PostgresServer
from tests.test_migrations import differences
from tests.worlds import CHICAGO, NOW, entry, imported


@pytest.fixture
def engine(postgres: str) -> Iterator[Engine]:
    engine = open_engine(postgres)
    with begin(engine) as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    migrations.upgrade(engine)
    yield engine
    engine.dispose()


def test_migrations_lead_to_the_tables_of_the_code(engine: Engine) -> None:
    assert differences(engine) == []


def test_a_directory_goes_in_and_is_found(engine: Engine, tmp_path: Path) -> None:
    rows = [
        entry(str(n), needs=["detox"], point=Point(41.9, -87.6), access={"pets": "yes"}) for n in range(600)
    ]
    assert imported(engine, *rows).imported == 600
    assert imported(engine, *rows).unchanged == 600
    assert imported(engine, entry("1", name="New")).updated == 1
    search = Search(Store(engine), load_needs(), tmp_path / "index", lambda: NOW)
    results = search.search(Query(place=CHICAGO, needs=frozenset({"detox"})))
    assert results.total == 599


def names(search: Search) -> list[str]:
    return sorted(hit.listing.service.name for hit in search.search(Query(place=CHICAGO)).hits)


def test_an_edit_shows_in_a_search_that_is_open(engine: Engine, tmp_path: Path) -> None:
    imported(engine, entry("1", point=Point(41.9, -87.6)), entry("2", point=Point(41.9, -87.6)))
    search = Search(Store(engine), load_needs(), tmp_path / "index", lambda: NOW)
    assert names(search) == ["Service 1", "Service 2"]
    imported(engine, entry("1", name="Renamed", point=Point(41.9, -87.6)))
    sleep(2 * Watch.EVERY)
    assert names(search) == ["Renamed", "Service 2"]
    imported(engine, entry("2", status="defunct"))
    sleep(2 * Watch.EVERY)
    assert names(search) == ["Renamed"]
    assert search.is_current()


def test_a_search_that_is_open_outlives_the_server_and_follows_it_again(
    engine: Engine, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    imported(engine, entry("1", point=Point(41.9, -87.6)))
    search = Search(Store(engine), load_needs(), tmp_path / "index", lambda: NOW)
    assert names(search) == ["Service 1"]
    postgres_server.control("stop", "-m", "immediate")
    try:
        for _ in range(3):
            sleep(2 * Watch.EVERY)
            assert names(search) == ["Service 1"]
            assert search.suggest("service 1", most=20)[-1].text == "Service 1"
    finally:
        postgres_server.control("start")
    imported(engine, entry("2", point=Point(41.9, -87.6)))
    sleep(2 * Watch.EVERY)
    assert names(search) == ["Service 1", "Service 2"]


def test_one_message_delivered_many_times_at_once_is_claimed_once(engine: Engine) -> None:
    memory = Memory(Keys.derive(b"a" * 32, b"b" * 32, b"c" * 32))

    def deliver(_: int) -> bool:
        with begin(engine) as connection:
            claimed = memory.claim(connection, "SM1", "+13125550100", NOW)
            if claimed:
                memory.keep_answer(connection, "SM1", [Reply("hello")])
            return claimed

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(deliver, range(60))) == 1
    with engine.connect() as connection:
        assert memory.answered(connection, "SM1", NOW) == (Reply("hello"),)
