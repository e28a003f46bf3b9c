"""Is it open at this instant? The promises of the one function."""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.answers import Openness, OpenState
from directory.hours import open_at
from directory.model import Answer, Schedule
from directory.recurrence import WEEKDAYS

CHICAGO = "America/Chicago"
PHOENIX = "America/Phoenix"  # no daylight saving: every local day has 24 hours
WORKDAYS = "MO,TU,WE,TH,FR"
EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"


def spans(hours: str) -> dict[str, time]:
    opens, _, closes = hours.partition("-")
    return {"opens_at": time.fromisoformat(opens), "closes_at": time.fromisoformat(closes)} if hours else {}


def weekly(byday: str, hours: str = "", valid: str = "", **parts) -> Schedule:
    return Schedule("w", freq="WEEKLY", byday=byday, **spans(hours), **validity(valid), **parts)


def dates(valid: str, hours: str = "", **parts) -> Schedule:
    return Schedule("d", **spans(hours), **validity(valid), **parts)


def validity(text: str) -> dict[str, date]:
    first, _, last = text.partition("/")
    days = {"valid_from": first, "valid_to": last}
    return {name: date.fromisoformat(day) for name, day in days.items() if day}


def said(schedules, local: str, zone: str = CHICAGO, **more) -> str:
    """In short for the tables: "open until 11-03 17:00"; `local` is wall time of 2026."""
    instant = datetime.fromisoformat("2026-" + local).replace(tzinfo=ZoneInfo(zone))
    answer = open_at(schedules, instant, time_zone=zone, **more)
    words = f"{answer.state} until {answer.until:%m-%d %H:%M}" if answer.until else f"{answer.state}"
    return f"{words} (holiday)" if answer.holiday else words


OFFICE = weekly(WORKDAYS, "09:00-17:00")
NIGHT = weekly(EVERY_DAY, "20:00-08:00")
FRIDAY_NIGHT = weekly("FR", "22:00-02:00")
ROUND_THE_CLOCK = weekly(EVERY_DAY, "00:00-00:00")
SHIFTS = [weekly(EVERY_DAY, hours) for hours in ("07:00-15:00", "15:00-23:00", "23:00-07:00")]
WINTER = weekly(WORKDAYS, "10:00-15:00", "2026-11-01/2027-02-28")
TEXT = Schedule("t", description="Mon-Fri, ask for Jo")
SATURDAY_BY_APPOINTMENT = weekly("SA", description="by appt")
SECONDLY = Schedule("s", freq="SECONDLY", **spans("09:00-17:00"))
NO_END = Schedule("h", freq="WEEKLY", byday="TU", opens_at=time(9))
THIRD_MONDAY = Schedule("m", freq="MONTHLY", byday="3MO", **spans("09:00-10:00"))
NOT_FIRST_SATURDAY = Schedule("c", freq="MONTHLY", byday="1SA", closed=True)
EVERY_OTHER = weekly("SA", "09:00-10:00", interval=2, dtstart=date(2026, 10, 31))

