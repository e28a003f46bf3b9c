"""What tells languages apart is kept beside the words it was learnt from, and never stale."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.understanding import corpora
from bot.understanding.gist import FOLDER, gists
from bot.understanding.identify import Identifier, pieces
from bot.understanding.tongue import Sources
from directory.datafile import HERE


def test_what_is_kept_is_what_our_words_teach() -> None:
    sources = Sources.read(HERE)
    kept = Identifier.read(HERE / corpora.LEARNT)
    anew = corpora.learnt_anew(sources, HERE)
    assert kept.learnt_from == anew.learnt_from, "run: make learn"
    assert kept.languages == anew.languages
    assert kept.index == anew.index
    assert kept.neutral == anew.neutral
    assert np.array_equal(kept.table, anew.table)


def test_a_new_word_tells_its_language_at_once(tmp_path: Path) -> None:
    for part in ("lexicons", "danger"):
        shutil.copytree(HERE / part, tmp_path / part, ignore=lambda _, names: {*names} - {"en.csv", "pl.csv"})
    for part in ("opt_out.csv", "needs.csv"):
        shutil.copy(HERE / part, tmp_path / part)
    corpora.learn(Sources.read(tmp_path), tmp_path)
    before = corpora.identifier(Sources.read(tmp_path), tmp_path)
    with (tmp_path / "lexicons" / "pl.csv").open("a", encoding="utf-8") as lexicon:
        lexicon.write("hint,,gwarokvik,\n")
    after = corpora.identifier(Sources.read(tmp_path), tmp_path)
    assert not before.knows("gwarokvik")
    assert after.knows("gwarokvik")
    assert next(iter(after.scores(pieces("gwarokvik")))) == "pl"


def test_weights_that_their_examples_outgrew_are_told_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("so.csv", "so.npz", "ko.csv", "ko.npz"):
        shutil.copy(HERE / FOLDER / name, tmp_path / name)
    with (tmp_path / "so.csv").open("a", encoding="utf-8") as own:
        own.write("other,subax wanaagsan walaal\n")
    with caplog.at_level(logging.WARNING):
        assert gists(tmp_path).keys() == {"so", "ko"}
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path / 'so.csv'} changed since it was learnt from; run: make learn"
    ]
