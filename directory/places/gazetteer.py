"""The one door to places: open it once, ask it from any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from directory.answers import Located, Place
from directory.model import Point
from directory.places import locate, running
from directory.places.foreign import Foreign
from directory.places.resolve import Resolver, is_found
from directory.places.table import Table, opened
from directory.places.vocabulary import load
from directory.states import state_of_part

T = TypeVar("T")


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
        resolver = Resolver(opened(data_dir), vocabulary)
        return cls(resolver, Foreign.load(vocabulary.ordinary, is_known=resolver.is_written_so))

    @property
    def _table(self) -> Table:
        return self._resolver.table

    def close(self) -> None:
        self._table.close()

    def locate(self, words: str) -> Located:
        """What words mean that are nothing but a place: "60614", "springfield il", "cook county"."""
        if state := state_of_part(words):
            return self._resolver.part(words, state)
        found = locate.locate(words, self._resolver)
        return found if found.place else self._again(words, found, locate.locate)

    def find(self, text: str, languages: Iterable[str] = ()) -> tuple[Located, str] | None:
        """The place inside a running text, and the text without it; None if it names no place. `languages`:
        which the text is likely in (BCP 47): "maine" is no state in Hindi.

        A ZIP that does not exist gives `Located()`, so that the answer can say so.
        """
        spoken = frozenset(languages)
        found = running.find(text, self._resolver, spoken)
        if found and (found[0].place or not is_found(found[0])):
            return found
        again = self._again(text, found, lambda said, resolver: running.find(said, resolver, spoken), spoken)
        return again or found

    def place_in(self, text: str, surely: bool) -> tuple[Place, str] | None:
        """The one place that a search names, and the text without it: beyond doubt ("rehab spokane wa"), or
        not (`surely`) as in any text ("need detox Dallas my brother")."""
        if surely:
            return running.find_sure(text, self._resolver) or self._again(text, None, running.find_sure)
        found = self.find(text)
        return (found[0].place, found[1]) if found and found[0].place else None

    def _again(
        self,
        text: str,
        nothing: T,
        search: Callable[[str, Resolver], T],
        languages: frozenset[str] = frozenset(),
    ) -> T:
        """The same question with the names that other languages have for a place: "nova york" is no York."""
        spoken = self._resolver.vocabulary.spoken_in(languages).spoken
        english = self._foreign.translated(text, spoken)
        return nothing if english == text else search(english, self._resolver)

    def zip(self, code: str) -> Place | None:
        """A ZIP by its five digits; None if it does not exist or lies nowhere."""
        return self._resolver.zip(code).place

    def nearest_zip(self, point: Point) -> Place | None:
        """The ZIP nearest to a point; None if none is within 150 miles."""
        return self._table.nearest(point)
