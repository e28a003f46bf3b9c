"""One row of the SAMHSA directory as an Entry: names, ids, phones, facts. Pure; reading is in samhsa.py."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from directory.ids import made_id
from directory.model import (
    Address,
    Answer,
    Entry,
    Fact,
    Language,
    Location,
    Organization,
    Phone,
    Point,
    Precision,
    Problem,
    Service,
    ServiceAtLocation,
)  # fmt: skip
from directory.phones import is_doubtful, normalise, split_extension
from directory.sources.cells import point, zip_code
from directory.sources.samhsa_codes import Codes, FacilityList
from directory.text import fold

INTAKE: Final = ("intake1", "intake2", "intake1a", "intake2a")
LABELS: Final = {
    FacilityList.SUBSTANCE_USE: "Substance use treatment",
    FacilityList.MENTAL_HEALTH: "Mental health treatment",
}
# The list cuts a long name in two: "Family Resource Center of" | "Northwest Ohio/Main Office".
_CUT: Final = re.compile(r"(?:\b(?:and|or|of|for|the|in|at|to|with|on|by)|[&,/-])$", re.IGNORECASE)
_PART: Final = re.compile(r"(?<!\bAlc)(?<!\bAlcohol)/", re.IGNORECASE)
_TRADES_AS: Final = re.compile(r"DBA\s+(?=\S)", re.IGNORECASE)
_POST_OFFICE_BOX: Final = re.compile(r"p\.?\s?o\.? box\b", re.IGNORECASE)
_PRECISION: Final = {"street": Precision.STREET, "zip": Precision.ZIP, "": Precision.STREET}


@dataclass(frozen=True, slots=True)
class Raw:
    """A row as it stands in the file."""

    row: int
    cells: Mapping[str, str]
    listing: FacilityList

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def line(self) -> str:
        return f"row {self.row}"


@dataclass(slots=True)
class Mapper:
    """Turns the rows of one file into entries. Remembers keys, to tell exact repeats apart."""

    file: str
    source_id: str
    codes: Codes
    _seen: Counter[str] = field(default_factory=Counter)
    _facts: dict[Answer, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._facts = {answer: Fact(answer, None, self.source_id) for answer in Answer}

    def rows(self, raw: Raw) -> Iterator[Entry | Problem]:
        """The warnings of a row and then its entry, or why it was not taken."""
        if not raw["name1"]:
            yield self._problem(raw, "name1", "is empty; every facility needs a name", rejected=True)
            return
        if not raw["phone"] and not raw["street1"] and not any(raw[column] for column in INTAKE):
            yield self._problem(raw, "phone", "has neither a phone nor a street", rejected=True)
            return
        zip_said, zip_fault = zip_code(raw["zip"], raw["state"])
        where, point_fault = point(raw["latitude"], raw["longitude"])
        # A number that cannot be right comes last: nobody should have to dial it first.
        phones = sorted(_phones(raw), key=lambda told: is_doubtful(told[1].number))
        yield from self._warnings(raw, zip_fault, point_fault, phones)
        yield self._entry(raw, zip_said, where, phones)

    def _problem(self, raw: Raw, column: str, reason: str, *, rejected: bool = False) -> Problem:
        return Problem(self.file, raw.line, column, reason, rejected)

    def _warnings(
        self, raw: Raw, zip_fault: str, point_fault: str, phones: list[tuple[str, Phone]]
    ) -> Iterator[Problem]:
        if zip_fault:
            yield self._problem(raw, "zip", zip_fault)
        if point_fault:
            yield self._problem(raw, "latitude", point_fault)
        for column, phone in phones:
            if is_doubtful(phone.number):
                reason = f"{raw[column]!r} is no number in use in the US; kept as it stands"
                yield self._problem(raw, column, reason)
        if not phones:
            yield self._problem(raw, "phone", "no phone; the facility can only be visited")

    def _entry(self, raw: Raw, zip_said: str, where: Point | None, phones: list[tuple[str, Phone]]) -> Entry:
        key = self._key(raw, zip_said)
        service_id = made_id("service", self.source_id, key)
        name, part = _names(raw["name1"], raw["name2"])
        location = _location(raw, name, zip_said, where)
        return Entry(
            key=key,
            line=raw.line,
            organization=Organization(made_id("organization", _folded(name), raw["state"]), name),
            service=self._service(raw, service_id, part, phones),
            places=(ServiceAtLocation(made_id("service_at_location", self.source_id, key), location),),
        )

    def _key(self, raw: Raw, zip_said: str) -> str:
        """Equal for the same row in the workbook and in the CSV, whatever else the files hold."""
        parts = [_folded(raw[c]) for c in ("name1", "name2", "street1", "street2", "city", "state")]
        key = made_id("samhsa", raw.listing, *parts, zip_said)
        self._seen[key] += 1
        return key if self._seen[key] == 1 else f"{key}-{self._seen[key]}"

    def _service(self, raw: Raw, id_: str, part: str, phones: list[tuple[str, Phone]]) -> Service:
        codes = tuple(code for code in raw["service_code_info"].split() if code != "*")
        youngest, oldest = self.codes.ages(codes, raw.listing)
        return Service(
            id=id_,
            name=part or LABELS[raw.listing],
            minimum_age=youngest,
            maximum_age=oldest,
            phones=tuple(_owned(phone, id_) for _, phone in phones),
            languages=tuple(
                Language(made_id("language", id_, name), name, code)
                for name, code in self.codes.languages(codes)
            ),
            source_codes=codes,
            access={key: self._facts[answer] for key, answer in self.codes.facts(codes).items()},
        )


def _names(name1: str, name2: str) -> tuple[str, str]:
    """Who runs it, and which part of it this is ("" if that is not said).

    >>> _names("Family Resource Center of", "Northwest Ohio/Main Office")
    ('Family Resource Center of Northwest Ohio', 'Main Office')
    >>> _names("Wisdom Counseling", "DBA Alaska Wisdom Recovery")
    ('Wisdom Counseling', 'Alaska Wisdom Recovery')
    """
    if name2 and _CUT.search(name1):
        rest, *part = _PART.split(name2, maxsplit=1)
        return f"{name1} {rest.strip()}", part[0].strip() if part else ""
    return name1, _TRADES_AS.sub("", name2) if _TRADES_AS.match(name2) else name2


def _location(raw: Raw, name: str, zip_said: str, where: Point | None) -> Location:
    id_ = made_id("location", _folded(raw["name1"]), _folded(raw["street1"]), zip_said[:5])
    precision = _PRECISION.get(raw["geo_precision"].lower(), Precision.NONE)
    is_box = _POST_OFFICE_BOX.match(raw["street1"]) is not None
    address = Address(
        id=made_id("address", id_),
        address_1=raw["street1"],
        address_2=raw["street2"],
        city=raw["city"],
        state_province=raw["state"].upper(),
        postal_code=zip_said,
        address_type="postal" if is_box else "physical",
    )
    if where is None or precision is Precision.NONE:
        where, precision = None, Precision.NONE
    return Location(id_, name=name, point=where, precision=precision, addresses=(address,))


def _phones(raw: Raw) -> Iterator[tuple[str, Phone]]:
    """Each number once, with its column: intake first, it is the one that takes people in."""
    told: set[tuple[str, str]] = set()
    for column in (*INTAKE, "phone"):
        if not raw[column]:
            continue
        typed, extension = split_extension(raw[column])
        number = normalise(typed)
        if number and (number, extension) not in told:
            told.add((number, extension))
            description = "main" if column == "phone" else "intake"
            yield column, Phone("", number, extension, description=description)


def _owned(phone: Phone, owner: str) -> Phone:
    id_ = made_id("phone", owner, phone.number, phone.extension)
    return Phone(id_, phone.number, phone.extension, phone.type, phone.description)


def _folded(text: str) -> str:
    plain = text.lower().replace("`", "'") if text.isascii() else fold(text)  # the same, 5 times as fast
    return " ".join(plain.split())
