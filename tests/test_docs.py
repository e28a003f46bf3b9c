"""Documents that cannot lie: each is compared with the code it speaks of."""

import ast
import re
from pathlib import Path

import pytest

from bot import memory
from directory.search import ranking
from directory.sources.formats import FORMATS

ROOT = Path(__file__).parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def settings_of_the_code() -> set[str]:
    """Every name that settings.py asks the environment for."""
    tree = ast.parse(read("settings.py"))
    strings = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in strings if re.fullmatch(r"[A-Z][A-Z_]{3,}", text)}


def test_every_setting_is_in_the_example_and_the_readme_and_no_other() -> None:
    said = set(re.findall(r"^([A-Z_]+)=", read(".env.example"), re.MULTILINE))
    assert said == settings_of_the_code()
    readme = read("README.md")
    assert [name for name in sorted(said) if f"`{name}`" not in readme] == []


def test_the_privacy_page_names_every_table_of_the_talks_and_no_other() -> None:
    said = set(re.findall(r"^\| `(\w+)` \|", read("PRIVACY.md"), re.MULTILINE))
    assert said == set(memory.metadata.tables)


def test_every_table_of_a_talk_expires_but_the_opt_out_list() -> None:
    lasting = [name for name, table in memory.metadata.tables.items() if "expires_at" not in table.c]
    assert lasting == ["redaction", "opt_out"]


def test_the_ranking_page_has_the_numbers_of_the_code() -> None:
    said = re.findall(r"^\| [^|]+ \| (\d+) miles? \|$", read("docs/ranking.md"), re.MULTILINE)
    names = [name for name in vars(ranking) if name.startswith("HANDICAP_")]
    names = [name for name in names if name not in ("HANDICAP_BY_OPENNESS", "HANDICAP_WORDS")]
    meant = [*ranking.HANDICAP_BY_OPENNESS.values(), *(getattr(ranking, name) for name in names)]
    assert sorted(map(float, said)) == sorted(value for value in meant if value)


def test_the_readme_shows_how_to_import_each_format() -> None:
    readme = read("README.md")
    assert [name for name in FORMATS if f"flask directory import {name} " not in readme] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "PRIVACY.md", "SECURITY.md"])
def test_every_file_that_a_page_points_to_is_there(page: str) -> None:
    text = read(page)
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    named = re.findall(r"`((?:data|docs|directory|bot|web|tests|translations|migrations)/[\w./-]*\w)`", text)
    missing = [name for name in {*linked, *named} if not list(ROOT.glob(name.strip("/")))]
    assert missing == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
