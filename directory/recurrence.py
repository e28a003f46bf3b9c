"""Which days a schedule names: the RRULE parts of RFC 5545 that HSDS has, asked one day at a time.

Not python-dateutil: it walks forward until it meets a day, to the year 9999 if none comes, and
nothing can stop it. The official HSDS example names no day at all and took it 0.8 s; a worse one
3 s. A question about one day costs microseconds here, whatever the rule. (Tests compare the two.)
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from directory.model import Schedule

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # date.weekday() is the place here
_NUMBER: Final = {day: number for number, day in enumerate(WEEKDAYS)}
_BYDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_INTEGER: Final = re.compile(r"[+-]?\d{1,3}")
# A rule that ends after so many times is followed this far to find its last day.
_COUNTED_DAYS: Final = 36_525
_MOST_INTERVAL: Final = 10_000


class Unreadable(ValueError):
    """The rule cannot be read, or does not say which days it means."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The days of one rule. Empty sets do not filter; `anchor` is where intervals count from."""

    freq: str
    first: date = date.min
    last: date = date.max
    anchor: date = date.min
    interval: int = 1
    week_start: int = 0
    weekdays: frozenset[int] = frozenset()
    nth_weekdays: frozenset[tuple[int, int]] = frozenset()  # (2, 0): the second Monday
    month_days: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()

    def names(self, day: date) -> bool:
        """Whether this rule holds on a day."""
        if not self.first <= day <= self.last:
            return False
        if self.interval > 1 and _PERIODS[self.freq](self, day) % self.interval:
            return False
        return self._has_weekday(day) and self._has_number(day)

    @property
    def plain_weekdays(self) -> frozenset[int] | None:
        """The weekdays of a rule that is the same every week, without regard to first and last."""
        numbered = self.nth_weekdays or self.month_days or self.year_days or self.weeks
        if numbered or self.interval > 1:
            return None
        return self.weekdays or frozenset(range(7))

    def _has_weekday(self, day: date) -> bool:
        if not self.weekdays and not self.nth_weekdays:
            return True
        weekday = day.weekday()
        if weekday in self.weekdays or not self.nth_weekdays:
            return weekday in self.weekdays
        if self.freq == "YEARLY":
            ordinal, length = day.timetuple().tm_yday, _year_length(day.year)
        else:
            ordinal, length = day.day, monthrange(day.year, day.month)[1]
        forward, backward = (ordinal - 1) // 7 + 1, -((length - ordinal) // 7 + 1)
        return (forward, weekday) in self.nth_weekdays or (backward, weekday) in self.nth_weekdays

    def _has_number(self, day: date) -> bool:
        return (
            (not self.month_days or _within(self.month_days, day.day, monthrange(day.year, day.month)[1]))
            and (
                not self.year_days or _within(self.year_days, day.timetuple().tm_yday, _year_length(day.year))
            )
            and (not self.weeks or _within(self.weeks, *_week(day, self.week_start)))
        )


def _within(numbers: frozenset[int], number: int, length: int) -> bool:
    # -1 is the last of them.
    return number in numbers or number - length - 1 in numbers


def _year_length(year: int) -> int:
    return date(year, 12, 31).timetuple().tm_yday


def _week(day: date, week_start: int) -> tuple[int, int]:
    """The week's number and how many its year has; a week belongs to the year of its fourth day."""
    middle = day - timedelta(days=(day.weekday() - week_start) % 7) + timedelta(days=3)
    new_year = date(middle.year, 1, 1)
    lead = (new_year.weekday() - week_start) % 7
    weeks = (_year_length(middle.year) + lead + 3) // 7 - (1 if lead > 3 else 0)
    return (middle - new_year).days // 7 + 1, weeks


def _weeks_since(rule: Recurrence, day: date) -> int:
    start = rule.anchor.toordinal() - (rule.anchor.weekday() - rule.week_start) % 7
    return (day.toordinal() - start) // 7


_PERIODS: Final[dict[str, Callable[[Recurrence, date], int]]] = {
    "DAILY": lambda rule, day: (day - rule.anchor).days,
    "WEEKLY": _weeks_since,
    "MONTHLY": lambda rule, day: (day.year - rule.anchor.year) * 12 + day.month - rule.anchor.month,
    "YEARLY": lambda rule, day: day.year - rule.anchor.year,
}


def read(schedule: Schedule) -> Recurrence:
    """The days of a schedule. Raises Unreadable.

    Without `freq`, what is there tells it: BYDAY is weekly, 1MO monthly; with none of them the
    rule means each day from `valid_from` to `valid_to`, or `dtstart` alone.
    """
    weekdays, nth = _days(schedule.byday)
    rule = Recurrence(
        freq=schedule.freq.strip().upper(),
        interval=schedule.interval,
        week_start=_week_start(schedule.wkst),
        weekdays=weekdays,
        nth_weekdays=nth,
        month_days=_integers(schedule.bymonthday, 31),
        year_days=_integers(schedule.byyearday, 366),
        weeks=_integers(schedule.byweekno, 53),
    )
    return _bounded(_complete(replace(rule, freq=rule.freq or _implied_freq(rule)), schedule), schedule)


