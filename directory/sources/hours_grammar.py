"""Tokens to items: a group of days ("1st and 3rd Monday"), a group of hours ("9-12, 1-5"), or a
word by itself. What each item is said of is for hours_text.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from directory.sources.hours_clock import ALL_DAY, Span, between
from directory.sources.hours_words import Half, Kind, Token

# A weekday (Monday is 0) in every week (0), or only the first (1) to fifth, or the last (-1), of a month.
Day = tuple[int, int]
EVERY_DAY: Final[tuple[Day, ...]] = tuple((weekday, 0) for weekday in range(7))
_SEPARATORS: Final = (Kind.COMMA, Kind.AND)
_END: Final = Token(Kind.BREAK)


@dataclass(frozen=True, slots=True)
class Item:
    """`kind`: DAYS with days, CLOCK with spans, COMMA, CLOSED, (OR_)APPOINTMENT, WORD or ALARM."""

    kind: Kind
    days: tuple[Day, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Cursor:
    tokens: Sequence[Token]
    at: int = 0

    def look(self, ahead: int = 0) -> Token:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else _END

    def skips(self, *kinds: Kind) -> int:
        """How many tokens ahead are of these kinds."""
        ahead = 0
        while self.look(ahead).kind in kinds:
            ahead += 1
        return ahead


def items(tokens: Sequence[Token]) -> list[Item]:
    """The items of one line, in order; days named twice running ("Mon-Sun 24/7") are one item."""
    found = list(_items(_Cursor(tokens)))
    repeated = [i for i, (a, b) in enumerate(pairwise(found), 1) if a == b and a.kind is Kind.DAYS]
    return [item for i, item in enumerate(found) if i not in repeated]


def _items(cursor: _Cursor) -> Iterator[Item]:
    while cursor.at < len(cursor.tokens):
        kind = cursor.look().kind
        if kind in (Kind.DAYS, Kind.ORDINAL, Kind.EVERY, Kind.MONTH):
            days = _days(cursor)
            yield Item(Kind.DAYS, days=days) if days else Item(Kind.ALARM)
        elif kind in (Kind.CLOCK, Kind.ALL_DAY):
            yield from _hours(cursor)
        else:
            cursor.at += 1
            if kind not in (Kind.TO, Kind.AND):
                yield Item(kind)


def _days(cursor: _Cursor) -> tuple[Day, ...]:
    """A list of days, "Mon-Wed, Fri and the last Saturday of the month"; empty if it may mean two
    things. Always moves on."""
    found: list[Day] = []
    clear = True
    while True:
        group, is_clear = _day_group(cursor)
        # After "1st Monday and Friday" nobody knows which Friday.
        clear &= is_clear and not (found and found[-1][1] and group and not group[0][1])
        found += group
        gap = cursor.skips(*_SEPARATORS)
        following = cursor.look(gap).kind
        if following not in (Kind.DAYS, Kind.ORDINAL, Kind.EVERY):
            break
        # Side by side, days make a list ("Mon Tue Wed"); days of a month do not, unless one is
        # only named again ("2nd & 4th Fridays Friday").
        of_month = bool(found and found[-1][1])
        if of_month and not gap and cursor.look().days == (found[-1][0],):
            cursor.at += 1
            break
        clear &= bool(gap) or (following is Kind.DAYS and not of_month)
        cursor.at += gap
    return tuple(dict.fromkeys(found)) if clear else ()


def _day_group(cursor: _Cursor) -> tuple[list[Day], bool]:
    """ "Mon-Fri", "every Monday", "2nd and 4th Tuesday of the month"."""
    every = cursor.skips(Kind.EVERY)
    cursor.at += every
    ordinals = list(_ordinals(cursor))
    if cursor.look().kind is not Kind.DAYS:
        cursor.at += cursor.skips(Kind.MONTH) or (0 if every or ordinals else 1)
        return [], False
    weekdays, is_range = _weekdays(cursor)
    months = cursor.skips(Kind.MONTH)
    cursor.at += months
    if not ordinals:
        return [(weekday, 0) for weekday in weekdays], not months
    # "Every 2nd Monday" may be every other week.
    sure = bool(months) or not every or len(ordinals) > 1 or ordinals[0] in (1, -1)
    single = len(weekdays) == 1 and not is_range
    return [(weekdays[0], n) for n in ordinals], sure and single


def _ordinals(cursor: _Cursor) -> Iterator[int]:
    while cursor.look().kind is Kind.ORDINAL:
        yield cursor.look().number
        gap = 1 + _skips_from(cursor, 1)
        cursor.at += gap if cursor.look(gap).kind is Kind.ORDINAL else 1


def _skips_from(cursor: _Cursor, start: int) -> int:
    ahead = start
    while cursor.look(ahead).kind in _SEPARATORS:
        ahead += 1
    return ahead - start


def _weekdays(cursor: _Cursor) -> tuple[tuple[int, ...], bool]:
    first, then = cursor.look().days, cursor.look(2)
    if cursor.look(1).kind is Kind.TO and then.kind is Kind.DAYS and len(first) == len(then.days) == 1:
        cursor.at += 3
        length = (then.days[0] - first[0]) % 7 + 1
        return tuple((first[0] + ahead) % 7 for ahead in range(length)), True
    cursor.at += 1
    # "Daily Monday 8am-4pm" means the Monday.
    if len(first) == 7 and cursor.look().kind is Kind.DAYS:
        return _weekdays(cursor)
    return first, False


def _hours(cursor: _Cursor) -> Iterator[Item]:
    """A list of spans as one item; a time without an end, or a span that may mean two things, is
    not understood."""
    if cursor.look().kind is Kind.ALL_DAY and cursor.look().number == 7:
        yield Item(Kind.DAYS, days=EVERY_DAY)
    found: list[Span] = []
    while length := _span_length(cursor):
        span = ALL_DAY if length == 1 else _span(cursor, length)
        cursor.at += length
        if span is None:
            yield Item(Kind.ALARM)
            return
        found.append(span)
        gap = cursor.skips(*_SEPARATORS)
        ahead = _Cursor(cursor.tokens, cursor.at + gap)
        if _span_length(ahead) > 1:
            cursor.at += gap
        else:
            break
    if found:
        yield Item(Kind.CLOCK, spans=tuple(found))
    else:
        clock = cursor.look().clock
        cursor.at += 1
        yield Item(Kind.WORD if clock and clock.is_plain_number else Kind.ALARM)


def _span_length(cursor: _Cursor) -> int:
    """How many tokens the span ahead takes; 0: there is none."""
    first, second = cursor.look(), cursor.look(1)
    if first.kind is Kind.ALL_DAY:
        return 1
    if first.kind is not Kind.CLOCK:
        return 0
    if second.kind is Kind.TO and cursor.look(2).kind is Kind.CLOCK:
        return 3
    # "9:00 AM 1:00 PM", as tables have it; "9:30 11:00" may be two meetings.
    return 2 if _is_definite(first) and _is_definite(second) else 0


def _is_definite(token: Token) -> bool:
    return token.clock is not None and token.clock.half in (Half.AM, Half.PM, Half.CLOCK_24)


def _span(cursor: _Cursor, length: int) -> Span | None:
    start, end = cursor.look().clock, cursor.look(length - 1).clock
    return between(start, end) if start and end else None
