"""The place inside a text: seen when it is one, not seen in streets, people, prices and plain words."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directory.places import Gazetteer


def place_in(gazetteer: Gazetteer, text: str, *languages: str) -> str:
    """The one place that a text names."""
    found = gazetteer.find(text, languages)
    assert found is not None
    assert found[0].place is not None
    return found[0].place.label


def told(gazetteer: Gazetteer, text: str) -> tuple[str, str] | None:
    """What was found, the choices joined by "or", and the rest of the text."""
    found = gazetteer.find(text)
    if found is None:
        return None
    located, rest = found
    places = (located.place,) if located.place else located.choices
    return " or ".join(place.label for place in places), rest


@pytest.mark.parametrize(
    ("text", "place", "rest"),
    [
        ("detox 60614", "60614 (Chicago, IL)", "detox"),
        ("necesito comida 33130", "33130 (Miami, FL)", "necesito comida"),
        ("need help in 60614-1234 now", "60614 (Chicago, IL)", "need help now"),
        ("detox60614", "60614 (Chicago, IL)", "detox"),
        ("zip code 60614 detox", "60614 (Chicago, IL)", "detox"),
        ("codigo postal 33130 comida", "33130 (Miami, FL)", "comida"),
        ("detox chicago, il 60614", "60614 (Chicago, IL)", "detox"),
        ("detox IL 60614", "60614 (Chicago, IL)", "detox"),
        ("我在60614需要", "60614 (Chicago, IL)", "我在 需要"),
        ("60614", "60614 (Chicago, IL)", ""),
        ("12345 Main St 60614", "60614 (Chicago, IL)", "12345 Main St"),
        ("312 555 0100 detox 60614", "60614 (Chicago, IL)", "312 555 0100 detox"),
        ("60614, 5th st stop", "60614 (Chicago, IL)", "5th st stop"),
        ("60614 near main st", "60614 (Chicago, IL)", "near main st"),
        ("detox near 41.88,-87.63", "41.880, -87.630", "detox"),
    ],
)
def test_digits_that_are_a_place(gazetteer: Gazetteer, text: str, place: str, rest: str) -> None:
    assert told(gazetteer, text) == (place, rest)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("call me 312-555-0100", id="a phone number"),
        pytest.param("call me at (312) 555 0100", id="a phone number, otherwise"),
        pytest.param("3125550100", id="a phone number without marks"),
        pytest.param("text 741741", id="a short code"),
        pytest.param("i owe 20000 dollars", id="money"),
        pytest.param("$50000 debt", id="money, with its sign"),
        pytest.param("12000 mg", id="a dose"),
        pytest.param("12345 Main St", id="a house"),
        pytest.param("i am 45 and 3 kids", id="an age"),
        pytest.param("case B60614", id="the number of something"),
        pytest.param("paid 20.50, 30.25", id="two prices"),
    ],
)
def test_digits_that_are_no_place(gazetteer: Gazetteer, text: str) -> None:
    assert told(gazetteer, text) is None


def test_a_zip_that_does_not_exist_is_told_apart_from_no_place(gazetteer: Gazetteer) -> None:
    assert told(gazetteer, "detox 99999") == ("", "detox")


def test_a_city_counts_where_the_zip_does_not_exist(gazetteer: Gazetteer) -> None:
    assert told(gazetteer, "detox chicago 99999") == ("Chicago, IL", "detox")


@pytest.mark.parametrize(
    ("text", "place", "rest"),
    [
        ("i need detox near chicago il plz", "Chicago, IL", "i need detox plz"),
        ("food in el paso", "El Paso, TX", "food"),
        ("shelter by miami tonight", "Miami, FL", "shelter tonight"),
        ("where can i get narcan in baltimore md", "Baltimore, MD", "where can i get narcan"),
        ("detox st louis", "Saint Louis, MO", "detox"),
        ("detox, springfield, mo", "Springfield, MO", "detox"),
        ("on pulaski in chicago", "Chicago, IL", "on pulaski"),
        ("12345 main st chicago", "Chicago, IL", "12345 main st"),
        ("shelter near downtown miami please", "Miami, FL", "shelter please"),
        ("hola necesito un albergue en el centro de chicago", "Chicago, IL", "hola necesito un albergue"),
        ("donde hay comida cerca de hialeah", "Hialeah, FL", "donde hay comida"),
        ("mwen bezwen manje nan miami", "Miami, FL", "mwen bezwen manje"),
        ("detox north miami beach", "North Miami Beach, FL", "detox"),
        ("my son is in phoenix", "Phoenix, AZ", "my son is"),
        ("HELP IN CHICAGO", "Chicago, IL", "HELP"),
        ("DETOX SPRINGFIELD IL", "Springfield, IL", "DETOX"),
        ("need bed brooklyn ny", "Brooklyn, NY", "need bed"),
        ("food near cook county il", "Cook County, IL", "food"),
        ("rehab in diana tx", "Diana, TX", "rehab"),
        ("detox kankakee", "Kankakee, IL", "detox"),
        ("detox austin", "Austin, TX", "detox"),
        ("need shelter washington dc", "Washington, DC", "need shelter"),
        ("gary indiana", "Gary, IN", ""),
    ],
)
def test_a_city_in_a_text(gazetteer: Gazetteer, text: str, place: str, rest: str) -> None:
    assert told(gazetteer, text) == (place, rest)


@pytest.mark.parametrize(
    ("text", "place", "rest"),
    [
        ("detox nyc", "New York, NY", "detox"),
        ("food atl", "Atlanta, GA", "food"),
        ("food in la", "Los Angeles, CA", "food"),
        ("necesito ayuda en LA por favor", "Los Angeles, CA", "necesito ayuda por favor"),
        ("i live in queens", "Queens County, NY", "i"),
        ("detox near milwakee", "Milwaukee, WI", "detox"),
        ("in los angelas tonight", "Los Angeles, CA", "tonight"),
        ("need detox chcago il", "Chicago, IL", "need detox"),
        ("beds in daytnoa beach", "Daytona Beach, FL", "beds"),
    ],
)
def test_a_nickname_or_a_misspelt_city_is_marked_as_a_guess(
    gazetteer: Gazetteer, text: str, place: str, rest: str
) -> None:
    found = gazetteer.find(text)
    assert found is not None
    assert found[0].guessed
    assert told(gazetteer, text) == (place, rest)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("detox springfield", "Springfield, MA or Springfield, MO", id="a shared name"),
        pytest.param("food pantry peoria tonight", "Peoria, IL or Peoria, AZ", id="another"),
        pytest.param("detox kansas city", "Kansas City, MO or Kansas City, KS", id="two halves"),
        pytest.param("detox in TX", "Houston, TX or", id="a state's code"),
        pytest.param("rehab florida", "Miami, FL or", id="a state's name"),
        pytest.param("columbus in the morning", "Columbus, OH or", id="in is not Indiana here"),
        pytest.param("portland or salem", "Portland, OR or", id="or is not Oregon here"),
    ],
)
def test_what_may_be_several_places_is_asked_about(gazetteer: Gazetteer, text: str, first: str) -> None:
    found = told(gazetteer, text)
    assert found is not None
    assert found[0].startswith(first)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("portland me please", "Portland, ME"),
        ("springfield or", "Springfield, OR"),
        ("detox columbus, in", "Columbus, IN"),
        ("detox Columbus IN today", "Columbus, IN"),
        ("mobile al", "Mobile, AL"),
        ("miami ok", "Miami, OK"),
        ("detox miami ok thanks", "Miami, FL"),
    ],
)
def test_state_codes_that_are_words(gazetteer: Gazetteer, text: str, place: str) -> None:
    assert place_in(gazetteer, text) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("hope ar", "Hope, AR"),
        ("normal il", "Normal, IL"),
        ("detox in mobile", "Mobile, AL"),
        ("detox mobile", "Mobile, AL"),
        ("in reading", "Reading, PA"),
        ("shelter long beach please help", "Long Beach, CA"),
    ],
)
def test_cities_named_as_ordinary_words_count_where_a_place_is_meant(
    gazetteer: Gazetteer, text: str, place: str
) -> None:
    assert place_in(gazetteer, text) == place


@pytest.mark.parametrize(
    "text",
    """help;i need help;stop;home;i am at home;hope;i lost hope;in need;in pain;in crisis;in jail;in recovry
    where do i get needles;i need a ride;mobile clinic;mobile narcan van;clear water and food for my kids
    i had a good year;i am ill;i miss you;give me hope in this;bed for tonight;no me siento bien
    me duele la cabeza;necesito ayuda en la noche;no quiero vivir;mañana;quiero dejar de tomar
    i want to die;near the hospitol
    my friend tyler overdosed;my friend austin is not breathing;my name is jackson;hi savannah;my mom virginia
    georgia needs help;5th st stop;houston st;i am on houston;calle miami;corner of columbus ave;yes;no;1;MORE
    i love chi tea;can you help my son;need id;thanks;hell;i'm going through hell;se na;dù có""".replace(
        "\n", ";"
    ).split(";"),
)
def test_ordinary_words_people_and_streets_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert told(gazetteer, text.strip()) is None


