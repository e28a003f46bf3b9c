"""Whatever is texted, whatever is remembered, whatever is listed: an answer, within its budget."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.aftermath import NATURAL_NEED
from bot.conversation import respond
from bot.model import About, Channel, Danger, Intent, Matter, Meaning, Reply, State, Waiting
from bot.notes import read_state, write_state
from bot.segments import measure
from bot.speech import clean, within
from directory.access import ACCESS
from directory.answers import Located, Openness, Place
from directory.model import (
    Address,
    Answer,
    Fact,
    Language,
    Listing,
    Location,
    Organization,
    Phone,
    Point,
    Service,
    Source,
)
from directory.needs import load_needs
from tests.bot.town import NOW, Town, meaning_always, world

NEEDS = load_needs().codes
LANGUAGES = st.sampled_from(["en", "es", "ht", "xx", ""])

words = st.text(max_size=40) | st.sampled_from(
    ["María’s House – Détox", "希望中心", "a\nb\x00", "%(site)s %", "W" * 200]
)
points = st.builds(Point, st.floats(24, 49), st.floats(-125, -67))
places = st.builds(Place, words, points, st.just("city"), st.just("IL"))
phones = st.builds(
    Phone,
    st.just("p"),
    st.sampled_from(["+13125550100", "988", "+525512345678", "", "312-CALL"]),
    st.sampled_from(["", "1", "123456"]),
    st.sampled_from(["voice", "fax", "text", "tty"]),
    words,
)
facts = st.builds(Fact, st.sampled_from(Answer))
sources = st.builds(
    Source, st.just("s"), words, words, listed_on=st.none() | st.dates(), is_demonstration=st.booleans()
)
services = st.builds(
    Service,
    st.text("abc123-", min_size=1),
    words,
    assured_date=st.none() | st.dates(date(2020, 1, 1)),
    phones=st.lists(phones, max_size=3).map(tuple),
    languages=st.lists(st.builds(Language, st.just("l"), words, st.sampled_from(["es", "en", "zz", ""]))).map(
        tuple
    ),
    access=st.dictionaries(st.sampled_from(list(ACCESS)), facts),
)
locations = st.builds(
    Location,
    st.just("l"),
    name=words,
    point=st.none() | points,
    confidential=st.booleans(),
    addresses=st.lists(st.builds(Address, st.just("a"), words, words, words, words), max_size=1).map(tuple),
)
listings = st.builds(
    Listing, st.uuids().map(str), services, st.builds(Organization, st.just("o"), words), locations, sources
)
towns = st.lists(
    st.tuples(listings, st.sets(st.sampled_from(NEEDS)).map(tuple), st.sampled_from(Openness)), max_size=7
).map(lambda rows: Town(tuple(rows)))

moments = st.integers(-90, 90).map(lambda minutes: (NOW + timedelta(minutes=minutes)).isoformat())
wishes = st.dictionaries(
    st.sampled_from([*ACCESS, "open_now", "language", "gone"]), st.sampled_from(["yes", "no", "es", ""])
)
states = st.builds(
    State,
    language=LANGUAGES,
    language_chosen=st.booleans(),
    greeted=st.booleans(),
    waiting=st.sampled_from(Waiting),
    needs=st.lists(st.sampled_from([*NEEDS, "gone"]), max_size=3).map(tuple),
    wishes=wishes,
    place=st.none() | places,
    places=st.lists(places, max_size=6).map(tuple),
    shown=st.lists(st.uuids().map(str), max_size=3).map(tuple),
    page=st.integers(1, 4),
    detail=st.sampled_from(["", "at-1"]),
    misses=st.integers(0, 5),
    told_danger=st.dictionaries(
        st.sampled_from(
            [*Danger, "again suicide", "over overdose", "about swallowed", "about threat", "gone"]
        ),
        moments | st.sampled_from(["", "soon", NOW.isoformat()]),
    ),
    offered=st.lists(st.sampled_from([*NEEDS, "gone"]), max_size=3).map(tuple),
    place_before=st.none() | places,
    unconfirmed=st.booleans(),
    care=st.integers(0, 11),
    texts_left=st.floats(0, 20),
    heard_at=moments | st.sampled_from(["", "soon"]),
    echo=st.text(max_size=16),
    echoes=st.integers(0, 9),
)
located = st.builds(Located, places) | st.builds(
    Located, st.none(), st.lists(places, max_size=9).map(tuple), st.booleans()
)
meanings = st.builds(
    Meaning,
    st.sampled_from(Intent),
    language=st.none() | LANGUAGES,
    danger=st.none() | st.sampled_from(Danger),
    needs=st.lists(st.sampled_from(NEEDS), max_size=3).map(tuple),
    wishes=wishes,
    place=st.none() | located,
    choice=st.none() | st.integers(-2, 100),
    pick=st.none() | st.integers(-2, 9),
    enough=st.booleans(),
    wants_language=st.none() | LANGUAGES,
    unsure=st.lists(st.sampled_from(NEEDS), max_size=2).map(tuple),
    guessed=st.booleans(),
    hinted=st.booleans(),
    asks=st.booleans(),
    maybe=st.just("") | st.sampled_from(NEEDS),
    brief=st.booleans(),
    sensed=st.booleans(),
    matter=st.none() | st.sampled_from(Matter),
    about=st.lists(st.sampled_from([*About, *ACCESS]), max_size=2).map(tuple),
    perhaps=st.frozensets(st.sampled_from(Intent), max_size=3),
)


def check(replies: tuple[Reply, ...]) -> None:
    assert replies
    for reply in replies:
        assert reply.text.strip()
        assert within(reply.text, reply.budget), (reply, measure(reply.text))
        assert reply.budget <= 3
        assert clean(reply.text) == reply.text


@settings(max_examples=80, deadline=timedelta(seconds=2))
@given(
    states,
    meanings,
    towns,
    st.text() | st.characters(),
    st.sampled_from(["Openway", "", "恢复", "%(site)s" * 9]),
)
def test_any_text_in_any_state_is_answered_within_budget(
    state: State, meaning: Meaning, town: Town, text: str, site: str
) -> None:
    turn = respond(
        state,
        text,
        world(meaning_always(meaning), directory=town, site_name=site, public_url="https://x.org"),
        Channel.SMS,
    )
    check(turn.replies)
    assert read_state(write_state(turn.state)) == turn.state
    if meaning.danger:
        assert "911" in turn.replies[0].text


@settings(max_examples=30, deadline=timedelta(seconds=2))
@given(st.lists(st.tuples(meanings, st.text(max_size=20)), min_size=1, max_size=8), towns)
def test_any_talk_goes_on(said: list[tuple[Meaning, str]], town: Town) -> None:
    state = State()
    for meaning, text in said:
        turn = respond(state, text, world(meaning_always(meaning), directory=town), Channel.SMS)
        check(turn.replies)
        state = turn.state


@pytest.mark.parametrize(("made", "strategy"), [(State, states), (Meaning, meanings)])
def test_whatever_is_remembered_or_meant_is_tried(made: type, strategy: st.SearchStrategy[object]) -> None:
    """A field that is forgotten above would be tried with its default alone."""
    found: dict[str, set[str]] = {field.name: set() for field in fields(made)}

    @settings(max_examples=200, database=None, derandomize=True)
    @given(strategy)
    def look(one: object) -> None:
        for name, seen in found.items():
            seen.add(repr(getattr(one, name)))

    look()
    assert [name for name, seen in found.items() if len(seen) < 2] == []


@given(states)
def test_a_state_survives_being_written_down(state: State) -> None:
    assert read_state(write_state(state)) == state


@given(st.dictionaries(st.text(), st.none() | st.text() | st.integers() | st.lists(st.integers())))
def test_notes_that_are_not_ours_are_no_notes(note: dict[str, object]) -> None:
    assert read_state(note) is None


def test_the_natural_needs_of_dangers_are_needs() -> None:
    assert set(NATURAL_NEED.values()) <= set(NEEDS)
