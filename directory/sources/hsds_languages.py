"""Names and codes of spoken languages: what sources write -> the BCP 47 codes that we search by."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from babel import Locale
from babel.core import get_global

from directory.text import fold

_TAG: Final = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*", re.IGNORECASE)
_PARTS: Final = re.compile(r"\s*(?:[,;/&\n]|\band\b)\s*")
_CHINESE: Final = {"hans": "zh-Hans", "cn": "zh-Hans", "sg": "zh-Hans",
                   "hant": "zh-Hant", "tw": "zh-Hant", "hk": "zh-Hant", "mo": "zh-Hant"}  # fmt: skip
_OTHER_NAMES: Final = {
    "creole": "ht",
    "haitian": "ht",
    "kreyol": "ht",
    "mandarin": "zh",
    "farsi": "fa",
    "filipino": "tl",
    "tagalog": "tl",
    "hmong": "hmn",
    "asl": "ase",
    "american sign language": "ase",
    "sign language": "ase",
    "espanol": "es",
}


@cache
def language_code(text: str) -> str:
    """The code of a language named or coded in some way; "" if we cannot tell.

    >>> [language_code(said) for said in ("Spanish", "spa", "es-MX", "Haitian Creole", "Elvish")]
    ['es', 'es', 'es', 'ht', '']
    """
    said = fold(text).strip()
    found = _of_tag(said) if _TAG.fullmatch(said) else ""
    return found or _OTHER_NAMES.get(said) or _names().get(said, "")


def _of_tag(tag: str) -> str:
    base, *rest = tag.replace("_", "-").split("-")
    base = get_global("language_aliases").get(base, base)
    if base == "zh":
        return next((_CHINESE[part] for part in rest if part in _CHINESE), "zh")
    if base == "fil":
        return "tl"
    return base if base in _codes() else ""


@cache
def _codes() -> dict[str, str]:
    return dict(Locale("en").languages)


@cache
def _names() -> dict[str, str]:
    short = {fold(name): code for code, name in _codes().items() if "_" not in code}
    return {name: "tl" if code == "fil" else code for name, code in short.items()}


def language_name(code: str) -> str:
    """The English name of a code, or the code itself."""
    return _codes().get(code) or _codes().get(code.replace("-", "_")) or code


def listed_languages(text: str) -> list[str]:
    """The languages of a text that lists several.

    >>> listed_languages("English, Spanish and Tagalog")
    ['English', 'Spanish', 'Tagalog']
    """
    return [part for part in _PARTS.split(text.strip()) if part]
