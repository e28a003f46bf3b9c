"""One text as it came in -> clean text and its words, each knowing where it stood.

Nothing here knows a language; spelling.py goes on from here.
"""

from __future__ import annotations

import base64
import binascii
import unicodedata
from dataclasses import dataclass
from typing import Final

import regex

from directory.text import fold

# A text message has at most 1,600 characters; the web box could hold a book.
LONGEST: Final = 5_000

_APOSTROPHES: Final = dict.fromkeys(map(ord, "’‘‛ʼʹ´`′＇ꞌ"), "'")
# Zero-width, direction and variation marks, soft hyphen, keycap: they hide words from a match.
_INVISIBLE: Final = regex.compile(r"[\p{Cf}\p{Variation_Selector}\u034f\u20e3\u20e0]+")
_CONTROL: Final = regex.compile(r"[\p{Cc}\p{Zl}\p{Zp}]+")
_FOREIGN_DIGIT: Final = regex.compile(r"[^\P{Nd}0-9]")
# An apostrophe that a gateway spoilt: "canâ€™t", "can�t", "don?t".
_SPOILT: Final = regex.compile(r"(?<=\p{L})(?:â€™|\ufffd)(?=\p{L})|(?<=n)\?(?=t\b)")
_BASE64: Final = regex.compile(r"[A-Za-z0-9+/]{56,}={0,2}")
# A Han character is a word to us, and a Korean syllable: Chinese is written without spaces, and in
# Korean few people set them right and endings are glued on.
_LETTERS: Final = r"[[\p{L}\p{M}\p{N}]--[\p{Han}\p{Hangul}]]+"
_WORD: Final = regex.compile(
    rf"\p{{Han}}|\p{{Hangul}}|{_LETTERS}(?:'+{_LETTERS})*|\p{{Extended_Pictographic}}", regex.V1
)
# Letters that one keyboard has and another lacks: Urdu's and Arabic's h, the Arabic feminine ending,
# carriers of hamza, the stretching bar; Hindi's dot below and its two signs for a nasal.
_ONE_LETTER: Final = str.maketrans("ہھةۃؤئۓے", "ههههوییی", "ـ़ٰٔٓٗ")
_NASAL: Final = str.maketrans("ँ", "ं")
# Letters of other alphabets that pass for Latin ones inside a Latin word.
_LOOKALIKE: Final = str.maketrans("аеорсухіјѕԁһкмтнвαοερυικντ", "aeopcyxijsdhkmthbaoepuiknt")
_MIXED: Final = regex.compile(r"(?=.*\p{Latin})(?=.*[\p{Cyrillic}\p{Greek}])")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `said` keeps its apostrophe ("od'd"), both are folded; start and end in the text."""

    said: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.said.replace("'", "")


@dataclass(frozen=True, slots=True)
class Message:
    """Clean text and its words in order."""

    text: str
    tokens: tuple[Token, ...]


def message(text: str) -> Message:
    """The clean text and its words; never raises.

    >>> [t.said for t in message("Don’t  wake… 2️⃣ ٣ 60614!").tokens]
    ["don't", 'wake', '2', '3', '60614']
    >>> [t.said for t in message("S.T.O.P").tokens]
    ['stop']
    """
    plain = clean(text)
    found = ((_folded(m.group()), m.start(), m.end()) for m in _WORD.finditer(plain))
    return Message(plain, _joined(tuple(Token(*word) for word in found if word[0])))


def clean(text: str) -> str:
    """The text in NFKC, ASCII digits and apostrophes, without invisible or control marks.

    >>> clean("ＤＥＴＯＸ\\u200b ６０６１４\\n¿dónde?")
    'DETOX 60614 ¿dónde?'
    """
    text = _decoded(text[:LONGEST])
    if text.isascii() and text.isprintable():
        return _SPOILT.sub("'", text)
    text = text.encode("utf-8", "ignore").decode()  # lone surrogates break whoever comes next
    text = unicodedata.normalize("NFKC", _SPOILT.sub("'", text).translate(_APOSTROPHES))
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text)).replace("🔟", "10")
    # `regex` may know digits of a newer Unicode than Python does: those stay as they are.
    return _FOREIGN_DIGIT.sub(lambda m: str(unicodedata.decimal(m.group(), m.group())), text)


def _decoded(text: str) -> str:
    """Gateways sometimes hand a long text on in base64; give the text itself.

    >>> _decoded("SSBuZWVkIGRldG94IG5lYXIgNjA2MTQgYW5kIEkgaGF2ZSBubyByaWRlIHRvIGdldCB0aGVyZQ==")
    'I need detox near 60614 and I have no ride to get there'
    """
    packed = text.strip()
    if len(packed) < 60 or len(packed) % 4 or not _BASE64.fullmatch(packed):
        return text
    try:
        plain = base64.b64decode(packed, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return text
    readable = sum(c.isalnum() or c.isspace() for c in plain)
    return plain if readable >= 0.8 * len(plain) else text


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    low = fold(word).translate(_ONE_LETTER).translate(_NASAL)
    return low.translate(_LOOKALIKE) if _MIXED.search(low) else low


def _joined(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Letters written apart are one word: "S T O P". Only when nothing else is there."""
    if len(tokens) < 3 or any(len(t.said) != 1 or not t.said.isalpha() for t in tokens):
        return tokens
    if any(t.said > "\u2e80" for t in tokens):  # Han words are one character each anyway
        return tokens
    return (Token("".join(t.said for t in tokens), tokens[0].start, tokens[-1].end),)
