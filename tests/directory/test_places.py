"""A place typed into a field: found when clear, asked about when not, never guessed in silence."""

from threading import Thread

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directory.answers import Located, Place
from directory.geo import miles_between
from directory.model import Point
from directory.places import Gazetteer

CHICAGO = Point(41.88, -87.63)


def label(located: Located) -> str:
    """The label of a place; a guess is shown with "~"."""
    return ("~" if located.guessed else "") + (located.place.label if located.place else "")


def choices(located: Located) -> list[str]:
    return [place.label for place in located.choices]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("60614", "60614 (Chicago, IL)", id="a ZIP"),
        pytest.param(" 60614-1234 ", "60614 (Chicago, IL)", id="ZIP+4"),
        pytest.param("606141234", "60614 (Chicago, IL)", id="ZIP+4 without its hyphen"),
        pytest.param("zip code 60614", "60614 (Chicago, IL)", id="a ZIP, said so"),
        pytest.param("٦٠٦١٤", "60614 (Chicago, IL)", id="a ZIP in Arabic digits"),
        pytest.param("02108", "02108 (Boston, MA)", id="a ZIP that starts with zero"),
        pytest.param("00601", "00601 (Adjuntas, PR)", id="a ZIP of Puerto Rico"),
        pytest.param("96799", "96799 (Pago Pago, AS)", id="a ZIP of Samoa"),
        pytest.param("chicago, il 60614", "60614 (Chicago, IL)", id="the ZIP wins over the city"),
        pytest.param("Chicago", "Chicago, IL", id="a city that dwarfs its namesakes"),
        pytest.param("los angeles", "Los Angeles, CA", id="the same, two words"),
        pytest.param("east texas pa", "East Texas, PA", id="a town that is called like a part of a state"),
        pytest.param("DTLA", "~Los Angeles, CA", id="a nickname in letters"),
        pytest.param("disney world", "~Orlando, FL", id="what everybody knows, not Disney, OK"),
        pytest.param("HOUSTON", "Houston, TX", id="the same, in capitals"),
        pytest.param("philadelphia", "Philadelphia, PA", id="the same, with namesakes in five states"),
        pytest.param("kankakee", "Kankakee, IL", id="a small city that is alone with its name"),
        pytest.param("springfield il", "Springfield, IL", id="city and code"),
        pytest.param("Springfield, Illinois", "Springfield, IL", id="city and state name"),
        pytest.param("springfield, mo, 65899999", "Springfield, MO", id="a number that is no ZIP is let go"),
        pytest.param("leon ia", "Leon, IA", id="not Leonia"),
        pytest.param("il springfield", "Springfield, IL", id="the state first"),
        pytest.param("charlotte, n.c.", "Charlotte, NC", id="a code with dots"),
        pytest.param("charlotte carolina del norte", "Charlotte, NC", id="a state in Spanish"),
        pytest.param("Chicago, IL, USA", "Chicago, IL", id="with the country"),
        pytest.param("Chicago, Illinois, United States", "Chicago, IL", id="with the country's name"),
        pytest.param("near downtown chicago", "Chicago, IL", id="with words around it"),
        pytest.param("city of chicago", "Chicago, IL", id="with its kind"),
        pytest.param("100 W Randolph St, Chicago IL", "Chicago, IL", id="the city of an address"),
        pytest.param("St. Louis", "Saint Louis, MO", id="St. is Saint"),
        pytest.param("ft worth tx", "Fort Worth, TX", id="ft is Fort"),
        pytest.param("Mt. Vernon, NY", "Mount Vernon, NY", id="Mt. is Mount"),
        pytest.param("n miami beach", "North Miami Beach, FL", id="n is North"),
        pytest.param("E St Louis IL", "East Saint Louis, IL", id="E St is East Saint"),
        pytest.param("BAYAMÓN", "Bayamon, PR", id="accents do not matter"),
        pytest.param("Winston-Salem", "Winston Salem, NC", id="hyphens do not matter"),
        pytest.param("coeur d'alene", "Coeur D Alene, ID", id="apostrophes do not matter"),
        pytest.param("dekalb il", "Dekalb, IL", id="spaces do not matter"),
        pytest.param("La Jolla", "La Jolla, CA", id="a name the post office only accepts"),
        pytest.param("brooklyn", "Brooklyn, NY", id="a borough"),
        pytest.param("bronx ny", "Bronx, NY", id="a borough and its state"),
        pytest.param("queens", "~Queens County, NY", id="a borough that is only a county"),
        pytest.param("washington dc", "Washington, DC", id="the capital"),
        pytest.param("Washington, D.C.", "Washington, DC", id="the capital, with dots"),
        pytest.param("new york", "New York, NY", id="a city named as its state"),
        pytest.param("anchorage", "Anchorage, AK", id="Alaska"),
        pytest.param("charlotte amalie", "Charlotte Amalie, VI", id="the Virgin Islands"),
        pytest.param("Cook County", "Cook County, IL", id="a county that dwarfs its namesakes"),
        pytest.param("cook county ga", "Cook County, GA", id="another, by its state"),
        pytest.param("condado de Cook", "Cook County, IL", id="a county in Spanish"),
        pytest.param("orleans parish", "Orleans Parish, LA", id="a parish"),
        pytest.param("jefferson county la", "Jefferson Parish, LA", id="a parish called county"),
        pytest.param("nyc", "~New York, NY", id="a nickname is shown as a guess"),
        pytest.param("Chi-Town", "~Chicago, IL", id="a nickname with a hyphen"),
        pytest.param("L.A.", "~Los Angeles, CA", id="a nickname with dots"),
        pytest.param("philly", "~Philadelphia, PA", id="a nickname"),
        pytest.param("nueva york", "~New York, NY", id="a Spanish name"),
        pytest.param("chcago", "~Chicago, IL", id="a letter lost"),
        pytest.param("milwakee", "~Milwaukee, WI", id="another lost"),
        pytest.param("los angelas", "~Los Angeles, CA", id="a wrong letter"),
        pytest.param("san fransisco", "~San Francisco, CA", id="two wrong letters"),
        pytest.param("springfeld il", "~Springfield, IL", id="misspelt, with its state"),
        pytest.param("41.9,-87.6", "41.900, -87.600", id="coordinates"),
        pytest.param("(41.9; -87.6)", "41.900, -87.600", id="coordinates, written otherwise"),
        pytest.param("41.9 −87.6", "41.900, -87.600", id="coordinates with a real minus sign"),
    ],
)
def test_words_that_name_one_place_give_it(gazetteer: Gazetteer, words: str, said: str) -> None:
    located = gazetteer.locate(words)
    assert label(located) == said
    assert located.choices == ()


