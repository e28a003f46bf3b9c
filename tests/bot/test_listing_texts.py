"""Whatever a listing, a site or a place is called, it is told whole enough, with its phone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation import respond
from bot.listing_texts import IDENTITY, best_phone
from bot.model import Channel, Intent, Meaning, State, World
from directory.answers import Located, Openness, Place
from directory.model import Phone
from tests.bot.phrases import understand
from tests.bot.town import LINCOLN_PARK, TOWN, Person, Town, listing, meaning_always, world


def awkward_world(name: str) -> World:
    place = listing("x", name, 1.0, phone="+13125550199", extension="77")
    return world(understand, directory=Town(((place, ("detox",), Openness.OPEN), *TOWN)))


@pytest.mark.parametrize(
    "name",
    [
        "希望中心 (Hope Center)",
        "希望中心" * 20,
        "A\nB\r\x00C\ud800",
        "%(site)s 100%",
        "<b>&amp;</b>",
        "👨‍👩‍👧" * 40,
        "x" * 400,
        "",
    ],
)
def test_any_name_of_a_listing_is_told_with_its_phone(name: str) -> None:
    *who, answer = Person(awkward_world(name)).gets("detox 60614")
    assert [text.text for text in who] in ([], [IDENTITY % {"site": "Openway"}])
    assert "312-555-0199 x77" in answer.text
    assert "312-555-0101" in answer.text
    assert all(c == "\n" or c.isprintable() or c == "\u200d" for c in answer.text)


def test_a_long_site_name_is_cut_and_an_odd_one_does_no_harm() -> None:
    for name in ("The Greater Chicago Recovery Information Line", "100% %(site)s", "恢复"):
        (intro,) = Person(world(understand, site_name=name)).gets("hi")
        assert "911" in intro.text


def test_a_demonstration_is_marked_as_one() -> None:
    demo = replace(TOWN[0][0], source=replace(TOWN[0][0].source, is_demonstration=True))
    person = Person(world(understand, directory=Town(((demo, ("detox",), Openness.OPEN),))))
    assert "DEMO" in person.texts("detox 60614")[0]
    assert "DEMO" in person.texts("1")[0]


def test_a_listing_with_a_fax_and_a_text_line_is_called_by_voice() -> None:
    each = TOWN[0][0]
    phones = (Phone("f", "+13125550001", type="fax"), Phone("t", "+13125550002", type="text"),
              Phone("m", "+13125550003"), Phone("i", "+13125550004", description="Intake line"))  # fmt: skip
    chosen = best_phone(replace(each, own_phones=phones))
    assert chosen is not None
    assert chosen.number == "+13125550004"


def test_every_channel_gets_the_same_words(person: Person) -> None:
    said = {tuple(r.text for r in respond(State(), "detox 60614", person.world, c).replies) for c in Channel}
    assert len(said) == 1


def test_a_place_label_of_any_length_fits() -> None:
    long = Place("Llanfairpwllgwyngyll " * 10, LINCOLN_PARK.point, "city", "IL")
    choices = Located(None, (long, replace(long, label="x" * 300), LINCOLN_PARK))
    known = world(meaning_always(Meaning(Intent.PLACE, place=choices)))
    (answer,) = respond(State(greeted=True), "there", known, Channel.SMS).replies
    assert [line[:2] for line in answer.text.split("\n")[:3]] == ["1 ", "2 ", "3 "]


def test_a_name_is_told_whole_enough_to_ask_for_it_in_letters_that_cost_twice() -> None:
    person = Person(world(understand), State(language="ru", language_chosen=True))
    who, listed = person.texts("detox 60614")
    assert "911" in who
    assert "1 Cedar Lake, 0,4" in listed
    assert "17:00" in listed
    assert "312-555-0101" in listed
