"""What people type for a need (data/synonyms/), as a script that the search field completes from.

A browser that has these asks nobody while a person types.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from directory.datafile import read
from directory.needs import load_needs
from directory.search.synonyms import COLUMNS, FOLDER
from translations import DEFAULT, catalogue

MOST: Final = 10  # phrases of one line; the first are the commonest
# People may say these words of themselves; we do not put them into anyone's mouth.
_BLAMING: Final = re.compile(
    r"addict|adict|abus|alc[oó]h[oó]li[ck]|junk|dirty|clean|limpi|dope|crack|vicio|enferm[oa] p|malilla",
    re.IGNORECASE,
)


@cache
def script(tag: str) -> str:
    """`openwayPhrases`: pairs of a need's label and the phrases for it, in this language and English."""
    pairs = [
        (label, phrases) for each in dict.fromkeys((tag, DEFAULT)) for label, phrases in _pairs(each, tag)
    ]
    return f"window.openwayPhrases={json.dumps(pairs, separators=(',', ':'))};\n"


def _pairs(spoken: str, shown: str) -> Iterator[tuple[str, list[str]]]:
    needs, say = load_needs(), catalogue(shown).gettext
    for row in read(FOLDER / f"{spoken}.csv", COLUMNS):
        phrases = [said.strip() for said in row["said"].split("|") if not _BLAMING.search(said)]
        if row["kind"] == "need" and phrases:
            yield say(needs.label(row.listed("means")[0])), phrases[:MOST]
