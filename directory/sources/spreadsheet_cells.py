"""What people write into the cells of our table: answers, days, ages, languages, areas. Read forgivingly.

Functions give what was meant, or raise ValueError that says what is wrong with the cell.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from directory.model import Answer, Language, ServiceArea
from directory.sources.hsds_kinds import DATE, shown
from directory.sources.hsds_languages import language_code
from directory.states import state_code
from directory.text import fold, words

_YES: Final = frozenset({"yes", "y", "true", "t", "1", "x", "si", "s", "✓", "✔", "☑", "always", "siempre"})
_NO: Final = frozenset({"no", "n", "false", "f", "0", "✗", "✘", "☐", "never", "nunca", "none"})
_UNKNOWN: Final = frozenset({"", "unknown", "?", "na", "n a", "tbd", "varies", "maybe", "call", "not sure",
                             "do not know", "dont know", "desconocido", "ask", "-"})  # fmt: skip
_DAY_FORMATS: Final = (
    "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%b. %d, %Y", "%Y/%m/%d", "%m-%d-%Y", "%m.%d.%Y",
    "%b %Y", "%B %Y", "%b. %Y", "%m/%Y", "%Y-%m", "%Y",
)  # fmt: skip
_EXCEL: Final = date(1899, 12, 30)  # day 0 of a spreadsheet's day numbers
_BOTH: Final = frozenset(
    {"all", "any", "both", "everyone", "anyone", "coed", "co ed", "all genders", "any gender", "todos"}
)
_MEN: Final = re.compile(r"(?<!wo)\b(men|males?|boys|hombres)\b")
_WOMEN: Final = re.compile(r"\b(women|females?|girls|mujeres)\b")
_OUTSIDE: Final = re.compile(r"[;,/&\n|](?![^(]*\))|\band\b(?![^(]*\))")
_ZONES: Final = {
    "eastern": "America/New_York", "est": "America/New_York", "et": "America/New_York",
    "central": "America/Chicago", "cst": "America/Chicago", "ct": "America/Chicago",
    "mountain": "America/Denver", "mst": "America/Denver", "mt": "America/Denver",
    "pacific": "America/Los_Angeles", "pst": "America/Los_Angeles", "pt": "America/Los_Angeles",
    "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu",
}  # fmt: skip
_STATUS: Final = {
    "": "active", "active": "active", "open": "active", "yes": "active", "y": "active",
    "inactive": "inactive", "no": "inactive", "closed": "inactive", "defunct": "defunct",
    "permanently closed": "defunct", "temporarily closed": "temporarily closed",
    "closed for now": "temporarily closed",
}  # fmt: skip


class Ages(NamedTuple):
    """Years; None: no bound."""

    youngest: int | None
    oldest: int | None


def answer(cell: str) -> Answer | None:
    """Yes, no, unknown, or None for an empty cell.

    >>> answer("X"), answer("No, call first"), answer(" "), answer("?")
    (<Answer.YES: 'yes'>, <Answer.NO: 'no'>, None, <Answer.UNKNOWN: 'unknown'>)
    """
    if not cell.strip():
        return None
    whole = " ".join(words(cell)) or cell.strip()
    first = whole.split()[0]
    if whole in _UNKNOWN:
        return Answer.UNKNOWN
    if {"yes", "no"} <= set(whole.split()) or first not in _YES | _NO:
        raise ValueError(f"{shown(cell)} is neither yes nor no; taken as unknown")
    return Answer.YES if first in _YES else Answer.NO


def day(cell: str) -> date:
    """The day a cell names; a month or a year is its first day.

    >>> day("11/3/2026"), day("Nov 2026"), day("46329")
    (datetime.date(2026, 11, 3), datetime.date(2026, 11, 1), datetime.date(2026, 11, 3))
    """
    found = _excel_day(cell) or _day(cell)
    if not 2000 <= found.year <= 2100:
        raise ValueError(f"{shown(cell)} is no day of this century; write 2026-11-30")
    return found


def _excel_day(cell: str) -> date | None:
    digits = re.fullmatch(r"[34567]\d{4}", cell.strip(), re.ASCII)
    return _EXCEL + timedelta(days=int(digits.group())) if digits else None


def _day(cell: str) -> date:
    try:
        return date.fromisoformat(str(DATE.read(cell)))
    except ValueError as error:
        for form in _DAY_FORMATS:
            try:
                return datetime.strptime(cell.strip(), form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise error from None


def ages(cell: str) -> Ages:
    """The ages a cell lets in.

    >>> ages("18+"), ages("13-17"), ages("under 18"), ages("all ages")
    (Ages(youngest=18, oldest=None), Ages(youngest=13, oldest=17), Ages(youngest=None, oldest=17), \
Ages(youngest=None, oldest=None))
    """
    said = fold(cell)
    if two := re.search(r"(?<!\d)(\d{1,2})\s*(?:-|–|—|to|through|a|until)\s*(\d{1,2})(?!\d)", said):
        low, high = int(two.group(1)), int(two.group(2))
        if low <= high:
            return Ages(low or None, high)
    one = re.search(r"(?<!\d)(\d{1,2})(?!\d)", said)
    if one:
        return _bound(said, int(one.group(1)))
    if re.search(r"\b(all|any|every|todas|cualquier)\b", said):
        return Ages(None, None)
    if re.search(r"\b(adults?|adultos?)\b", said) and not re.search(r"\b(child|youth|teen|young)", said):
        return Ages(18, None)
    raise ValueError(f"{shown(cell)} names no ages; write 18+ or 13-17")


def _bound(said: str, years: int) -> Ages:
    if re.search(r"\b(under|younger than|less than|below|menor(es)? de)\b", said):
        return Ages(None, years - 1)
    if re.search(r"\b(up to|to|through|and under|or under|and younger|or younger|max)\b", said):
        return Ages(None, years)
    return Ages(years, None)


def genders(cell: str) -> dict[str, Answer]:
    """Answers for "women" and "men".

    >>> genders("Men only"), genders("Women and men")["women"]
    ({'women': <Answer.NO: 'no'>, 'men': <Answer.YES: 'yes'>}, <Answer.YES: 'yes'>)
    """
    said = " ".join(words(cell))
    women, men = bool(_WOMEN.search(said)), bool(_MEN.search(said))
    if said in _BOTH or (women and men):
        return {"women": Answer.YES, "men": Answer.YES}
    if women == men:
        raise ValueError(f"{shown(cell)}: write women, men or all")
    return {"women": Answer.YES if women else Answer.NO, "men": Answer.YES if men else Answer.NO}


def only_one_gender(text: str) -> dict[str, Answer]:
    """The same, from prose, if it says "men only" or "for women only"; else nothing."""
    found = re.search(r"\b(men|males?|women|females?)\b[ -]only\b|\bonly (men|women)\b", fold(text))
    return genders(found.group()) if found else {}


def parts(cell: str) -> list[str]:
    """What a cell lists, parted by commas and the like outside of brackets.

    >>> parts("Spanish (staff, phone); French and ASL")
    ['Spanish (staff, phone)', 'French', 'ASL']
    """
    return [part.strip() for part in _OUTSIDE.split(cell) if part.strip()]


def language(part: str) -> Language:
    """A language and how it is spoken; the id is for the caller to give. Raises ValueError for a
    cell that answers yes or no ("sí" is not Sinhala), and for words too long to be a name.

    >>> language("Spanish (staff)").note
    'staff'
    """
    name, _, note = part.partition("(")
    code = language_code(name.strip())
    if " ".join(words(name)) in _YES | _NO | _UNKNOWN or (not code and len(part) > 40):
        raise ValueError(f"{shown(part)} is no language we know; left out")
    return Language("", name.strip(), code, note.rstrip(" )"))


def status(cell: str) -> str:
    said = " ".join(words(cell))
    if said not in _STATUS:
        raise ValueError(
            f"{shown(cell)}: write active, inactive, defunct or temporarily closed; taken as active"
        )
    return _STATUS[said]


def state(cell: str) -> str:
    """Two letters. Raises ValueError for what is no state.

    >>> state("illinois"), state("Il."), state("")
    ('IL', 'IL', '')
    """
    code = state_code(cell)
    if words(cell) and not code:
        raise ValueError(f"{shown(cell)} is no state; write two letters like IL")
    return code


def time_zone(cell: str) -> str:
    """The IANA name of a zone.

    >>> time_zone("Central"), time_zone("America/Denver")
    ('America/Chicago', 'America/Denver')
    """
    key = next(iter(words(cell)), "")
    name = _ZONES.get(key, cell.strip())
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{shown(cell)} is no time zone; write America/Chicago") from None


def areas(cell: str) -> list[ServiceArea]:
    """Whom a service without a door is for: states, ZIP codes, the country, or only words.

    >>> [(area.extent_type, area.extent) for area in areas("IL; Indiana")], areas("61602, 61603")[0].extent
    ([('state', 'IL'), ('state', 'IN')], '61602,61603')
    """
    said = [part for part in re.split(r"[;,]", cell) if part.strip()]
    key = " ".join(words(cell))
    if key in ("us", "usa", "united states", "nationwide", "national", "all states", "the whole country"):
        return [ServiceArea("", name="United States", extent="US", extent_type="country")]
    if said and all(re.fullmatch(r"\s*\d{5}\s*", part, re.ASCII) for part in said):
        zips = ",".join(part.strip() for part in said)
        return [ServiceArea("", name=zips.replace(",", ", "), extent=zips, extent_type="zip")]
    if said and all(map(state_code, said)):
        return [ServiceArea("", part.strip(), extent=state(part), extent_type="state") for part in said]
    return [ServiceArea("", name=cell.strip())] if cell.strip() else []
