"""`flask directory search` in the terminal: what it read, and why each stands where it does."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import web
from directory.commands import Parts, commands


@pytest.fixture
def parts_of_commands(parts: web.Services) -> Parts:
    clock = parts.clock
    return Parts(parts.store.engine, parts.store, parts.directory, parts.needs, parts.gazetteer, clock)


def said(parts: Parts, *args: str) -> str:
    done = CliRunner().invoke(commands(lambda: parts), ["search", *args])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_words_that_were_mended_and_understood_are_told(parts_of_commands: Parts) -> None:
    lines = said(parts_of_commands, "shleter", "--near", "60614").splitlines()
    assert lines[1:3] == [
        "Showing results for: shelter (typed: shleter)",
        "Looking for: Shelter for the night",
    ]


def test_what_was_picked_is_told_as_before(parts_of_commands: Parts) -> None:
    lines = said(parts_of_commands, "--near", "60614", "--need", "detox").splitlines()
    assert lines[0].startswith("1 found")
    assert lines[1] == "1. Harbor Health: Harbor Detox Center"
    assert len(lines) == 3


def test_why_is_told_if_it_is_asked(parts_of_commands: Parts) -> None:
    asked = ("--near", "60614", "--need", "detox", "--explain")
    assert said(parts_of_commands, *asked).splitlines()[-1] == "   why: need: detox, open, walk_in, checked"
    (hit,) = json.loads(said(parts_of_commands, *asked, "--json"))
    assert {"code": "open", "miles": 0.0, "about": ""} in hit["explain"]
    (plain,) = json.loads(said(parts_of_commands, *asked[:-1], "--json"))
    assert "explain" not in plain


def test_what_counts_against_a_place_has_its_miles(parts_of_commands: Parts) -> None:
    text = said(parts_of_commands, "--near", "chicago", "--need", "legal", "--explain")
    assert "hours: unknown (+3 mi)" in text