# November 2, 2026 is a Monday; 11 is Veterans Day, 26 Thanksgiving; 1 ends daylight saving.
TABLE = {
    "the minute of opening is open": ([OFFICE], "11-02 09:00", "open until 11-02 17:00"),
    "the minute before is closed": ([OFFICE], "11-02 08:59", "closed until 11-02 09:00"),
    "the minute of closing is closed": ([OFFICE], "11-02 17:00", "closed until 11-03 09:00"),
    "Friday evening opens on Monday": ([OFFICE], "11-06 18:00", "closed until 11-09 09:00"),
    "a night belongs to its evening": ([NIGHT], "11-03 02:00", "open until 11-03 08:00"),
    "a night on one day only": ([FRIDAY_NIGHT], "11-07 01:59", "open until 11-07 02:00"),
    "not the night before": ([FRIDAY_NIGHT], "11-06 01:00", "closed until 11-06 22:00"),
    "lunch break": ([weekly("MO", "09:00-12:00"), weekly("MO", "13:00-17:00")], "11-02 12:30",
                    "closed until 11-02 13:00"),
    "adjacent spans are one": ([weekly("MO", "09:00-12:00"), weekly("MO", "12:00-17:00")], "11-02 10:00",
                               "open until 11-02 17:00"),
    "overlapping spans are one": ([weekly("MO", "09:00-14:00"), weekly("MO", "12:00-17:00")], "11-02 10:00",
                                  "open until 11-02 17:00"),
    "midnight to midnight is all day": ([weekly("MO", "00:00-00:00")], "11-02 10:00",
                                        "open until 11-03 00:00"),
    "all day joins the next": ([weekly("MO,TU", "00:00-23:59")], "11-02 23:59:30", "open until 11-03 23:59"),
    "all week never changes": ([ROUND_THE_CLOCK], "11-02 10:00", "open"),
    "all week as 00:00-23:59": ([weekly(EVERY_DAY, "00:00-23:59")], "11-02 23:59:30", "open"),
    "11 PM to 10:59 PM is all day": ([weekly(EVERY_DAY, "23:00-22:59")], "11-02 22:59:30", "open"),
    "three shifts are round the clock": (SHIFTS, "11-26 10:00", "open"),
    "nothing listed": ([], "11-02 10:00", "unknown"),
    "words only": ([TEXT], "11-02 10:00", "unknown"),
    "words beside hours, open": ([OFFICE, TEXT], "11-02 10:00", "open until 11-02 17:00"),
    "words beside hours, else we do not know": ([OFFICE, TEXT], "11-02 20:00", "unknown"),
    "by appointment is not open": ([OFFICE, SATURDAY_BY_APPOINTMENT], "11-07 10:00", "unknown"),
    "by appointment on another day": ([OFFICE, SATURDAY_BY_APPOINTMENT], "11-05 20:00",
                                      "closed until 11-06 09:00"),
    "until when is not said": ([OFFICE, NO_END], "11-03 18:00", "unknown"),
    "an unreadable rule is not guessed": ([SECONDLY], "11-02 10:00", "unknown"),
    "an unreadable rule beside an open one": ([OFFICE, SECONDLY], "11-02 10:00", "open until 11-02 17:00"),
    "an unreadable closing takes the rest away": ([OFFICE, Schedule("s", freq="SECONDLY", closed=True)],
                                                  "11-02 10:00", "unknown"),
    "closed overrides": ([OFFICE, dates("2026-11-02/2026-11-04", closed=True)], "11-02 10:00",
                         "closed until 11-05 09:00"),
    "daily, closed on Sundays": ([weekly(EVERY_DAY, "09:00-17:00"), weekly("SU", closed=True)], "11-08 10:00",
                                 "closed until 11-09 09:00"),
    "closed the first Saturday": ([weekly("SA", "10:00-12:00"), NOT_FIRST_SATURDAY], "11-07 11:00",
                                  "closed until 11-14 10:00"),
    "the night before a closed day goes on": ([NIGHT, dates("2026-11-04/2026-11-04", closed=True)],
                                              "11-04 02:00",
                                              "open until 11-04 08:00"),
    "special dates replace regular hours": ([OFFICE, dates("2026-11-03/2026-11-03", "10:00-14:00")],
                                            "11-03 15:00",
                                            "closed until 11-04 09:00"),
    "a season replaces regular hours": ([OFFICE, WINTER], "11-03 16:00", "closed until 11-04 10:00"),
    "a special day replaces the season": ([WINTER, dates("2026-11-03/2026-11-03", "18:00-20:00")],
                                          "11-03 12:00",
                                          "closed until 11-03 18:00"),
    "what is valid since later replaces": ([OFFICE, weekly(WORKDAYS, "07:00-12:00", "2026-11-01/")],
                                           "11-03 13:00",
                                           "closed until 11-04 07:00"),
    "not yet valid": ([weekly("MO", "09:00-17:00", "2026-11-03/")], "11-02 10:00",
                      "closed until 11-09 09:00"),
    "all hours have run out": ([weekly(WORKDAYS, "09:00-17:00", "/2026-10-31")], "11-02 10:00", "unknown"),
    "only closings are listed": ([dates("2026-12-24/2026-12-26", closed=True)], "11-02 10:00", "unknown"),
    "open until the season ends": ([weekly(EVERY_DAY, "00:00-00:00", "/2026-12-31")], "11-02 10:00",
                                   "open until 01-01 00:00"),
    "open until a closed day": ([ROUND_THE_CLOCK, dates("2026-12-25/2026-12-25", closed=True)], "11-02 10:00",
                                "open until 12-25 00:00"),
    "next opening within 14 days": ([THIRD_MONDAY], "11-02 09:30", "closed until 11-16 09:00"),
    "further is not told": ([THIRD_MONDAY], "11-02 08:59", "closed"),
    "every other Saturday": ([EVERY_OTHER], "11-07 09:30", "closed until 11-14 09:00"),
    "clock goes back: nine is nine": ([weekly("SU", "09:00-17:00")], "11-01 09:00", "open until 11-01 17:00"),
    "clock goes back in the night": ([NIGHT], "11-01 03:00", "open until 11-01 08:00"),
    "clock goes forward in the night": ([NIGHT], "03-08 03:30", "open until 03-08 08:00"),
    "a span inside the skipped hour is none": ([weekly("SU", "02:00-03:00")], "03-08 03:10",
                                               "closed until 03-15 02:00"),
}  # fmt: skip


