"""Phone numbers, the one way: read as people type them, kept as E.164, said as people read them.

Short numbers (988, 211, 741741) are no phone numbers to the phonenumbers library and go around it.
Its geocoder is never imported: 3 seconds and 140 MB.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

HOME: Final = "US"
FEWEST: Final = 3  # digits
LOCAL: Final = 7  # digits of a number without its area code
LONGEST: Final = 60  # characters; a longer cell is prose, of which the beginning is read
_SHORT_3: Final = frozenset({"211", "311", "411", "511", "611", "711", "811", "911", "988"})
_RIGHT_TO_LEFT: Final = frozenset({"ar", "ur"})

_ONE: Final = r"(?<![\dA-Z])(?:\+?1[ .\-]{0,2})?\(?([2-9]\d\d)"
# 2 to 9 open an area code and an exchange; numbers 555-0100 to 555-0199 are for fiction and survive.
_PLAIN: Final = re.compile(_ONE + r"\)?[ .\-]{0,3}(\d{3})[ .\-]{0,2}(\d{4})(?!\d)")
# "1-800-662-HELP", "888-85COMPA", "217-3488DUI", "(800)799-SAFE": seven keys or more, a letter among them.
_VANITY: Final = re.compile(
    _ONE + r"(?:\)[ .\-]{0,2}|[ .\-]{1,2})((?=[\d\-]{0,8}[A-Z])[A-Z\d][A-Z\d\-]{6,14})(?![A-Z\d])"
)
_FOREIGN: Final = re.compile(r"\+(?!1)\d|(?<!\d)011[ \-]?[2-9]")
# The mark must not end a word: "800-555-TEX5" has no extension.
_EXTENSION: Final = re.compile(
    r"[\s,;.(]*(?<![a-z])(?:extension|extensi[oó]n|anexo|ext|x|#)[\s.:#]{0,3}(\d{1,7})(?!\d)[)\s.]*$",
    re.IGNORECASE,
)
# Without an area code: "555-0143". Never a part of more digits, as a ZIP+4 is.
_LOCAL: Final = re.compile(r"(?<![\dA-Z.\-])([2-9]\d\d)[ .\-]?(\d{4})(?![\d.\-])")
_ABROAD: Final = re.compile(r"(?:\+|011[ \-]?)[2-9][\d ().\-]+")
_AROUND: Final = re.compile(r"\s*([./\-])\s*")  # "206 - 555 / 0143"
_DIGITS: Final = re.compile(r"\d(?:[\d\s().\-]*\d)?")
_KEYPAD: Final = {
    letter: str(key)
    for key, letters in enumerate(("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"), start=2)
    for letter in letters
}
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"), "-")


def normalise(text: str) -> str:
    """The first number in a text: E.164, a short number, or its bare digits if it can be neither;
    "" if there are no digits. Never raises.

    >>> normalise("(312) 555-0100 ext. 5"), normalise("1-800-662-HELP"), normalise("+52 55 1234 5678")
    ('+13125550100', '+18006624357', '+525512345678')
    >>> normalise("988"), normalise("555-0123"), normalise("call us")
    ('988', '5550123', '')
    """
    number, _ = split_extension(text)
    return _normalise(number)


@lru_cache(maxsize=4096)
def _normalise(text: str) -> str:
    if _FOREIGN.search(text) and (foreign := _parsed(text)):
        return foreign
    if plain := _PLAIN.search(text):
        return "+1" + "".join(plain.groups())
    if vanity := _VANITY.search(text.upper()):
        return _spelled(*vanity.groups())
    return _short(text) or _parsed(text) or _first_digits(text)


def _spelled(area: str, letters: str) -> str:
    keys = "".join(_KEYPAD.get(c, c) for c in letters if c != "-")
    return f"+1{area}{keys[:7]}"  # a phone ignores what is dialled beyond the last digit


def _parsed(text: str) -> str:
    """E.164 of a number that could be dialled from anywhere; "" if it could not."""
    try:
        number = phonenumbers.parse(text, HOME)
    except NumberParseException:
        return ""
    possible = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return _e164(number) if possible else ""


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def _short(text: str) -> str:
    """A three-digit service, or a five- or six-digit number for texts, standing alone."""
    digits = _first_digits(text)
    return digits if digits in _SHORT_3 or len(digits) in (5, 6) else ""


def _first_digits(text: str) -> str:
    found = (re.sub(r"\D", "", run) for run in _DIGITS.findall(text))
    return next((digits[:20] for digits in found if len(digits) >= FEWEST), "")


@lru_cache(maxsize=4096)
def is_doubtful(number: str) -> bool:
    """Whether a normalised number cannot be right as it stands: someone should look at it.

    >>> is_doubtful("+13125550100"), is_doubtful("988"), is_doubtful("5550123"), is_doubtful("+15582732942")
    (False, False, True, True)
    """
    if not number.startswith("+"):
        return not _short(number)
    if re.fullmatch(r"\+1[2-9]\d\d55501\d\d", number):
        return False
    try:
        return not phonenumbers.is_valid_number(phonenumbers.parse(number))
    except NumberParseException:
        return True


def split_extension(text: str) -> tuple[str, str]:
    """A number as typed, and its extension: digits, or "".

    >>> split_extension("256-734-4688 x3971"), split_extension("312-555-0100, ext. 5")
    (('256-734-4688', '3971'), ('312-555-0100', '5'))
    """
    plain = _plain(text)
    found = _EXTENSION.search(plain)
    # "#5" or "x12" with no number before it is not an extension of anything.
    if found is None or not re.search(r"\d", plain[: found.start()]):
        return plain, ""
    return plain[: found.start()].strip(), found.group(1)


def apart(text: str) -> tuple[str, str]:
    """The one phone number that a person typed, and the text without it: E.164, or seven digits without an
    area code; "" if there is none, or other digits beside it. Five or nine digits are a ZIP code.

    >>> apart("(206) 555 0143"), apart("call 1-800-662-HELP"), apart("555.0143")
    (('+12065550143', ''), ('+18006624357', 'call'), ('5550143', ''))
    >>> apart("60614-1234"), apart("food near 60614"), apart("60614 555-0143")
    (('', '60614-1234'), ('', 'food near 60614'), ('', '60614 555-0143'))
    """
    if len(text) > LONGEST or sum(map(str.isdecimal, text)) < FEWEST:
        return "", text
    said, _ = split_extension("".join(c for c in text if unicodedata.category(c) != "Cf"))
    said = _AROUND.sub(lambda mark: "-" if mark[1] == "/" else mark[1], said)
    if _ABROAD.fullmatch(said):
        return _parsed(said), ""
    number, rest = next(filter(None, (_cut(said, form) for form in (_PLAIN, _VANITY, _LOCAL))), ("", text))
    return (number, rest) if not any(map(str.isdecimal, rest)) else ("", text)


def _cut(text: str, form: re.Pattern[str]) -> tuple[str, str] | None:
    """The number of a form that stands in a text, and the text without it."""
    loud = text.upper()
    found = form.search(loud)
    if found is None:
        return None
    number = "".join(found.groups()) if form is _LOCAL else _normalise(found.group())
    return number, f"{loud[: found.start()]} {loud[found.end() :]}".strip().lower()


def _plain(text: str) -> str:
    """Without full-width forms, odd dashes, or the digits of other scripts."""
    if text.isascii():
        return text[:LONGEST].strip()
    said = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_DASHES).strip()
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in said)


def say_phone(phone_number: str, language: str = "en", extension: str = "") -> str:
    """A normalised number as people read it: the one phone formatting.

    In a right-to-left language it is isolated, so that its parts keep their order.

    >>> say_phone("+13125550100"), say_phone("+525512345678"), say_phone("988")
    ('312-555-0100', '+52 55 1234 5678', '988')
    >>> say_phone("+13125550100", extension="23"), say_phone("5550123")
    ('312-555-0100 x23', '555-0123')
    """
    said = _grouped(phone_number) + (f" x{extension}" if extension else "")
    return f"\u2066{said}\u2069" if language in _RIGHT_TO_LEFT and said else said


def _grouped(number: str) -> str:
    if re.fullmatch(r"\+1\d{10}", number):
        return f"{number[2:5]}-{number[5:8]}-{number[8:]}"
    if re.fullmatch(r"[2-9]\d{6}", number):
        return f"{number[:3]}-{number[3:]}"
    if not number.startswith("+"):
        return number
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return number
    return str(phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL))


def tel_uri(number: str, extension: str = "") -> str:
    """What a phone's link holds (RFC 3966); "" if there is nothing to dial.

    >>> tel_uri("+13125550100", "23"), tel_uri("988"), tel_uri("")
    ('tel:+13125550100;ext=23', 'tel:988', '')
    """
    digits = re.sub(r"[^\d]", "", number)
    if not digits:
        return ""
    plus = "+" if number.startswith("+") else ""
    return f"tel:{plus}{digits}" + (f";ext={extension}" if extension.isdecimal() else "")
