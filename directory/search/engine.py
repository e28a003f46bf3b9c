"""Query -> Results: geography first, then words, then wishes, then the order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from directory import filters
from directory.geo import miles_between
from directory.model import Hit, Listing, OpenState, Place, Query, Results, Sort
from directory.needs import Needs
from directory.search import index as index_module
from directory.search import shelf
from directory.search.columns import Columns, hours_of
from directory.search.index import Index
from directory.search.ranking import OPENNESS_ORDER, handicaps, order_by_best, order_by_distance
from directory.search.words import query_terms
from directory.store import Store

Rows = NDArray[np.int64]
FIRST_RADIUS: Final = 25.0  # what FindTreatment.gov starts with
LOOK_EVERY: Final = 1.0  # seconds
# Each step about doubles; the last one looks at the whole country.
RADII: Final = (5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 1000.0, inf)


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows that fit, with what the order needs of each."""

    rows: Rows
    miles: NDArray[np.float64]  # NaN without a place or a point
    unsaid: dict[str, NDArray[np.bool_]]  # by wish: who does not answer it
    scores: NDArray[np.float64]


class Search:
    """The directory's search. One per process; follows the directory as it changes."""

    def __init__(
        self,
        store: Store,
        needs: Needs,
        folder: Path,
        clock: Callable[[], datetime],
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        self._store, self._needs, self._folder = store, needs, folder
        self._clock, self._ticks = clock, ticks
        self._opening, self._rebuilding = Lock(), Lock()
        self._name = ""
        self._index: Index | None = None
        self._looked_at = -inf

    def search(self, query: Query) -> Results:
        """The page of hits asked for. Raises filters.FilterError for a wish that is none."""
        return _Run(self.index(), query, self._now(query)).results(self._store)

    def hit(self, listing_id: str, place: Place | None = None) -> Hit | None:
        """One listing as it would stand in results, or None if it is gone."""
        found = self._store.listings([listing_id])
        return self.as_hit(found[0], place) if found else None

    def as_hit(self, listing: Listing, place: Place | None = None) -> Hit:
        """A listing that is at hand, as it would stand in results."""
        point = listing.location.point
        miles = miles_between(place.point, point) if place and point else None
        return Hit(listing, miles, hours_of(listing).at(_minute(self._clock())))

    def prepare(self, connection: Connection) -> None:
        """Builds the index of what an open transaction has changed, to be adopted when it is done."""
        index_module.build(connection, self._needs, self._folder)

    def adopt(self) -> bool:
        """Takes the index that was prepared for the directory as it is now; False if there is none."""
        name = shelf.newest(self._folder, self._store.version())
        if name and name != shelf.current(self._folder):
            shelf.make_current(self._folder, name)
        return bool(name)

    def rebuild(self) -> str:
        """Builds the index anew from the database; gives the version it shows."""
        with self._store.snapshot() as connection:
            version = index_module.build(connection, self._needs, self._folder)
        shelf.make_current(self._folder, shelf.newest(self._folder, version))
        return version

    def is_current(self) -> bool:
        return self.index().version == self._store.version()

    def index(self) -> Index:
        """The index in use; a broken, missing or outdated one is built anew."""
        if self._index is not None:
            self._follow(self._index)
        name = shelf.current(self._folder)
        if self._index is not None and name == self._name:
            return self._index
        with self._opening:
            name = shelf.current(self._folder)
            if self._index is None or name != self._name:
                self._index = self._opened()
                self._name = shelf.current(self._folder)
            return self._index

    def _follow(self, index: Index) -> None:
        """Once a second: has the directory changed? The index for that is mostly there already."""
        if self._ticks() - self._looked_at < LOOK_EVERY:
            return
        self._looked_at = self._ticks()
        if index.version != self._store.version() and not self.adopt():
            # Nobody prepared one. Searches go on with the old one meanwhile.
            Thread(target=self._rebuild_once, daemon=True, name="reindex").start()

    def _rebuild_once(self) -> None:
        if self._rebuilding.acquire(blocking=False):
            try:
                self.rebuild()
            finally:
                self._rebuilding.release()

    def _opened(self) -> Index:
        try:
            opened = self._open_current()
            if opened.version != self._store.version() and self.adopt():
                opened = index_module.open_current(self._folder)
            same_needs = opened.columns.need_codes == tuple(self._needs.codes)
            if same_needs and opened.version == self._store.version():
                return opened
        except index_module.NoIndex:
            pass
        self.rebuild()
        return index_module.open_current(self._folder)

    def _open_current(self) -> Index:
        name = shelf.current(self._folder)
        try:
            return index_module.open_current(self._folder)
        except index_module.NoIndex:
            if name == shelf.current(self._folder):
                raise
            return index_module.open_current(self._folder)  # swapped while we opened it

    def _now(self, query: Query) -> datetime:
        return _minute(query.at or self._clock())


def _minute(instant: datetime) -> datetime:
    # Hours are told in minutes: one answer a minute can be shared by all who ask.
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


class _Run:
    """One search over one index at one instant."""

    def __init__(self, index: Index, query: Query, now: datetime) -> None:
        self._index, self._query, self._now = index, query, now
        self._columns: Columns = index.columns
        self._wanted_needs = self._need_bits()

    def results(self, store: Store) -> Results:
        terms = query_terms(self._query.text)
        found, radius, any_word = self._find(terms, any_word=False)
        if terms and not len(found.rows):
            found, radius, any_word = self._find(terms, any_word=True)
        order = self._order(found)
        if self._query.one_per_location:
            order = self._first_of_each_location(found.rows, order)
        start = (self._query.page - 1) * self._query.per_page
        page = order[start : start + self._query.per_page]
        hits = tuple(self._hits(found, page, store))
        return Results(hits, len(order), self._query, radius, any_word and bool(len(order)))

    def _find(self, terms: tuple[str, ...], *, any_word: bool) -> tuple[_Found, float | None, bool]:
        """What fits, the radius it took (None: no place, or everywhere), and `any_word` as given."""
        if self._query.place is None:
            every = np.arange(len(self._columns), dtype=np.int64)
            return self._fitting(every, np.full(len(every), np.nan), terms, any_word), None, any_word
        found, used = self._without_door(terms, any_word), 0.0
        doors = self._none()
        for used in self._radii():
            rows, miles = self._index.near.within(self._query.place.point, used)
            doors = self._fitting(rows, miles, terms, any_word)
            if self._enough(doors):
                break
        return _joined(doors, found), (None if used == inf else used), any_word

    def _radii(self) -> Iterator[float]:
        asked = self._query.radius
        first = FIRST_RADIUS if asked is None else asked
        yield first
        if asked is None or self._query.min_results > 0:
            yield from (radius for radius in RADII if radius > first)

    def _enough(self, doors: _Found) -> bool:
        wanted = max(self._query.min_results, 1)
        if self._query.one_per_location:
            return len(np.unique(self._columns.location[doors.rows])) >= wanted
        return len(doors.rows) >= wanted

    def _without_door(self, terms: tuple[str, ...], any_word: bool) -> _Found:
        """By phone, online or for a whole state: those that serve the place's state."""
        columns, place = self._columns, self._query.place
        states = columns.states
        serves = states == 0
        if place is not None and place.state in columns.state_codes:
            serves |= (states & np.uint64(1 << columns.state_codes.index(place.state))) > 0
        rows: Rows = np.flatnonzero(np.isnan(columns.latitude) & serves)
        return self._fitting(rows, np.full(len(rows), np.nan), terms, any_word)

    def _fitting(
        self, rows: Rows, miles: NDArray[np.float64], terms: tuple[str, ...], any_word: bool
    ) -> _Found:
        keep = self._columns.active[rows]
        if self._wanted_needs is not None:
            keep &= (self._columns.needs[rows] & self._wanted_needs) > 0
        rows, miles = rows[keep], miles[keep]
        scores = np.zeros(len(rows))
        if self._query.text.strip():
            rows, miles, scores = self._with_words(rows, miles, terms, any_word)
        answers = filters.answers(self._columns, rows, dict(self._query.wishes))
        if self._query.open_only:
            opened = self._openness(rows)
            answers["open_now"] = (2 - opened).astype(np.int8)
        keep = np.logical_and.reduce(
            [said > filters.NO for said in answers.values()] or [np.full(len(rows), True)]
        )
        unsaid = {key: (said == filters.UNKNOWN)[keep] for key, said in answers.items()}
        return _Found(rows[keep], miles[keep], unsaid, scores[keep])

    def _with_words(
        self, rows: Rows, miles: NDArray[np.float64], terms: tuple[str, ...], any_word: bool
    ) -> tuple[Rows, NDArray[np.float64], NDArray[np.float64]]:
        if not terms:  # only words that say nothing: no filter
            return rows, miles, np.zeros(len(rows))
        near = self._query.place is not None
        found, scores = self._index.words.matching(terms, rows if near else None, any_word=any_word)
        common, ours, theirs = np.intersect1d(rows, found, assume_unique=True, return_indices=True)
        return common, miles[ours], scores[theirs]

    def _need_bits(self) -> np.uint64 | None:
        """None: any need. A need the index does not know matches nothing."""
        if not self._query.needs:
            return None
        codes = self._columns.need_codes
        return np.uint64(sum(1 << codes.index(need) for need in self._query.needs if need in codes))

    def _openness(self, rows: Rows) -> NDArray[np.int8]:
        """Positions in OPENNESS_ORDER; each different set of hours is worked out once."""
        numbers, where = np.unique(self._columns.hours[rows], return_inverse=True)
        states = [self._index.open_state(int(number), self._now).state for number in numbers]
        positions = np.array([OPENNESS_ORDER.index(state) for state in states], np.int8)
        return positions[where]

    def _order(self, found: _Found) -> NDArray[np.int64]:
        miles = np.where(np.isnan(found.miles), inf, found.miles)
        if self._query.sort is Sort.DISTANCE:
            return order_by_distance(self._columns, found.rows, miles)
        unsaid = np.zeros(len(found.rows), np.int64)
        for missing in found.unsaid.values():
            unsaid += missing
        handicap = handicaps(self._columns, found.rows, self._openness(found.rows), self._now.date())
        if self._query.place is None:
            return order_by_best(self._columns, found.rows, handicap - found.scores * 1000, unsaid)
        # A service by phone never hides a door nearby: those without a point come last.
        unsaid = unsaid + np.where(np.isnan(found.miles), len(found.unsaid) + 1, 0)
        merit = np.where(np.isnan(found.miles), 0, found.miles) + handicap
        return order_by_best(self._columns, found.rows, merit, unsaid)

    def _first_of_each_location(self, rows: Rows, order: NDArray[np.int64]) -> NDArray[np.int64]:
        _, first = np.unique(self._columns.location[rows[order]], return_index=True)
        return order[np.sort(first)]

    def _hits(self, found: _Found, page: NDArray[np.int64], store: Store) -> Iterator[Hit]:
        ids = [self._columns.ids[row].decode() for row in found.rows[page]]
        listings = {each.id: each for each in store.listings(ids)}
        for position, listing_id in zip(page.tolist(), ids, strict=True):
            listing = listings.get(listing_id)
            if listing is not None:
                yield self._hit(found, position, listing)

    def _hit(self, found: _Found, position: int, listing: Listing) -> Hit:
        miles = float(found.miles[position])
        state: OpenState = self._index.open_state(int(self._columns.hours[found.rows[position]]), self._now)
        unsaid = tuple(key for key, missing in found.unsaid.items() if missing[position])
        return Hit(listing, None if np.isnan(miles) else miles, state, unsaid)

    def _none(self) -> _Found:
        nothing: Rows = np.empty(0, np.int64)
        return _Found(nothing, np.empty(0), {}, np.empty(0))


def _joined(doors: _Found, others: _Found) -> _Found:
    return replace(
        doors,
        rows=np.concatenate([doors.rows, others.rows]),
        miles=np.concatenate([doors.miles, others.miles]),
        unsaid={key: np.concatenate([doors.unsaid[key], others.unsaid[key]]) for key in doors.unsaid},
        scores=np.concatenate([doors.scores, others.scores]),
    )
