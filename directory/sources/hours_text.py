"""Opening hours that people typed: "Mon-Fri 9-5, Sat by appt" to schedules.

A wrong reading is worse than none. What is not understood takes with it every day it might be
about, and the whole text is kept as words, so that people are told to call first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from itertools import pairwise
from typing import Final
from uuid import UUID, uuid5

from directory.model import Answer, Schedule
from directory.recurrence import WEEKDAYS
from directory.sources.hours_clock import ALL_DAY, DAY, Span
from directory.sources.hours_grammar import EVERY_DAY, Day, Item, items
from directory.sources.hours_words import REMARK, Kind, Token, clean, tokens

_NAMESPACE: Final = UUID("05c4ee34-6f14-4cfd-b639-97c21a638f50")
_LONGEST: Final = 2_000  # characters; what is longer is a leaflet, not hours
_SAYS_NOTHING: Final = frozenset(("", "-", "n/a", "na", "none", "unknown", "tbd", "?"))
_KINDS_OF_HOLIDAY: Final = (
    r"(?:(?:on|for|all|most|major|federal|public|legal|national|state|bank|los|dias) )*"
)
_HOLIDAY: Final = rf"{_KINDS_OF_HOLIDAY}(?:holidays?|feriados?|festivos?)\b"
_SHUT: Final = r"\b(?:closed|except|excluding|not open|cerrado|excepto)\b"
_OPEN: Final = r"\b(?:open|including|incl\.?|incluye|incluso)"
_NOT_ON_HOLIDAYS: Final = re.compile(rf"{_SHUT}(?:(?!open)[^.;\n])*?{_HOLIDAY}|{_HOLIDAY}:? closed\b")
_ON_HOLIDAYS: Final = re.compile(rf"(?:{_OPEN}|\band|\by) {_HOLIDAY}")
_HOLIDAY_REMARK: Final = re.compile(
    rf"[(,;]? ?(?:{_SHUT}|{_OPEN}) {_HOLIDAY}[)]?|{_HOLIDAY}:? closed\b|(?:,|,? and|&|/| y) ?{_HOLIDAY}"
)
_ON_HOLIDAYS_NOTE: Final = {Answer.NO: "Closed on holidays", Answer.YES: "Open on holidays"}
_ASIDE: Final = re.compile(r"\(([^()]*)\)")
_APPOINTMENT: Final = "By appointment"
_APPOINTMENTS: Final = (Kind.APPOINTMENT, Kind.OR_APPOINTMENT)
_HOLDS: Final = (Kind.CLOCK, Kind.CLOSED, *_APPOINTMENTS)  # what can be said of days


@dataclass(slots=True)
class _Statement:
    """What is said of some days. `doubtful`: something about them was not understood."""

    days: tuple[Day, ...]
    spans: list[Span] = field(default_factory=list)
    closed: bool = False
    by_appointment: bool = False
    note: str = ""
    doubtful: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.spans or self.closed or self.by_appointment)

    @property
    def weekdays(self) -> set[int]:
        return {weekday for weekday, _ in self.days}

    @property
    def contradicts_itself(self) -> bool:
        ranges = sorted(
            (opens, closes if closes > opens else closes + DAY) for opens, closes in set(self.spans)
        )
        overlap = any(earlier[1] > later[0] for earlier, later in pairwise(ranges))
        return overlap or self.is_empty or (self.closed and bool(self.spans or self.by_appointment))


@dataclass(slots=True)
class _Reading:
    """All that a text says. `alarm`: something may change any day; `aside`: words beside hours."""

    statements: list[_Statement] = field(default_factory=list)
    alarm: bool = False
    aside: bool = False
    by_appointment: bool = False

    @property
    def last_is_empty(self) -> bool:
        return bool(self.statements) and self.statements[-1].is_empty


def parse_hours(text: str, owner: str = "") -> tuple[tuple[Schedule, ...], bool]:
    """The schedules in a text, and whether all of it was understood. Never raises.

    If not, the last schedule has no times and holds the whole text. The ids depend on text and
    owner alone: give the record's own id as owner where ids must differ between records.

    >>> found, understood = parse_hours("Mon-Fri 9-5, Sat by appt")
    >>> [(s.byday, s.opens_at, s.description) for s in found]
    [('MO,TU,WE,TH,FR', datetime.time(9, 0), ''), ('SA', None, 'By appointment')]
    """
    cleaned = clean(text[:_LONGEST])
    if cleaned in _SAYS_NOTHING:
        return (), True
    reading = _read(_HOLIDAY_REMARK.sub("", cleaned)) if len(text) <= _LONGEST else _Reading(alarm=True)
    sure = _sure(reading)
    understood = len(sure) == len(reading.statements) and not (reading.alarm or reading.aside)
    found = [*_schedules(sure, _remarks(cleaned))]
    if reading.by_appointment and not reading.statements:
        found.append(Schedule("", description=_APPOINTMENT))
    if not understood or not found:
        found.append(Schedule("", description=text.strip()))
    return tuple(_with_ids(found, f"{owner}\n{cleaned}")), understood and bool(sure or reading.by_appointment)


def holidays_in(text: str) -> Answer:
    """Whether the hours hold on public holidays: "closed on major holidays" says no.

    >>> holidays_in("Mon-Sat 9-5, closed Sundays and holidays")
    <Answer.NO: 'no'>
    """
    return _holidays(clean(text[:_LONGEST]))


def _holidays(cleaned: str) -> Answer:
    if _NOT_ON_HOLIDAYS.search(cleaned):
        return Answer.NO
    return Answer.YES if _ON_HOLIDAYS.search(cleaned) else Answer.UNKNOWN


def _remarks(cleaned: str) -> list[str]:
    holidays = _ON_HOLIDAYS_NOTE.get(_holidays(cleaned), "")
    return [note for note in (holidays, *(m[0].capitalize() for m in REMARK.finditer(cleaned))) if note]


def _with_ids(schedules: Sequence[Schedule], key: str) -> Iterator[Schedule]:
    for number, schedule in enumerate(schedules):
        yield replace(
            schedule, id=str(uuid5(_NAMESPACE, f"{key}\n{number}".encode("utf-8", "replace").decode()))
        )


def _sure(reading: _Reading) -> list[_Statement]:
    """The statements nothing casts a doubt on: not on themselves, not on one of their days."""
    if reading.alarm:
        return []
    doubtful = [s for s in reading.statements if s.doubtful or s.contradicts_itself]
    days = {weekday for statement in doubtful for weekday in statement.weekdays}
    return [s for s in reading.statements if s not in doubtful and not s.weekdays & days]


def _schedules(statements: Sequence[_Statement], remarks: Sequence[str]) -> Iterator[Schedule]:
    """One schedule for each span and kind of day; days with the same hours share it."""
    groups: dict[tuple[object, ...], list[_Statement]] = {}
    for said in statements:
        spans = () if said.by_appointment else tuple(said.spans)
        groups.setdefault((spans, said.closed, said.by_appointment, said.note), []).append(said)
    for group in groups.values():
        days = sorted(
            {day for said in group for day in said.days}, key=lambda day: (day[1] < 0, day[1], day[0])
        )
        note = "; ".join(dict.fromkeys(part for part in (group[0].note, *remarks) if part))
        weekly = [day for day in days if day[1] == 0]
        for freq, chosen in (("WEEKLY", weekly), ("MONTHLY", [day for day in days if day[1]])):
            byday = ",".join(f"{n or ''}{WEEKDAYS[weekday]}" for weekday, n in chosen)
            if byday:
                yield from _of_days(Schedule("", freq=freq, byday=byday, notes=note), group[0])


def _of_days(frame: Schedule, said: _Statement) -> Iterator[Schedule]:
    if said.closed:
        yield replace(frame, closed=True)
    elif said.by_appointment:
        yield replace(frame, description=_APPOINTMENT)
    else:
        for span in sorted(set(said.spans)):
            yield replace(frame, opens_at=_wall(span.opens), closes_at=_wall(span.closes))


def _wall(minutes: int) -> time:
    return time(*divmod(minutes % DAY, 60))


def _read(body: str) -> _Reading:
    reading = _Reading()
    lines = [list(items(line)) for line in _lines(body, reading)]
    if not any(item.kind is Kind.DAYS for line in lines for item in line):
        lines = [list(_round_the_clock(line)) for line in lines]
    for line in lines:
        _read_line(line, reading)
    if reading.by_appointment:
        for statement in reading.statements:
            statement.by_appointment, statement.spans = not statement.closed, []
    return reading


def _round_the_clock(line: list[Item]) -> Iterator[Item]:
    """ "24 hours", with no day named, is every day."""
    for item in line:
        if item.spans == (ALL_DAY,):
            yield Item(Kind.DAYS, days=EVERY_DAY)
        yield item


def _lines(body: str, reading: _Reading) -> Iterator[list[Token]]:
    """The tokens of each line or sentence. An aside in parentheses that says nothing of when is
    left out; a line that ends in "and" goes on."""

    def aside(match: re.Match[str]) -> str:
        if all(token.kind is Kind.WORD for token in tokens(match[1])):
            reading.aside = True
            return " "
        return f" {match[1]} "

    line: list[Token] = []
    for token in tokens(_ASIDE.sub(aside, body)):
        if token.kind is not Kind.BREAK:
            line.append(token)
        elif line and line[-1].kind not in (Kind.AND, Kind.COMMA, Kind.TO):
            yield line
            line = []
    if line:
        yield line


def _read_line(line: list[Item], reading: _Reading) -> None:
    kinds = [item.kind for item in line if item.kind is not Kind.COMMA]
    if Kind.DAYS not in kinds:
        _read_line_without_days(line, set(kinds), reading)
    elif kinds[0] is Kind.CLOCK and not reading.last_is_empty:
        reading.statements += _hours_first(line)
    else:
        reading.statements += _days_first(line, reading)


def _read_line_without_days(line: list[Item], kinds: set[Kind], reading: _Reading) -> None:
    """Hours of the days above ("Monday", "9-5" below), a word on all of it, or words beside it."""
    last = reading.statements[-1] if reading.statements else None
    if kinds == {Kind.CLOCK} and last and not (last.closed or last.by_appointment):
        last.spans += [span for item in line for span in item.spans]
    elif kinds == {Kind.CLOSED} and last and last.is_empty:
        last.closed = True
    elif kinds == {Kind.APPOINTMENT}:
        reading.by_appointment = True
    elif kinds <= {Kind.WORD}:
        reading.aside |= bool(kinds)
    elif kinds != {Kind.OR_APPOINTMENT} or not last:
        reading.alarm = True


def _hours_first(line: list[Item]) -> list[_Statement]:
    """ "9-5 Mon-Fri, 10-2 Sat": each group of hours is of the days behind it."""
    parts = [item for item in line if item.kind is not Kind.COMMA]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    regular = len(parts) % 2 == 0 and all(h.kind is Kind.CLOCK and d.kind is Kind.DAYS for h, d in pairs)
    if regular:
        return [_Statement(days.days, spans=list(hours.spans)) for hours, days in pairs]
    return [_Statement(item.days, doubtful=True) for item in parts if item.kind is Kind.DAYS]


def _days_first(line: list[Item], reading: _Reading) -> list[_Statement]:
    """ "Mon-Fri 9-5, Sat by appt, closed Sun": days, then what holds on them; "closed" and "by
    appointment" may also stand before."""
    carried = reading.last_is_empty and line[0].kind is Kind.CLOCK
    made = [reading.statements.pop()] if carried else []
    owners = []  # of each item: how many statements had begun
    before: Kind | None = None
    for place, item in enumerate(line):
        if item.kind is Kind.DAYS:
            made.append(
                _Statement(item.days, closed=before is Kind.CLOSED, by_appointment=before in _APPOINTMENTS)
            )
            before = None
        elif item.kind in _HOLDS and made and _is_of_the_left(made[-1], line, place):
            _say(made[-1], item)
        elif item.kind in _HOLDS:
            before = item.kind
        owners.append(len(made))
    reading.alarm |= before is not None
    _cast_doubts(line, owners, made)
    _spread_appointments(line, made)
    return made


