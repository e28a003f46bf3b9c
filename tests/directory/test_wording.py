"""Hours, age and distance in people's words."""

import string
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.answers import Openness, OpenState
from directory.model import Source
from directory.wording import say_age, say_distance, say_open, say_open_short, say_time
from translations import BABEL_NAMES, languages

ZONE = ZoneInfo("America/Chicago")
ANY_LANGUAGE = st.sampled_from([*BABEL_NAMES, "xx", ""])
needs_spanish = pytest.mark.skipif("es" not in languages(), reason="no Spanish catalogue")


def at(local: str) -> datetime:
    return datetime.fromisoformat("2026-" + local).replace(tzinfo=ZONE)


def state(words: str) -> OpenState:
    """ "open 11-03 17:00", "closed", "unknown", "holiday"."""
    name, _, until = words.partition(" ")
    if name == "holiday":
        return OpenState(Openness.UNKNOWN, holiday=True)
    return OpenState(Openness(name), at(until) if until else None)


# November 3, 2026 is a Tuesday.
OPEN = {
    "closes today": ("open 11-03 17:00", "11-03 09:00", "Open now, until 5 PM", "Open til 5 PM"),
    "minutes are told": ("open 11-03 16:30", "11-03 09:00", "Open now, until 4:30 PM", "Open til 4:30 PM"),
    "closes soon": ("open 11-03 17:00", "11-03 16:50", "Closes in 10 min", "Open til 5 PM"),
    "closes this minute": ("open 11-03 17:00", "11-03 16:59:30", "Closes in 1 min", "Open til 5 PM"),
    "midnight": ("open 11-04 00:00", "11-03 09:00", "Open now, until midnight", "Open til midnight"),
    "past midnight": ("open 11-04 02:00", "11-03 20:00", "Open now, until 2 AM tomorrow", "Open til 2 AM"),
    "after midnight": ("open 11-04 02:00", "11-04 01:00", "Open now, until 2 AM", "Open til 2 AM"),
    "till tomorrow evening": ("open 11-04 20:00", "11-03 09:00", "Open now, until 8 PM tomorrow",
                              "Open til 8 PM Wed"),
    "till Friday": ("open 11-06 17:00", "11-03 09:00", "Open now, until 5 PM Friday", "Open til 5 PM Fri"),
    "till a date": ("open 12-25 00:00", "11-03 09:00", "Open now, until 12 AM Dec 25",
                    "Open til 12 AM Dec 25"),
    "always": ("open", "11-03 09:00", "Open 24 hours, every day", "Open 24/7"),
    "opens today": ("closed 11-03 17:00", "11-03 09:00", "Closed. Opens 5 PM today", "Opens 5 PM"),
    "opens soon": ("closed 11-03 09:00", "11-03 08:49:30", "Opens in 11 min", "Opens 9 AM"),
    "opens tomorrow": ("closed 11-04 08:00", "11-03 18:00", "Closed. Opens 8 AM tomorrow", "Opens 8 AM Wed"),
    "opens Monday": ("closed 11-09 08:00", "11-03 18:00", "Closed. Opens 8 AM Monday", "Opens 8 AM Mon"),
    "opens in a week": ("closed 11-10 08:00", "11-03 18:00", "Closed. Opens 8 AM Nov 10",
                        "Opens 8 AM Nov 10"),
    "closed": ("closed", "11-03 18:00", "Closed", "Closed"),
    "unknown": ("unknown", "11-03 18:00", "Hours not listed, call first", "Hours: call"),
    "holiday": ("holiday", "11-26 18:00", "Holiday hours may differ, call first", "Holiday hours: call"),
    "the clock goes back": ("open 11-01 17:00", "10-31 18:00", "Open now, until 5 PM tomorrow",
                            "Open til 5 PM Sun"),
}  # fmt: skip


@pytest.mark.parametrize(("said", "now", "long", "short"), OPEN.values(), ids=OPEN.keys())
def test_open(said, now, long, short):
    utc = at(now).astimezone(UTC)
    assert say_open(state(said), utc, "en") == long
    assert say_open_short(state(said), utc, "en") == short


THEN = {
    "till the afternoon": ("open 11-03 17:00", "Open then, until 5 PM"),
    "till soon after": ("open 11-03 09:20", "Open then, until 9:20 AM"),
    "till midnight": ("open 11-04 00:00", "Open then, until midnight"),
    "till the next day": ("open 11-04 08:00", "Open then, until 8 AM Wednesday"),
    "opens soon after": ("closed 11-03 09:20", "Closed then. Opens 9:20 AM"),
    "opens the next day": ("closed 11-04 08:00", "Closed then. Opens 8 AM Wednesday"),
    "always": ("open", "Open 24 hours, every day"),
    "unknown": ("unknown", "Hours not listed, call first"),
}


