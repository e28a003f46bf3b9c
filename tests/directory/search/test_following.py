"""An open search shows the directory as it is now, whatever happens to the files of its index."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

import pytest

from directory import changes
from directory.answers import Query
from directory.model import Point
from directory.needs import load_needs
from directory.search import Search, build, columns, following, postings, shelf
from tests.worlds import CHICAGO, NOW, entry, imported, open_store, searchable

NEAR = Point(41.9, -87.63)
FILES = (
    *(f"{name}.npy" for name in columns._ARRAYS),
    *(f"words/{name}.npy" for name in postings._ARRAYS),
    "facts.json", "name_keys.npy", "name_rows.npy", "phone_keys.npy", "phone_rows.npy",
    "records.bin", "record_starts.npy", "record_ends.npy",
    "need_rows.npy", "need_keys.npy", "need_vectors.npy", "need_says.npy",
    "need_bands.npy", "need_offsets.npy", "crowd.npy",
)  # fmt: skip
DAMAGES: dict[str, Callable[[Path], Any]] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a byte short": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "garbage": lambda path: path.write_bytes((b"\xff\xfejunk" * path.stat().st_size)[: path.stat().st_size]),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search waits for the index it needs, however busy the machine is."""
    monkeypatch.setattr(following, "PATIENCE", 60.0)


def opened(folder: Path) -> Search:
    return Search(open_store(folder)[1], load_needs(), folder / "index", lambda: NOW)


def names(search: Search, **query: Any) -> list[str]:
    hits = search.search(Query(**{"place": CHICAGO, "needs": frozenset({"food"}), **query})).hits
    return [hit.listing.service.name for hit in hits]


def fed(key: str, name: str = "", **more: Any) -> Any:
    return entry(key, name=name or f"Hope {key}", needs=["food"], point=NEAR, **more)


def in_another_process(folder: Path, code: str) -> subprocess.Popen[bytes]:
    head = (
        "from pathlib import Path; from tests.worlds import *; from directory.model import Point\n"
        f"folder = Path({str(folder)!r}); engine, store = open_store(folder)\n"
        "search = Search(store, load_needs(), folder / 'index', lambda: NOW)\n"
    )
    return subprocess.Popen([sys.executable, "-c", head + code], cwd=Path(__file__).parents[3])


def test_the_files_of_an_index_are_those_that_are_broken_here(tmp_path: Path) -> None:
    searchable(tmp_path, fed("1"))
    current = tmp_path / "index" / shelf.current(tmp_path / "index")
    assert {str(p.relative_to(current)) for p in current.rglob("*") if p.is_file()} == set(FILES)


# Each file broken in two ways, all ways in turn; the two that are no arrays in every way.
BROKEN = [
    *((file, damage) for damage in DAMAGES for file in ("facts.json", "records.bin")),
    *((file, [*DAMAGES][(n + turn) % len(DAMAGES)]) for turn in (2, 5) for n, file in enumerate(FILES)),
]


@pytest.mark.parametrize("part", range(3))
def test_a_broken_file_of_any_kind_is_built_anew_and_nobody_notices(tmp_path: Path, part: int) -> None:
    searchable(tmp_path, fed("1"), fed("2", name="Lotus"), entry("3", point=NEAR))
    for file, damage in BROKEN[part::3]:
        current = tmp_path / "index" / shelf.current(tmp_path / "index")
        DAMAGES[damage](current / file)
        fresh = opened(tmp_path)
        assert sorted(names(fresh)) == ["Hope 1", "Lotus"], (file, damage)
        assert names(fresh, text="lotus", needs=frozenset()) == ["Lotus"], (file, damage)
        assert fresh.is_current(), (file, damage)


@pytest.mark.parametrize("damage", [each for each in DAMAGES if each != "a folder"])
@pytest.mark.parametrize("file", ["CURRENT", ".lock"])
def test_a_broken_note_of_the_shelf_is_no_end(tmp_path: Path, damage: str, file: str) -> None:
    searchable(tmp_path, fed("1"))
    DAMAGES[damage](tmp_path / "index" / file)
    assert names(opened(tmp_path)) == ["Hope 1"]
    assert opened(tmp_path).is_current()


@pytest.mark.parametrize(
    "use",
    [
        names,
        lambda search: [each.text for each in search.suggest("hope") if each.kind == "name"][:1],
        lambda search: [search.hit(fed("1").places[0].id).listing.service.name],
    ],
)
def test_records_that_are_broken_are_made_anew_whoever_finds_out(
    tmp_path: Path, use: Callable[[Search], list[str]]
) -> None:
    searchable(tmp_path, fed("1"))
    DAMAGES["garbage"](tmp_path / "index" / shelf.current(tmp_path / "index") / "records.bin")
    search = opened(tmp_path)
    assert use(search) == ["Hope 1"]
    assert names(search) == ["Hope 1"]


