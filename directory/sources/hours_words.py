"""The words of opening hours, English and Spanish: text in, tokens out. What they mean together
is for hours_text.py. A word that is not here is a WORD: it makes us doubt, never guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape
from typing import Final

from directory.text import fold


class Kind(Enum):
    DAYS = auto()  # weekdays, Monday is 0
    ORDINAL = auto()  # 1 to 5, or -1
    MONTH = auto()  # "of the month"
    EVERY = auto()
    CLOCK = auto()
    TO = auto()
    AND = auto()
    COMMA = auto()
    BREAK = auto()  # end of a line or sentence
    ALL_DAY = auto()
    CLOSED = auto()
    APPOINTMENT = auto()
    OR_APPOINTMENT = auto()  # besides the hours
    WORD = auto()  # not understood
    ALARM = auto()  # not understood, and it speaks of when


class Half(Enum):
    """How a clock time says which half of the day it means."""

    AM = auto()
    PM = auto()
    BARE = auto()  # "9"
    ZERO = auto()  # "09:00": it may be a 24-hour clock
    CLOCK_24 = auto()  # "17:00", "9:00:00", "17h"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as written, in minutes after midnight (or noon, when the half is not known)."""

    minutes: int
    half: Half
    is_word: bool = False  # noon, midnight
    is_plain_number: bool = False  # "9": alone it may be anything


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    days: tuple[int, ...] = ()
    number: int = 0
    clock: Clock | None = None


_ENGLISH: Final = {
    0: "monday mondays mon mons mo m",
    1: "tuesday tuesdays tues tue tu t",
    2: "wednesday wednesdays wednes weds wed we w",
    3: "thursday thursdays thurs thur thu th",
    4: "friday fridays fri fr f",
    5: "saturday saturdays sat sats sa",
    6: "sunday sundays sun suns su",
}
_SPANISH: Final = {
    0: "lunes lun lu",
    1: "martes",
    2: "miercoles mier mie",
    3: "jueves jue ju",
    4: "viernes vie vi",
    5: "sabado sabados sab",
    6: "domingo domingos dom",
}
# Only beside a Spanish day: "mar" is also March, "l" and "s" could be anything, "m" is two days.
_SPANISH_SHORT: Final = {0: "l", 1: "mar ma", 2: "x mi", 3: "j", 4: "v", 5: "s sa", 6: "d"}
_ORDINALS: Final = {
    1: "1st first 1er 1ro primer primero primeros",
    2: "2nd second 2do segundo segundos",
    3: "3rd third 3er 3ro tercer tercero terceros",
    4: "4th fourth 4to cuarto cuartos",
    5: "5th fifth 5to quinto quintos",
    -1: "last ultimo ultimos",
}
# Said around hours without changing them.
_FILLERS: Final = """
    open opens hours hour hrs from between the on at is are only regular business operation of
    breakfast lunch dinner supper snack food distribution distributions held
    abierto abierta horario horarios de del los las el la desde
"""
# Not understood, and likely to change when it is open. Without its days known, nothing else is sure.
_ALARMS: Final = """
    appointment appointments appt appts cita citas call calling llame llamar except excluding excludes
    exception excepto but not no unless if or o varies vary variable may change changes subject week weeks
    seasonal season seasons summer winter spring fall autumn verano invierno january february march april
    june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    month months monthly biweekly bi alternate alternating other twice once times temporarily starting
    starts start beginning begins begin effective emergency emergencies holiday holidays feriados feriado
    school break lunchtime evening evenings morning mornings afternoon afternoons night nights overnight
    semana semanas supplies gone while during intake check arrive line doors noche noches tarde tardes manana
"""
_TO: Final = frozenset(("to", "thru", "through", "until", "till", "til", "a", "al", "hasta"))
_AND: Final = frozenset(("and", "y", "e"))
_EVERY: Final = frozenset(("every", "each", "ever", "cada"))


def _table(*rows: dict[int, str]) -> dict[str, int]:
    return {name: number for row in rows for number, names in row.items() for name in names.split()}


