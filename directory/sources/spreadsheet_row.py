"""One row of our table: its cells by our column names, its phones, hours and place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from directory.ids import made_id
from directory.model import Address, Location, Phone, Point, Precision, Problem, Schedule
from directory.phones import is_doubtful, normalise, split_extension
from directory.sources import cells as common
from directory.sources.hours_text import parse_hours
from directory.sources.hsds_kinds import shown
from directory.sources.spreadsheet_cells import answer, state, time_zone
from directory.sources.spreadsheet_columns import WEEKDAYS
from directory.text import fold, words

T = TypeVar("T")
# Column -> HSDS phone type and what the number is for; in the order they are told.
_PHONES: Final = {
    "intake_phone": ("voice", "intake"), "phone": ("voice", ""), "phone_2": ("voice", ""),
    "text_line": ("text", ""), "tty": ("tty", ""), "fax": ("fax", ""),
}  # fmt: skip
_BETWEEN: Final = re.compile(
    r"\s*(?:[;|\n]|\bor\b|\s/\s|,(?=\s*\(?\+?\d{3})|(?<=\d{4})/(?=[\d(]))\s*", re.IGNORECASE
)
_LABEL: Final = re.compile(r"^([^\W\d][^\d:]{1,30}):\s*|\s*\(([^\W\d][^\d)]{1,40})\)\s*$")
_TYPES: Final = {"fax": "fax", "text": "text", "sms": "text", "tty": "tty", "tdd": "tty"}
_SHUT: Final = frozenset({"", "closed", "none", "n a", "na", "no", "x", "off", "cerrado", "cerrada"})
_HIDDEN: Final = re.compile(r"\b(confidential|undisclosed|not disclosed|private address|confidencial)\b")
# Where a point east of Greenwich or outside of North America is no mistake.
_FAR_AWAY: Final = frozenset({"", "GU", "MP", "AS", "FM", "MH", "PW", "AE", "AP", "AA"})


@dataclass(frozen=True, slots=True)
class Row:
    """`warnings` gathers what could not be taken of it."""

    file: str
    row: int
    cells: Mapping[str, str]
    warnings: list[Problem] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def line(self) -> str:
        return f"row {self.row}"

    def warn(self, column: str, reason: str) -> None:
        self.warnings.append(Problem(self.file, self.line, column, reason, rejected=False))

    def refused(self, column: str, reason: str) -> Problem:
        return Problem(self.file, self.line, column, reason)

    def read(self, column: str, reader: Callable[[str], T], otherwise: T) -> T:
        """What a cell means; `otherwise` if it is empty, or cannot be read: then with a warning."""
        if not self[column]:
            return otherwise
        try:
            return reader(self[column])
        except ValueError as error:
            self.warn(column, str(error))
            return otherwise

    @property
    def name(self) -> str:
        return self["service"] or self["organization"]

    @property
    def has_place(self) -> bool:
        return any(self[column] for column in ("address", "city", "zip", "latitude", "lat_long"))


def phones(row: Row) -> list[Phone]:
    """The numbers of a row, without ids, each once."""
    found: dict[tuple[str, str], Phone] = {}
    for column in _PHONES:
        for phone in _numbers(row, column):
            found.setdefault((phone.number, phone.extension), phone)
    return list(found.values())


def _numbers(row: Row, column: str) -> Iterator[Phone]:
    spare = row["extension"] if column == "phone" else ""
    for part in _BETWEEN.split(row[column]):
        if not part or not (phone := _phone(part, column, row)):
            continue
        if spare and not phone.extension:
            digits = re.sub(r"\D", "", spare)[:7]
            phone, spare = replace(phone, extension=digits), ""
        if is_doubtful(phone.number):
            row.warn(column, f"{shown(part)} is no number in use in the US; kept as it stands")
        yield phone


def _phone(part: str, column: str, row: Row) -> Phone | None:
    label = _LABEL.search(part)
    said = (label.group(1) or label.group(2) or "").strip() if label else ""
    typed, extension = split_extension(_LABEL.sub("", part))
    number = normalise(typed)
    if not number:
        row.warn(column, f"{shown(part)} holds no number; left out")
        return None
    type_, purpose = _PHONES[column]
    named = [_TYPES[word] for word in words(said or typed) if word in _TYPES]
    purpose = said or purpose or (row["phone_description"] if column == "phone" else "")
    return Phone("", number, extension, named[0] if named and type_ == "voice" else type_, purpose)


def schedules(row: Row) -> tuple[Schedule, ...]:
    """The opening rules of a row, without ids; what is not understood is kept as words."""
    days = [(day, row[day]) for day in WEEKDAYS if " ".join(words(row[day])) not in _SHUT]
    text = "; ".join(f"{day[:3].title()} {cell}" for day, cell in days)
    column = days[0][0] if days else "hours"
    if text and row["hours"]:
        row.warn("hours", "the columns monday to sunday are filled in too; those are taken")
    text = text or row["hours"]
    if not text:
        return ()
    found, understood = parse_hours(text)
    if not understood:
        row.warn(column, f"{shown(text)}: hours not understood; kept as words, with 'call first'")
    return tuple(found)


def location(row: Row, source_id: str, owner: str) -> Location:
    """Where a row's service is given. `owner`: who runs it; two rows of one owner share a door."""
    zone = row.read("time_zone", time_zone, "")
    if not row.has_place or "virtual" in words(row["location_type"]):
        id_ = made_id("location", source_id, _folded(owner), "virtual", zone)
        return Location(id_, location_type="virtual", time_zone=zone)
    hidden = _HIDDEN.search(fold(row["address"])) is not None
    secret = hidden or str(row.read("confidential", answer, None)) == "yes"
    where = None if secret else _point(row)
    region = row.read("state", state, row["state"])
    code, fault = common.zip_code(row["zip"], region)
    if fault:
        row.warn("zip", fault)
    street = "" if hidden else row["address"]
    door = (street, code[:5]) if street else (row["location_name"], row["city"], code[:5])
    id_ = made_id("location", source_id, _folded(owner), *map(_folded, door))
    return Location(
        id=id_,
        name=row["location_name"],
        transportation=row["transportation"],
        point=where,
        precision=Precision.STREET if where else Precision.NONE,
        time_zone=zone,
        confidential=secret,
        addresses=(_address(row, made_id("address", id_), street, region, code),),
    )


def _address(row: Row, id_: str, street: str, region: str, code: str) -> Address:
    return Address(
        id=id_,
        address_1=street,
        address_2=row["address_2"] if street else "",
        city=row["city"],
        state_province=region,
        postal_code=code,
        region=row["county"],
    )


def _point(row: Row) -> Point | None:
    latitude, longitude, column = row["latitude"], row["longitude"], "latitude"
    if row["lat_long"] and not latitude:
        latitude, _, longitude = re.sub(r"[\s,;()]+", " ", row["lat_long"]).strip().partition(" ")
        column = "lat_long"
    found, fault = common.point(latitude, longitude)
    region = row["state"].upper()
    if found and region not in _FAR_AWAY and not _is_american(found):
        found, fault = None, f"{latitude}, {longitude} is not in the United States; left out"
    if fault:
        row.warn(column, fault)
    return found


def _is_american(place: Point) -> bool:
    return 17 < place.latitude < 72 and (place.longitude < -64 or place.longitude > 172)


def _folded(text: str) -> str:
    return " ".join(words(text))
