"""Segments are counted as Twilio counts them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from bot.segments import Encoding, measure, room

ORACLE = Path(__file__).parent.parent / "oracle"

# What people and listings write: whole words and whole emoji, of every alphabet we speak.
PIECES = (
    "detox near 60614", "don't", "[€5]", "{~|^}\\", "Peña", "María", "año", "çà", "fè", "\n", "\r\n", "\f",
    "’", "–", "👍🏽", "👨‍👩‍👧", "🇺🇸", "❤️", "1️⃣", "हिन्दी में मदद", "क्षत्रिय", "한국어", "العربية", "اردو",
    "中文字", "Đông Á", "Привет", "e\u0301", "ไทย", "\u200b", "\u00a0", "",
)  # fmt: skip

CASES = {
    "an empty text": ("", Encoding.GSM_7, 1),
    "a full segment": ("a" * 160, Encoding.GSM_7, 1),
    "one letter more": ("a" * 161, Encoding.GSM_7, 2),
    "two full parts": ("a" * 306, Encoding.GSM_7, 2),
    "one letter more than two": ("a" * 307, Encoding.GSM_7, 3),
    "a bracket takes two septets": ("[" * 80, Encoding.GSM_7, 1),
    "an escape is not parted": ("a" * 152 + "€" + "b" * 152, Encoding.GSM_7, 3),
    "n with a tilde is free": ("ñ" * 160, Encoding.GSM_7, 1),
    "an accented a is not": ("á" * 70, Encoding.UCS_2, 1),
    "71 in UCS-2": ("á" * 71, Encoding.UCS_2, 2),
    "three full parts in UCS-2": ("á" * 201, Encoding.UCS_2, 3),
    "an emoji is not parted": ("á" * 66 + "👍" + "á" * 66, Encoding.UCS_2, 3),
    "a small c with a cedilla is not in GSM-7": ("ç", Encoding.UCS_2, 1),
    "a capital one is": ("Ç", Encoding.GSM_7, 1),
    "a decomposed letter is not": ("e\u0301", Encoding.UCS_2, 1),
}


@pytest.mark.parametrize(("text", "encoding", "segments"), CASES.values(), ids=CASES)
def test_a_text_takes(text: str, encoding: Encoding, segments: int) -> None:
    size = measure(text)
    assert (size.encoding, size.segments) == (encoding, segments)


def test_room_is_what_fits() -> None:
    for encoding, letter in ((Encoding.GSM_7, "a"), (Encoding.UCS_2, "á")):
        for segments in (1, 2, 3):
            units = room(segments, encoding)
            assert measure(letter * units).segments == segments
            assert measure(letter * (units + 1)).segments == segments + 1


def test_a_hundred_thousand_texts_count_as_in_twilios_own_calculator() -> None:
    if not shutil.which("node") or not (ORACLE / "node_modules").is_dir():
        pytest.skip("Twilio's calculator is not here: install node, then `npm ci` in tests/oracle")
    texts = [*_written(50_000), *_random(50_000)]
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    run = subprocess.run(
        ["node", "segments.mjs"], cwd=ORACLE, input=lines, capture_output=True, text=True, check=True
    )
    expected = [tuple(json.loads(line)) for line in run.stdout.splitlines()]
    sizes = [(size.encoding.value, size.segments) for size in map(measure, texts)]
    assert len(expected) == len(texts)
    assert [found for found in zip(texts, sizes, expected, strict=True) if found[1] != found[2]] == []


def _written(count: int) -> list[str]:
    """Texts of a few kinds of pieces each, half of them of GSM-7 alone."""
    random = Random(2026)
    cheap = [piece for piece in PIECES if measure(piece).encoding is Encoding.GSM_7]
    return [
        "".join(random.choices(random.sample(random.choice([PIECES, cheap]), 4), k=random.randint(0, 60)))
        for _ in range(count)
    ]


def _random(count: int) -> list[str]:
    """Characters of any plane, most of them of those that phones have."""
    random = Random(2027)
    ranges = ((0x20, 0x7E), (0x20, 0x7E), (1, 0x250), (0x2000, 0x2100), (0x1F000, 0x1FBFF), (1, 0xFFFF))
    return ["".join(_character(random, ranges) for _ in range(random.randint(0, 100))) for _ in range(count)]


def _character(random: Random, ranges: Sequence[tuple[int, int]]) -> str:
    character = chr(random.randint(*random.choice(ranges)))
    return "x" if "\ud800" <= character <= "\udfff" else character