LONG = [
    "la ",
    "new york ",
    "springfield or ",
    "in chcago il ",
    "usa ",
    "city of ",
    "60614 ",
    "12345 main st ",
    "san ",
]


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=200) | st.from_regex(r"(?:[a-z]{1,9}|[0-9]{1,6}|[ ,.'-]){0,40}", fullmatch=True))
@example("\ud800 in \udfff")
@example("in ")
@example("st")
@example("in chicago il 60614" * 80)
@example("1" * 5000)
@example("ﷺ" * 400)
@example("in the city of downtown near")
def test_no_text_breaks_it_and_the_rest_is_of_the_text(gazetteer: Gazetteer, text: str) -> None:
    found = gazetteer.find(text)
    if found:
        assert found[0].place is None or found[0].choices == ()
        letters = iter(text)
        assert all(letter in letters for letter in found[1] if not letter.isspace())


@pytest.mark.parametrize("words", LONG)
def test_a_long_text_takes_no_more_than_its_share(gazetteer: Gazetteer, words: str) -> None:
    """Counted in questions to the table, not in seconds, so that a slow machine changes nothing."""
    asked = 0

    def count(_: str) -> None:
        nonlocal asked
        asked += 1

    gazetteer._table._file.set_trace_callback(count)
    try:
        gazetteer.find((words * 1600)[:1600])
    finally:
        gazetteer._table._file.set_trace_callback(None)
    assert asked < 100


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("shelter dalas texas", "Dallas, TX"),
        ("comida nova york", "New York, NY"),
        ("donde hay metadona en nueva yol", "New York, NY"),
        ("xi ya tu you mei you shi wu yin hang", "Seattle, WA"),
        ("gde perenochevat v los andzhelese, ya s sobakoy", "Los Angeles, CA"),
        ("我在Chicago需要食物", "Chicago, IL"),
        ("在las vegas赌钱输光了 要个睡的地方", "Las Vegas, NV"),
        ("ابحث عن اكل في worcester", "Worcester, MA"),
        ("how you do it with kids, houstin", "Houston, TX"),
        ("a program for my sister, Tucson", "Tucson, AZ"),
        ("xyz narcan plz hialeah", "Hialeah, FL"),
        ("khám bịnh chỗ nào rẻ ở Át-lan-ta", "Atlanta, GA"),
        ("comida en dalas", "Dallas, TX"),
        ("section 8 miami how long is the wait", "Miami, FL"),
        ("the man who brung me to houston took my passport", "Houston, TX"),
        ("haulin reefers thru Amarillo til friday", "Amarillo, TX"),
    ],
)
def test_a_place_is_found_as_people_spell_it(gazetteer: Gazetteer, text: str, place: str) -> None:
    assert place_in(gazetteer, text) == place


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("she cries all night and nobody in the house sleeps. Fall River", "Fall River, MA"),
        ("a tooth kept me up two whole nights, a broken one too fargo", "Fargo, ND"),
    ],
)
def test_a_name_that_ends_a_long_text_is_asked_about(gazetteer: Gazetteer, text: str, likely: str) -> None:
    found = gazetteer.find(text)
    assert found is not None
    assert found[0].likely is not None
    assert found[0].likely.label == likely


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("hi", "bahut zyada le liya maine aankhein band ho rahi hai", id="Hindi I"),
        pytest.param("hi", "heroin pehli baar ki hai meri friend ne aur", id="Hindi by, no Nebraska"),
        pytest.param("hi", "kutte ne chocolate kha li", id="no misspelt Butte, NE"),
        pytest.param("ht", "nèg la ap bat ti neve m nan ak fil kouran", id="Haitian with, no Alaska"),
        pytest.param("fr", "mon chum est en train de défoncer la porte", id="French door"),
        pytest.param("es", "el cuchillo está en la mesa", id="Spanish table"),
        pytest.param("es", "los chamacos corriendo en la misa", id="Spanish mass, no misspelt La Mesa"),
        pytest.param("pt", "tem um homem em cima dela", id="Portuguese on top"),
        pytest.param("pl", "nie mam po co wstawac", id="Polish what, no Colorado"),
        pytest.param("tl", "lumapit sa akin", id="Tagalog me"),
        pytest.param("tl", "dalas ko uminom", id="Tagalog often, no Dallas"),
        pytest.param("fr", "la ca arrete pas de couler", id="French that, no LA, CA"),
        pytest.param("vi", "ma k de ba ma biet dc k", id="Vietnamese short form, no DC"),
        pytest.param("en", "male approx 30 unresponsive in vehicle", id="no misspelt Venice"),
        pytest.param("en", "im just a burden", id="an article before a word"),
        pytest.param(
            "fr", "il va rejoindre sa maman au ciel", id="Tagalog in, French his: no misspelt Marana"
        ),
        pytest.param("ht", "kouzen m fèmen nan chanm nan ak yon kòd", id="Haitian with a, no misspelt Akron"),
        pytest.param("ar", "محتاج اكل في شارع هيوستن", id="Houston Street"),
    ],
)
def test_a_word_of_the_language_of_a_text_is_no_town(gazetteer: Gazetteer, language: str, text: str) -> None:
    assert gazetteer.find(text, [language]) is None


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("hi", "detox chahiye fremont ne", "Fremont, NE"),
        ("ht", "mwen bezwen manje brockton ma", "Brockton, MA"),
        ("hi", "portland maine", "Portland, ME"),
        ("vi", "needles ca", "Needles, CA"),
        ("pt", "preciso de comida em plano texas", "Plano, TX"),
    ],
)
def test_a_state_is_still_a_state_beside_its_city(
    gazetteer: Gazetteer, language: str, text: str, place: str
) -> None:
    assert place_in(gazetteer, text, language) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("detox balitmore", "Baltimore, MD"),
        ("pheonix detox", "Phoenix, AZ"),
        ("rehab cincinatti", "Cincinnati, OH"),
        ("batn rouge detox", "Baton Rouge, LA"),
        ("flint mi detox", "Flint, MI"),
        ("food near pike place seattle", "Seattle, WA"),
        ("shelter near pulaski and madison chicago", "Chicago, IL"),
        ("kauai", "Kauai County, HI"),
    ],
)
def test_a_misspelt_town_beside_a_need_and_a_city_behind_a_crossing_are_found(
    gazetteer: Gazetteer, text: str, place: str
) -> None:
    assert place_in(gazetteer, text, "en") == place


@pytest.mark.parametrize("text", ["tampons and pads", "pet pantry", "housing vouchers", "methadone clinc"])
def test_other_words_beside_a_need_are_no_misspelt_town(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text, ["en"]) is None
