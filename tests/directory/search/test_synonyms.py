"""What people type means what they mean, in sixteen languages; a faulty file says where it is faulty."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.answers import Query, Understood
from directory.datafile import DataFileError
from directory.filters import FILTERS
from directory.needs import load_needs
from directory.search import Search
from directory.search.synonyms import FOLDER, KINDS, load
from tests.worlds import entry, searchable

LANGUAGES = ("ar", "en", "es", "fr", "hi", "ht", "ko", "pl", "pt", "ru", "so", "tl", "ur", "vi", "zh-Hans", "zh-Hant")  # fmt: skip
HEADER = "kind,means,said,note\n"


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    return searchable(tmp_path_factory.mktemp("synonyms"), entry("1", name="Salvation Army"))


def read(search: Search, text: str, language: str = "") -> Understood:
    return search.search(Query(text=text, language=language)).understood


def test_every_language_has_a_file_and_every_file_loads() -> None:
    assert tuple(sorted(path.stem for path in FOLDER.glob("*.csv"))) == LANGUAGES
    assert tuple(load(load_needs()).languages) == LANGUAGES


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_can_ask_for_every_need_and_knows_wishes(tag: str) -> None:
    language = load(load_needs()).languages[tag]
    senses = [
        sense
        for book in (language.phrases, language.whole, language.letters)
        for meant in book.values()
        for sense in meant
    ]
    assert {code for sense in senses if sense.kind == "need" for code in sense.means} == set(
        load_needs().codes
    )
    wishes = {pair.partition("=")[0] for sense in senses if sense.kind == "wish" for pair in sense.means}
    assert {"open_now", "walk_in", "id_needed", "no_pay"} <= wishes <= {"open_now", *FILTERS}
    assert {sense.kind for sense in senses} <= set(KINDS)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nede,detox,detox,", "kind: 'nede' is none of need, wish, word, empty"),
        ("need,dtox,detox,", "means: no need is called dtox"),
        ("need,detox;nothing,detox,", "means: no need is called nothing"),
        (
            "need,,detox,",
            "means: must be empty for kind empty, little, no, refuse, unit, number, help, ask, and only there",
        ),
        (
            "empty,detox,please,",
            "means: must be empty for kind empty, little, no, refuse, unit, number, help, ask, and only there",
        ),
        ("need,detox,,", "said: is empty"),
        ("need,detox,?!|...,", "said: is empty"),
        ("wish,pets=maybe,dog,", "means: 'pets=maybe' is no wish"),
        ("wish,dogs=yes,dog,", "means: 'dogs=yes' is no wish"),
        ("wish,open_now=no,closed,", "means: 'open_now=no' is no wish"),
        ("wish,medication=naloxone,narcan,", "means: 'medication=naloxone' is no wish"),
    ],
)
def test_a_fault_is_told_with_file_line_and_column(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "xx.csv").write_text(f"# a comment\n{HEADER}need,food,food,\n{line}\n", encoding="utf-8")
    with pytest.raises(DataFileError) as error:
        load(load_needs(), tmp_path)
    assert f"xx.csv, line 4, {told}" in str(error.value)


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    for tag in ("aa", "bb"):
        (tmp_path / f"{tag}.csv").write_text(f"{HEADER}need,x,one,\nneed,y,two,\n", encoding="utf-8")
    with pytest.raises(DataFileError) as error:
        load(load_needs(), tmp_path)
    assert [line.split(", ")[:2] for line in str(error.value).splitlines()] == [
        ["aa.csv", "line 2"], ["aa.csv", "line 3"], ["bb.csv", "line 2"], ["bb.csv", "line 3"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "need"),
    [
        ("en", "detox", "detox"), ("en", "dope sick", "detox"), ("en", "needle exchange", "syringe_services"),
        ("en", "somewhere to sleep tonight", "shelter"), ("en", "my husband hits me", "dv_services"),
        ("es", "desintoxicación", "detox"), ("es", "banco de comida", "food"),
        ("es", "intercambio de jeringas", "syringe_services"), ("es", "ABOGADO", "legal"),
        ("fr", "désintoxication", "detox"), ("fr", "banque alimentaire", "food"), ("fr", "avocat", "legal"),
        ("pt", "desintoxicação", "detox"), ("pt", "comida", "food"), ("pt", "abrigo", "shelter"),
        ("ru", "ломка", "detox"), ("ru", "приют", "shelter"), ("ru", "еда", "food"),
        ("pl", "odwyk", "residential"), ("pl", "jedzenie", "food"), ("pl", "schronisko", "shelter"),
        ("ar", "طعام", "food"), ("ar", "مأوى", "shelter"), ("ar", "محامي", "legal"),
        ("hi", "खाना", "food"), ("hi", "डिटॉक्स", "detox"), ("hi", "वकील", "legal"),
        ("ur", "کھانا", "food"), ("ur", "وکیل", "legal"), ("ur", "پناہ گاہ", "shelter"),
        ("zh-Hans", "戒毒", "detox"), ("zh-Hans", "食物", "food"), ("zh-Hans", "我需要律师", "legal"),
        ("zh-Hant", "戒毒", "detox"), ("zh-Hant", "律師", "legal"),
        ("ko", "음식", "food"), ("ko", "쉼터", "shelter"), ("ko", "변호사", "legal"),
        ("vi", "cai nghiện", "detox"), ("vi", "thức ăn", "food"), ("vi", "luat su", "legal"),
        ("tl", "pagkain", "food"), ("tl", "abogado", "legal"), ("tl", "tirahan", "housing"),
        ("ht", "manje", "food"), ("ht", "avoka", "legal"), ("ht", "detoks", "detox"),
        ("so", "cunto", "food"), ("so", "qareen", "legal"),
    ],
)  # fmt: skip
def test_a_need_is_understood_with_and_without_a_hint_of_the_language(
    search: Search, language: str, text: str, need: str
) -> None:
    assert need in read(search, text, language).needs
    assert need in read(search, text).needs


@pytest.mark.parametrize(
    ("text", "needs", "wishes"),
    [
        ("needle exchange open now", {"syringe_services"}, {"open_now": "yes"}),
        ("detox with kids", {"detox"}, {"children": "yes"}),
        ("detox that takes medicaid", {"detox"}, {"medicaid": "yes"}),
        ("without id", set(), {"id_needed": "no"}),
        ("i need an id", {"id_documents"}, {}),
        ("womens shelter", {"shelter"}, {"women": "yes"}),
        ("free clinic", {"clinic"}, {"no_pay": "yes"}),
        ("albergue para mujeres", {"shelter"}, {"women": "yes"}),
        ("methadone clinic", {"medication"}, {"medication": "methadone"}),
        ("suboxone doctor", {"medication"}, {"medication": "buprenorphine"}),
        ("alcohol detox", {"detox"}, {}),
    ],
)
def test_needs_and_wishes_of_one_text(
    search: Search, text: str, needs: set[str], wishes: dict[str, str]
) -> None:
    understood = read(search, text)
    assert (set(understood.needs), understood.wishes) == (needs, wishes)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("rehab en español", "es"), ("clinica de metadona que hable español", "es"),
        ("detox qui parle français", "fr"), ("clínica que fale português", "pt"),
        ("therapist who speaks spanish", "es"), ("detoks ki pale kreyòl", "ht"),
        ("реабилитация на русском", "ru"), ("terapia po polsku", "pl"), ("cai nghiện tiếng việt", "vi"),
        ("戒毒 说中文", "zh"), ("戒毒 講廣東話", "zh"), ("해독 한국어", "ko"),
        ("مأوى باللغة العربية", "ar"),
    ],
)  # fmt: skip
def test_a_language_may_be_asked_for_in_itself(search: Search, text: str, tag: str) -> None:
    told = read(search, text)
    assert told.wishes["language"] == tag
    assert told.needs
    assert told.corrected == ()


def test_friendly_says_nothing_beside_what_it_is_friendly_to(search: Search) -> None:
    index = search._follower.index()
    assert index is not None
    plain, friendly = (
        search._read(index, Query(text=text)) for text in ("lgbtq rehab", "LGBTQ friendly rehab")
    )
    assert (friendly.needs, friendly.rest) == (plain.needs, plain.rest)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "he is 15"), ("en", "14 days clean, age 15"), ("es", "tengo 15 años"), ("fr", "j'ai 15 ans"),
        ("pt", "tenho 15 anos"), ("pl", "mam 15 lat"), ("ru", "сыну 15 лет"), ("vi", "15 tuổi"),
        ("tl", "15 taong gulang"), ("ht", "gen 15 an"), ("so", "15 jir"), ("ar", "عمره 15 سنة"),
        ("hi", "15 साल का"), ("ur", "15 سال کا"),
    ],
)  # fmt: skip
def test_an_age_is_a_wish_for_a_place_that_takes_it(search: Search, language: str, text: str) -> None:
    assert read(search, text, language).wishes == {"age": "15"}


@pytest.mark.parametrize("text", ["im 15 days clean", "15 day program", "i am 15 miles away", "age 300"])
def test_a_number_that_counts_something_is_no_age(search: Search, text: str) -> None:
    assert "age" not in read(search, text).wishes


def test_naltrexone_is_never_naloxone_in_any_language() -> None:
    both = {"naloxone": ("naloxon", "narcan", "налоксон", "纳洛酮", "納洛酮", "날록손", "نالوكسون"),
            "naltrexone": ("naltrexon", "vivitrol", "налтрексон", "纳曲酮", "納曲酮", "날트렉손", "نالتريكسون")}  # fmt: skip
    for tag, language in load(load_needs()).languages.items():
        books = [(" ".join(key), meant) for key, meant in language.phrases.items()]
        for said, senses in [*books, *language.letters.items()]:
            means = {each for sense in senses for each in sense.means}
            if any(name in said for name in both["naltrexone"]):
                assert "naloxone" not in means, (tag, said)
            if any(name in said for name in both["naloxone"]):
                assert not {"medication=naltrexone", "naltrexone"} & means, (tag, said)


@pytest.mark.parametrize(
    "text",
    ["pet food", "dog food", "Salvation Army", "house of hope", "hope house", "ca", "home", "first step",
     "the bridge", "work", "street", "serenity", "YMCA"],
)  # fmt: skip
def test_a_trap_means_no_need(search: Search, text: str) -> None:
    assert read(search, text).needs == ()


def test_a_trap_beside_a_need_is_a_word_beside_it(search: Search) -> None:
    understood = read(search, "salvation army shelter")
    assert understood.needs == ("shelter",)
