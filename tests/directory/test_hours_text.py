"""Opening hours that people typed, in English and Spanish."""

from datetime import time
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.model import Answer, Schedule
from directory.recurrence import WEEKDAYS, read
from directory.sources.hours_clock import between
from directory.sources.hours_text import holidays_in, parse_hours
from directory.sources.hours_words import Clock, Half

WORKDAYS = "MO,TU,WE,TH,FR"
EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"


def short(schedule: Schedule) -> str:
    """ "MO,TU 09:00-17:00", "SU closed", "SA (By appointment)"."""
    if schedule.closed:
        said = "closed"
    elif schedule.opens_at and schedule.closes_at:
        said = f"{schedule.opens_at:%H:%M}-{schedule.closes_at:%H:%M}"
    else:
        said = f"({schedule.description})"
    return f"{schedule.byday} {said}".strip()


def understood(text: str) -> list[str]:
    schedules, all_of_it = parse_hours(text)
    assert all_of_it, text
    return [short(schedule) for schedule in schedules]


UNDERSTOOD = {
    # What the template and officials write.
    "Mon-Fri 9-5, Sat by appt": [f"{WORKDAYS} 09:00-17:00", "SA (By appointment)"],
    "M-F 8:30am-4:30pm": [f"{WORKDAYS} 08:30-16:30"],
    "Mo-Fr 09:00-17:00": [f"{WORKDAYS} 09:00-17:00"],
    "Mon–Fri 9–5": [f"{WORKDAYS} 09:00-17:00"],
    "24/7": [f"{EVERY_DAY} 00:00-00:00"],
    "24 hours": [f"{EVERY_DAY} 00:00-00:00"],
    "Open 24 hours a day, 7 days a week": [f"{EVERY_DAY} 00:00-00:00"],
    "Monday - Sunday 24/7": [f"{EVERY_DAY} 00:00-00:00"],
    "weekends 24 hours": ["SA,SU 00:00-00:00"],
    "Daily 7a-7p": [f"{EVERY_DAY} 07:00-19:00"],
    "Weekdays 9 to 5": [f"{WORKDAYS} 09:00-17:00"],
    "Tu, Th 1-3pm": ["TU,TH 13:00-15:00"],
    "Mon & Wed 10am-noon": ["MO,WE 10:00-12:00"],
    "closed Sundays": ["SU closed"],
    "Sun. 12pm-4pm; Mon. closed": ["SU 12:00-16:00", "MO closed"],
    "Closed Mon; Tue-Sun 11-7": ["MO closed", "TU,WE,TH,FR,SA,SU 11:00-19:00"],
    "9am-5pm Monday through Friday": [f"{WORKDAYS} 09:00-17:00"],
    "9-5 M-F, 10-2 Sat": [f"{WORKDAYS} 09:00-17:00", "SA 10:00-14:00"],
    "MWF 9-12, TTh 1-5": ["MO,WE,FR 09:00-12:00", "TU,TH 13:00-17:00"],
    "Fri-Mon 8pm-2am": ["MO,FR,SA,SU 20:00-02:00"],
    "Daily 8am-midnight": [f"{EVERY_DAY} 08:00-00:00"],
    "Mon-Fri 0800-1630": [f"{WORKDAYS} 08:00-16:30"],
    "Mon-Fri 9h-17h": [f"{WORKDAYS} 09:00-17:00"],
    "Thursday 9-12 and 1-5": ["TH 09:00-12:00", "TH 13:00-17:00"],
    "Tuesdays:\n10:00 a.m. - 12 p.m.": ["TU 10:00-12:00"],
    "Mon-Fri\nBreakfast: 7:30-8:30 AM\nLunch: noon-1 PM":
        [f"{WORKDAYS} 07:30-08:30", f"{WORKDAYS} 12:00-13:00"],
    "<td>Monday</td><td>Closed</td></tr><tr><td>Tuesday</td><td><time>8:00 AM - 9:00 AM</time></td>":
        ["MO closed", "TU 08:00-09:00"],
    "Every Monday 9:00AM 1:00PM \\n Every Thursday 1:00PM 5:00PM": ["MO 09:00-13:00", "TH 13:00-17:00"],
    "Friday: 9:30:00-11:30:00, 9:30:00-11:30:00": ["FR 09:30-11:30"],
    "We are open Monday 9-5": ["MO 09:00-17:00"],
    # Days of the month.
    "1st and 3rd Monday 9-11": ["1MO,3MO 09:00-11:00"],
    "2nd & 4th Fridays Friday 6:00 PM 8:00 PM": ["2FR,4FR 18:00-20:00"],
    "Last Saturday of the month, 10am-11am": ["-1SA 10:00-11:00"],
    "Mon-Thu 10-12pm, 1st Monday of month 4-6pm": ["MO,TU,WE,TH 10:00-12:00", "1MO 16:00-18:00"],
    "Mon-Fri and the 3rd Saturday of each month: 9:00 am until 10:00 am":
        [f"{WORKDAYS} 09:00-10:00", "3SA 09:00-10:00"],
    "Saturday, 10am-12pm, (closed 1st Saturday of each month)": ["SA 10:00-12:00", "1SA closed"],
    # By appointment is never open.
    "By appointment only": ["(By appointment)"],
    "Please call to make an appointment.": ["(By appointment)"],
    "Mon-Fri 9-5, by appointment only": [f"{WORKDAYS} (By appointment)"],
    "By appointment, Monday - Friday 10-5, Sat 9-12": ["MO,TU,WE,TH,FR,SA (By appointment)"],
    "Monday - Friday: 9 - 4:30 p.m.\n\nPlease call for an appointment.": [f"{WORKDAYS} (By appointment)"],
    "Tuesday 9-5 or by appointment": ["TU 09:00-17:00"],
    "Tue, Thu 4-6pm, no appointment needed": ["TU,TH 16:00-18:00"],
    "Every Sun appt \n Every Mon 9:00 AM 5:00 PM": ["SU (By appointment)", "MO 09:00-17:00"],
    # Spanish.
    "L-V 9-17": [f"{WORKDAYS} 09:00-17:00"],
    "lunes a viernes 9am-5pm": [f"{WORKDAYS} 09:00-17:00"],
    "Lunes a viernes de 9 a. m. a 5 p. m., sábados con cita previa":
        [f"{WORKDAYS} 09:00-17:00", "SA (By appointment)"],
    "Martes y jueves 13:00-15:00, cerrado miércoles": ["TU,TH 13:00-15:00", "WE closed"],
    "todos los días 8am-8pm": [f"{EVERY_DAY} 08:00-20:00"],
    "primer lunes del mes 9am-11am": ["1MO 09:00-11:00"],
    "24 horas": [f"{EVERY_DAY} 00:00-00:00"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD.items(), ids=UNDERSTOOD)
def test_is_understood(text, expected):
    assert sorted(understood(text)) == sorted(expected)


# Text, and what of it is still sure: the rest might be about any of the other days.
IN_PART = {
    "Mon-Fri 9-5; Sat when we can": [f"{WORKDAYS} 09:00-17:00"],
    "Tuesdays and Fridays: 9 am - 3 pm\nEvery other Saturday: 7 am - 2 pm": ["TU,FR 09:00-15:00"],
    "Tuesdays 9-11:30\nBring a picture ID.": ["TU 09:00-11:30"],
    "Open 24/7 (take what you need)": [f"{EVERY_DAY} 00:00-00:00"],
    "Mon 9-5, Tue 9 PM - 1:30 PM": ["MO 09:00-17:00"],
    "Mon 9-5, Tue 10-2, 12-3": ["MO 09:00-17:00"],
}
NOT_AT_ALL = [
    "call",
    "(610) 268-3365",
    "9-5",
    "1:30 pm - 2:30 pm",
    "Mon-Fri",
    "Thursdays at 10:00 AM",
    "Mon-Fri 9-5 except Wednesday",
    "Mon-Fri 9-5 (closed 12-1)",
    "Mon-Fri 9-5, closed for lunch 12-1",
    "Mon-Fri 9-5\nSummer hours vary",
    "Summer: Mon-Thu 8-4, Fri 8-12",
    "Mon-Fri 9-5, summer Mon-Fri 8-3",
    "Tuesdays (except the 4th Tuesday of the month): 9-11 a.m.",
    "Every other Monday 9:30 AM - 11:30 AM",
    "Every 3rd Tuesday 12-3pm",
    "Twice per Month Saturday 10:00AM 12:00PM",
    "Monthly Thursday 10am-12pm",
    "1st and 3rd Wednesdays and Fridays 4-5pm",
    "First week of month Thursday 12-2pm",
    "Tuesday or Wednesday 9-11",
    "Sunday 9:30 11:00",
    "Sat 9 AM, 11 AM",
    "May - September, Wednesday 4:40 pm - 6:00 pm",
    "Mon 7-9",
    "Shelter open daily 6-6",
    "Mon 9am-8am",
    "Daily 12am-3pm",
    "Mon-Fri 9-12am",
    "M-S 9-12pm",
    "MF 9-5",
    "Mon-Fri 9AM-5PM EST",
    "12/25 closed",
    "Closed",
    "Temporarily closed. Monday 9-5",
    "Nights when it is below 20 degrees",
    "ages 13-17",
    "x" * 3000,
]


@pytest.mark.parametrize(("text", "sure"), IN_PART.items(), ids=IN_PART)
def test_what_is_not_understood_is_kept_as_words(text, sure):
    schedules, all_of_it = parse_hours(text)
    assert not all_of_it
    assert [short(schedule) for schedule in schedules[:-1]] == sure
    assert schedules[-1].description == text
    assert (schedules[-1].opens_at, schedules[-1].freq) == (None, "")


@pytest.mark.parametrize("text", NOT_AT_ALL, ids=[text[:40] for text in NOT_AT_ALL])
def test_a_text_that_may_mean_two_things_gives_no_hours(text):
    schedules, all_of_it = parse_hours(text)
    assert not all_of_it
    assert [short(schedule) for schedule in schedules] == [f"({text})"]


@pytest.mark.parametrize("text", ["", "  ", "n/a", "-", "Unknown"])
def test_a_cell_that_says_nothing_gives_nothing(text):
    assert parse_hours(text) == ((), True)


@pytest.mark.parametrize(
    ("text", "note", "answer"),
    [
        ("Mon-Fri 9-5, closed on major holidays", "Closed on holidays", Answer.NO),
        ("Mon-Fri 9-5 (except holidays)", "Closed on holidays", Answer.NO),
        ("Mon-Sat 9-5, closed Sundays and holidays", "Closed on holidays", Answer.NO),
        ("Daily 9-5 including holidays", "Open on holidays", Answer.YES),
        ("Mon-Fri 9-5, closed Sat, open holidays", "Open on holidays", Answer.YES),
        ("Mon-Fri 9-5", "", Answer.UNKNOWN),
        ("Mon-Fri 9-5, walk-ins welcome", "Walk-ins welcome", Answer.UNKNOWN),
    ],
)
def test_a_remark_on_holidays_or_walking_in_becomes_a_note(text, note, answer):
    schedules, all_of_it = parse_hours(text)
    assert all_of_it
    assert {schedule.notes for schedule in schedules} == {note}
    assert holidays_in(text) is answer


def test_the_ids_are_the_same_every_time_and_differ_by_owner():
    text = "Mon-Fri 9-5, Sat 9-12"
    mine = [schedule.id for schedule in parse_hours(text, "a")[0]]
    assert mine == [schedule.id for schedule in parse_hours(text, "a")[0]]
    assert len({*mine, *(schedule.id for schedule in parse_hours(text, "b")[0])}) == 4
    assert all(UUID(id_).version == 5 for id_ in mine)


PARTS = st.sampled_from(
    [
        "mon", "Tuesday", "fri-sun", "daily", "1st", "last", "and", ",", ";", "\n", "9", "9-5", "10am", "-",
        "to", "noon", "24/7", "24 hours", "closed", "by appt", "every", "other", "of the month", "except",
        "(", ")", "l-v", "holidays", "12:00:00", "25:61", "a", "la", "<td>", "&amp;", "0800-2500", "m", "s",
    ]
)  # fmt: skip


@given(st.text(max_size=300) | st.lists(PARTS, max_size=25).map(" ".join), st.text(max_size=5))
@settings(max_examples=400, deadline=1000)
def test_no_text_makes_it_fail_and_none_is_lost(text, owner):
    schedules, all_of_it = parse_hours(text, owner)
    for schedule in schedules:
        read(schedule)
    assert len({schedule.id for schedule in schedules}) == len(schedules)
    if not all_of_it:
        assert schedules[-1].description == text.strip()
    assert holidays_in(text) in Answer


TIMES = st.tuples(st.integers(6, 11), st.integers(13, 20), st.sampled_from(["00", "15", "30"]))


@given(
    st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True),
    TIMES,
    st.sampled_from(["-", " to ", " – "]),
)
def test_hours_written_out_in_full_are_read_back(days, times, dash):
    opens, closes, minutes = times
    text = f"{', '.join(days)}: {opens}:{minutes} AM{dash}{closes - 12}:{minutes} PM"
    schedules, all_of_it = parse_hours(text)
    assert all_of_it
    assert [(s.opens_at, s.closes_at) for s in schedules] == [
        (time(opens, int(minutes)), time(closes, int(minutes)))
    ]
    assert sorted(schedules[0].byday.split(",")) == sorted(days)


def test_no_bare_pair_of_hours_is_read_as_a_night_or_as_no_time_at_all():
    for start in range(1, 13):
        for end in range(1, 13):
            span = between(Clock(start * 60, Half.BARE), Clock(end * 60, Half.BARE))
            assert span is None or 6 * 60 <= span.opens < span.closes <= 24 * 60
