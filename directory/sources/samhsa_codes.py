"""What the codes of the SAMHSA directory say beside needs, from data/samhsa_codes.csv."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from directory.access import ACCESS
from directory.datafile import HERE, DataFileError, Row, read
from directory.model import Answer

FILE: Final = HERE / "samhsa_codes.csv"
COLUMNS: Final = ("code", "meaning", "gives")
OLDEST: Final = 200  # years; stands for "no upper bound"


class FacilityList(StrEnum):
    """The two lists that SAMHSA publishes."""

    SUBSTANCE_USE = "SA"
    MENTAL_HEALTH = "MH"


@dataclass(frozen=True, slots=True)
class Code:
    """One line of the file."""

    code: str
    meaning: str
    facts: Mapping[str, Answer]
    languages: tuple[str, ...] = ()  # BCP 47; "" if the language has no code
    ages: tuple[int, int] | None = None
    is_payment: bool = False
    is_for_minors: bool = False


@dataclass(frozen=True, slots=True)
class Codes:
    """All lines, by code."""

    by_code: Mapping[str, Code]

    def known(self, codes: Iterable[str]) -> list[Code]:
        return [self.by_code[code] for code in codes if code in self.by_code]

    def languages(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        """(name, BCP 47) of the languages spoken beside English."""
        return [(each.meaning, code) for each in self.known(codes) for code in each.languages]

    def facts(self, codes: Collection[str]) -> dict[str, Answer]:
        """The access answers of a listing; what its codes contradict each other on stays unknown."""
        known = self.known(codes)
        said: dict[str, set[Answer]] = {}
        for each in known:
            for key, answer in each.facts.items():
                said.setdefault(key, set()).add(answer)
        found = {key: answers.pop() for key, answers in said.items() if len(answers) == 1}
        # Free care is no worse with Medicaid: it stays unknown, not no.
        if any(each.is_payment for each in known) and "no_pay" not in found:
            found.setdefault("medicaid", Answer.NO)
        if ("women" in found) != ("men" in found):
            found["men" if "women" in found else "women"] = Answer.NO
        return found

    def ages(self, codes: Collection[str], listing: FacilityList) -> tuple[int | None, int | None]:
        """Youngest and oldest age taken, in years; None: not said.

        The 2022 substance use list leaves age codes out: 1,776 of its rows, methadone clinics among
        them, name children alone, and of 481 that stand in both lists 454 take adults by the other.
        So in that list an age code counts for what it names, never for what it leaves out above it.
        """
        known = self.known(codes)
        spans = [each.ages for each in known if each.ages]
        if not spans:
            return None, None
        youngest, oldest = min(low for low, _ in spans), max(high for _, high in spans)
        minors = any(each.is_for_minors for each in known)
        if listing is FacilityList.SUBSTANCE_USE:
            adults = any(low <= 26 <= high for low, high in spans)
            return (18 if youngest >= 18 and adults and not minors else None), None
        lower = 0 if minors else min(youngest, 18) if youngest < 65 else youngest
        return lower or None, None if oldest >= 64 else oldest


@cache
def load_codes(path: Path = FILE) -> Codes:
    """Raises DataFileError, naming every faulty line."""
    rows = read(path, COLUMNS)
    faults: list[str] = []
    found: dict[str, Code] = {}
    for row in rows:
        if not row["code"] or row["code"] in found:
            faults.append(row.fault("code", f"{row['code']!r} is empty or stands on several lines"))
        try:
            found[row["code"]] = _code(row)
        except ValueError as error:
            faults.append(row.fault("gives", str(error)))
    if faults:
        raise DataFileError("\n".join(faults))
    return Codes(found)


def _code(row: Row) -> Code:
    gives = [part.partition("=")[::2] for part in row.listed("gives")]
    ages = [_ages(value) for key, value in gives if key == "ages"]
    unknown = [
        k
        for k, _ in gives
        if k not in ACCESS and k not in ("language", "ages", "payment", "minors", "keyword")
    ]
    if unknown or not gives:
        raise ValueError(
            f"{', '.join(unknown) or 'nothing'}: write what the lines at the top of the file list"
        )
    return Code(
        code=row["code"],
        meaning=row["meaning"],
        facts={key: Answer(value) for key, value in gives if key in ACCESS},
        languages=tuple(value for key, value in gives if key == "language"),
        ages=ages[0] if ages else None,
        is_payment=any(key == "payment" for key, _ in gives),
        is_for_minors=any(key == "minors" for key, _ in gives),
    )


def _ages(value: str) -> tuple[int, int]:
    low, dash, high = value.partition("-")
    if not dash or not low.isdecimal() or not (high.isdecimal() or not high):
        raise ValueError(f"ages={value}: write two ages like 18-25, or 65- for no upper end")
    return int(low), int(high or OLDEST)