# The 60 most shared names of the data: these six have one bearer that dwarfs all others.
CLEAR = {
    "Lincoln": "NE",
    "Cleveland": "OH",
    "Dayton": "OH",
    "Lexington": "KY",
    "Oakland": "CA",
    "Buffalo": "NY",
}
SHARED = """
    Franklin Clinton Madison Washington Chester Greenville Marion Springfield Arlington Salem Georgetown
    Manchester Monroe Fairfield Jackson Burlington Clayton Hamilton Jefferson Kingston Milford Oxford
    Princeton Ashland Centerville Farmington Hillsboro Lebanon Milton Newport Plymouth Troy Canton Columbus
    Dover Fairview Greenwood Jamestown Waverly Windsor Auburn Columbia Danville Florence Glenwood Hudson
    Randolph Richmond Riverside Union Weston Aurora Camden Clifton
"""


@pytest.mark.parametrize("name", SHARED.split())
def test_a_name_that_several_cities_share_is_asked_about(gazetteer: Gazetteer, name: str) -> None:
    located = gazetteer.locate(name)
    assert located.place is None
    assert 2 <= len(located.choices) <= 5
    assert len({place.label for place in located.choices}) == len(located.choices)


@pytest.mark.parametrize(("name", "state"), CLEAR.items())
def test_a_shared_name_with_one_great_city_is_that_city(gazetteer: Gazetteer, name: str, state: str) -> None:
    assert label(gazetteer.locate(name)) == f"{name}, {state}"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        pytest.param(
            "springfield", ["Springfield, MA", "Springfield, MO", "Springfield, IL"], id="a shared city"
        ),
        pytest.param("portland", ["Portland, OR", "Portland, ME"], id="one big, one known"),
        pytest.param("kansas city", ["Kansas City, MO", "Kansas City, KS"], id="two halves"),
        pytest.param("kc", ["Kansas City, MO", "Kansas City, KS"], id="their nickname"),
        pytest.param("columbus", ["Columbus, OH", "Columbus, GA"], id="the likeliest first"),
        pytest.param("orange county", ["Orange County, CA", "Orange County, FL"], id="a shared county"),
        pytest.param("hollywood", ["Hollywood, FL", "Los Angeles, CA"], id="a city and a famous quarter"),
        pytest.param("pittsburg", ["Pittsburgh, PA", "Pittsburg, CA"], id="a city and a misspelling"),
        pytest.param("washington", ["Washington, DC", "Seattle, WA"], id="a city and a state"),
        pytest.param("illinois", ["Chicago, IL"], id="a state alone gives its biggest cities"),
        pytest.param("TX", ["Houston, TX"], id="a code alone too"),
        pytest.param("puerto rico", ["San Juan, PR"], id="a territory too"),
        pytest.param("chicago tx", ["Chicago, IL"], id="no such city in that state"),
        pytest.param("east texas", ["Tyler, TX", "Longview, TX"], id="a part of a state, not East Texas, PA"),
        pytest.param("eastern kentucky", ["Louisville, KY"], id="one that nicknames.csv does not have"),
        pytest.param("Delmarva", ["Salisbury, MD", "Dover, DE"], id="a part of three states"),
        pytest.param("Hawaii", ["Honolulu, HI", "Hilo, HI"], id="a state of islands: no base of the navy"),
    ],
)
def test_words_that_may_mean_several_places_are_asked_about(
    gazetteer: Gazetteer, words: str, first: list[str]
) -> None:
    located = gazetteer.locate(words)
    assert located.place is None
    assert choices(located)[: len(first)] == first
    assert len(located.choices) <= 5


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("", id="nothing"),
        pytest.param("99999", id="a ZIP that does not exist"),
        pytest.param("00000", id="zeros"),
        pytest.param("2108", id="four digits are no ZIP"),
        pytest.param("96505", id="a military ZIP that the package puts on an island"),
        pytest.param("09001", id="a military ZIP lies nowhere"),
        pytest.param("0,0", id="a blank of many sources"),
        pytest.param("91,200", id="not on earth"),
        pytest.param("41,000", id="a number with a comma"),
        pytest.param("312-555-0100", id="a phone number"),
        pytest.param("xyzzyq", id="no word"),
        pytest.param("hello", id="a greeting, not Hello"),
        pytest.param("help", id="a cry"),
        pytest.param("ok", id="not Oklahoma"),
        pytest.param("hi", id="not Hawaii"),
        pytest.param("downtown", id="not Browntown"),
        pytest.param("hospitol", id="a misspelt word is no city"),
        pytest.param("我们的家", id="no name in another script"),
    ],
)
def test_words_that_name_no_place_give_nothing(gazetteer: Gazetteer, words: str) -> None:
    assert gazetteer.locate(words) == Located()


