"""What is not wanted is no wish for it, and is said to be not looked for."""

from __future__ import annotations

import pytest

from directory.answers import Query, Understood
from directory.search import Search
from tests.worlds import CHICAGO, entry, searchable


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    return searchable(
        tmp_path_factory.mktemp("refusing"),
        entry("detox", needs=["detox"], point=CHICAGO.point),
        entry("methadone", name="Methadone Clinic", needs=["medication"], point=CHICAGO.point),
    )


def read(search: Search, text: str, language: str = "") -> Understood:
    return search.search(Query(text=text, language=language, place=CHICAGO)).understood


@pytest.mark.parametrize(
    ("text", "language", "unused"),
    [
        ("detox no methadone", "", "no methadone"),
        ("detox without suboxone", "", "without suboxone"),
        ("detox no methadone or suboxone", "", "no methadone or suboxone"),
        ("detox that doesn't take people on methadone", "", "doesnt take people on methadone"),
        ("im not on methadone need detox", "", "not on methadone"),
        ("detox not a methadone clinic", "", "not a methadone clinic"),
        ("desintoxicación sin metadona", "es", "sin metadona"),
        ("sevrage sans méthadone", "fr", "sans méthadone"),
        ("desintoxicação sem metadona", "pt", "sem metadona"),
        ("детокс без метадона", "ru", "без метадона"),
        ("detoks bez metadonu", "pl", "bez metadonu"),
    ],
)
def test_a_refused_medicine_is_neither_wished_for_nor_needed(
    search: Search, text: str, language: str, unused: str
) -> None:
    told = read(search, text, language)
    assert (told.needs, told.wishes, told.unused) == (("detox",), {}, (unused,))


def test_of_two_medicines_the_one_that_is_not_refused_is_wished_for(search: Search) -> None:
    told = read(search, "methadone not suboxone")
    assert (told.needs, told.wishes) == (("medication",), {"medication": "methadone"})


@pytest.mark.parametrize("text", ["rehab that doesn't allow suboxone", "abstinence based rehab"])
def test_where_a_filter_has_a_no_it_is_wished_for(search: Search, text: str) -> None:
    told = read(search, text)
    assert (told.needs, told.wishes, told.unused) == (("residential",), {"on_medication": "no"}, ())


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("detox not rehab", ("detox",)),
        ("anything but rehab", ()),
        ("not a methadone clinic", ()),
        ("rehab no online", ("residential",)),
    ],
)
def test_a_need_or_a_wish_may_be_refused_too(search: Search, text: str, needs: tuple[str, ...]) -> None:
    told = read(search, text)
    assert (told.needs, told.wishes) == (needs, {})
    assert told.unused


@pytest.mark.parametrize(
    ("text", "needs", "wishes"),
    [
        ("no food", ("food",), {}),
        ("no place to sleep", ("shelter",), {}),
        ("cant stop drinking", ("detox", "outpatient"), {}),
        ("i can not find a methadone clinic", ("medication",), {"medication": "methadone"}),
        ("detox no insurance", ("detox",), {"no_pay": "yes"}),
        ("detox no id", ("detox",), {"id_needed": "no"}),
        ("rehab not christian", ("residential",), {"faith_based": "no"}),
    ],
)
def test_a_no_that_tells_a_need_or_is_a_wish_stays_what_it_is(
    search: Search, text: str, needs: tuple[str, ...], wishes: dict[str, str]
) -> None:
    told = read(search, text)
    assert (told.needs, told.wishes, told.unused) == (needs, wishes, ())


@pytest.mark.parametrize("text", ["no, methadone", "NOT (methadone", "not here. methadone"])
def test_nothing_is_refused_over_a_comma(search: Search, text: str) -> None:
    assert read(search, text).needs == ("medication",)


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("aetna detox", "aetna"),
        ("detox that takes blue cross blue shield", "blue cross blue shield"),
        ("detox with medicare", "medicare"),
        ("tricare detox", "tricare"),
        ("no medicare detox", "no medicare"),
    ],
)
def test_an_insurance_that_no_filter_knows_is_named(search: Search, text: str, unused: str) -> None:
    told = read(search, text)
    assert (told.needs, told.wishes, told.unused, told.corrected) == (("detox",), {}, (unused,), ())


def test_medicaid_beside_another_insurance_is_looked_for(search: Search) -> None:
    told = read(search, "detox with medicare and medicaid")
    assert (told.wishes, told.unused) == ({"medicaid": "yes"}, ("medicare",))


def test_a_listing_that_is_called_what_is_refused_is_not_found_for_its_name(search: Search) -> None:
    hits = search.search(Query(text="detox no methadone", place=CHICAGO)).hits
    assert [hit.listing.service.name for hit in hits] == ["Service detox"]