@pytest.mark.parametrize(("schedules", "local", "expected"), TABLE.values(), ids=TABLE.keys())
def test_hours(schedules, local, expected):
    assert said(schedules, local) == expected


CLOSES, STAYS_OPEN = {"open_on_holidays": Answer.NO}, {"open_on_holidays": Answer.YES}
SEASON = weekly(EVERY_DAY, "00:00-00:00", "2026-11-01/2026-12-31")
HOLIDAYS = {
    "we do not know": ([OFFICE], "11-26 10:00", {}, "unknown (holiday)"),
    "nor before its hours": ([OFFICE], "11-26 07:00", {}, "unknown (holiday)"),
    "open on holidays": ([OFFICE], "11-26 10:00", STAYS_OPEN, "open until 11-26 17:00"),
    "closed on holidays": ([OFFICE], "11-26 10:00", CLOSES, "closed until 11-27 09:00"),
    "round the clock stays open": ([ROUND_THE_CLOCK], "11-26 10:00", {}, "open"),
    "round the clock for a season": ([SEASON], "11-26 10:00", {}, "open until 01-01 00:00"),
    "round the clock but closed on holidays": ([ROUND_THE_CLOCK], "11-26 10:00", CLOSES,
                                               "closed until 11-27 00:00"),
    "open until the holiday": ([ROUND_THE_CLOCK], "11-25 10:00", CLOSES, "open until 11-26 00:00"),
    "a day that is closed anyway": ([OFFICE], "07-04 10:00", {}, "closed until 07-06 09:00"),
    "the observed day": ([OFFICE], "07-03 10:00", {}, "unknown (holiday)"),
    "hours given for that very date": ([OFFICE, dates("2026-11-26/2026-11-26", "10:00-14:00")],
                                       "11-26 11:00", {},
                                       "open until 11-26 14:00"),
    "the night that begins on a holiday": ([NIGHT], "11-27 02:00", {}, "unknown (holiday)"),
    "the night that began before": ([NIGHT], "11-26 02:00", {}, "open until 11-26 08:00"),
    "a holiday of the state": ([OFFICE], "02-12 10:00", {"state": "IL"}, "unknown (holiday)"),
    "not of another state": ([OFFICE], "02-12 10:00", {"state": "TX"}, "open until 02-12 17:00"),
    "nor of a state we do not know": ([OFFICE], "02-12 10:00", {"state": "Oz"}, "open until 02-12 17:00"),
    "the next sure opening is told": ([OFFICE], "11-25 20:00", {}, "closed until 11-27 09:00"),
}  # fmt: skip


