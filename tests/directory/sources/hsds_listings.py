"""Any listings at all, for property tests: Hypothesis strategies over every field of the model."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from directory.access import ACCESS
from directory.model import (
    Accessibility,
    Address,
    Answer,
    Attribute,
    Capacity,
    CostOption,
    Fact,
    Language,
    Listing,
    Location,
    Organization,
    Phone,
    Point,
    Precision,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    Source,
    Url,
)
from directory.placing import hide

_letters = st.characters(exclude_categories=("Cs", "Cc", "Z"))
named = st.one_of(
    st.sampled_from(["a,b", 'say "so"', "two\nlines", "true", "1", "é", "[]", "x;y=z"]),
    st.text(_letters, min_size=1, max_size=8),
)
words = st.just("") | named
addresses_of_web = st.sampled_from(["https://example.org", "http://example.org/a?b=c%20d#e"])
links = st.just("") | addresses_of_web
mails = st.sampled_from(["", "help@example.org"])
days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
instants = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
clock = st.none() | st.times().map(lambda t: time(t.hour, t.minute))
numbers = st.floats(allow_nan=False, allow_infinity=False)
ages = st.none() | st.integers(0, 120)
any_id = st.just("")  # numbered() gives them


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


languages = some(
    st.sampled_from(
        [("Spanish", "es"), ("Haitian Creole", "ht"), ("Elvish", ""), ("Vietnamese", "vi")]
    ).flatmap(lambda pair: st.builds(Language, any_id, st.just(pair[0]), st.just(pair[1]), words))
)
phones = some(
    st.builds(
        Phone,
        any_id,
        st.sampled_from(["+13125550100", "988", "741741", "ask at the door"]),
        st.sampled_from(["", "5", "007", "*2", "12345678901234567890"]),
        st.sampled_from(["voice", "text", "fax", "tty", "video"]),
        words,
        languages,
    )
)
schedules = some(
    st.builds(
        Schedule,
        any_id,
        freq=st.sampled_from(["", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
        byday=st.sampled_from(["", "MO", "MO,TU,SA", "1MO,-1FR"]),
        bymonthday=st.sampled_from(["", "1,15", "-1"]),
        byyearday=st.sampled_from(["", "1,-214"]),
        byweekno=st.sampled_from(["", "41"]),
        interval=st.integers(1, 5),
        wkst=st.sampled_from(["", "MO", "SU"]),
        count=st.none() | st.integers(1, 99),
        dtstart=days,
        until=days,
        valid_from=days,
        valid_to=days,
        opens_at=clock,
        closes_at=clock,
        timezone=st.none() | st.sampled_from([-6.0, 5.5, 0.0]),
        description=words,
        notes=words,
        schedule_link=links,
        attending_type=words,
        closed=st.booleans(),
    )
)
areas = some(st.builds(ServiceArea, any_id, words, words, words, words, words))
urls = some(st.builds(Url, any_id, addresses_of_web, words))
addresses = some(
    st.builds(
        Address, any_id, words, words, words, words, words, words, words, named,
        st.sampled_from(["physical", "postal", "virtual"]),
    )
)  # fmt: skip
organizations = st.builds(
    Organization,
    any_id,
    named,
    words,
    words,
    mails,
    links,
    phones,
    urls,
    words,
    words,
    st.sampled_from(["", "a1b2c3d4-0000-4000-8000-000000000001"]),
)
points = st.builds(Point, st.floats(-90, -0.1) | st.floats(0.1, 90), st.floats(-180, 180))


@st.composite
def locations(draw: st.DrawFn) -> Location:
    point = draw(st.none() | points)
    precision = draw(st.sampled_from([Precision.STREET, Precision.ZIP])) if point else Precision.NONE
    location = Location(
        "",
        draw(st.sampled_from(["physical", "postal", "virtual"])),
        name=draw(words),
        alternate_name=draw(words),
        description=draw(words),
        transportation=draw(words),
        url=draw(links),
        point=point,
        precision=precision,
        time_zone=draw(st.sampled_from(["", "America/Chicago"])),
        confidential=draw(st.booleans()),
        addresses=draw(addresses),
        phones=draw(phones),
        schedules=draw(schedules),
        languages=draw(languages),
        accessibility=draw(some(st.builds(Accessibility, any_id, words, words, links))),
    )
    return hide(location)


@st.composite
def services(draw: st.DrawFn) -> Service:
    text: Any = {
        name: draw(words)
        for name in (
            "alternate_name", "description", "interpretation_services", "application_process",
            "fees_description", "wait_time", "accreditations", "licenses", "eligibility_description", "alert",
        )
    }  # fmt: skip
    facts = st.builds(Fact, st.sampled_from(Answer), days, words)
    return Service(
        "",
        draw(named),
        draw(st.sampled_from(["active", "inactive", "defunct", "temporarily closed"])),
        **text,
        url=draw(links),
        email=draw(mails),
        minimum_age=draw(ages),
        maximum_age=draw(ages),
        assured_date=draw(days),
        assurer_email=draw(mails),
        last_modified=draw(st.none() | instants),
        open_on_holidays=draw(st.sampled_from(Answer)),
        phones=draw(phones),
        schedules=draw(schedules),
        languages=draw(languages),
        service_areas=draw(areas),
        cost_options=draw(
            some(st.builds(CostOption, any_id, words, st.none() | numbers, words, words, days, days))
        ),
        required_documents=draw(some(st.builds(RequiredDocument, any_id, named, links))),
        capacities=draw(
            some(st.builds(Capacity, any_id, named, numbers, instants, st.none() | numbers, words))
        ),
        additional_urls=draw(urls),
        attributes=draw(some(st.builds(Attribute, any_id, words, words, named, words, words))),
        source_codes=tuple(draw(st.lists(st.sampled_from(["DT", "OP", "F17"]), max_size=3))),
        access=draw(st.dictionaries(st.sampled_from(sorted(ACCESS)), facts, max_size=3)),
    )


SOURCE = Source("test", "A test list", "CC0", "https://example.org", date(2026, 1, 1), True)


@st.composite
def one_service(draw: st.DrawFn) -> list[Listing]:
    """A service at one or two locations, every record with an id of its own."""
    numbers_left = count(1)
    service = numbered(draw(services()), numbers_left)
    organization = numbered(draw(organizations), numbers_left)
    return [
        Listing(
            fresh_id(numbers_left),
            service,
            organization,
            numbered(draw(locations()), numbers_left),
            SOURCE,
            draw(words),
            numbered(draw(phones), numbers_left),
            numbered(draw(schedules), numbers_left),
            numbered(draw(areas), numbers_left),
        )
        for _ in range(draw(st.integers(1, 2)))
    ]


def fresh_id(left: count[int]) -> str:
    return str(UUID(int=(0x5EED << 64) + next(left), version=4))


def numbered(value: Any, left: count[int]) -> Any:
    """A record, and all inside it, with fresh ids."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(numbered(each, left) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    parts: dict[str, Any] = {f.name: numbered(getattr(value, f.name), left) for f in fields(value)}
    if "id" in parts:
        parts["id"] = fresh_id(left)
    return replace(value, **parts)
