"""Which days a schedule names, compared with python-dateutil where that one ends."""

from datetime import date, datetime, timedelta

import pytest
from dateutil import rrule
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directory.model import Schedule
from directory.recurrence import WEEKDAYS, Unreadable, read

START = date(2026, 1, 1)


def days(start: date = START, length: int = 800, **parts) -> list[date]:
    rule = read(Schedule("x", **parts))
    return [day for ahead in range(length) if rule.names(day := start + timedelta(days=ahead))]


def by_dateutil(start: date, length: int, **parts) -> list[date]:
    text = ";".join(f"{key}={value}" for key, value in parts.items() if value)
    rule = rrule.rrulestr(text, dtstart=datetime.combine(start, datetime.min.time()))
    end = datetime.combine(start + timedelta(days=length), datetime.min.time())
    return [moment.date() for moment in rule.between(rule._dtstart, end, inc=True) if moment < end]


DAY = st.sampled_from(WEEKDAYS)
# Shapes that always come again, or dateutil would search to the year 9999.
SHAPES = st.one_of(
    st.fixed_dictionaries({"FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])}),
    st.fixed_dictionaries({"FREQ": st.just("DAILY"), "BYMONTHDAY": st.sampled_from(["13", "-1,1", "31"])}),
    st.fixed_dictionaries({"FREQ": st.just("WEEKLY"), "BYDAY": st.lists(DAY, min_size=1).map(",".join)}),
    st.fixed_dictionaries(
        {
            "FREQ": st.just("MONTHLY"),
            "BYDAY": st.lists(st.tuples(st.sampled_from([1, 2, 3, 4, -1, -2]), DAY), min_size=1).map(
                lambda parts: ",".join(f"{n}{day}" for n, day in parts)
            ),
        }
    ),
    st.fixed_dictionaries(
        {"FREQ": st.just("MONTHLY"), "BYMONTHDAY": st.lists(st.integers(-28, 28).filter(bool), min_size=1)}
    ),
    st.fixed_dictionaries(
        {"FREQ": st.just("YEARLY"), "BYDAY": st.sampled_from(["1MO", "-1FR", "20TU", "WE"])}
    ),
    st.fixed_dictionaries(
        {"FREQ": st.just("YEARLY"), "BYYEARDAY": st.lists(st.integers(-365, 365).filter(bool), min_size=1)}
    ),
    st.fixed_dictionaries(
        {
            "FREQ": st.just("YEARLY"),
            "BYWEEKNO": st.lists(st.integers(-50, 51).filter(bool), min_size=1),
            "BYDAY": DAY,
        }
    ),
)


def plain(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


@given(SHAPES, st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(1, 4), DAY)
@settings(max_examples=60, deadline=None)
@example({"FREQ": "YEARLY", "BYWEEKNO": [1], "BYDAY": "MO"}, date(2018, 12, 25), 1, "MO")
@example({"FREQ": "YEARLY", "BYWEEKNO": [-1], "BYDAY": "SA"}, date(2020, 12, 25), 1, "SU")
@example({"FREQ": "YEARLY"}, date(2016, 2, 29), 1, "MO")
def test_the_days_are_those_that_dateutil_finds(shape, start, interval, wkst):
    parts = {key: plain(value) for key, value in shape.items()}
    # Left out: what dateutil takes for another year's week, and where it may find no day.
    interval = 1 if "BYWEEKNO" in parts or (parts["FREQ"] == "DAILY" and len(parts) > 1) else interval
    ours = days(
        start,
        700,
        freq=parts["FREQ"],
        byday=parts.get("BYDAY", ""),
        bymonthday=parts.get("BYMONTHDAY", ""),
        byyearday=parts.get("BYYEARDAY", ""),
        byweekno=parts.get("BYWEEKNO", ""),
        interval=interval,
        wkst=wkst,
        dtstart=start,
    )
    assert ours == by_dateutil(start, 700, **parts, INTERVAL=interval, WKST=wkst)


@given(st.integers(1, 40), st.integers(1, 3), st.lists(DAY, min_size=1).map(",".join))
def test_a_count_ends_the_rule_on_the_day_that_dateutil_ends_it(count, interval, byday):
    ours = days(freq="WEEKLY", byday=byday, interval=interval, count=count, dtstart=START)
    assert ours == by_dateutil(START, 800, FREQ="WEEKLY", BYDAY=byday, INTERVAL=interval, COUNT=count)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"valid_from": date(2026, 1, 5), "valid_to": date(2026, 1, 6)}, ["01-05", "01-06"]),
        ({"dtstart": date(2026, 1, 5)}, ["01-05"]),
        ({"byday": "1MO", "valid_to": date(2026, 2, 28)}, ["01-05", "02-02"]),
        ({"byday": "su , SA", "until": date(2026, 1, 9)}, ["01-03", "01-04"]),
        ({"bymonthday": "-1", "until": date(2026, 2, 28)}, ["01-31", "02-28"]),
        ({"byyearday": "+32", "until": date(2026, 12, 1)}, ["02-01"]),
        ({"freq": "weekly", "byday": "MO", "valid_from": date(2026, 1, 6), "until": date(2026, 1, 19)},
         ["01-12", "01-19"]),
        ({"freq": "MONTHLY", "byday": "MO,1TU", "until": date(2026, 1, 12)}, ["01-05", "01-06", "01-12"]),
        # As in the official HSDS example: in week 41, and in the first days of the year.
        ({"freq": "WEEKLY", "byday": "TH,FR", "byweekno": "41", "bymonthday": "2,3", "byyearday": "2"}, []),
    ],
)  # fmt: skip
def test_the_days_named_by(parts, expected):
    assert [day.strftime("%m-%d") for day in days(length=365, **parts)] == expected


@pytest.mark.parametrize(
    "parts",
    [
        {"freq": "SECONDLY"},
        {"freq": "WEEKLY"},
        {"freq": "WEEKLY", "byday": "1MO"},
        {"freq": "WEEKLY", "byday": "Mondays"},
        {"freq": "MONTHLY", "byday": "0MO"},
        {"freq": "MONTHLY", "bymonthday": "32"},
        {"freq": "WEEKLY", "byday": "MO", "interval": 0},
        {"freq": "WEEKLY", "byday": "MO", "interval": 2},
        {"freq": "WEEKLY", "byday": "MO", "wkst": "XX"},
        {"freq": "WEEKLY", "byday": "MO", "count": 3},
        {"freq": "WEEKLY", "byday": "MO", "count": 0, "dtstart": START},
        {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
    ],
)
def test_a_rule_that_does_not_say_its_days_is_refused(parts):
    with pytest.raises(Unreadable):
        read(Schedule("x", **parts))
