"""From two clock times as people write them to an opening and a closing: "9-5" is 9 AM to 5 PM.

What could be meant in two ways ("7-9", "6-6") is None, and so is what is likely a slip ("9 AM to
8 AM", "9 PM to 1:30 PM"): a wrong reading is worse than none.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from directory.sources.hours_words import Clock, Half

NOON: Final = 12 * 60
DAY: Final = 24 * 60
_EVENING: Final = 15 * 60  # a night that passes midnight begins after this
_MORNING: Final = 11 * 60  # and ends before this
_KNOWN: Final = (Half.AM, Half.PM)
_ONE_CLOCK: Final = (Half.ZERO, Half.CLOCK_24)


class Span(NamedTuple):
    """Minutes after midnight. closes <= opens: the next day."""

    opens: int
    closes: int


ALL_DAY: Final = Span(0, 0)


def between(start: Clock, end: Clock) -> Span | None:
    """The span that two written times mean, or None.

    >>> from directory.sources.hours_words import Clock, Half
    >>> between(Clock(9 * 60, Half.BARE), Clock(5 * 60, Half.BARE))
    Span(opens=540, closes=1020)
    """
    if start.half in _KNOWN and end.half in _KNOWN:
        return _likely(_minutes(start), _minutes(end), end)
    if end.half in _KNOWN and start.half is not Half.CLOCK_24:
        return _start_like_end(start, end)
    if start.half in _KNOWN and end.half is not Half.CLOCK_24:
        return _end_after_start(start, end)
    if Half.CLOCK_24 in (start.half, end.half) or start.half is end.half is Half.ZERO:
        return _likely(_minutes(start), _minutes(end), end)
    return _both_bare(start.minutes, end.minutes)


def _minutes(clock: Clock) -> int:
    """After midnight. Without AM or PM: as a 24-hour clock has it."""
    if clock.half is Half.AM:
        return clock.minutes % NOON
    if clock.half is Half.PM:
        return clock.minutes % NOON + NOON
    return clock.minutes


def _likely(opens: int, closes: int, end: Clock) -> Span | None:
    if opens >= DAY or closes > DAY:
        return None
    closes %= DAY
    if opens < closes:
        # "12am-5pm" is most often noon to five.
        return None if opens == 0 and _MORNING < closes < DAY - 1 else Span(opens, closes)
    if opens == closes:
        return ALL_DAY if opens == 0 else None
    until_midnight = closes == 0 and (end.is_word or end.half is Half.CLOCK_24)
    return Span(opens, closes) if until_midnight or (opens >= _EVENING and closes <= _MORNING) else None


def _start_like_end(start: Clock, end: Clock) -> Span | None:
    """ "1-3 PM", "9-5pm", "10-2am": the half of the end, or the other one if that would turn round."""
    closes, hour = _minutes(end), start.minutes % NOON
    if closes == 0 or start.minutes > NOON + 59:
        return _likely(hour + NOON, closes, end) if end.is_word and start.minutes < NOON else None
    same = hour + (NOON if closes >= NOON else 0)
    if same < closes:
        return _likely(same, closes, end)
    return _likely(hour, closes, end) if closes >= NOON else _likely(hour + NOON, closes, end)


def _end_after_start(start: Clock, end: Clock) -> Span | None:
    """ "9a-5", "10am-12": the next time the clock shows that hour."""
    opens, hour = _minutes(start), end.minutes % NOON
    later = [minutes for minutes in (hour, hour + NOON) if minutes > opens]
    return _likely(opens, later[0], end) if later else _likely(opens, hour, end)


def _both_bare(start: int, end: int) -> Span | None:
    """No AM or PM at all: what an office would mean."""
    opens, closes = start % NOON, end % NOON
    if start > NOON + 59 or end > NOON + 59:
        return None
    if opens < 6 * 60:  # 12 to 5: the afternoon
        return Span(opens + NOON, closes + NOON) if opens < closes else None
    if closes == 0:  # till noon
        return Span(opens, NOON)
    if opens < closes:  # the same half: "9-11" yes, "7-9" may be the evening
        late = opens >= 9 * 60 or (opens >= 8 * 60 and closes >= _MORNING)
        return Span(opens, closes) if late else None
    if opens == closes:
        return Span(opens, closes + NOON) if opens >= 9 * 60 else None
    # Over noon: "9-5", "8-6", "6-2". A shelter's "7-6" or "6-6" may be the night.
    latest = {6: 4 * 60, 7: 5 * 60}.get(opens // 60, opens)
    return Span(opens, closes + NOON) if closes <= latest else None
