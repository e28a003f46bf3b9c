"""Weights from examples, and what tells languages apart: `python -m bot.understanding.learn
[language ...]`, or `make learn`.

Needs scikit-learn and OpenCC (requirements-dev.txt); the program itself only reads what was learnt. The same
files give the same weights.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bot.model import Danger, Matter
from bot.understanding import MATTERS, corpora
from bot.understanding.examples import OTHERS, Example, examples
from bot.understanding.gist import DANGER, FOLDER, NEED, Gist, features, numbers, of_need, rows, teachers
from bot.understanding.lexicon import Line, ways
from bot.understanding.network import Network
from bot.understanding.normalise import message
from bot.understanding.tongue import Sources, Tongue, Tongues
from directory import datafile
from directory.digest import digest

# How freely weights grow, how many examples a feature must be in, and what is added to a count;
# chosen on the tuned messages of tests/understanding: docs/decisions/0013.
_FREEDOM: Final = 30.0
_FEWEST: Final = 2
_SMOOTH: Final = 0.02
_LARGEST: Final = 127
# Weights of the network need no finer steps; the file is a third of what it would be (0013).
_COARSE: Final = 7
_CLIPPED: Final = 0.9995
# The network: hidden units, how far a step goes, over how many examples, how often over all of them.
_UNITS: Final = 32
_STEP: Final = 0.003
_BATCH: Final = 128
_ROUNDS: Final = 4
# From the characters of its kin into a language's own, in OpenCC's terms.
_CONVERSIONS: Final = {"zh-Hans": "t2s", "zh-Hant": "s2t"}
# What a danger may be about tells of that danger; of several the last.
_TELLING: Final = (Danger.OVERDOSE, Danger.MEDICAL, Danger.VIOLENCE, Danger.SUICIDE)
# The kind of a rule -> what its example is about.
_RULES: Final[dict[str, str]] = {
    **{kind.value: kind.value for kind in Danger},
    **{matter.value: kind.value for kind in _TELLING for matter in MATTERS[kind]},
    Matter.REVIVED.value: "calm",
    "sentence": "opt_out",
    "keyword": "opt_out",
    "not_sentence": "not_opt_out",
    "keep": "not_opt_out",
}
# "I want to stop drinking" is no opt-out, and may well ask for detox; "do they have a doctor" is a need,
# without a list before it.
_SILENT_ON_NEEDS: Final = ("not_opt_out", "about", "more")
# What is none of the labels told apart; they are only there to be told from.
_REST: Final = ("calm", "not_opt_out", "other")


def learnt(found: Sequence[Example], tongue: Tongue, learnt_from: str) -> Gist:
    """One logistic regression a label, each feature scaled by how much it tells of the label (by
    naive Bayes: Wang and Manning 2012, "Baselines and Bigrams"); and a network over the same features."""
    texts = [tongue.spelling.read(message(one.text)).words for one in found]
    seen = Counter(number for words in texts for number in {*numbers(features(words))})
    kept = np.array(sorted(n for n, times in seen.items() if times >= _FEWEST), dtype=np.uint32)
    matrix = _matrix([rows(words, kept) for words in texts], len(kept))
    labels = tuple(sorted({label for one in found for label in _labels(one)} - {*_REST}))
    weights, bias = np.zeros((len(kept), len(labels))), np.zeros(len(labels))
    for column, label in enumerate(labels):
        tells = np.array([_tells(one, label) for one in found])
        is_one = np.array([label in _labels(one) for one in found])
        weights[:, column], bias[column] = _fitted(matrix[tells], is_one[tells])
    inward, inward_bias, network = _network(matrix, [one.label for one in found])
    small = [_small(weights), _small(inward, _COARSE, _CLIPPED)]
    table, scale = (np.concatenate(halves, axis=-1) for halves in zip(*small, strict=True))
    biases = np.concatenate([bias, inward_bias]).astype(np.float32)
    known = frozenset(numbers(word for words in texts for word in words))
    return Gist(labels, kept, table, scale, biases, network, known, learnt_from)


def _matrix(rows: Sequence[npt.NDArray[np.intp]], width: int) -> Any:
    """A row of length 1 for each text."""
    from scipy.sparse import csr_matrix

    values = np.concatenate([np.full(len(row), 1 / np.sqrt(max(1, len(row)))) for row in rows])
    return csr_matrix(
        (values, np.concatenate(rows), np.cumsum([0, *map(len, rows)])), shape=(len(rows), width)
    )


def _fitted(matrix: Any, is_one: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float64], float]:
    """The weight of each feature for one label, and its bias."""
    from scipy.sparse import diags
    from sklearn.linear_model import LogisticRegression

    ones, others = (np.asarray(matrix[side].sum(axis=0))[0] + _SMOOTH for side in (is_one, ~is_one))
    tells = np.abs(np.log((ones / ones.sum()) / (others / others.sum())))
    model = LogisticRegression(C=_FREEDOM, class_weight="balanced", solver="liblinear", random_state=0)
    model.fit(matrix @ diags(tells), is_one)
    return model.coef_[0] * tells, float(model.intercept_[0])


def _network(
    matrix: Any, labels: Sequence[str]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], Network]:
    """The weight of each feature for each hidden unit, their biases, and the way on to the labels."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        (_UNITS,), learning_rate_init=_STEP, batch_size=_BATCH, max_iter=_ROUNDS, random_state=0
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is stopped early: with more rounds it learns by heart
        model.fit(matrix.astype(np.float32), labels)
    (inward, outward), (inward_bias, bias) = model.coefs_, model.intercepts_
    if len(model.classes_) == 2:  # one output tells two labels apart: that of the other is nought
        outward, bias = np.hstack([0 * outward, outward]), np.append(0 * bias, bias)
    found = tuple(map(str, model.classes_))
    return inward, inward_bias, Network(found, outward.astype(np.float32), bias.astype(np.float32))


