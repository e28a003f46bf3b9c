"""From words to a text message: clean, cheap to send, within its segments.

Here a text is only shortened or respelt; what it says is decided in bot/intents.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

import regex

from bot.segments import GSM_7, Encoding, encoding_of, measure

LONGEST_HEARD: Final = 1600  # what Twilio delivers at most, in characters

# XML 1.0 has no place for these, and a phone shows none of them; lone surrogates among them.
_ILLEGAL: Final = regex.compile(r"[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Soft hyphen, zero-width space, direction marks, byte order mark. The joiners stay (Urdu needs
# them), and the isolates that keep a phone number whole in right-to-left text.
_UNSEEN: Final = regex.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")
_BLANK: Final = regex.compile(r"[^\S\n]+")
_MISSING_FROM_GSM: Final = regex.compile("[^" + regex.escape("".join(sorted(GSM_7))) + "]+")

# What GSM-7 lacks and a reader does not miss: one such character would more than halve a segment.
LOOKALIKES: Final = str.maketrans({
    "‘": "'", "’": "'", "‚": ",", "‛": "'", "′": "'", "`": "'", "´": "'", "ʼ": "'",  # apostrophes
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',  # quotation marks
    "‹": "<", "›": ">",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",  # hyphens and dashes
    "•": "-", "‣": "-", "·": "-", "◦": "-",  # bullets
    "…": "...", "⁄": "/", "∕": "/", "¼": "1/4", "½": "1/2", "¾": "3/4",
    "®": "", "™": "", "©": "", "ª": "a", "º": "o", "№": "No.",
    "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "Œ": "OE", "œ": "oe",  # no accent to take off
})  # fmt: skip


def clean(text: str) -> str:
    """A text that XML and any phone can carry: composed, no control characters, single blanks.

    >>> clean("Cafe\\u0301\\x00  open\\u00a0now\\r\\n")
    'Café open now'
    """
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    seen = _UNSEEN.sub("", _ILLEGAL.sub("", whole))
    return "\n".join(_BLANK.sub(" ", line).strip() for line in seen.strip().split("\n"))


def one_line(text: str) -> str:
    """A name or an address from a listing, which must not break our lines.

    >>> one_line("St. Mary's\\n  Center")
    "St. Mary's Center"
    """
    return " ".join(clean(text).split())


def heard(text: str) -> str:
    """What a person sent, fit to be read: no lone surrogates, no controls, at most 1,600 characters."""
    return clean(text[:LONGEST_HEARD])


def economical(text: str) -> str:
    """The text in GSM-7 if that changes no meaning: look-alikes always, accents if it saves a segment.

    ñ, é and ü are in GSM-7 and are never touched (año is not ano).
    >>> economical("Año nuevo – “María”")
    'Año nuevo – “María”'
    >>> economical("don’t")
    "don't"
    """
    plain = text.translate(LOOKALIKES)
    if encoding_of(plain) is Encoding.GSM_7:
        return plain
    bare = without_accents(plain)
    cheaper = encoding_of(bare) is Encoding.GSM_7 and measure(bare).segments < measure(text).segments
    return bare if cheaper else text


def without_accents(text: str) -> str:
    """Letters that GSM-7 lacks without their accents; the others, ñ among them, as they are.

    >>> without_accents("Peña García, façade")
    'Peña Garcia, facade'
    """
    return _MISSING_FROM_GSM.sub(lambda found: _bare(found[0]), text)


def _bare(letters: str) -> str:
    apart = unicodedata.normalize("NFD", letters)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not "\u0300" <= c <= "\u036f"))


def latin(name: str) -> str:
    """A listing's name for a text in GSM-7: its part in another script left out, if a name remains.

    >>> latin("Hope Center (希望中心)"), latin("希望中心")
    ('Hope Center', '希望中心')
    """
    plain = without_accents(name.translate(LOOKALIKES))
    rest = " ".join(_MISSING_FROM_GSM.sub(" ", plain).replace("( )", "").split())
    return rest if sum(map(str.isalpha, rest)) >= 3 else name


_DANGLING: Final = regex.compile(
    r"(?:[\s,;:&/(\-–—]+|\s(?:of|and|the|for|at|in|to|a|de|y|la|el|los))+$", regex.I
)


def cut(text: str, most: int) -> str:
    """At most so many characters as a reader counts them, ending with a whole word if one fits.

    >>> cut("Center for Health and Wellness", 22), cut("Antidisestablishment", 10)
    ('Center for Health', 'Antidisest')
    """
    seen = regex.findall(r"\X", text)
    if len(seen) <= most:
        return text
    head = "".join(seen[:most])
    words, _, _ = "".join(seen[: most + 1]).rpartition(" ")
    return _DANGLING.sub("", words if len(words) * 2 > len(head) else head)


def within(text: str, budget: int) -> bool:
    """Is it sent in that many segments? A language that GSM-7 cannot write has one more."""
    size = measure(text)
    return size.segments <= (budget if size.encoding is Encoding.GSM_7 else budget + 1)


def fitted(drafts: Iterable[str], budget: int) -> str:
    """The first draft within its budget of segments; the last one, cut, if none is.

    Drafts come with the richest first and leave out more and more.
    """
    text = ""
    for draft in drafts:
        text = economical(clean(draft))
        if within(text, budget):
            return text
    return _cut_to(text, budget)


def fitting(drafts: Iterable[str], budget: int) -> str | None:
    """The first draft within its budget of segments; None if none is."""
    sent = (economical(clean(draft)) for draft in drafts)
    return next((text for text in sent if within(text, budget)), None)


def _cut_to(text: str, budget: int) -> str:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if within(cut(text, middle), budget) else (low, middle - 1)
    return cut(text, low)