def test_every_city_and_county_with_its_state_is_itself(gazetteer: Gazetteer) -> None:
    labels = [row[0] for row in gazetteer._table._ask("SELECT DISTINCT label FROM name")]
    for name in labels[::40]:
        for words in (name, name.replace(",", "").lower()):
            assert label(gazetteer.locate(words)) == name


def test_a_zip_comes_with_state_and_time_zone(gazetteer: Gazetteer) -> None:
    place = gazetteer.zip("60614")
    assert place is not None
    assert (place.kind, place.state, place.zip, place.time_zone) == ("zip", "IL", "60614", "America/Chicago")
    assert miles_between(place.point, CHICAGO) < 5


def test_a_city_lies_in_its_middle_with_state_and_time_zone(gazetteer: Gazetteer) -> None:
    place = gazetteer.locate("chicago").place
    assert place is not None
    assert (place.kind, place.state, place.zip, place.time_zone) == ("city", "IL", "", "America/Chicago")
    assert miles_between(place.point, CHICAGO) < 3


def test_a_zip_without_a_point_is_placed_among_its_neighbours_and_marked(gazetteer: Gazetteer) -> None:
    located = gazetteer.locate("90085")  # at 0,0 in the package; post office boxes of Los Angeles
    assert located.guessed
    assert located.place is not None
    assert located.place.label == "90085"
    assert miles_between(located.place.point, Point(34.05, -118.24)) < 15