def test_an_index_of_another_format_other_needs_or_other_data_is_built_anew(tmp_path: Path) -> None:
    searchable(tmp_path, fed("1"))
    for old, new in (
        (b'"format":', b'"format":9'),
        (b'"detox"', b'"other_need"'),
        (b'"data":"', b'"data":"0'),
    ):
        current = tmp_path / "index" / shelf.current(tmp_path / "index")
        facts = current / "facts.json"
        facts.write_bytes(facts.read_bytes().replace(old, new, 1))
        assert names(opened(tmp_path)) == ["Hope 1"]


def test_edits_and_removals_by_another_process_are_in_the_next_search(tmp_path: Path) -> None:
    searchable(tmp_path, fed("1"), fed("2"))
    running = opened(tmp_path)
    assert set(names(running)) == {"Hope 1", "Hope 2"}
    code = (
        "imported(engine, entry('1', name='Renamed', needs=['food'], point=Point(41.9, -87.63)),"
        "entry('2', status='inactive', point=Point(41.9, -87.63)))"
    )
    assert in_another_process(tmp_path, code).wait() == 0
    assert names(running) == ["Renamed"]
    assert names(running, text="renamed", needs=frozenset()) == ["Renamed"]
    assert names(running, text='"hope 2"', needs=frozenset()) == []


def test_two_processes_may_build_at_once(tmp_path: Path) -> None:
    searchable(tmp_path, *(fed(str(n)) for n in range(50)))
    running = opened(tmp_path)
    both = [in_another_process(tmp_path, "for _ in range(4): search.rebuild()") for _ in range(2)]
    while any(each.poll() is None for each in both):
        assert len(names(running, per_page=100)) == 50
        sleep(0.02)
    assert [each.returncode for each in both] == [0, 0]
    assert len(names(opened(tmp_path), per_page=100)) == 50
    folders = [each.name for each in (tmp_path / "index").iterdir() if each.is_dir()]
    assert folders == [shelf.current(tmp_path / "index")]


@contextmanager
def searching(search: Search, threads: int = 4) -> Iterator[list[list[str]]]:
    """Threads that search as fast as they can; what each found, in order."""
    done, found = Event(), [[] for _ in range(threads)]  # type: list[list[str]]

    def run(mine: list[str]) -> None:
        while not done.is_set():
            mine.append("|".join(sorted(names(search, per_page=50))))

    with ThreadPoolExecutor(threads) as pool:
        running = [pool.submit(run, mine) for mine in found]
        try:
            yield found
        finally:
            done.set()
        for each in running:
            each.result()


def test_threads_that_search_see_whole_pictures_in_order_while_it_is_rebuilt(tmp_path: Path) -> None:
    search = searchable(tmp_path, fed("1"), fed("2"))
    engine = open_store(tmp_path)[0]
    pictures = ["Hope 1|Hope 2"]
    with searching(search) as found:
        for n in range(6):
            imported(engine, fed("1", name=f"A {n}"), fed("2", name=f"A {n}"))
            pictures.append(f"A {n}|A {n}")
            if n % 2:
                search.rebuild()
            search.search(Query())
    for seen in found:
        steps = [pictures.index(each) for each in seen]  # each is one of them: never half a change
        assert steps == sorted(steps)
        assert len(set(steps)) > 1
    assert names(search) == ["A 5", "A 5"]


def test_a_search_sees_a_change_that_another_thread_is_still_reading(tmp_path: Path) -> None:
    search = searchable(tmp_path, fed("0", name="A 0"))
    engine = open_store(tmp_path)[0]
    with searching(search):
        for n in range(1, 15):
            imported(engine, fed("0", name=f"A {n}"))
            assert names(search) == [f"A {n}"]


def test_more_changes_than_are_patched_show_at_once_and_are_built_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST_PATCHED", 3)
    search = searchable(tmp_path, *(fed(str(n)) for n in range(10)))
    imported(open_store(tmp_path)[0], *(fed(str(n), name=f"New {n}") for n in range(2, 12)))
    assert sorted(names(search, per_page=50)) == [
        "Hope 0",
        "Hope 1",
        *sorted(f"New {n}" for n in range(2, 12)),
    ]
    index = search._follower.index()
    assert index is not None
    assert len(index.segments) == 1


def test_a_change_during_a_build_is_not_lost_when_the_build_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = searchable(tmp_path, fed("1"))
    engine, real = open_store(tmp_path)[0], build.build

    def slow(*args: Any) -> str:
        version = real(*args)
        imported(engine, fed("2"))
        assert len(names(search)) == 2  # seen at once, in the index that is still in use
        return version

    monkeypatch.setattr(following.build, "build", slow)
    search.rebuild()
    assert sorted(names(search)) == ["Hope 1", "Hope 2"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_build_that_failed_is_tried_again_by_the_next_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = searchable(tmp_path, fed("1"))
    monkeypatch.setattr(changes, "MOST_LISTED", 0)  # every change wants an index of its own
    with monkeypatch.context() as broken:
        broken.setattr(following.build, "build", _full)
        imported(open_store(tmp_path)[0], fed("2"))
        assert names(search) == ["Hope 1"]
    assert sorted(names(search)) == ["Hope 1", "Hope 2"]


def _full(*_: Any) -> str:
    raise OSError(28, "No space left on device")