_SAYS_NOTHING: Final = frozenset(_FILLERS.split())
_DAY: Final = _table(_ENGLISH, _SPANISH)
_SPANISH_DAY: Final = _table(_ENGLISH, _SPANISH, _SPANISH_SHORT)
_ORDINAL: Final = _table(_ORDINALS)
_SPEAKS_SPANISH: Final = re.compile(
    rf"\b(?:{'|'.join(name for name in _table(_SPANISH) if len(name) > 2)})\b|\bl\s?(?:-|a)\s?[jvsd]\b"
)
_APPT: Final = r"app(?:oin)?t(?:ment)?s?\b\.?"
# Said beside hours: it does not change them, but people want to know it.
REMARK: Final = re.compile(
    rf"no {_APPT} (?:is |are )?(?:needed|required|necessary)|first[- ]come,? first[- ]served?\b"
    r"|walk-? ?ins?(?: are)?(?: welcome| accepted)?\b"
)
_SPACED: Final = re.compile(r"[^\S\n]+")
_PATTERNS: Final[tuple[tuple[str, str], ...]] = (
    ("filler", REMARK.pattern),
    ("filler", r"(?:twice )?monthly\b[;:, \n]*(?=(?:\d(?:st|nd|rd|th)|first|second|third|fourth|last)\b)"),
    ("filler", r"(?:every|each) week\b|weekly\b|cada semana\b|semanalmente\b"),
    ("or_appointment", rf"(?:or|and|also|&|y|o)(?: also)? (?:by {_APPT}|con cita)"),
    ("appointment", rf"(?:only )?by {_APPT}(?: only)?|{_APPT} (?:only|required|needed|necessary)"),
    ("appointment", rf"{_APPT}(?= ?(?:[;,|\n]|$))"),
    ("appointment", r"(?:solo )?(?:con|previa|por) cita(?: previa)?"),
    ("appointment", rf"(?:please )?call (?:for|to (?:make|schedule|set up|get)) (?:an? )?{_APPT}"),
    (
        "all_day",
        r"24 ?/ ?7(?: ?/ ?365)?\b(?:,? 365 days(?: (?:a|per) year)?)?"
        r"|24[ -]?(?:hours?|hrs?|h|horas)\b(?:(?: a| per| al|/) ?(?:day|dia)\b)?"
        r"(?:,? ?(?:and |/ ?)?(?:7|seven) days(?: (?:a|per) week)?)?(?:,? 365 days(?: (?:a|per) year)?)?",
    ),
    ("all_day", r"(?:a?round)[ -]the[ -]clock\b|always open\b|siempre abierto\b"),
    ("every_day", r"(?:7|seven|siete) (?:days|dias)(?: (?:a|per|por|a la|each) ?(?:week|semana)|/week)?\b"),
    ("every_day", r"daily\b|every ?day\b|each day\b|all days\b|nightly\b|(?:every|each) night\b"),
    ("every_day", r"todos los dias\b|todas las noches\b|cada dia\b|diariamente\b"),
    ("workdays", r"weekdays?\b|business days?\b|entre semana\b|dias (?:laborables|habiles)\b"),
    ("weekend", r"weekends?\b|fin(?:es)? de semana\b"),
    ("month", r"(?:of |in |de )?(?:the |each |every |a |cada )?(?:month|mes)\b|del mes\b"),
    ("clock", r"12(?::00)? ?(?:noon|midday)\b|noon\b|midday\b|mediodia\b"),
    ("midnight", r"12(?::00)? ?midnight\b|midnight\b|medianoche\b"),
    ("ordinal", r"\d(?:st|nd|rd|th|er|ro|do|to)\b"),
    ("date", r"(?<![\d:])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d:])"),
    ("time", r"(?<![\d.:$#])\d{1,2}(?:[:.]\d\d){0,2} ?(?:[ap]m\b|(?<! )[ap]\b|hs?\b)?(?![\d:%]|\.\d)"),
    ("military", r"(?<![\d-])[01]\d[0-5]\d ?- ?[012]\d[0-5]\d(?![\d-])"),
    ("word", r"[^\W\d_]+(?:'[^\W\d_]+)*\.?"),
    ("to", r"-+"),
    ("and", r"[&/+]"),
    ("comma", r",+"),
    ("break", r"[;\n.|•·]+"),
    ("number", r"\d+"),
    ("other", r"[^\s:()]"),
)  # fmt: skip
_TOKEN: Final = re.compile(
    "|".join(f"(?P<{name}_{i}>{pattern})" for i, (name, pattern) in enumerate(_PATTERNS))
)
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.](\d\d))?([:.]\d\d)? ?([ap]|h)?")
_PRONOUN: Final = re.compile(r"\s*[a-z]{3}")


def clean(text: str) -> str:
    """One spelling: folded, without markup, dashes and a.m. written one way."""
    text = re.sub(r"</(?:tr|p|li|div)>|<br ?/?>|\\n", "\n", unescape(text))
    text = re.sub(r"</time>\s*<time>", ", ", text)
    text = fold(re.sub(r"<[^<>]{0,200}>", " ", text))
    text = re.sub(r"[‐‑‒–—―−]", "-", text)
    text = re.sub(r"\b([ap])\. ?m\b\.?", r"\1m", text).replace("'s", "")
    return re.sub(r" ?\n[\n ]*", "\n", _SPACED.sub(" ", text)).strip()


def tokens(cleaned: str) -> Iterator[Token]:
    """The tokens of a cleaned text; fillers are left out."""
    spanish = bool(_SPEAKS_SPANISH.search(cleaned))
    for match in _TOKEN.finditer(cleaned):
        name = str(match.lastgroup).rsplit("_", 1)[0]
        if name == "word":
            yield from _word(match[0].rstrip("."), cleaned[match.end() :], spanish)
            if match[0].endswith(".") and len(match[0]) > 6:
                yield Token(Kind.BREAK)  # "monday." ends a sentence, "tues." does not
        else:
            yield from _READERS[name](match[0])


