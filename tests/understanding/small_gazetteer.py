"""A gazetteer of a few towns, for tests of the words around a place; directory.places has its own tests."""

from __future__ import annotations

from typing import Final

import regex

from directory.model import Located, Place, Point

_ZIP: Final = regex.compile(r"\b(\d{5})(?:-\d{4})?\b")
_TOWNS: Final = {
    "chicago": Place("Chicago, IL", Point(41.88, -87.63), "city", "IL"),
    "cleveland": Place("Cleveland, OH", Point(41.5, -81.69), "city", "OH"),
    "miami": Place("Miami, FL", Point(25.77, -80.19), "city", "FL"),
    "needles": Place("Needles, CA", Point(34.85, -114.61), "city", "CA"),
    "mobile": Place("Mobile, AL", Point(30.69, -88.04), "city", "AL"),
    "springfield": Place("Springfield, IL", Point(39.8, -89.64), "city", "IL"),
}
_TOWN: Final = regex.compile(
    rf"\b(?:(?:in|near|en) )?({'|'.join(_TOWNS)})\b(?:,? (?:il|oh|fl|ca|al)\b)?", regex.I
)


class SmallGazetteer:
    """Finds a ZIP code or one of six towns."""

    def find(self, text: str, /) -> tuple[Located, str] | None:
        if found := _ZIP.search(text):
            place = Place(found[1], Point(41.9, -87.6), "zip", zip=found[1])
        elif found := _TOWN.search(text):
            place = _TOWNS[found[1].lower()]
        else:
            return None
        return Located(place), text[: found.start()] + " " + text[found.end() :]