def test_coordinates_take_state_and_time_zone_from_the_nearest_zip(gazetteer: Gazetteer) -> None:
    place = gazetteer.locate("41.9,-87.6").place
    assert place is not None
    assert (place.kind, place.point, place.state, place.time_zone) == (
        "point",
        (41.9, -87.6),
        "IL",
        "America/Chicago",
    )


def test_no_place_is_at_zero_zero_and_every_zone_is_a_zone(gazetteer: Gazetteer) -> None:
    table = gazetteer._table  # one look at every row
    rows = table._ask(
        "SELECT latitude, longitude, time_zone FROM zip"
        " UNION ALL SELECT latitude, longitude, time_zone FROM name"
    )
    assert len(rows) > 60_000
    assert all((row[0], row[1]) != (0.0, 0.0) and (not row[2] or "/" in row[2]) for row in rows)


@pytest.mark.parametrize(
    ("point", "code"),
    [
        pytest.param(Point(41.9229, -87.6483), "60614", id="where a ZIP lies"),
        pytest.param(Point(61.2, -149.9), "99503", id="Alaska"),
        pytest.param(Point(51.9, 181.9 - 360), "99546", id="the Aleutians, 80 miles from the nearest"),
        pytest.param(Point(51.9, 179.95), "99546", id="the same, over the date line"),
        pytest.param(Point(51.9, 178.5), None, id="over the date line, too far"),
        pytest.param(Point(35.0, -40.0), None, id="the Atlantic"),
        pytest.param(Point(-90.0, 0.0), None, id="the South Pole"),
        pytest.param(Point(90.0, 180.0), None, id="the North Pole"),
    ],
)
def test_the_nearest_zip_is_found_within_150_miles(
    gazetteer: Gazetteer, point: Point, code: str | None
) -> None:
    place = gazetteer.nearest_zip(point)
    assert (place.zip if place else None) == code


@settings(max_examples=20, deadline=None)
@given(st.floats(24, 50), st.floats(-125, -66))
def test_the_nearest_zip_is_that_of_a_scan(gazetteer: Gazetteer, latitude: float, longitude: float) -> None:
    point = Point(latitude, longitude)
    rows = gazetteer._table._ask(
        "SELECT zip, latitude, longitude FROM zip WHERE exact AND abs(latitude - ?) < 3", (latitude,)
    )
    nearest = min(miles_between(point, Point(row[1], row[2])) for row in rows)
    found = gazetteer.nearest_zip(point)
    assert (found is None) == (nearest > 150)
    if found:
        assert miles_between(point, found.point) == pytest.approx(nearest)


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[a-z0-9 ,.'-]{0,40}", fullmatch=True))
@example("\ud800")
@example("ﷺ" * 300)
@example("½ st, il")
@example("1" * 5000)
@example("condado de")
@example("\x00")
def test_no_words_break_it(gazetteer: Gazetteer, words: str) -> None:
    located = gazetteer.locate(words)
    assert located.place is None or located.choices == ()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_one_slip_in_a_big_city_never_leads_elsewhere_in_silence(
    gazetteer: Gazetteer, data: st.DataObject
) -> None:
    name = data.draw(
        st.sampled_from(["chicago", "houston", "philadelphia", "baltimore", "milwaukee", "albuquerque"])
    )
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(["", *"abcdefghijklmnopqrstuvwxyz"]))
    located = gazetteer.locate(name[:at] + letter + name[at + 1 :])
    if located.place and not located.guessed:
        assert located.place.label.lower().startswith(name[:at] + letter + name[at + 1 :])


def test_many_threads_may_ask_at_once(gazetteer: Gazetteer) -> None:
    answers: list[Place | None] = []
    asking = [
        Thread(target=lambda: answers.extend(gazetteer.zip("60614") for _ in range(200))) for _ in range(8)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(answers) == 1600
    assert set(answers) == {gazetteer.zip("60614")}


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("columbus", "Columbus, OH"),
        ("brockton", "Brockton, MA"),
        ("springfield", None),
        ("newark", "Newark, NJ"),
        ("hollywood", "Hollywood, FL"),
        ("arlington", None),
        ("salem", "Salem, OR"),
    ],
)
def test_of_those_to_ask_about_one_may_be_likely(gazetteer: Gazetteer, name: str, likely: str | None) -> None:
    found = gazetteer.locate(name)
    assert found.place is None
    assert len(found.choices) > 1
    assert (found.likely.label if found.likely else None) == likely