@pytest.mark.parametrize(("said", "words"), THEN.values(), ids=THEN.keys())
def test_open_at_another_time_is_not_now(said, words):
    assert say_open(state(said), at("11-03 09:00"), "en", then=True) == words


@needs_spanish
@pytest.mark.parametrize(
    ("said", "long", "short"),
    [
        ("open 11-03 17:00", "Abierto ahora, hasta 5 p.m.", "Abierto hasta 5 p.m."),
        ("open 11-03 09:10", "Cierra en 10 min", "Abierto hasta 9:10 a.m."),
        ("closed 11-07 08:00", "Cerrado. Abre el sábado, 8 a.m.", "Abre sab 8 a.m."),
        ("closed 11-12 08:00", "Cerrado. Abre el 12 nov, 8 a.m.", "Abre 12 nov 8 a.m."),
        ("open", "Abierto las 24 horas, todos los días", "Abierto 24/7"),
        ("holiday", "El horario puede cambiar por el día feriado, llame antes", "Feriado: llame"),
    ],
)
def test_open_in_spanish(said, long, short):
    assert say_open(state(said), at("11-03 09:00"), "es") == long
    assert say_open_short(state(said), at("11-03 09:00"), "es") == short


INSTANT = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(ZONE))  # noqa: DTZ001
STATES = st.builds(OpenState, st.sampled_from(Openness), st.none() | INSTANT, st.booleans())


@given(STATES, INSTANT, st.sampled_from(["en", "es"]))
def test_a_short_form_costs_no_letter_outside_gsm_7(said, now, language):
    words = say_open_short(said, now, language)
    assert set(words) <= set(string.printable) | set("éñü¿¡")
    assert len(words) <= 32


@given(STATES, INSTANT, ANY_LANGUAGE)
def test_every_language_says_something_with_plain_spaces(said, now, language):
    for words in (say_open(said, now, language), say_open_short(said, now, language)):
        assert words
        assert not set(words) & {"\u00a0", "\u2009", "\u202f"}


@pytest.mark.parametrize(
    ("language", "hour", "expected"),
    [("en", 17, "5 PM"), ("es", 17, "5 p.m."), ("fr", 17, "17:00"), ("ru", 9, "09:00"), ("en", 0, "12 AM")],
)
def test_a_time_of_day_is_written_as_the_language_does(language, hour, expected):
    assert say_time(time(hour), language) == expected


LISTED = Source("s", "A list", "public", listed_on=date(2022, 5, 1))
UNLISTED = Source("s", "A list", "public")


@pytest.mark.parametrize(
    ("source", "assured", "expected"),
    [
        (LISTED, date(2026, 11, 3), "Checked Nov 3, 2026"),
        (LISTED, date(2026, 5, 8), "Checked May 8, 2026"),
        (LISTED, date(2026, 5, 7), "Last checked May 2026, call first"),
        (LISTED, date(2022, 11, 3), "Last checked Nov 2022, call first"),
        (LISTED, date(2026, 11, 4), "Checked Nov 4, 2026"),
        (LISTED, date(2027, 11, 3), "Listed 2022, call first"),
        (LISTED, None, "Listed 2022, call first"),
        (UNLISTED, None, "Not checked yet, call first"),
    ],
)
def test_how_old_a_record_is(source, assured, expected):
    assert say_age(source, assured, date(2026, 11, 3), "en") == expected


@needs_spanish
def test_how_old_a_record_is_in_spanish():
    today = date(2026, 11, 3)
    assert say_age(LISTED, today, today, "es") == "Revisado el 3 nov 2026"
    assert say_age(LISTED, date(2025, 8, 1), today, "es") == "Última revisión: ago 2025, llame antes"
    assert say_age(LISTED, None, today, "es") == "Datos de 2022, llame antes"


@pytest.mark.parametrize(
    ("miles", "expected"),
    [
        (0.0, "under 0.1 mi"),
        (0.099, "under 0.1 mi"),
        (0.1, "0.1 mi"),
        (0.44, "0.4 mi"),
        (5.0, "5 mi"),
        (9.94, "9.9 mi"),
        (9.96, "10 mi"),
        (12.4, "12 mi"),
        (1234.5, "1,234 mi"),
    ],
)
def test_distance(miles, expected):
    assert say_distance(miles, "en") == expected


@given(st.floats(0, 20_000), ANY_LANGUAGE)
def test_a_distance_is_short_in_every_language(miles, language):
    assert len(say_distance(miles, language)) <= 20
