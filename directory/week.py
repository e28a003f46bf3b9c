"""The coming seven days of a listing, as rows of a table; every answer is that of directory/hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from directory.answers import Openness
from directory.model import Listing
from directory.search.columns import Hours, hours_of
from directory.wording import say_time
from translations import catalogue, day_names, mark

_STEP: Final = timedelta(minutes=15)  # how finely a day that is in doubt is looked through
_NIGHT: Final = timedelta(hours=12)  # what ends this soon after midnight belongs to the day before


@dataclass(frozen=True, slots=True)
class Row:
    """`hours`: "9 AM to 5 PM", or several, or that they are not known."""

    date: date
    day: str
    hours: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class _Day:
    spans: tuple[tuple[datetime, datetime], ...]
    doubt: bool
    holiday: bool


def week(listing: Listing, now: datetime, language: str) -> tuple[Row, ...]:
    """Today first, in the words of a language. Empty when no hours are listed or nobody knows which clock
    they go by."""
    hours, zone = hours_of(listing), zone_of(listing)
    if zone is None or not (hours.schedules or hours.always_open):
        return ()
    today = now.astimezone(zone).date()
    names = day_names(language, "wide")
    rows, free = [], _instant(today, zone)
    for day in (today + timedelta(days=ahead) for ahead in range(7)):
        said = _day(hours, day, zone, free)
        free = max([free, *(end for _, end in said.spans)])
        rows.append(Row(day, names[day.weekday()], _words(said, language), day == today))
    return tuple(rows)


def zone_of(listing: Listing) -> ZoneInfo | None:
    """The clock on a listing's wall; None if nobody knows it."""
    name = listing.location.time_zone
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _day(hours: Hours, day: date, zone: ZoneInfo, free: datetime) -> _Day:
    """What is said of one date from `free` on: before it, the night of the day before goes on."""
    midnight, end = (_instant(each, zone) for each in (day, day + timedelta(days=1)))
    spans, doubt, holiday = [], False, False
    moment = max(midnight, free)
    while moment < end:
        state = hours.at(moment)
        until = state.until or end
        if state.state is Openness.OPEN:
            until = until if until - end <= _NIGHT and moment > midnight else min(until, end)
            spans.append((moment.astimezone(zone), until.astimezone(zone)))
        elif state.state is Openness.UNKNOWN:
            doubt, holiday, until = True, holiday or state.holiday, moment + _STEP
        moment = until.astimezone(UTC)
    return _Day(tuple(spans), doubt, holiday)


def _instant(day: date, zone: ZoneInfo) -> datetime:
    # UTC, for the loop: on the night the clocks change, wall time goes backwards.
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _words(said: _Day, language: str) -> str:
    say = catalogue(language).gettext
    parts = list(_spans(said, language))
    if said.holiday:
        parts.append(say(mark("Holiday, call first")))
    elif said.doubt:
        parts.append(say(mark("Other times: call first") if parts else mark("Not listed, call first")))
    return ", ".join(parts) or say(mark("Closed"))


def _spans(said: _Day, language: str) -> Iterator[str]:
    say = catalogue(language).gettext
    for start, end in said.spans:
        if start.time() == end.time() == time():
            yield say(mark("24 hours"))
        else:
            opens, closes = say_time(start.time(), language), say_time(end.time(), language)
            yield say(mark("%(opens)s to %(closes)s")) % {"opens": opens, "closes": closes}