@pytest.mark.parametrize(("schedules", "local", "more", "expected"), HOLIDAYS.values(), ids=HOLIDAYS.keys())
def test_on_a_public_holiday(schedules, local, more, expected):
    assert said(schedules, local, **more) == expected


@pytest.mark.parametrize(
    "zone", ["", "Mars/Olympus", "America", "../../etc/passwd", "a\0b", "\ud800", "x" * 5000]
)
def test_without_a_real_zone_only_round_the_clock_is_known(zone):
    now = datetime(2026, 11, 2, 16, tzinfo=UTC)
    assert open_at([OFFICE], now, time_zone=zone) == OpenState(Openness.UNKNOWN)
    assert open_at([ROUND_THE_CLOCK], now, time_zone=zone).state is Openness.OPEN


def test_the_zone_of_the_record_decides():
    noon_in_chicago = datetime(2026, 11, 2, 18, tzinfo=UTC)
    early = weekly(WORKDAYS, "09:00-12:00")
    assert open_at([early], noon_in_chicago, time_zone=CHICAGO).state is Openness.CLOSED
    west = open_at([early], noon_in_chicago, time_zone="America/Los_Angeles")
    assert west.until == datetime(2026, 11, 2, 12, tzinfo=ZoneInfo("America/Los_Angeles"))


def test_the_night_shift_has_an_hour_more_when_the_clock_goes_back():
    evening = datetime(2026, 10, 31, 20, tzinfo=ZoneInfo(CHICAGO))
    until = open_at([NIGHT], evening, time_zone=CHICAGO).until
    assert until.timestamp() - evening.timestamp() == 13 * 3600


def test_always_open_needs_no_schedule_and_no_zone():
    assert (
        open_at([], datetime(2026, 11, 26, tzinfo=UTC), time_zone="", always_open=True).state is Openness.OPEN
    )


def test_a_naive_instant_is_the_callers_mistake():
    with pytest.raises(ValueError, match="time zone"):
        open_at([OFFICE], datetime(2026, 11, 2), time_zone=CHICAGO)  # noqa: DTZ001


ANY_SCHEDULE = st.builds(
    Schedule,
    id=st.just("x"),
    freq=st.sampled_from(["", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "SECONDLY", "weekly "])
    | st.text(max_size=5),
    byday=st.sampled_from(["", "MO", "1MO,-1FR", "MO,TU,WE,TH,FR,SA,SU", "5SU", "53MO"])
    | st.text(max_size=5),
    bymonthday=st.sampled_from(["", "1", "-1,31", "0"]) | st.text(max_size=5),
    byyearday=st.sampled_from(["", "1", "366"]),
    byweekno=st.sampled_from(["", "1", "53,-53"]),
    interval=st.sampled_from([1, 1, 2]) | st.integers(),
    wkst=st.sampled_from(["", "SU", "?"]),
    count=st.none() | st.integers(-1, 10**12),
    dtstart=st.none() | st.dates(),
    until=st.none() | st.dates(),
    valid_from=st.none() | st.dates(),
    valid_to=st.none() | st.dates(),
    opens_at=st.none() | st.times(timezones=st.none() | st.just(UTC)),
    closes_at=st.none() | st.times(),
    description=st.text(max_size=5),
    closed=st.booleans(),
)
INSTANTS = st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Asia/Tokyo")]))
NEARBY = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from([CHICAGO, PHOENIX, "America/St_Johns", "Pacific/Apia", "America/Havana"]) | st.text(
    max_size=9
)


