"""The questions, the same for every engine, with their true answers from a plain scan of all rows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from benchmarks.searching.shape import SHARES, Bits, Listings

EARTH_MILES: Final = 6371.0088 / 1.609344
BANDS: Final = {"common": 0.05, "medium": 0.005, "rare": 0.0001}
WISHES: Final = {"medicaid": "yes", "walk_in": "yes", "id_needed": "no"}
KINDS: Final = ("need", "filtered", "word_common", "word_medium", "word_rare", "name")
TITLES: Final = {
    "need": "A need near a place",
    "filtered": "A need near a place, three filters",
    "word": "A word near a place",
    "word_common": "A common word (5 %) near a place",
    "word_medium": "A medium word (0.5 %) near a place",
    "word_rare": "A rare word (0.01 %) near a place",
    "name": "A name, anywhere",
    "whole": "Whole search with records",
}
TEN: Final = 10


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    latitude: float = 0.0
    longitude: float = 0.0
    state: str = ""
    need: str = ""
    word: str = ""
    words: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()  # name: one of these ids must be in the answer
    miles: tuple[float, ...] = ()  # elsewhere: these are the right distances

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def of(plain: dict[str, Any]) -> Question:
        lists = {name: tuple(plain[name]) for name in ("words", "wanted", "miles")}
        return Question(**{**plain, **lists})


def miles_from(latitude: float, longitude: float, latitudes: Bits, longitudes: Bits) -> Bits:
    lat, lng = np.radians(latitudes), np.radians(longitudes)
    lat0, lng0 = np.radians(latitude), np.radians(longitude)
    h = np.sin((lat - lat0) / 2) ** 2 + np.cos(lat0) * np.cos(lat) * np.sin((lng - lng0) / 2) ** 2
    found: Bits = 2 * EARTH_MILES * np.arcsin(np.sqrt(np.minimum(h, 1.0)))
    return found


def ask(rows: Listings, count: int, seed: int = 11) -> list[Question]:
    """`count` questions of each kind."""
    rng = np.random.default_rng(seed)
    doors = np.flatnonzero(rows.active & ~np.isnan(rows.latitude))
    codes, shares = list(SHARES), np.array(list(SHARES.values()))
    asked: list[Question] = []
    for kind in ("need", "filtered"):
        for code in rng.choice(codes, count, p=shares / shares.sum()).tolist():
            fits = doors[(rows.needs[doors] & (1 << codes.index(code))) > 0]
            if kind == "filtered":
                fits = fits[_unopposed(rows, fits)]
            asked.append(_near(rng, rows, doors, fits, {"kind": kind, "need": code}))
    bands = _words_of(rows, rng)
    holders = _holders(rows, {word for words in bands.values() for word in words})
    for band, words in bands.items():
        for word in rng.choice(sorted(words), count).tolist():
            fits = holders[word][~np.isnan(rows.latitude[holders[word]])]
            asked.append(_near(rng, rows, doors, fits, {"kind": f"word_{band}", "word": word}))
    return asked + _names(rows, rng, count)


def _unopposed(rows: Listings, fits: Bits) -> Bits:
    keep = np.full(len(fits), True)
    for name, wish in WISHES.items():
        keep &= rows.facts[name][fits] != (0 if wish == "yes" else 1)
    return keep


def _near(rng: np.random.Generator, rows: Listings, doors: Bits, fits: Bits, more: Any) -> Question:
    """A question at a random point near a random listing, and its ten nearest."""
    at = int(doors[rng.integers(len(doors))])
    latitude = round(float(rows.latitude[at] + rng.normal(0, 0.05)), 5)
    longitude = round(float(rows.longitude[at] + rng.normal(0, 0.05)), 5)
    miles = miles_from(latitude, longitude, rows.latitude[fits], rows.longitude[fits])
    ten = np.sort(np.partition(miles, TEN - 1)[:TEN] if len(miles) > TEN else miles)
    return Question(latitude=latitude, longitude=longitude, state=rows.states[at], miles=tuple(ten.tolist()),
                    **more)  # fmt: skip


def tokens(rows: Listings, n: int) -> set[str]:
    return set(f"{rows.names[n]} {rows.texts[n]}".lower().replace(".", " ").split())


def _made_up() -> set[str]:
    """Words that mean nothing to a search: in no file of data/ that it reads, so no synonym either."""
    from benchmarks.searching.data import ROOT, vocabulary  # only here: a measured process needs none of it

    files = [ROOT / "data" / "needs.csv", ROOT / "data" / "abbreviations.csv"]
    files += (ROOT / "data" / "synonyms").glob("*.csv")
    meant = {word for path in files for word in re.findall(r"[a-z]+", path.read_text().lower())}
    return set(vocabulary()) - meant


def _words_of(rows: Listings, rng: np.random.Generator) -> dict[str, list[str]]:
    """For each band the words that come nearest to its share, counted in a sample of listings."""
    known = _made_up()
    searchable = np.fromiter(rows.searchable(), np.int64)
    sample = rng.permutation(searchable)[:200_000].tolist()
    counts = Counter(word for n in sample for word in tokens(rows, n))
    doored = {word: count for word, count in counts.items() if word in known}
    found = {}
    for band, share in BANDS.items():
        aim = max(share * len(sample), 1)
        ranked = sorted(doored, key=lambda word: (abs(np.log(doored[word] / aim)), word))
        found[band] = ranked[: 3 if band == "common" else 40]
    return found


def _holders(rows: Listings, words: set[str]) -> dict[str, Bits]:
    found: dict[str, list[int]] = defaultdict(list)
    for n in rows.searchable():
        for word in words & tokens(rows, n):
            found[word].append(n)
    return {word: np.array(found[word], np.int64) for word in words}


def _names(rows: Listings, rng: np.random.Generator, count: int) -> list[Question]:
    """Two or three words of a name that at most eight listings' names have all of."""
    searchable = np.fromiter(rows.searchable(), np.int64)
    known = _made_up()
    drawn: list[tuple[int, tuple[str, ...]]] = []
    for n in rng.choice(searchable, min(3 * count, len(searchable)), replace=False).tolist():
        own = rows.names[n].lower().split()
        # The organization's name: up to the first made-up word. Some are made of common words alone.
        first = next((i for i, word in enumerate(own) if i > 1 and word in known), 0)
        mine = own[:first]
        drawn.append((n, tuple(dict.fromkeys(mine[: 2 + int(rng.random() < 0.5)]))))
    wanted = {word for _, words in drawn for word in words}
    holders: dict[str, set[str]] = defaultdict(set)
    for n in rows.searchable():
        for word in wanted.intersection(rows.names[n].lower().split()):
            holders[word].add(rows.ids[n])
    asked: list[Question] = []
    for n, words in drawn:
        having = set.intersection(*(holders[word] for word in words))
        if len(having) <= 8 and len(asked) < count and len(words) > 1:
            same = tuple(each for each in sorted(having) if each[:-1] == rows.ids[n][:-1])
            asked.append(Question("name", words=words, wanted=same))
    return asked


def fault_of(
    question: Question, answer: tuple[list[str], list[float]], where: dict[str, tuple[float, float]]
) -> str:
    """Why an answer is wrong; empty if it is right."""
    ids, miles = answer
    if question.kind == "name":
        found = set(ids[:TEN]) & set(question.wanted)
        return "" if found else f"name {question.words}: {question.wanted} is missing"
    if len(miles) != len(question.miles):
        return f"{question.kind}: {len(miles)} answers instead of {len(question.miles)}"
    own = [float(miles_from(question.latitude, question.longitude, np.array([where[each][0]]),
                            np.array([where[each][1]]))[0]) for each in ids]  # fmt: skip
    for right, said, real in zip(question.miles, miles, own, strict=True):
        if max(abs(said - right), abs(real - right)) > 0.005 * right + 0.001:
            return f"{question.kind} {question.need}{question.word}: {said:.3f} ({real:.3f}), not {right:.3f}"
    return ""
