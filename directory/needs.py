"""The vocabulary of needs: codes, labels, and what in a listing counts as which need.

All of it stands in data/needs.csv, which anyone may correct; here it is checked and looked up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from directory.datafile import HERE, DataFileError, Row, read
from directory.model import Attribute, Service
from directory.text import fold, terms, words
from translations import mark

FILE: Final = HERE / "needs.csv"
COLUMNS: Final = ("code", "label", "samhsa", "open_eligibility", "words")
TAXONOMY: Final = "openway"  # attributes of this taxonomy name a need by its code
NONE: Final[frozenset[str]] = frozenset()

# The labels once more, so that the catalogues have them; a test compares them with the file.
LABELS: Final = (
    mark("Detox (safe withdrawal care)"),
    mark("Medicine for opioid use"),
    mark("Live-in treatment (rehab)"),
    mark("Outpatient treatment (live at home)"),
    mark("Recovery support and peers"),
    mark("Naloxone (Narcan)"),
    mark("Syringes and safer use supplies"),
    mark("Mental health care"),
    mark("Shelter for the night"),
    mark("Housing and recovery homes"),
    mark("Food"),
    mark("Doctor or clinic"),
    mark("Legal help"),
    mark("Rides"),
    mark("Jobs and job training"),
    mark("Help with domestic violence"),
    mark("Getting an ID or papers"),
)

_CODE: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_SAMHSA: Final = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_NALTREXONE: Final = frozenset({"NXN", "VTRL", "NU", "UN", "RPN"})
_OPEN_ELIGIBILITY: Final = re.compile(r"1\d\d(-\d\d)*")


@dataclass(frozen=True, slots=True)
class Need:
    """One line of data/needs.csv. `words` may stand anywhere in a category, `unless` one of those
    stands there too."""

    code: str
    label: str  # English; translate where it is said
    samhsa: frozenset[str] = NONE
    open_eligibility: frozenset[str] = NONE  # folded names, and 1.x numbers
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """All needs, in the order of the file."""

    needs: tuple[Need, ...]
    _by_code: Mapping[str, Need] = field(repr=False, compare=False)
    _by_samhsa: Mapping[str, frozenset[str]] = field(repr=False, compare=False)
    _by_term: Mapping[str, frozenset[str]] = field(repr=False, compare=False)
    _known: dict[tuple[str, str, str], frozenset[str]] = field(repr=False, compare=False)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(need.code for need in self.needs)

    def label(self, code: str) -> str:
        """The English label; the code itself for one we do not know."""
        need = self._by_code.get(code)
        return need.label if need else code

    def of(self, service: Service) -> frozenset[str]:
        """The codes of the needs that a service answers."""
        found: set[str] = set()
        for code in service.source_codes:
            found |= self._by_samhsa.get(code, NONE)
        for attribute in service.attributes:
            found |= self.of_attribute(attribute)
        return frozenset(found)

    def of_attribute(self, attribute: Attribute) -> frozenset[str]:
        """The needs that a taxonomy term stands for."""
        key = attribute.taxonomy, attribute.code, attribute.name
        if key not in self._known:
            if len(self._known) >= 20_000:  # a source with a term of its own for every row
                self._known.clear()
            self._known[key] = self._of_term(*key)
        return self._known[key]

    def _of_term(self, taxonomy: str, code: str, name: str) -> frozenset[str]:
        kind = "".join(words(taxonomy))
        if kind == TAXONOMY:
            return frozenset({code}) if code in self._by_code else NONE
        if kind.startswith("samhsa"):
            return self._by_samhsa.get(code, NONE)
        number = code if _OPEN_ELIGIBILITY.fullmatch(code) else ""
        by_term = self._by_term.get(number, NONE) | self._by_term.get(fold(name).strip(), NONE)
        return by_term | self.of_words(name)

    def of_words(self, text: str) -> frozenset[str]:
        """The needs that the words of a category name: "Food pantries and meals" -> food."""
        said = _stems(text)
        return frozenset(
            need.code for need in self.needs if _any_in(need.words, said) and not _any_in(need.unless, said)
        )

    def named(self, text: str) -> str | None:
        """The code of the need that a text is the code or the label of."""
        wanted = " ".join(words(text.replace("_", " ")))
        for need in self.needs:
            if wanted in (need.code.replace("_", " "), " ".join(words(need.label))):
                return need.code
        return None


@lru_cache(maxsize=2048)
def _stems(text: str) -> str:
    return f" {' '.join(terms(text[:500]))} "


def _any_in(phrases: Iterable[str], said: str) -> bool:
    return any(_stems(phrase) in said for phrase in phrases)


def load_needs(path: Path = FILE) -> Needs:
    """The needs of a file. Raises DataFileError, naming every faulty line."""
    rows = read(path, COLUMNS, {"code": _code_fault, "label": _label_fault, "words": _words_fault})
    times = Counter(row["code"] for row in rows)
    faults = [fault for row in rows for fault in _faults(row, times)]
    if faults:
        raise DataFileError("\n".join(faults))
    return _needs(tuple(_need(row) for row in rows))


def _needs(needs: tuple[Need, ...]) -> Needs:
    return Needs(
        needs,
        {need.code: need for need in needs},
        _index((code, need.code) for need in needs for code in need.samhsa),
        _index((term, need.code) for need in needs for term in need.open_eligibility),
        {},
    )


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for key, code in pairs:
        found[key] = found.get(key, NONE) | {code}
    return found


def _need(row: Row) -> Need:
    said = row.listed("words")
    return Need(
        code=row["code"],
        label=row["label"],
        samhsa=frozenset(row.listed("samhsa")),
        open_eligibility=frozenset(fold(term) for term in row.listed("open_eligibility")),
        words=tuple(word for word in said if not word.startswith("not ")),
        unless=tuple(word.removeprefix("not ") for word in said if word.startswith("not ")),
    )


def _code_fault(cell: str) -> str | None:
    return None if _CODE.fullmatch(cell) else f"{cell!r} is no code; write lower case words joined by _"


def _label_fault(cell: str) -> str | None:
    if not cell:
        return "is empty; write the few words that people will read"
    return "has more than 40 characters; write it shorter" if len(cell) > 40 else None


def _words_fault(cell: str) -> str | None:
    empty = [part for part in cell.split(";") if part.strip() and not words(part.removeprefix("not "))]
    return f"{empty[0].strip()!r} holds no word" if empty else None


def _faults(row: Row, times: Mapping[str, int]) -> list[str]:
    """What is wrong with a line beside the single cells."""
    faults = [
        row.fault("samhsa", f"{code!r} is no SAMHSA code; write capitals, parted by ;")
        for code in row.listed("samhsa")
        if not _SAMHSA.fullmatch(code)
    ]
    if times[row["code"]] > 1:
        faults.append(row.fault("code", f"{row['code']!r} stands on several lines; keep one"))
    if row["code"] == "naloxone":
        faults += [
            row.fault("samhsa", f"{code} is naltrexone, another medicine; the code for naloxone is NOE")
            for code in row.listed("samhsa")
            if code in _NALTREXONE
        ]
    return faults
