"""Whole talks, word for word: tests/conversations/*.txt, which anyone may read and review.

After a wanted change of words: OPENWAY_REWRITE_TRANSCRIPTS=1 pytest tests/bot/test_transcripts.py,
then read the difference. A new talk: `flask bot chat --save tests/conversations/NAME.txt`, or
write the person's lines and let them be rewritten.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.model import World
from bot.transcript import Exchange, read, write
from bot.understanding import Reader
from directory.places import Gazetteer
from tests.bot.town import Person, world

TALKS = sorted((Path(__file__).parent.parent / "conversations").glob("*.txt"))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(Reader.load(Gazetteer.open(tmp_path_factory.mktemp("places"))))


def test_there_are_talks() -> None:
    assert len(TALKS) >= 10


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
def test_the_talk_goes_as_written(path: Path, town: World) -> None:
    text = path.read_text(encoding="utf-8")
    comment = "".join(line + "\n" for line in text.splitlines() if line.startswith("#"))
    person = Person(town)
    talk = [Exchange(said.text, tuple(person.texts(said.text))) for said in read(text)]
    if os.environ.get("OPENWAY_REWRITE_TRANSCRIPTS"):
        path.write_text(comment + write(talk), encoding="utf-8")
        pytest.skip("written anew: read the difference")
    assert write(talk) == write(read(text))
