"""What the directory says of hours, age and distance, in people's words.

Facts come in (OpenState, dates, miles), words go out: sentences by gettext, forms of time, day
and number by Babel. What is not known is said as "call first".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.units import format_unit

from directory.answers import Openness, OpenState
from directory.model import Source
from translations import catalogue, day_names, locale, mark

_SOON: Final = timedelta(minutes=30)  # said in minutes, not as a time of day
_A_WEEK: Final = timedelta(days=6)  # further off, a weekday's name would mean another week
_FRESH: Final = timedelta(days=180)
# People here read US times ("5 p.m.", "0.4 mi"), whatever Spain writes.
_FORMS: Final = {"es": "es_US"}
# Babel's fine spaces would cost a text half its length (they are not in GSM-7).
_PLAIN_SPACES: Final = dict.fromkeys((0x00A0, 0x2009, 0x202F), " ")
# Spanish texts drop the accents that are not in GSM-7 (é, ñ and ü are).
_FOR_TEXTS: Final = {"es": str.maketrans("áíóúÁÍÓÚ", "aiouAIOU")}


def say_open(state: OpenState, now: datetime, language: str, *, then: bool = False) -> str:
    """A sentence for pages: "Open now, until 5 PM". `now` is aware. `then`: it is another moment that was
    asked about: "Open then, until 5 PM"."""
    say = _sayer(language)
    if state.state is Openness.UNKNOWN:
        holiday = mark("Holiday hours may differ, call first")
        return say(holiday if state.holiday else mark("Hours not listed, call first"))
    if state.until is None:
        always = state.state is Openness.OPEN
        return say(mark("Open 24 hours, every day") if always else mark("Closed"))
    if then:
        return _say_then(state.state, state.until, now, language)
    if state.state is Openness.OPEN:
        return _say_closing(state.until, now, language)
    return _say_opening(state.until, now, language)


def _say_closing(until: datetime, now: datetime, language: str) -> str:
    say, here = _sayer(language), now.astimezone(until.tzinfo)
    left = until.astimezone(UTC) - now.astimezone(UTC)
    if left <= _SOON:
        return say(mark("Closes %(soon)s"), soon=_say_soon(left, language))
    if until.date() == here.date():
        return say(mark("Open now, until %(time)s"), time=say_time(until.time(), language))
    if _is_midnight_of(until, here):
        return say(mark("Open now, until midnight"))
    return _with_day(
        until,
        here,
        language,
        mark("Open now, until %(time)s tomorrow"),
        mark("Open now, until %(time)s %(day)s"),
    )


def _say_opening(until: datetime, now: datetime, language: str) -> str:
    say, here = _sayer(language), now.astimezone(until.tzinfo)
    left = until.astimezone(UTC) - now.astimezone(UTC)
    if left <= _SOON:
        # Rounded up: the door is shut until then.
        return say(mark("Opens %(soon)s"), soon=_say_soon(left + timedelta(seconds=59), language))
    if until.date() == here.date():
        return say(mark("Closed. Opens %(time)s today"), time=say_time(until.time(), language))
    return _with_day(
        until,
        here,
        language,
        mark("Closed. Opens %(time)s tomorrow"),
        mark("Closed. Opens %(time)s %(day)s"),
    )


def _say_then(state: Openness, until: datetime, then: datetime, language: str) -> str:
    """At a moment that is not now: no "soon", no "tomorrow"."""
    say, here = _sayer(language), then.astimezone(until.tzinfo)
    opened, at = state is Openness.OPEN, say_time(until.time(), language)
    if opened and _is_midnight_of(until, here):
        return say(mark("Open then, until midnight"))
    if until.date() == here.date():
        same_day = mark("Open then, until %(time)s") if opened else mark("Closed then. Opens %(time)s")
        return say(same_day, time=at)
    other_day = (
        mark("Open then, until %(time)s %(day)s") if opened else mark("Closed then. Opens %(time)s %(day)s")
    )
    return say(other_day, time=at, day=_say_day(until.date(), here.date(), language, "wide"))


def _with_day(until: datetime, here: datetime, language: str, tomorrow: str, other_day: str) -> str:
    say, at = _sayer(language), say_time(until.time(), language)
    if until.date() - here.date() == timedelta(days=1):
        return say(tomorrow, time=at)
    return say(other_day, time=at, day=_say_day(until.date(), here.date(), language, "wide"))


def say_open_short(state: OpenState, now: datetime, language: str) -> str:
    """The same in the fewest letters, for texts: "Open til 5 PM", "Opens 8 AM Tue"."""
    return _say_short(state, now, language).translate(_FOR_TEXTS.get(language, {}))


def _say_short(state: OpenState, now: datetime, language: str) -> str:
    say = _sayer(language)
    if state.state is Openness.UNKNOWN:
        return say(mark("Holiday hours: call")) if state.holiday else say(mark("Hours: call"))
    opened = state.state is Openness.OPEN
    if state.until is None:
        return say(mark("Open 24/7")) if opened else say(mark("Closed"))
    until, here = state.until, now.astimezone(state.until.tzinfo)
    if opened and _is_midnight_of(until, here):
        return say(mark("Open til midnight"))
    at = say_time(until.time(), language)
    # "Open til 2 AM" is understood at night; "Opens 8 AM" might be today.
    if until.date() == here.date() or (opened and until - here <= timedelta(hours=12)):
        return say(mark("Open til %(time)s") if opened else mark("Opens %(time)s"), time=at)
    day = _say_day(until.date(), here.date(), language, "abbreviated")
    return say(
        mark("Open til %(time)s %(day)s") if opened else mark("Opens %(time)s %(day)s"), time=at, day=day
    )


def _is_midnight_of(until: datetime, here: datetime) -> bool:
    return until.time() == time(0) and until.date() - here.date() == timedelta(days=1)


def _say_day(day: date, today: date, language: str, width: Literal["wide", "abbreviated"]) -> str:
    """The weekday's name, or the date when it is further off than this week."""
    if day - today <= _A_WEEK:
        return day_names(language, width)[day.weekday()]
    return _form("MMMd", day, language)


