"""The national lines, from data/hotlines.csv: what to call or text when no local place will do.

Real numbers that people act on in danger: a line that nobody has checked for 90 days warns.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from directory.datafile import HERE, DataFileError, Row, read
from directory.model import Schedule
from directory.needs import load_needs

FRESH_DAYS: Final = 90
FILE: Final = HERE / "hotlines.csv"
COLUMNS: Final = (
    "id", "check", "topics", "name", "call", "press", "text_to", "text_words", "tty", "url",
    "languages_voice", "languages_text", "hours", "police_relation", "not_for",
    "verified_on", "verified_by", "source_url",
)  # fmt: skip

# The kinds of danger, as the conversation names them (bot/model.py; a test compares).
DANGERS: Final = frozenset({"overdose", "suicide", "violence", "medical"})
# What a line may be for beside needs and dangers.
GROUPS: Final[dict[str, str]] = {
    "general": "Helps with almost anything; told last when nothing closer fits",
    "emergency": "The emergency number",
    "poison": "Took or touched something harmful",
    "using_alone": "Someone to stay on the line while a person uses",
    "veterans": "Veterans, service members, their families",
    "youth": "Under 25",
    "lgbtq": "LGBTQ+ people",
    "native": "Native people",
    "pregnancy": "Pregnant people and new parents",
    "sexual_assault": "After a sexual assault",
    "trafficking": "Made to work or to sell sex",
    "child_safety": "A child is being hurt",
    "disaster": "Storm, fire, flood and what comes after",
}

_NUMBER: Final = re.compile(r"\+1[2-9]\d{9}|\d{3,6}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?|\*")
_HOURS: Final = re.compile(
    r"(?P<days>(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*) "
    r"(?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d) (?P<zone>[A-Za-z_]+/[A-Za-z_/]+)"
)


class PoliceRelation(StrEnum):
    """What a line itself says of when it calls the police or an ambulance."""

    NEVER = "never"
    WITH_CONSENT = "with consent"
    MAY = "may"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class Hotline:
    """One national line. `call`, `text_to` and `tty` are E.164, a short code, or empty."""

    id: str
    check: str  # "A": operator's or federal page, "B": other dated source
    topics: tuple[str, ...]  # need codes, DANGERS, GROUPS
    name: str
    call: str
    press: tuple[tuple[str, str], ...]  # (language or "*", key)
    text_to: str
    text_words: tuple[tuple[str, str], ...]  # (language, word)
    tty: str
    url: str
    languages_voice: tuple[str, ...]  # BCP 47; "ase" is ASL; "*": others by interpreter
    languages_text: tuple[str, ...]
    hours: str
    police_relation: PoliceRelation
    not_for: str  # what to know first
    verified_on: date
    verified_by: str
    source_url: str

    @property
    def always_open(self) -> bool:
        return self.hours == "24/7"

    @property
    def time_zone(self) -> str:
        found = _HOURS.fullmatch(self.hours)
        return found["zone"] if found else ""

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """The opening rule for hours.open_at; none when it is 24/7 or not known."""
        found = _HOURS.fullmatch(self.hours)
        if not found:
            return ()
        opens, closes = _clock(found["opens"]), _clock(found["closes"])
        return (Schedule(self.id, freq="WEEKLY", byday=found["days"], opens_at=opens, closes_at=closes),)

    def press_for(self, language: str) -> str:
        """The key to press after calling; empty if none."""
        keys = dict(self.press)
        return keys.get(language, keys.get("*", ""))

    def text_word(self, language: str) -> str:
        """The word to text in a language; empty when any words do."""
        return dict(self.text_words).get(language, "")

    def is_stale(self, today: date, days: int = FRESH_DAYS) -> bool:
        """True if nobody has checked it in that many days, or the check lies in the future."""
        return not 0 <= (today - self.verified_on).days <= days


@dataclass(frozen=True, slots=True)
class Hotlines:
    """All lines, in the order of the file, which is the order they are told in."""

    lines: tuple[Hotline, ...]

    @classmethod
    def load(cls, path: Path = FILE, needs: Collection[str] | None = None) -> Hotlines:
        """Reads and checks the file. Raises DataFileError naming every faulty line.

        needs: the need codes that topics may name; None: those of data/needs.csv.
        """
        codes = load_needs().codes if needs is None else needs
        rows = read(path, COLUMNS, _checks({*codes, *DANGERS, *GROUPS}))
        if faults := [*_file_faults(path.name, rows), *(f for row in rows for f in _row_faults(row))]:
            raise DataFileError("\n".join(faults))
        return cls(tuple(map(_hotline, rows)))

    def __iter__(self) -> Iterator[Hotline]:
        return iter(self.lines)

    def by_id(self, line_id: str) -> Hotline | None:
        return next((line for line in self.lines if line.id == line_id), None)

    def for_needs(self, codes: Collection[str]) -> tuple[Hotline, ...]:
        """The lines that say they help with any of these codes, then the general ones."""
        asked = set(codes)
        fit = [line for line in self.lines if asked.intersection(line.topics)]
        rest = [line for line in self.lines if "general" in line.topics and line not in fit]
        return (*fit, *rest)

    def for_danger(self, kind: str) -> tuple[Hotline, ...]:
        """The lines for a danger; the emergency number is always among them."""
        lines = tuple(line for line in self.lines if kind in line.topics)
        emergency = self.emergency()
        return lines if emergency in lines else (emergency, *lines)

    def for_topic(self, topic: str, language: str) -> Hotline | None:
        """The first line for this that can be called and speaks the language, by interpreters too; None if
        there is none."""
        fit = (line for line in self.lines if line.call and topic in line.topics)
        return next((line for line in fit if not {language, "*"}.isdisjoint(line.languages_voice)), None)

    def emergency(self) -> Hotline:
        return next(line for line in self.lines if "emergency" in line.topics)

    def stale(self, today: date, days: int = FRESH_DAYS) -> tuple[Hotline, ...]:
        return tuple(line for line in self.lines if line.is_stale(today, days))

    def warnings_for(self, today: date) -> list[str]:
        """What to tell the operator at start-up: one sentence per line that needs a look."""
        return [
            f"data/{FILE.name}, {line.id}: last checked {line.verified_on}, more than {FRESH_DAYS} days"
            f" ago or in the future; check {line.url} and set verified_on"
            for line in self.stale(today)
        ]


def _hotline(row: Row) -> Hotline:
    plain = {c: row[c] for c in ("id", "check", "name", "call", "text_to", "tty", "url", "hours", "not_for")}
    return Hotline(
        **plain,
        topics=row.listed("topics"),
        press=_pairs(row.listed("press")),
        text_words=_pairs(row.listed("text_words")),
        languages_voice=row.listed("languages_voice"),
        languages_text=row.listed("languages_text"),
        police_relation=PoliceRelation(row["police_relation"]),
        verified_on=date.fromisoformat(row["verified_on"]),
        verified_by=row["verified_by"],
        source_url=row["source_url"],
    )


def _pairs(cells: Sequence[str]) -> tuple[tuple[str, str], ...]:
    parted = (cell.partition(":") for cell in cells)
    return tuple((language.strip(), word.strip()) for language, _, word in parted)


def _clock(words: str) -> time:
    """24:00 is the midnight that ends the day: a schedule that closes at 00:00."""
    return time(0) if words == "24:00" else time.fromisoformat(words)


def _checks(known: Collection[str]) -> dict[str, Callable[[str], str | None]]:
    return {
        "id": lambda c: None if re.fullmatch(r"[a-z0-9-]+", c) else "write small letters, digits and -",
        "check": lambda c: None if c in {"A", "B"} else f"'{c}': only lines checked A or B belong here",
        "topics": lambda c: _topics_fault(c, known),
        "name": _missing,
        "verified_by": _missing,
        **dict.fromkeys(("call", "text_to", "tty"), _number_fault),
        **dict.fromkeys(("press", "text_words"), _pairs_fault),
        **dict.fromkeys(("languages_voice", "languages_text"), _languages_fault),
        **dict.fromkeys(("url", "source_url"), _web_fault),
        "hours": _hours_fault,
        "police_relation": _police_fault,
        "verified_on": _date_fault,
    }  # fmt: skip


def _missing(cell: str) -> str | None:
    return None if cell else "must not be empty"


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _topics_fault(cell: str, known: Collection[str]) -> str | None:
    if not _parts(cell):
        return "must not be empty"
    unknown = [part for part in _parts(cell) if part not in known]
    return f"'{unknown[0]}' is not known; write one of {', '.join(sorted(known))}" if unknown else None


def _number_fault(cell: str) -> str | None:
    good = not cell or _NUMBER.fullmatch(cell)
    return None if good else f"'{cell}': write +1 and ten digits (+18006624357) or a short code (988)"


def _pairs_fault(cell: str) -> str | None:
    halves = (part.partition(":") for part in _parts(cell))
    good = all(_LANGUAGE.fullmatch(language.strip()) and word.strip() for language, _, word in halves)
    return None if good else f"'{cell}': write a language, a colon and the word or key (es:AYUDA)"


def _languages_fault(cell: str) -> str | None:
    wrong = [part for part in _parts(cell) if not _LANGUAGE.fullmatch(part)]
    return f"'{wrong[0]}': write a language code such as es, or *" if wrong else None


def _web_fault(cell: str) -> str | None:
    return (
        None if re.match(r"https?://\S+$", cell) else f"'{cell}': write an address that starts with https://"
    )


def _hours_fault(cell: str) -> str | None:
    found = _HOURS.fullmatch(cell)
    good = cell in {"", "24/7"} or (found and _is_time(found["opens"]) and _is_time(found["closes"]))
    if not good:
        return f"'{cell}': write 24/7, nothing, or MO,TU 10:00-18:00 America/New_York"
    try:
        _ = ZoneInfo(found["zone"]) if found else None
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return f"'{cell}': no such time zone"
    return None


def _is_time(words: str) -> bool:
    return words == "24:00" or (words[:2] < "24" and words[3:] < "60")


def _police_fault(cell: str) -> str | None:
    good = cell in set(PoliceRelation)
    return None if good else f"'{cell}': write never, with consent, may or nothing"


def _date_fault(cell: str) -> str | None:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return f"'{cell}': write the day as 2026-11-30"
    return None


def _row_faults(row: Row) -> list[str]:
    faults = []
    if not row["call"] and not row["text_to"]:
        faults.append(row.fault("call", "a line needs a number to call or to text"))
    if row["text_words"] and not row["text_to"]:
        faults.append(row.fault("text_to", "there is a word to text but no number"))
    return faults


def _file_faults(name: str, rows: Sequence[Row]) -> list[str]:
    ids = [row["id"] for row in rows]
    faults = [row.fault("id", "stands twice") for i, row in enumerate(rows) if row["id"] in ids[:i]]
    if not any("emergency" in row.listed("topics") for row in rows):
        faults.append(f"{name}, topics: one line must have the topic emergency")
    return faults


def main(arguments: Sequence[str], today: date) -> int:
    """`python -m directory.hotlines [--today 2026-12-01]`: prints stale lines; exit 1 if any."""
    parser = argparse.ArgumentParser(prog="python -m directory.hotlines", description=__doc__)
    parser.add_argument("--today", type=date.fromisoformat, nargs="?", const=today, default=today)
    parser.add_argument("--file", type=Path, default=FILE)
    asked = parser.parse_args(arguments)
    try:
        warnings = Hotlines.load(asked.file).warnings_for(asked.today)
    except DataFileError as error:
        warnings = [str(error)]
    sys.stdout.write("".join(f"{line}\n" for line in warnings))
    return 1 if warnings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], date.today()))  # noqa: DTZ011 the reader's own day is meant
