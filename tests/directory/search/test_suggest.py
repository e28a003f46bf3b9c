"""What a beginning may become: needs in the words of people, names of the directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.search import Search
from directory.search.suggest import MOST_NEEDS
from tests.worlds import entry, imported, open_store, searchable


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    names = ("Haymarket Center", "Hay Bale Farm", "Café Olé", "Lotus House", "Gone Place")
    rows = [
        entry(n, name=n, organization="Org", status="inactive" if n == "Gone Place" else "active")
        for n in names
    ]
    return searchable(tmp_path_factory.mktemp("suggest"), *rows)


def found(search: Search, text: str, language: str = "") -> list[str]:
    return [each.code or each.text for each in search.suggest(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("hayma", "", "Haymarket Center"), ("HAYMA", "", "Haymarket Center"), ("haymarket ce", "", "Haymarket Center"),
        ("center hay", "", "Haymarket Center"), ("cafe", "", "Café Olé"), ("café o", "", "Café Olé"),
        ("det", "", "detox"), ("needle ex", "", "syringe_services"), ("shel", "", "shelter"),
        ("abog", "es", "legal"), ("abog", "", "legal"), ("дето", "ru", "detox"),
    ],
)  # fmt: skip
def test_a_beginning_suggests_what_it_may_become(
    search: Search, text: str, language: str, expected: str
) -> None:
    assert expected in found(search, text, language)


@pytest.mark.parametrize("text", ["", " ", "?!", "xqzptv", "gone pl", "\0", "\ud800", "haymarket zzz"])
def test_nothing_is_suggested_for_what_nobody_is_called(search: Search, text: str) -> None:
    assert [each for each in search.suggest(text) if each.kind == "name"] == []


@pytest.mark.parametrize("text", ["h", "ho", "hou", "a", "s", "center", "de " * 100])
def test_never_more_than_asked_for_needs_first_and_each_once(search: Search, text: str) -> None:
    for most in (1, 3, 8):
        suggestions = search.suggest(text, most=most)
        assert len(suggestions) <= most
        assert len(set(suggestions)) == len(suggestions)
        kinds = [each.kind for each in suggestions]
        assert kinds == sorted(kinds, key=("need", "name").index)
        assert kinds.count("need") <= MOST_NEEDS


def test_a_new_name_is_suggested_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("new")
    search = searchable(folder, entry("1", name="Old Name"))
    imported(open_store(folder)[0], entry("1", name="Brightwater Lodge"))
    assert found(search, "brightw") == ["Brightwater Lodge"]
    assert "Old Name" not in found(search, "old na")


def test_the_commonest_words_are_suggested_not_the_first_of_the_alphabet(tmp_path: Path) -> None:
    rare = [entry(f"a{n}", name=f"Hopa{chr(97 + n // 26)}{chr(97 + n % 26)}") for n in range(650)]
    common = [entry(f"z{n}", name="Hopzzz Center") for n in range(5)]
    assert "Hopzzz Center" in found(searchable(tmp_path, *rare, *common), "hop")