def _is_of_the_left(statement: _Statement, line: list[Item], place: int) -> bool:
    """Whether "closed" or "by appointment" is said of the days before it, not of those behind."""
    kind = line[place].kind
    if kind is Kind.CLOCK or statement.is_empty:
        return True
    behind = [item.kind for item in line[place + 1 :] if item.kind is not Kind.COMMA]
    with_hours_of_their_own = len(behind) > 1 and behind[1] in _HOLDS
    return kind is not Kind.CLOSED and (Kind.DAYS not in behind or with_hours_of_their_own)


def _say(statement: _Statement, item: Item) -> None:
    statement.spans += item.spans
    statement.closed |= item.kind is Kind.CLOSED
    statement.by_appointment |= item.kind is Kind.APPOINTMENT
    if item.kind is Kind.OR_APPOINTMENT:
        statement.note = "Or by appointment"


def _spread_appointments(line: list[Item], made: list[_Statement]) -> None:
    """ "By appointment: …" and "…, by appointment only" are said of the whole line."""
    in_front = line[0].kind is Kind.APPOINTMENT
    at_the_end = [item.kind for item in line[-3:]] == [Kind.CLOCK, Kind.COMMA, Kind.APPOINTMENT]
    for statement in made if in_front or at_the_end else ():
        statement.by_appointment = not statement.closed


def _cast_doubts(line: list[Item], owners: list[int], made: list[_Statement]) -> None:
    """A word we do not know makes doubtful what it stands beside; a comma parts it from that. One
    that speaks of when ("except", "summer") may be said of everything before it."""
    for place, item in enumerate(line):
        if item.kind in _HOLDS or item.kind in (Kind.DAYS, Kind.COMMA):
            continue
        left, right = _neighbour(line, place, -1), _neighbour(line, place, 1)
        here = owners[place]
        touched = made[max(0, here - 1) : here] if left not in (None, Kind.COMMA) else []
        touched += made[here : here + 1] if right is Kind.DAYS else []
        touched = touched or made[max(0, here - 1) : here + 1]
        if item.kind is not Kind.WORD and left is not Kind.DAYS:
            touched = (made[: here + 1] if right is Kind.DAYS else made[:here]) if here else made
        for statement in touched:
            statement.doubtful = True


def _neighbour(line: list[Item], place: int, step: int) -> Kind | None:
    """The kind of the next item that is not a word like this one."""
    place += step
    while 0 <= place < len(line) and line[place].kind in (Kind.WORD, Kind.ALARM, Kind.MONTH):
        place += step
    return line[place].kind if 0 <= place < len(line) else None
