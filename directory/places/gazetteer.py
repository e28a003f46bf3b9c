"""The one door to places: open it once, ask it from any thread."""

from __future__ import annotations

from pathlib import Path

from directory.model import Located, Place, Point
from directory.places import locate, running
from directory.places.foreign import Foreign
from directory.places.resolve import Resolver
from directory.places.table import Table, opened
from directory.places.vocabulary import load


class Gazetteer:
    """ZIPs, cities, counties and states of the United States and its territories."""

    def __init__(self, resolver: Resolver, foreign: Foreign) -> None:
        self._resolver = resolver
        self._foreign = foreign

    @classmethod
    def open(cls, data_dir: Path) -> Gazetteer:
        """Opens the table in `data_dir`, making it there the first time (1 to 3 seconds).

        Several processes may open at once. Raises DataFileError for a faulty word list, OSError
        if the folder cannot be written.
        """
        vocabulary = load()
        return cls(Resolver(opened(data_dir), vocabulary), Foreign.load(vocabulary.ordinary))

    @property
    def _table(self) -> Table:
        return self._resolver.table

    def close(self) -> None:
        self._table.close()

    def locate(self, words: str) -> Located:
        """What words mean that are nothing but a place: "60614", "springfield il", "cook county"."""
        return locate.locate(self._foreign.translated(words), self._resolver)

    def find(self, text: str) -> tuple[Located, str] | None:
        """The place inside a running text, and the text without it; None if it names no place.

        A ZIP that does not exist gives `Located()`, so that the answer can say so.
        """
        return running.find(self._foreign.translated(text), self._resolver)

    def find_sure(self, text: str) -> tuple[Place, str] | None:
        """The place that a search names beyond doubt ("rehab spokane wa"), and the text without it."""
        return running.find_sure(self._foreign.translated(text), self._resolver)

    def zip(self, code: str) -> Place | None:
        """A ZIP by its five digits; None if it does not exist or lies nowhere."""
        return self._resolver.zip(code).place

    def nearest_zip(self, point: Point) -> Place | None:
        """The ZIP nearest to a point; None if none is within 150 miles."""
        return self._table.nearest(point)