def _word(word: str, after: str, spanish: bool) -> Iterator[Token]:
    days = _SPANISH_DAY if spanish else _DAY
    # "We are open", "tu cita": with a word behind it, it is no Wednesday.
    pronoun = (
        word in ("we", "tu", "su", "mi", "a", "m", "t", "w")
        and _PRONOUN.match(after)
        and not _day_next(after)
    )
    if word in days and not pronoun and not (spanish and word == "m"):
        yield Token(Kind.DAYS, days=(days[word],))
    elif run := _letter_run(word):
        yield Token(Kind.DAYS, days=run)
    elif word in _ORDINAL:
        yield Token(Kind.ORDINAL, number=_ORDINAL[word])
    elif word not in _SAYS_NOTHING and not (pronoun and word == "we"):
        yield Token(_kind(word))


def _day_next(after: str) -> bool:
    words = re.findall(r"[a-z]+", after[:20])
    return bool(words) and (words[0] in _DAY or words[0] in _TO)


def _kind(word: str) -> Kind:
    for kind, names in _KINDS:
        if word in names:
            return kind
    return Kind.WORD


_KINDS: Final = (
    (Kind.TO, _TO),
    (Kind.AND, _AND),
    (Kind.EVERY, _EVERY),
    (Kind.CLOSED, frozenset(("closed", "cerrado", "cerrada", "cerrados"))),
    (Kind.ALARM, frozenset(_ALARMS.split())),
)


def _letter_run(word: str) -> tuple[int, ...]:
    """ "mwf", "tth": letters of days, each later than the one before."""
    if word in ("mtwtf", "mtwthf"):
        return (0, 1, 2, 3, 4)
    if word in ("mf", "mt") or not re.fullmatch(r"(?:m|tu|th|t|w|f|sa|su){2,7}", word):
        return ()  # "mf" may be two days or five, "mt" a time zone
    run = [_DAY[letters] for letters in re.findall(r"th|tu|sa|su|m|t|w|f", word)]
    return tuple(run) if run == sorted(set(run)) else ()


def _time(text: str) -> Iterator[Token]:
    hour, minute, seconds, half = _TIME.match(text).groups()  # type: ignore[union-attr]
    if int(hour) > 24 or int(minute or 0) > 59:
        yield Token(Kind.WORD)
        return
    yield Token(
        Kind.CLOCK,
        clock=Clock(
            int(hour) * 60 + int(minute or 0),
            _half(hour, half, bool(seconds)),
            is_plain_number=minute is None and half is None,
        ),
    )


def _half(hour: str, letter: str | None, seconds: bool) -> Half:
    if letter in ("a", "p") and 1 <= int(hour) <= 12:
        return Half.AM if letter == "a" else Half.PM
    if letter == "h" or seconds or int(hour) > 12 or int(hour) == 0:
        return Half.CLOCK_24
    return Half.ZERO if hour.startswith("0") else Half.BARE


def _military(text: str) -> Iterator[Token]:
    start, end = (part.strip() for part in text.split("-"))
    if start >= "1900" or int(end[:2]) > 24 or int(end[2:]) > 59:  # years, or no time
        yield Token(Kind.WORD)
        return
    opens, closes = (Clock(int(t[:2]) * 60 + int(t[2:]), Half.CLOCK_24) for t in (start, end))
    yield from (Token(Kind.CLOCK, clock=opens), Token(Kind.TO), Token(Kind.CLOCK, clock=closes))


def _always(token: Token) -> Callable[[str], Iterator[Token]]:
    return lambda _text: iter((token,))


_READERS: Final[dict[str, Callable[[str], Iterator[Token]]]] = {
    "filler": lambda _text: iter(()),
    "or_appointment": _always(Token(Kind.OR_APPOINTMENT)),
    "appointment": _always(Token(Kind.APPOINTMENT)),
    "all_day": lambda text: iter((Token(Kind.ALL_DAY, number=7 if "7" in text else 0),)),
    "every_day": _always(Token(Kind.DAYS, days=(0, 1, 2, 3, 4, 5, 6))),
    "workdays": _always(Token(Kind.DAYS, days=(0, 1, 2, 3, 4))),
    "weekend": _always(Token(Kind.DAYS, days=(5, 6))),
    "month": _always(Token(Kind.MONTH)),
    "clock": _always(Token(Kind.CLOCK, clock=Clock(720, Half.PM, is_word=True))),
    "midnight": _always(Token(Kind.CLOCK, clock=Clock(720, Half.AM, is_word=True))),
    "time": _time,
    "military": _military,
    "ordinal": lambda text: iter(
        (Token(Kind.ORDINAL, number=_ORDINAL[text]) if text in _ORDINAL else Token(Kind.WORD),)
    ),
    "date": _always(Token(Kind.ALARM)),
    "to": _always(Token(Kind.TO)),
    "and": _always(Token(Kind.AND)),
    "comma": _always(Token(Kind.COMMA)),
    "break": _always(Token(Kind.BREAK)),
    "number": _always(Token(Kind.WORD)),
    "other": _always(Token(Kind.WORD)),
}
