"""For whom it is: a text and the search box read the same of it."""

from __future__ import annotations

import pytest

from directory.answers import Query
from directory.search import Search
from tests.understanding.reader import reader
from tests.worlds import entry, searchable

WHO = ("women", "men", "age", "children", "pregnant")


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    return searchable(tmp_path_factory.mktemp("whom"), entry("1", needs=["residential"]))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("rehab for my sister", {"women": "yes"}),
        ("my wife needs rehab", {"women": "yes"}),
        ("my daughter needs rehab", {"women": "yes"}),
        ("my husband needs rehab", {"men": "yes"}),
        ("detox for our dad", {"men": "yes"}),
        ("my daughter is 14 and smoking weed", {"women": "yes", "age": "14"}),
        ("my grandpa 78 drinks too much", {"age": "78"}),
        ("my mom is 67 alcoholic", {"women": "yes", "age": "67"}),
        ("my 15 yr old son rehab", {"men": "yes", "age": "15"}),
        ("15 year old detox", {"age": "15"}),
        ("im 17 and need detox", {"age": "17"}),
        ("im 17 days clean need a meeting", {}),
        ("shelter with my 3 year old", {"children": "yes"}),
        ("shelter safe from my husband", {}),
        ("my husband is hitting me", {}),
        ("pregnant on methadone", {"pregnant": "yes"}),
        ("rehabilitacion para mi hermana", {"women": "yes"}),
        ("mi hijo necesita rehabilitacion", {"men": "yes"}),
        ("mi esposo me pega", {}),
        ("desintoxicacion mi hija tiene 15 años", {"age": "15"}),
        ("désintoxication pour mon frère", {"men": "yes"}),
        ("desintoxicação para minha irmã", {"women": "yes"}),
    ],
)
def test_a_text_and_the_search_box_read_the_same(search: Search, text: str, who: dict[str, str]) -> None:
    found = search.search(Query(text=text)).understood.wishes
    told = reader()(text, None).wishes
    assert {key: wish for key, wish in found.items() if key in WHO} == who, "search"
    assert {key: wish for key, wish in told.items() if key in WHO} == who, "bot"


@pytest.mark.parametrize("text", ["pregnant on methadone", "methadone while pregnant"])
def test_who_is_pregnant_and_on_methadone_looks_for_a_place_that_gives_it(search: Search, text: str) -> None:
    found = search.search(Query(text=text)).understood
    assert (found.needs, found.wishes["medication"]) == (("medication",), "methadone")
