"""Catalogues hold together; a stranger's language header never breaks anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translations import BABEL_NAMES, catalogue, languages, locale, negotiate


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