@given(
    st.lists(ANY_SCHEDULE, max_size=4), INSTANTS | NEARBY, ZONES, st.text(max_size=3), st.sampled_from(Answer)
)
@settings(deadline=2000, max_examples=300)
def test_no_schedule_and_no_zone_makes_it_fail(schedules, instant, zone, state, on_holidays):
    answer = open_at(schedules, instant, time_zone=zone, state=state, open_on_holidays=on_holidays)
    assert answer.until is None or answer.until > instant


MINUTES = st.integers(0, 287).map(lambda step: step * 5) | st.integers(0, 1439)
WEEKLY = st.tuples(st.frozensets(st.integers(0, 6), min_size=1), MINUTES, MINUTES)
MONDAY = datetime(2026, 8, 10, tzinfo=ZoneInfo(PHOENIX))  # no holiday in these weeks


def minute_by_minute(rules, days: int) -> list[bool]:
    """Open in each minute from MONDAY; a break of one minute is none."""
    line = [False] * (days * 1440)
    for weekdays, opens, closes in rules:
        length = (closes - opens) % 1440 or 1440
        for day in range(-1, days):
            if day % 7 in weekdays:
                start = day * 1440 + opens
                for minute in range(max(0, start), min(len(line), start + length)):
                    line[minute] = True
    shut_for_a_minute = [i for i in range(1, len(line) - 1) if line[i - 1] and not line[i] and line[i + 1]]
    for minute in shut_for_a_minute:
        line[minute] = True
    return line


@given(st.lists(WEEKLY, min_size=1, max_size=4), st.integers(1440, 8 * 1440 - 1))
@settings(max_examples=150, deadline=None)
def test_weekly_rules_equal_a_minute_by_minute_count(rules, minute):
    schedules = [
        Schedule(
            "x",
            freq="WEEKLY",
            byday=",".join(WEEKDAYS[day] for day in sorted(days)),
            opens_at=time(*divmod(opens, 60)),
            closes_at=time(*divmod(closes, 60)),
        )
        for days, opens, closes in rules
    ]
    line = minute_by_minute(rules, 24)
    answer = open_at(schedules, MONDAY + timedelta(minutes=minute), time_zone=PHOENIX)
    assert (answer.state is Openness.OPEN) == line[minute]
    change = next((i for i in range(minute, 22 * 1440) if line[i] != line[minute]), None)
    assert answer.until == (None if change is None else MONDAY + timedelta(minutes=change))


@given(
    st.lists(ANY_SCHEDULE, max_size=4),
    NEARBY,
    st.sampled_from([CHICAGO, "America/St_Johns"]),
    st.sampled_from(Answer),
)
@settings(deadline=2000, max_examples=200)
def test_until_is_the_next_change(schedules, instant, zone, on_holidays):
    def ask(moment):
        return open_at(schedules, moment, time_zone=zone, open_on_holidays=on_holidays).state

    answer = open_at(schedules, instant, time_zone=zone, open_on_holidays=on_holidays)
    if answer.until is None:
        return
    assert (ask(answer.until) is Openness.OPEN) == (answer.state is not Openness.OPEN)
    for part in range(20):
        between = instant + (answer.until - instant) * part / 20
        assert (ask(between) is Openness.OPEN) == (answer.state is Openness.OPEN)


def test_a_rule_that_names_no_day_costs_next_to_nothing():
    official = Schedule(
        "x", freq="WEEKLY", byday="TH,FR", byweekno="41,42", bymonthday="2,3,4", byyearday="2,3,4",
        opens_at=time(10), closes_at=time(18),
    )  # fmt: skip
    start = perf_counter()
    assert open_at([official], datetime(2026, 11, 2, tzinfo=UTC), time_zone=CHICAGO).state is Openness.CLOSED
    assert perf_counter() - start < 0.2  # dateutil: 0.8 s