def _tells(one: Example, label: str) -> bool:
    """Whether an example can be told to be of a label or not."""
    return not (label.startswith(NEED) and one.label in _SILENT_ON_NEEDS)


def _labels(one: Example) -> tuple[str, ...]:
    """What an example is one of."""
    if one.label in tuple(Danger):
        return DANGER, one.label
    return (NEED, one.label) if one.label.startswith(NEED) else (one.label,)


def _small(
    weights: npt.NDArray[np.floating[Any]], largest: int = _LARGEST, reach: float = 1.0
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """The weights in a byte each: up to `largest`, which stands for the `reach`-th quantile."""
    scale = np.quantile(np.abs(weights), reach, axis=0) / largest
    scale = np.where(scale > 0, scale, 1)
    steps = np.round(weights / scale).clip(-largest, largest)
    return steps.astype(np.int8), scale.astype(np.float32)


def lessons(sources: Sources, language: str, folder: Path) -> list[Example]:
    """The examples of a language, those of its kin in its letters, and those of its rules."""
    own, *kin = teachers(folder, language)
    found = examples(own, sources.needs)
    for path in kin:
        theirs = examples(path, sources.needs)
        found += (Example(one.label, _converted(one.text, _CONVERSIONS[language])) for one in theirs)
    if language in sources.dangers:
        rows = (row for row in sources.dangers[language].rows if row["example"])
        found += (Example(_RULES.get(row["kind"], "calm"), row["example"]) for row in rows)
    outs = (row for row in sources.opt_outs if row["language"] == language)
    found += (Example(_RULES.get(row["kind"], "other"), row["example"]) for row in outs)
    lines = (line for line in sources.lines if line.language == language)
    return found + [
        Example(label, said) for line in lines for label in _about(line) for said in ways(line.phrase)
    ]


def _about(line: Line) -> list[str]:
    """The labels of what a line of a lexicon says, if it says something by itself."""
    if line.kind == "need":
        return [of_need(code) for code in line.row.listed("value")]
    if line.kind == "intent":
        return [line.value if line.value in OTHERS else "other"]
    return ["other"] if line.kind in ("yes", "no", "ordinal", "language_name") else []


@cache
def _converter(conversion: str) -> Any:
    from opencc.opencc import OpenCC

    return OpenCC(conversion)


def _converted(text: str, conversion: str) -> str:
    """Chinese words in the other characters."""
    converted: str = _converter(conversion).convert(text)
    return converted


def learn(language: str, data: Path = datafile.HERE) -> int:
    """Writes the weights of a language of a data folder; from how many examples."""
    sources = Sources.read(data)
    folder = data / FOLDER
    found = lessons(sources, language, folder)
    gist = learnt(found, Tongues(sources)[language], digest(teachers(folder, language)))
    gist.write(folder / f"{language}.npz")
    return len(found)


def main(arguments: Sequence[str]) -> None:
    languages = arguments or sorted(path.stem for path in (datafile.HERE / FOLDER).glob("*.csv"))
    with ProcessPoolExecutor() as pool:
        for language, count in zip(languages, pool.map(learn, languages), strict=True):
            sys.stdout.write(f"{language}: learnt from {count} examples\n")
    sources = Sources.read(datafile.HERE)
    corpora.learn(sources, datafile.HERE)
    sys.stdout.write(f"{corpora.LEARNT}: what tells {len(sources.languages)} languages\n")


if __name__ == "__main__":
    main(sys.argv[1:])
