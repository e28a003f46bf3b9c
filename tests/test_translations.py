"""Catalogues hold together; a stranger's language header never breaks anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translations import BABEL_NAMES, catalogue, day_names, language_name, languages, locale, negotiate


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("xx,fr-XX;q=0.1,es;q=0.5", "es"),
        ("en;q=0.2, es;q=0.9", "es"),
        ("es;q=0, en", "en"),
        ("../../etc/passwd", "en"),
        ("es;q=nan", "en"),
        ("ES_mx", "es"),
    ],
)
def test_the_best_language_that_we_have_is_chosen(header: str, language: str) -> None:
    assert negotiate(header) == language


@given(st.text())
def test_any_header_gives_a_language_we_have(header: str) -> None:
    assert negotiate(header) in languages()


def test_every_language_of_the_outside_has_a_locale() -> None:
    assert len(BABEL_NAMES) == 16
    for code, name in BABEL_NAMES.items():
        assert str(locale(code)) == name


def test_a_language_without_catalogue_speaks_english() -> None:
    assert catalogue("no-such").gettext("Food") == "Food"


def test_haitian_creole_is_not_said_in_french() -> None:
    assert language_name("es", "ht") == "panyòl"
    assert day_names("ht", "wide")[0] == "lendi"
    # Babel has a locale of that name, with the words of French
    assert locale("ht").languages["es"] == "espagnol"


def test_the_days_of_the_week_have_names_in_every_language() -> None:
    assert all(len(set(day_names(language, "wide"))) == 7 for language in languages())