def _days(text: str) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    plain, nth = set(), set()
    for part in _parts(text.upper()):
        match = _BYDAY.fullmatch(part)
        if not match:
            raise Unreadable(f"byday {part[:20]!r}: expected days such as MO or 1MO")
        if match[1] is None:
            plain.add(_NUMBER[match[2]])
        else:
            nth.add((_integer(match[1], 53), _NUMBER[match[2]]))
    return frozenset(plain), frozenset(nth)


def _parts(text: str) -> list[str]:
    return [part for piece in text.split(",") if (part := piece.strip())]


def _integers(text: str, most: int) -> frozenset[int]:
    return frozenset(_integer(part, most) for part in _parts(text))


def _integer(text: str, most: int) -> int:
    if not _INTEGER.fullmatch(text) or not 1 <= abs(int(text)) <= most:
        raise Unreadable(f"{text[:20]!r}: expected a number from 1 to {most}, or -{most} to -1")
    return int(text)


def _week_start(text: str) -> int:
    day = text.strip().upper() or "MO"
    if day not in _NUMBER:
        raise Unreadable(f"wkst {text[:20]!r}: expected one of {', '.join(WEEKDAYS)}")
    return _NUMBER[day]


def _implied_freq(rule: Recurrence) -> str:
    if rule.year_days or rule.weeks:
        return "YEARLY"
    if rule.nth_weekdays or rule.month_days:
        return "MONTHLY"
    return "WEEKLY" if rule.weekdays else ""


def _complete(rule: Recurrence, schedule: Schedule) -> Recurrence:
    """The rule with what RFC 5545 takes from its first day."""
    if rule.freq == "":
        return replace(rule, freq="DAILY", interval=1)
    if rule.freq not in _PERIODS:
        raise Unreadable(f"freq {rule.freq[:20]!r}: expected {', '.join(_PERIODS)}")
    if rule.nth_weekdays and rule.freq in ("DAILY", "WEEKLY"):
        raise Unreadable("byday: a numbered day (1MO) needs MONTHLY or YEARLY")
    anchor = schedule.dtstart or schedule.valid_from
    if not 1 <= rule.interval <= _MOST_INTERVAL or (rule.interval > 1 and anchor is None):
        raise Unreadable("interval: expected 1 or more, and with 2 or more a dtstart")
    rule = replace(rule, anchor=anchor or date.min)
    if rule.freq == "DAILY" or _says_days(rule):
        return rule
    if schedule.dtstart is None:
        raise Unreadable("the rule names no day: expected byday or dtstart")
    return _as_the_first(rule, schedule.dtstart)


def _says_days(rule: Recurrence) -> bool:
    return bool(rule.weekdays or rule.nth_weekdays or rule.month_days or rule.year_days or rule.weeks)


def _as_the_first(rule: Recurrence, first: date) -> Recurrence:
    if rule.freq == "WEEKLY":
        return replace(rule, weekdays=frozenset({first.weekday()}))
    if rule.freq == "MONTHLY":
        return replace(rule, month_days=frozenset({first.day}))
    # "The same date each year" is every twelfth month: leap days keep their own date so.
    return replace(rule, freq="MONTHLY", interval=12 * rule.interval, month_days=frozenset({first.day}))


def _bounded(rule: Recurrence, schedule: Schedule) -> Recurrence:
    starts = [day for day in (schedule.valid_from, schedule.dtstart) if day]
    ends = [day for day in (schedule.valid_to, schedule.until) if day]
    only_a_start = not schedule.freq.strip() and not _says_days(rule) and schedule.dtstart
    if only_a_start and not ends and not schedule.valid_from:
        ends = starts
    rule = replace(rule, first=max(starts, default=date.min), last=min(ends, default=date.max))
    if schedule.valid_from and schedule.valid_to and schedule.valid_from > schedule.valid_to:
        raise Unreadable("valid_to: expected a day on or after valid_from")
    if schedule.count is None:
        return rule
    return replace(rule, last=min(rule.last, _last_counted(rule, schedule)))


def _last_counted(rule: Recurrence, schedule: Schedule) -> date:
    if schedule.count is None or schedule.count < 1 or schedule.dtstart is None:
        raise Unreadable("count: expected 1 or more, with a dtstart to count from")
    if not 1900 <= schedule.dtstart.year <= 9000:
        raise Unreadable("dtstart: expected a year from 1900 to 9000")
    whole = replace(rule, first=schedule.dtstart, last=date.max)
    left, ordinal = schedule.count, schedule.dtstart.toordinal()
    end = ordinal + _COUNTED_DAYS
    while left and ordinal < end:
        left -= whole.names(date.fromordinal(ordinal))
        ordinal += 1
    return date.fromordinal(ordinal - 1) if not left else date.fromordinal(end)