def _say_soon(left: timedelta, language: str) -> str:
    """Our own words: CLDR has none in Haitian Creole (Babel says it in French) and half of them in Somali."""
    return _sayer(language)(mark("in %(minutes)s min"), minutes=max(1, int(left.total_seconds() // 60)))


def say_time(wall: time, language: str) -> str:
    """ "5 PM", "5:30 PM", "17:00": as the language writes a time of day, with plain spaces."""
    twelve_hours = "h" in _forms(language).time_formats["short"].pattern
    skeleton = ("hm" if wall.minute else "h") if twelve_hours else "Hm"
    return _form(skeleton, datetime.combine(date(2000, 1, 1), wall.replace(tzinfo=None)), language)


def _form(skeleton: str, moment: date | datetime, language: str) -> str:
    whole = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return format_skeleton(skeleton, whole, locale=_forms(language)).translate(_PLAIN_SPACES)


def say_age(source: Source, assured_date: date | None, today: date, language: str) -> str:
    """When a person last checked the record, else how old the list is that it comes from."""
    say = _sayer(language)
    # A day ahead is another time zone; more is a slip of the pen and proves nothing.
    if assured_date and assured_date - today <= timedelta(days=1):
        if today - assured_date < _FRESH:
            day = format_date(assured_date, "medium", locale=_forms(language)).translate(_PLAIN_SPACES)
            return say(mark("Checked %(date)s"), date=day)
        return say(mark("Last checked %(month)s, call first"), month=_form("yMMM", assured_date, language))
    if source.listed_on:
        return say(mark("Listed %(year)s, call first"), year=f"{source.listed_on.year}")
    return say(mark("Not checked yet, call first"))


def say_distance(miles: float, language: str) -> str:
    """ "0.4 mi", "12 mi", "under 0.1 mi"."""
    near = miles < 0.1
    form = "#,##0.#" if round(max(miles, 0.1), 1) < 10 else "#,##0"
    unit = format_unit(max(miles, 0.1), "length-mile", "short", format=form, locale=_forms(language))
    said = unit.translate(_PLAIN_SPACES)
    return _sayer(language)(mark("under %(distance)s"), distance=said) if near else said


def _forms(language: str) -> Locale:
    return Locale.parse(_FORMS[language]) if language in _FORMS else locale(language)


def _sayer(language: str) -> Callable[..., str]:
    gettext = catalogue(language).gettext
    return lambda message, **words: gettext(message) % words
