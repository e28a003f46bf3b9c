"""Languages we speak and the gettext catalogues that hold the words.

`translations/<Babel name>/LC_MESSAGES/messages.po` is the one source: it is read and compiled
in memory, so there is no build step to forget. Outside we write BCP 47 ("zh-Hans").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final, Literal

from babel import Locale
from babel.dates import get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE: Final = Path(__file__).parent
# BCP 47 -> Babel. A tag that is not here is never handed to Babel (it raises on junk).
BABEL_NAMES: Final = {
    "en": "en", "es": "es", "ht": "ht", "pt": "pt", "fr": "fr", "vi": "vi",
    "zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant", "tl": "fil", "ko": "ko", "ar": "ar",
    "ru": "ru", "pl": "pl", "so": "so", "hi": "hi", "ur": "ur",
}  # fmt: skip
DEFAULT: Final = "en"
# CLDR has no Haitian words: Babel takes French ones.
_HAITIAN_NAMES: Final = {
    "ar": "arab", "ase": "lang siy", "en": "angle", "es": "panyòl", "fr": "franse", "hi": "indi",
    "ht": "kreyòl ayisyen", "ko": "koreyen", "pl": "polonè", "pt": "pòtigè", "ru": "ris", "so": "somali",
    "tl": "tagalòg", "ur": "oudou", "vi": "vyetnamyen", "zh": "chinwa", "zh_Hans": "chinwa senplifye",
    "zh_Hant": "chinwa tradisyonèl",
}  # fmt: skip

_HAITIAN_DAYS: Final = {
    "wide": ("lendi", "madi", "mèkredi", "jedi", "vandredi", "samdi", "dimanch"),
    "abbreviated": ("len", "mad", "mèk", "jed", "van", "sam", "dim"),
}


def mark(message: str) -> str:
    """Marks a message for the catalogues where it is written; it is translated where said."""
    return message


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, English (the messages themselves) first."""
    there = [code for code in BABEL_NAMES if _catalogue(code).is_file()]
    return (DEFAULT, *(code for code in there if code != DEFAULT))


def _catalogue(language: str) -> Path:
    return HERE / BABEL_NAMES[language] / "LC_MESSAGES" / "messages.po"


@cache
def catalogue(language: str) -> NullTranslations:
    """gettext's own object for a language; English, and any language we lack, is the messages."""
    if language not in BABEL_NAMES or not _catalogue(language).is_file():
        return NullTranslations()
    with _catalogue(language).open("rb") as handle:
        messages = read_po(handle, locale=BABEL_NAMES[language])
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def locale(language: str) -> Locale:
    """Babel's locale for dates and numbers; English for a language we do not know."""
    return Locale.parse(BABEL_NAMES.get(language, DEFAULT))


def language_name(tag: str, language: str) -> str | None:
    """What a language (BCP 47) is called in another; None if we do not know.

    >>> language_name("es", "en"), language_name("es", "ht")
    ('Spanish', 'panyòl')
    """
    name, ours = tag.replace("-", "_"), _HAITIAN_NAMES if language == "ht" else {}
    return ours.get(name) or locale(language).languages.get(name)


def day_names(language: str, width: Literal["wide", "abbreviated"]) -> Sequence[str]:
    """The days of the week, Monday first."""
    if language == "ht":
        return _HAITIAN_DAYS[width]
    names = get_day_names(width, locale=locale(language))
    return [str(names[day]) for day in range(7)]


def negotiate(wishes: str) -> str:
    """The best of our languages for an Accept-Language header or a BCP 47 tag; else English.

    >>> negotiate("xx, es-MX;q=0.8, en;q=0.1")
    'es'
    """
    asked = sorted(_wishes(wishes[:500]), key=lambda w: -w[1])
    return next((code for tag, q in asked if q > 0 and (code := _ours(tag))), DEFAULT)


def _wishes(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header.split(","):
        tag, _, q = part.strip().partition(";q=")
        try:
            found.append((tag.strip(), float(q or 1)))
        except ValueError:
            found.append((tag.strip(), 0.0))
    return found


_CHINESE: Final = {"zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-tw": "zh-Hant",
                   "zh-hk": "zh-Hant", "zh-mo": "zh-Hant"}  # fmt: skip
_OTHER_NAMES: Final = {"fil": "tl"}


def _ours(tag: str) -> str | None:
    low = tag.lower().replace("_", "-")
    known = {code.lower(): code for code in languages()}
    short = low.split("-")[0]
    script = "-".join(low.split("-")[:2])
    tries = (low, script, _CHINESE.get(script, ""), _CHINESE.get(low, ""), _OTHER_NAMES.get(short, ""), short)
    return next((known[t.lower()] for t in tries if t.lower() in known), None)
