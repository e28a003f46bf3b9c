"""Weights from examples, and what tells languages apart: `python -m bot.understanding.learn
[language ...]`, or `make learn`.

Needs scikit-learn (requirements-dev.txt); the program itself only reads what was learnt. The same
files give the same weights.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.model import Danger
from bot.understanding import corpora
from bot.understanding.digest import digest
from bot.understanding.examples import Example, examples
from bot.understanding.gist import BUCKETS, DANGER, FOLDER, NEED, Gist, buckets, numbers, of_need
from bot.understanding.lexicon import first_words
from bot.understanding.normalise import message
from bot.understanding.tongue import Sources, Tongue, Tongues
from directory import datafile

# How freely weights grow; chosen on the tuned messages of tests/understanding.
_FREEDOM: Final = 100.0
_LARGEST: Final = 127
# The kind of a rule -> what its example is about.
_RULES: Final[dict[str, str]] = {
    **{kind.value: kind.value for kind in Danger},
    "sentence": "opt_out",
    "keyword": "opt_out",
    "not_sentence": "not_opt_out",
}
# What is none of the labels told apart; they are only there to be told from.
_REST: Final = ("calm", "not_opt_out", "other")


def learnt(found: Sequence[Example], tongue: Tongue, learnt_from: str) -> Gist:
    """One logistic regression a label."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    texts = [tongue.spelling.read(message(one.text)).words for one in found]
    rows = [buckets(words) for words in texts]
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(max(1, len(row)))) for row in rows])
    ends = np.cumsum([0, *map(len, rows)])
    matrix = csr_matrix((values, np.concatenate(rows), ends), shape=(len(rows), BUCKETS))
    labels = tuple(sorted({label for one in found for label in _labels(one)} - {*_REST}))
    weights, bias = np.zeros((BUCKETS, len(labels))), np.zeros(len(labels))
    for column, label in enumerate(labels):
        model = LogisticRegression(C=_FREEDOM, class_weight="balanced", solver="liblinear", random_state=0)
        model.fit(matrix, [label in _labels(one) for one in found])
        weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    table, scale = _small(weights)
    known = frozenset(numbers(word for words in texts for word in words))
    return Gist(labels, table, scale, bias.astype(np.float32), known, learnt_from)


def _labels(one: Example) -> tuple[str, ...]:
    """What an example is one of."""
    if one.label in tuple(Danger):
        return DANGER, one.label
    return (NEED, one.label) if one.label.startswith(NEED) else (one.label,)


def _small(
    weights: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """The weights in a byte each."""
    scale = np.abs(weights).max(axis=0) / _LARGEST
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


def lessons(sources: Sources, language: str, path: Path) -> list[Example]:
    """The examples of a language, and those of its rules."""
    found = examples(path, sources.needs)
    if language in sources.dangers:
        rows = (row for row in sources.dangers[language].rows if row["example"])
        found += (Example(_RULES.get(row["kind"], "calm"), row["example"]) for row in rows)
    outs = (row for row in sources.opt_outs if row["language"] == language)
    found += (Example(_RULES.get(row["kind"], "other"), row["example"]) for row in outs)
    for line in sources.lines:
        if line.language == language and line.kind == "need":
            found += (Example(of_need(code), first_words(line.phrase)) for code in line.row.listed("value"))
    return found


def main(arguments: Sequence[str]) -> None:
    sources = Sources.read(datafile.HERE)
    tongues = Tongues(sources)
    folder = datafile.HERE / FOLDER
    for language in arguments or sorted(path.stem for path in folder.glob("*.csv")):
        path = folder / f"{language}.csv"
        found = lessons(sources, language, path)
        learnt(found, tongues[language], digest([path])).write(path.with_suffix(".npz"))
        sys.stdout.write(f"{language}: learnt from {len(found)} examples\n")
    corpora.learn(sources, datafile.HERE)
    sys.stdout.write(f"{corpora.LEARNT}: what tells {len(sources.languages)} languages\n")


if __name__ == "__main__":
    main(sys.argv[1:])
