"""The vocabulary of needs: what counts as which, and a data file that says where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.datafile import DataFileError
from directory.model import Attribute, Service
from directory.needs import COLUMNS, LABELS, Needs, load_needs

CODES = {
    "detox", "medication", "residential", "outpatient", "recovery_support", "naloxone", "syringe_services",
    "mental_health", "shelter", "housing", "food", "clinic", "legal", "transport", "jobs", "dv_services",
    "id_documents",
}  # fmt: skip
HEADER = ",".join(COLUMNS)


@pytest.fixture(scope="module")
def needs() -> Needs:
    return load_needs()


def coded(*codes: str) -> Service:
    return Service("s", "A place", source_codes=codes)


def tagged(name: str, taxonomy: str = "local", code: str = "") -> Service:
    return Service("s", "A place", attributes=(Attribute("a", taxonomy, code, name),))


def test_every_code_of_the_interface_is_a_need(needs: Needs) -> None:
    assert set(needs.codes) >= CODES


def test_the_labels_stand_in_the_catalogues(needs: Needs) -> None:
    assert tuple(need.label for need in needs.needs) == LABELS


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (("SA", "DT", "OD"), {"detox"}),
        (("OTP", "MU", "METH"), {"medication"}),
        (("BU", "UB"), {"medication"}),
        (("RES", "RL"), {"residential"}),
        (("OP", "OIT"), {"outpatient"}),
        (("NOE",), {"naloxone"}),
        (("MH", "OP", "RES"), {"mental_health"}),
        (("HH",), {"housing"}),
        (("RC",), {"recovery_support"}),
        ((), set()),
    ],
)
def test_principal_codes_of_the_samhsa_list_count(
    needs: Needs, codes: tuple[str, ...], found: set[str]
) -> None:
    assert needs.of(coded(*codes)) == found


@pytest.mark.parametrize("code", ["NXN", "VTRL", "NU", "UN", "RPN"])
def test_naltrexone_is_neither_naloxone_nor_medicine_for_withdrawal(needs: Needs, code: str) -> None:
    assert needs.of(coded(code)) == frozenset()


@pytest.mark.parametrize("code", ["BU", "MU", "METH", "BWN"])
def test_a_drug_that_someone_else_prescribes_does_not_count_as_medication(needs: Needs, code: str) -> None:
    assert needs.of(coded(code)) == frozenset()


@pytest.mark.parametrize(
    "code", ["TA", "EMP", "HS", "AOSS", "SH", "LAD", "IPC", "MHS", "DVFP", "VRS", "SUMH", "RES", "OP"]
)
def test_an_extra_for_people_in_care_there_is_not_a_need(needs: Needs, code: str) -> None:
    assert needs.of(coded(code)) == frozenset()


@pytest.mark.parametrize(
    ("category", "found"),
    [
        ("Food Pantry", {"food"}),
        ("FOOD PANTRIES & soup kitchens", {"food"}),
        ("Pet Food", set()),
        ("Methadone Clinics", {"medication"}),
        ("Mental Health Counseling", {"mental_health"}),
        ("Outpatient mental health", {"mental_health"}),
        ("Substance Abuse Counseling", {"outpatient"}),
        ("Inpatient drug rehab", {"residential"}),
        ("Physical rehab", set()),
        ("Transitional housing", {"housing"}),
        ("Housing Counseling", {"housing"}),
        ("Emergency Housing", {"shelter"}),
        ("Animal Shelter", set()),
        ("Domestic violence shelter", {"dv_services", "shelter"}),
        ("Domestic Violence Survivors", set()),  # whom it is for, not what it is
        ("Free Medical Clinic", {"clinic"}),
        ("Legal clinic", {"legal"}),
        ("Needle exchange", {"syringe_services"}),
        ("Narcan distribution", {"naloxone"}),
        ("Birth certificates", {"id_documents"}),
        ("Bus passes", {"transport"}),
        ("12-Step meetings", {"recovery_support"}),
        ("Job Training", {"jobs"}),
        ("Drug court", set()),
        ("Haircuts", set()),
        ("", set()),
    ],
)
def test_the_words_of_a_category_name_needs(needs: Needs, category: str, found: set[str]) -> None:
    assert needs.of(tagged(category)) == found


@pytest.mark.parametrize(
    ("attribute", "found"),
    [
        (Attribute("a", "open-eligibility", "106-01-02", "Detox"), {"detox"}),
        (Attribute("a", "Open Eligibility", "101-04", ""), {"shelter"}),
        (Attribute("a", "Open Eligibility", "", "Help Escape Violence"), {"dv_services"}),
        (Attribute("a", "Open Eligibility", "102", "Food"), {"food"}),
        (Attribute("a", "Open Eligibility", "104-06", "Toys & Gifts"), set()),
        (Attribute("a", "openway", "syringe_services", ""), {"syringe_services"}),
        (Attribute("a", "openway", "no_such_need", "Food"), set()),
        (Attribute("a", "samhsa", "DT", "Detoxification"), {"detox"}),
        (Attribute("a", "SAMHSA service codes", "NXN", "Naltrexone"), set()),
    ],
)
def test_terms_of_known_taxonomies_count_by_code_and_name(
    needs: Needs, attribute: Attribute, found: set[str]
) -> None:
    assert needs.of(Service("s", "A place", attributes=(attribute,))) == found


def test_needs_of_codes_and_categories_come_together(needs: Needs) -> None:
    service = Service(
        "s", "A", source_codes=("DT",), attributes=(Attribute("a", "local", "", "Food pantry"),)
    )
    assert needs.of(service) == {"detox", "food"}


@pytest.mark.parametrize("text", ["mental_health", "Mental Health", "mental health care", "MENTAL-HEALTH"])
def test_a_need_is_named_by_code_or_label(needs: Needs, text: str) -> None:
    assert needs.named(text) == "mental_health"


def test_a_label_is_given_for_every_code_and_a_stranger_keeps_its_own(needs: Needs) -> None:
    assert needs.label("food") == "Food"
    assert needs.label("no_such_need") == "no_such_need"


@given(st.text(max_size=600), st.text(max_size=20), st.text(max_size=20))
def test_no_category_breaks_the_reading(name: str, taxonomy: str, code: str) -> None:
    found = load().of(tagged(name, taxonomy, code))
    assert found <= set(load().codes)


def load(known: list[Needs] = []) -> Needs:  # noqa: B006 - read once for all examples
    if not known:
        known.append(load_needs())
    return known[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Detox,Detox care,,,", "line 2, code: 'Detox' is no code; write lower case words joined by _"),
        ("detox,,,,", "line 2, label: is empty"),
        ("detox," + "a" * 41 + ",,,", "line 2, label: has more than 40 characters"),
        ("detox,Detox,dt,,", "line 2, samhsa: 'dt' is no SAMHSA code"),
        ('detox,Detox,"DT, OD",,', "line 2, samhsa: 'DT, OD' is no SAMHSA code; write capitals, parted by ;"),
        ("naloxone,Naloxone,NXN;NOE,,", "line 2, samhsa: NXN is naltrexone"),
        ("naloxone,Naloxone,VTRL,,", "the code for naloxone is NOE"),
        ("detox,Detox,,,detox;!!", "line 2, words: '!!' holds no word"),
        ("detox,Detox,,", "line 2: 4 cells, expected 5"),
        ("detox,Detox,,,\nfood,Food,,,\ndetox,Again,,,", "line 4, code: 'detox' stands on several lines"),
    ],
)
def test_a_faulty_line_is_named_with_what_to_write(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "needs.csv"
    file.write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    with pytest.raises(DataFileError) as error:
        load_needs(file)
    assert "needs.csv, " in str(error.value)
    assert said in str(error.value)


def test_an_unknown_column_is_named(tmp_path: Path) -> None:
    file = tmp_path / "needs.csv"
    file.write_text(f"{HEADER},colour\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="colour"):
        load_needs(file)


def test_all_faults_come_in_one_error(tmp_path: Path) -> None:
    file = tmp_path / "needs.csv"
    file.write_text(f"{HEADER}\nA b,,,,\nfood,,,,\n", encoding="utf-8")
    with pytest.raises(DataFileError) as error:
        load_needs(file)
    assert [line[:22] for line in str(error.value).splitlines()] == [
        "needs.csv, line 2, cod",
        "needs.csv, line 2, lab",
        "needs.csv, line 3, lab",
    ]
