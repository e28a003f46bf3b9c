"""Rows of our table as an Entry: one service, at one place or several. Reading is in spreadsheet.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Final

from directory.access import ACCESS
from directory.ids import made_id
from directory.model import (
    Answer,
    Attribute,
    Capacity,
    Entry,
    Fact,
    Language,
    Organization,
    Phone,
    Problem,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from directory.needs import TAXONOMY, Needs
from directory.sources import spreadsheet_cells as read
from directory.sources.hsds_kinds import EMAIL, NUMBER, URI, WHOLE, shown
from directory.sources.spreadsheet_columns import NOT
from directory.sources.spreadsheet_row import Row, location, phones, schedules
from directory.text import fold, words

LOCAL: Final = "local"  # the taxonomy of words that no need matches
_OPPOSITE: Final = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}
_FREE: Final = frozenset({"free", "no cost", "no charge", "free of charge", "none", "0", "gratis", "no fee"})
_AGES_IN_PROSE: Final = re.compile(
    r"\bages? \d{1,2}\b[^.;]{0,12}|\b\d{1,2}\s?\+|\b\d{1,2} (?:and|or|&) (?:over|older|up|under|younger)\b"
    r"|\b(?:under|over) \d{1,2}\b"
)


@dataclass(slots=True)
class Mapper:
    """Turns the rows of one file into entries. Remembers keys, so that none is used twice."""

    source_id: str
    needs: Needs
    _seen: set[str] = field(default_factory=set)

    def entry(self, rows: Sequence[Row]) -> Iterator[Entry | Problem]:
        """One service from the rows that share its service_id; rows that cannot be taken as Problems."""
        first, rest = rows[0], rows[1:]
        if problem := self._unusable(first):
            yield problem
            if rest:
                yield from self.entry(rest)
            return
        taken = [first]
        for row in rest:
            if row.has_place:
                taken.append(row)
            else:
                yield row.refused("address", "has the service_id of the row before, but no other place")
        made = self._entry(taken)
        for row in taken:
            yield from row.warnings
        yield made

    def _unusable(self, row: Row) -> Problem | None:
        if not row.name:
            return row.refused("organization", "names neither an organization nor a service")
        if not (row["address"] or row["website"] or phones(replace(row, warnings=[]))):
            return row.refused("phone", "has no phone, no street and no website; nobody could get there")
        if row["service_id"] and row["service_id"] in self._seen:
            reason = f"{shown(row['service_id'])} was used further up; rows of one service stand together"
            return row.refused("service_id", reason)
        return None

    def _entry(self, rows: Sequence[Row]) -> Entry:
        first = rows[0]
        key = self._key(first)
        id_ = made_id("service", self.source_id, key)
        owner = first["organization"] or first["service"]
        numbers, rules = phones(first), schedules(first)
        further = (_apart(self._place(row, id_, owner), row, numbers, rules) for row in rows[1:])
        places = [self._place(first, id_, owner), *further]
        return Entry(
            key=key,
            line=first.line,
            organization=Organization(made_id("organization", self.source_id, _folded(owner)), owner),
            service=self._service(first, id_, numbers, rules),
            places=tuple({place.id: place for place in places}.values()),
        )

    def _key(self, row: Row) -> str:
        key = row["service_id"]
        if not key or len(key) > 100:
            named = (row["organization"], row["service"], row["address"], row["zip"], key)
            key = made_id("row", *map(_folded, named))
        base, times = key, 1
        while key in self._seen:
            times += 1
            key = f"{base}-{times}"
        self._seen.add(key)
        return key

    def _place(self, row: Row, service_id: str, owner: str) -> ServiceAtLocation:
        where = location(row, self.source_id, owner)
        return ServiceAtLocation(made_id("service_at_location", service_id, where.id), where)

    def _service(self, row: Row, id_: str, numbers: list[Phone], rules: tuple[Schedule, ...]) -> Service:
        checked = row.read("verified_on", read.day, None)
        youngest, oldest = _ages(row)
        languages, interpreters = _languages(row, id_)
        return Service(
            id=id_,
            name=row.name,
            status=row.read("status", read.status, "active"),
            description=row["description"],
            url=row.read("website", lambda cell: str(URI.read(cell)), ""),
            email=row.read("email", lambda cell: str(EMAIL.read(cell)), ""),
            interpretation_services=row["interpreters"] or interpreters,
            application_process=row["how_to_get_in"],
            fees_description=row["cost"],
            wait_time=row["wait"],
            eligibility_description=row["eligibility"],
            alert=row["alert"],
            minimum_age=youngest,
            maximum_age=oldest,
            assured_date=checked,
            open_on_holidays=row.read("open_on_holidays", read.answer, None) or Answer.UNKNOWN,
            phones=_phones_of(id_, numbers),
            schedules=_schedules_of(id_, rules),
            languages=languages,
            service_areas=_areas(row, id_),
            required_documents=_documents(row, id_),
            capacities=_beds(row, id_, checked),
            attributes=tuple(self._attributes(row, id_)),
            access={key: Fact(said, checked, self.source_id) for key, said in _facts(row).items()},
        )

    def _attributes(self, row: Row, service_id: str) -> Iterator[Attribute]:
        """The needs that a row names, and its own words for them."""
        found: dict[tuple[str, str], str] = {}
        for column in ("needs", "category"):
            for text in _texts(row[column]):
                named = self.needs.named(text)
                codes = {named} if named else self.needs.of_attribute(Attribute("", LOCAL, "", text))
                found |= {(TAXONOMY, code): self.needs.label(code) for code in sorted(codes)}
                if not named:
                    found[LOCAL, fold(text)] = text
                if not codes:
                    row.warn(column, f"{shown(text)} matches no need; kept as words to search by")
        if not any(taxonomy == TAXONOMY for taxonomy, _ in found):
            row.warn("needs", "names no need we know; it will be found by its words only")
        for (taxonomy, code), name in found.items():
            yield Attribute(made_id("attribute", service_id, taxonomy, code), taxonomy, code, name)


def _apart(
    place: ServiceAtLocation, row: Row, numbers: list[Phone], rules: tuple[Schedule, ...]
) -> ServiceAtLocation:
    """A further place with its own phones and hours, where they differ from those of the first row."""
    own, own_rules = phones(row), schedules(row)
    return replace(
        place,
        phones=_phones_of(place.id, own) if own != numbers else (),
        schedules=_schedules_of(place.id, own_rules) if own_rules != rules else (),
    )


def _texts(cell: str) -> list[str]:
    """The categories of a cell, at most 120 characters of each."""
    said = [part for each in re.split(r"[;|]", cell) for part in re.split(r",(?![^(]*\))", each)]
    return [part.strip()[:120] for part in said if words(part)]


def _facts(row: Row) -> dict[str, Answer]:
    """What is said of the fields of directory/access.py; what nobody asked is not in it."""
    said: dict[str, Answer] = {}
    if " ".join(words(row["cost"])) in _FREE:
        said["no_pay"] = Answer.YES
    said |= read.only_one_gender(row["eligibility"])
    unsaid: dict[str, Answer] = {}
    said |= row.read("gender", read.genders, unsaid)
    for column, words_ in (("women_only", "women"), ("men_only", "men")):
        if row.read(column, read.answer, None) is Answer.YES:
            said |= read.genders(words_)
    for key in ACCESS:
        direct, opposite = row.read(key, read.answer, None), row.read(NOT + key, read.answer, None)
        if opposite:
            said[key] = _OPPOSITE[opposite]
        if direct:
            said[key] = direct
    return {key: answer for key, answer in said.items() if answer is not Answer.UNKNOWN}


def _ages(row: Row) -> read.Ages:
    youngest, oldest = row.read("min_age", _years, None), row.read("max_age", _years, None)
    if youngest is None and oldest is None:
        youngest, oldest = row.read("ages", read.ages, read.Ages(None, None))
    if youngest is None and oldest is None and (prose := _AGES_IN_PROSE.search(fold(row["eligibility"]))):
        youngest, oldest = read.ages(prose.group())
    if youngest is not None and oldest is not None and youngest > oldest:
        row.warn("max_age", f"{oldest} is less than {youngest}; both left out")
        return read.Ages(None, None)
    return read.Ages(youngest, oldest)


def _years(cell: str) -> int:
    years = int(WHOLE.read(cell.strip().rstrip("+")))
    if not 0 <= years <= 120:
        raise ValueError(f"{shown(cell)} is no age in years")
    return years


def _languages(row: Row, owner: str) -> tuple[tuple[Language, ...], str]:
    """The languages, and the words about interpreters that name none."""
    found: dict[str, Language] = {}
    interpreters: list[str] = []
    for part in read.parts(row["languages"]):
        try:
            spoken = read.language(part)
        except ValueError as error:
            row.warn("languages", str(error))
            continue
        if not spoken.code and "interpret" in fold(part):
            interpreters.append(part)
        elif spoken.name:
            found.setdefault(fold(spoken.name), spoken)
    owned = (replace(each, id=made_id("language", owner, name)) for name, each in found.items())
    return tuple(owned), "; ".join(interpreters)


def _areas(row: Row, owner: str) -> tuple[ServiceArea, ...]:
    found = read.areas(row["service_area"])
    if not found and not row.has_place:
        found = read.areas(row["state"])  # all that is said of where it helps
    return tuple(replace(each, id=made_id("area", owner, each.name)) for each in found)


def _documents(row: Row, owner: str) -> tuple[RequiredDocument, ...]:
    said = dict.fromkeys(part.strip() for part in row["documents"].split(";") if part.strip())
    return tuple(RequiredDocument(made_id("document", owner, part), part) for part in said)


def _beds(row: Row, owner: str, checked: date | None) -> tuple[Capacity, ...]:
    """Open beds are only worth telling with the day they were counted."""
    free = row.read("beds_open", _beds_number, None)
    whole = row.read("beds_total", _beds_number, None)
    counted = row.read("beds_on", read.day, None) or checked
    if free is None:
        return ()
    if counted is None:
        row.warn("beds_open", "says no day in beds_on; left out, old numbers send people to full houses")
        return ()
    when = datetime.combine(counted, time(), UTC)
    return (Capacity(made_id("capacity", owner), "bed", free, when, whole),)


def _beds_number(cell: str) -> float:
    number = float(NUMBER.read(cell))
    if not 0 <= number <= 100_000:
        raise ValueError(f"{shown(cell)} is no number of beds")
    return number


def _phones_of(owner: str, numbers: Sequence[Phone]) -> tuple[Phone, ...]:
    return tuple(replace(each, id=made_id("phone", owner, each.number, each.extension)) for each in numbers)


def _schedules_of(owner: str, rules: Sequence[Schedule]) -> tuple[Schedule, ...]:
    return tuple(replace(each, id=made_id("schedule", owner, str(n))) for n, each in enumerate(rules))


def _folded(text: str) -> str:
    return " ".join(words(text))
