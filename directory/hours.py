"""Is it open at this instant? The one answer, for badge, filter, text and API.

The rules of a listing are laid out around one local date and kept, so that asking again costs
microseconds. What cannot be read is never guessed: it is UNKNOWN, and people are told to call.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays
import holidays.countries  # in time: loading it while somebody searches takes 50 ms

from directory.answers import Openness, OpenState
from directory.model import Answer, Schedule
from directory.recurrence import Recurrence, Unreadable, read

_DAY: Final = 86_400  # seconds
# "00:00-23:59" means all day, and "11:00 PM-10:59 PM" round the clock: a minute is no break.
_NO_BREAK: Final = 60
_LOOK_AHEAD: Final = 15  # days searched for the next opening: 14 from any instant of the date
_LOOK_FAR: Final = 400  # days followed when it stays open: a season ends, a holiday comes
_THESE_DATES: Final = 31  # a rule valid for so few days speaks of those dates, holidays and all
# "By appointment", "appt. only", "solo con cita"; not "no appointment required", "or by appointment".
_BY_APPOINTMENT: Final = re.compile(
    r"""^\W*(?:by\s+)?app(?:oin)?t(?:ment)?s?\W*$
    | (?<!\bno\s)\bapp(?:oin)?t(?:ment)?s?\.?\s+(?:only|required)\b
    | \bonly\s+by\s+app | ^\W*(?:s[oó]lo\s+)?(?:con|previa)\s+cita\b""",
    re.IGNORECASE | re.VERBOSE,
)
UNKNOWN: Final = OpenState(Openness.UNKNOWN)
HOLIDAY: Final = OpenState(Openness.UNKNOWN, holiday=True)
ALWAYS: Final = OpenState(Openness.OPEN)
CLOSED: Final = OpenState(Openness.CLOSED)


def open_at(
    schedules: Sequence[Schedule],
    instant: datetime,
    *,
    time_zone: str,
    state: str = "",
    open_on_holidays: Answer = Answer.UNKNOWN,
    always_open: bool = False,
) -> OpenState:
    """Whether these rules mean "open" at an aware instant, and when that next changes.

    time_zone: IANA name; without a real one nothing but "round the clock" is known.
    state: two letters, for its public holidays; without one, the federal ones.
    The minute of opening is open, the minute of closing is closed. Raises ValueError for a
    naive instant, and for nothing else.
    """
    if instant.tzinfo is None:
        raise ValueError("open_at: the instant needs a time zone")
    if always_open:
        return ALWAYS
    rules = tuple(schedules)
    if not rules or not 1971 <= instant.year <= 9990:
        return UNKNOWN
    zone = _zone(time_zone)
    if zone is None:
        return ALWAYS if _plan(rules).always(instant.date()) else UNKNOWN
    chart = _chart(rules, zone, instant.astimezone(zone).date(), state, open_on_holidays)
    return chart.at(instant.timestamp(), zone)


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # junk, a folder of the zone database, an unknown name
        return None


@dataclass(frozen=True, slots=True)
class _Rule:
    """A schedule made ready. `span`: seconds after midnight, the end past 86,400 for a night.

    No span: by appointment, or words only. No `days`: the rule cannot be read.
    """

    days: Recurrence | None
    span: tuple[int, int] | None
    closed: bool
    first: date
    last: date

    @property
    def narrowness(self) -> tuple[int, int]:
        """What is said for fewer days, then what holds since later, replaces the rest."""
        return (self.last - self.first).days, -self.first.toordinal()

    def holds(self, day: date) -> bool:
        return self.days.names(day) if self.days else self.first <= day <= self.last

    def may_open_from(self, day: date) -> bool:
        return self.span is not None and self.days is not None and self.days.last >= day


@dataclass(frozen=True, slots=True)
class _Plan:
    """The rules of a listing. `round_the_clock`: its plain weeks leave no minute out;
    `always_since`: from this date on nothing ever interrupts that."""

    rules: tuple[_Rule, ...]
    round_the_clock: bool
    always_since: date | None

    def always(self, today: date) -> bool:
        return self.always_since is not None and (self.always_since < today or self.always_since == date.min)


@lru_cache(maxsize=16_384)
def _plan(schedules: tuple[Schedule, ...]) -> _Plan:
    rules = tuple(map(_rule, schedules))
    plain = [r for r in rules if r.days and r.days.plain_weekdays and not r.closed]
    groups = {(r.first, r.last): [s for s in plain if (s.first, s.last) == (r.first, r.last)] for r in plain}
    full = [group for group in groups.values() if _fill_a_week(group)]
    unbroken = len(plain) == len(rules) and len(groups) == 1
    starts = [r.days.first for r in rules if r.days and r.days.last == date.max]
    since = max(starts) if full and unbroken and len(starts) == len(rules) else None
    return _Plan(rules, bool(full), since)


def _rule(schedule: Schedule) -> _Rule:
    try:
        days = read(schedule)
    except Unreadable:
        days = None
    first, last = schedule.valid_from or date.min, schedule.valid_to or date.max
    if days and not schedule.freq.strip():
        first, last = days.first, days.last
    return _Rule(days, _span(schedule), schedule.closed, first, last)


def _span(schedule: Schedule) -> tuple[int, int] | None:
    words = (schedule.description, schedule.notes, schedule.attending_type)
    if schedule.opens_at is None or schedule.closes_at is None or any(map(_BY_APPOINTMENT.search, words)):
        return None
    opens, closes = _seconds(schedule.opens_at), _seconds(schedule.closes_at)
    return opens, closes if closes > opens else closes + _DAY


def _seconds(wall: time) -> int:
    return wall.hour * 3600 + wall.minute * 60 + wall.second


def _fill_a_week(rules: list[_Rule]) -> bool:
    spans: list[tuple[float, float]] = []
    for rule in rules:
        if rule.days and rule.span:
            for weekday in rule.days.plain_weekdays or ():
                # The week before gives what reaches over into Monday.
                starts = (weekday * _DAY + rule.span[0], (weekday - 7) * _DAY + rule.span[0])
                spans += [(start, start + rule.span[1] - rule.span[0]) for start in starts]
    edges = _joined(spans)
    return any(a <= 0 and b + _NO_BREAK >= 7 * _DAY for a, b in zip(edges[::2], edges[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class _Day:
    """What the rules say of one date. `doubt`: outside the spans we do not know."""

    spans: tuple[tuple[int, int], ...] = ()
    doubt: bool = False
    holiday_spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Chart:
    """One local date, in seconds since 1970: opening, closing, opening, … in order."""

    edges: tuple[float, ...]
    holiday_edges: tuple[float, ...]
    holiday: bool
    doubt: bool

    def at(self, moment: float, zone: ZoneInfo) -> OpenState:
        place = bisect_right(self.edges, moment)
        change = self.edges[place] if place < len(self.edges) else math.inf
        if place % 2:
            return OpenState(Openness.OPEN, _local(change, zone))
        if self.holiday or bisect_right(self.holiday_edges, moment) % 2:
            return HOLIDAY
        if self.doubt:
            return UNKNOWN
        near = change - moment <= 14 * _DAY
        return OpenState(Openness.CLOSED, _local(change, zone) if near else None)


def _local(moment: float, zone: ZoneInfo) -> datetime | None:
    return None if moment == math.inf else datetime.fromtimestamp(moment, zone)


@lru_cache(maxsize=16_384)
def _chart(
    schedules: tuple[Schedule, ...], zone: ZoneInfo, today: date, state: str, on_holidays: Answer
) -> _Chart:
    plan = _plan(schedules)
    day = _day(plan, today, state, on_holidays)
    yesterday = _day(plan, today - timedelta(days=1), state, on_holidays)
    unsure = _moments(yesterday.holiday_spans, today - timedelta(days=1), zone)
    return _Chart(
        edges=_joined(_open_spans(plan, zone, today, state, on_holidays)),
        holiday_edges=_joined(unsure),
        holiday=bool(day.holiday_spans),
        doubt=day.doubt,
    )


def _open_spans(
    plan: _Plan, zone: ZoneInfo, today: date, state: str, on_holidays: Answer
) -> list[tuple[float, float]]:
    """Spans from yesterday until the first that begins after today and apart from the others."""
    if plan.always(today) and on_holidays is not Answer.NO:
        return [(-math.inf, math.inf)]
    found: list[tuple[float, float]] = []
    reach = -math.inf
    midnight = datetime.combine(today, time.min, zone).timestamp()
    for ahead in range(-1, _LOOK_FAR):
        date_ahead = today + timedelta(days=ahead)
        new = _moments(_day(plan, date_ahead, state, on_holidays).spans, date_ahead, zone)
        apart = False
        for start, end in sorted(new):
            apart |= start > reach + _NO_BREAK
            reach = max(reach, end)
        found += new
        if ahead > 0 and apart:
            return found
        if ahead >= _LOOK_AHEAD and reach < midnight + ahead * _DAY:
            return found
    return [*found, (reach, math.inf)]  # open as far as we looked


def _moments(spans: tuple[tuple[int, int], ...], day: date, zone: ZoneInfo) -> list[tuple[float, float]]:
    """Wall time to instants. A time the clock skips comes an hour later, one it repeats counts
    the first time (RFC 5545); a span that so becomes empty is none."""
    midnight = datetime.combine(day, time.min)
    both = [[_moment(midnight, seconds, zone) for seconds in span] for span in spans]
    return [(start, end) for start, end in both if start < end]


def _moment(midnight: datetime, seconds: int, zone: ZoneInfo) -> float:
    return (midnight + timedelta(seconds=seconds)).replace(tzinfo=zone).timestamp()


def _joined(spans: list[tuple[float, float]]) -> tuple[float, ...]:
    edges: list[float] = []
    for start, end in sorted(spans):
        if edges and start <= edges[-1] + _NO_BREAK:
            edges[-1] = max(edges[-1], end)
        else:
            edges += (start, end)
    return tuple(edges)


def _day(plan: _Plan, day: date, state: str, on_holidays: Answer) -> _Day:
    said, speaks_of_date = _regular_day(plan.rules, day)
    if not said.spans or speaks_of_date or on_holidays is Answer.YES or day not in _holidays(state, day.year):
        return said
    if on_holidays is Answer.NO:
        return _Day()
    return said if plan.round_the_clock else _Day(doubt=said.doubt, holiday_spans=said.spans)


def _regular_day(rules: tuple[_Rule, ...], day: date) -> tuple[_Day, bool]:
    """What the rules say without regard to holidays; and whether they speak of this very date."""
    holding = [rule for rule in rules if rule.holds(day)]
    unreadable = [rule for rule in holding if rule.days is None]
    if any(rule.closed for rule in unreadable):
        return _Day(doubt=True), False
    if any(rule.closed for rule in holding):
        return _Day(), True
    readable = [rule for rule in holding if rule.days is not None]
    narrowest = min((rule.narrowness for rule in readable), default=(0, 0))
    chosen = [rule for rule in readable if rule.narrowness == narrowest]
    spans = tuple(rule.span for rule in chosen if rule.span)
    doubt = bool(unreadable) or len(spans) < len(chosen) or not any(r.may_open_from(day) for r in rules)
    return _Day(spans, doubt), narrowest[0] < _THESE_DATES


@lru_cache(maxsize=4096)
def _holidays(state: str, year: int) -> frozenset[date]:
    """Public holidays of a state, or the federal ones, with the days they are observed on."""
    try:
        return frozenset(holidays.country_holidays("US", subdiv=state.strip().upper() or None, years=year))
    except NotImplementedError:  # no such state
        return _holidays("", year)
