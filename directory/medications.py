"""Which medicines a service gives, from its source's codes and its name; data/medications.csv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from directory.datafile import HERE, read
from directory.model import Service
from directory.text import words
from translations import mark

FILE: Final = HERE / "medications.csv"
# The labels once more, so that the catalogues have them; a test compares them with the file.
LABELS: Final = {
    "methadone": mark("Methadone"),
    "buprenorphine": mark("Buprenorphine (Suboxone)"),
    "naltrexone": mark("Naltrexone (Vivitrol)"),
}
MEDICATIONS: Final = tuple(LABELS)


@dataclass(frozen=True, slots=True)
class _Medication:
    code: str
    samhsa: frozenset[str]
    words: frozenset[str]


@cache
def _known() -> tuple[_Medication, ...]:
    rows = read(FILE, ("code", "label", "samhsa", "words"))
    return tuple(
        _Medication(row["code"], frozenset(row.listed("samhsa")), frozenset(row.listed("words")))
        for row in rows
    )


def medications_of(service: Service) -> frozenset[str]:
    """The codes of the medicines that a service says it gives. None said: it may still give some."""
    codes = set(service.source_codes)
    said = set(words(" ".join((service.name, *(each.name for each in service.attributes)))))
    return frozenset(
        each.code for each in _known() if not (codes.isdisjoint(each.samhsa) and said.isdisjoint(each.words))
    )
