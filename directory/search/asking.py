"""One question to one index at one instant: the ways of asking it, what they find in order, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from typing import Final

import numpy as np
from numpy.typing import NDArray

from directory.answers import FAR_MILES, Hit, Query, Results, Sort, Understood
from directory.filters import OPEN_NOW
from directory.model import Listing
from directory.search import distinct, explain, lacking, nearest, ranking
from directory.search.facets import facets
from directory.search.finding import Finder, Found, Wanted, joined, nothing
from directory.search.handful import Ids
from directory.search.index import Index, Segment
from directory.search.patience import Patience
from directory.search.query_text import Reading
from directory.search.ranking import Ranked
from directory.search.words import Clause

Rows = NDArray[np.int64]
FIRST_RADIUS: Final = 25.0  # what FindTreatment.gov starts with
# Each step about doubles; the last one looks at the whole country.
RADII: Final = (5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 1000.0, inf)
_AT_A_LOCATION: Final = 8  # services; where more share one door, all that was found is put in order
_COMMON: Final = 500  # a word that more than one listing of so many has is no name,
_FEW_LISTINGS: Final = 10  # unless no more than these have it
_VETERAN: Final = "veteran"  # the term that all words for them lead to
MOST_NAMED: Final = 50  # listings; a name that more have is a word like any other


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one way of asking found. `radius` inf: everywhere."""

    wanted: Wanted
    found: Found
    radius: float


class Run:
    """One search over one index at one instant."""

    def __init__(
        self, index: Index, query: Query, reading: Reading, now: datetime, patience: Patience
    ) -> None:
        self.index, self._query, self._reading, self._now = index, query, reading, now
        self._patience = patience
        hopes = {k: w for k, w in reading.wishes.items() if k not in query.wishes and k != OPEN_NOW}
        self.wanted = Wanted(
            place=query.place,
            needs=self._needs_wanted(),
            wishes=query.wishes,
            hopes=hopes,
            clauses=reading.rest,
            # Who asks for a need beside the words gets none that is only called so.
            called=reading.words if reading.needs and not reading.rest and not query.needs else (),
            any_word=False,
            open_only=query.open_only or OPEN_NOW in reading.wishes,
            now=now,
            for_veterans=any(_VETERAN in dict(clause.terms) for clause in reading.words + reading.rest),
            number=reading.number,
        )

    @property
    def is_nearest(self) -> bool:
        """Only the nearest are wanted, and none is called by name or by its number."""
        query = self._query
        if self.wanted.number:
            return False
        plain = query.sort is Sort.DISTANCE and not query.one_per_location and query.page == 1
        return plain and query.place is not None and not (self.wanted.needs and self._reading.rest)

    def _needs_wanted(self) -> frozenset[str] | None:
        asked, read = self._query.needs, frozenset(self._reading.needs)
        return ((asked & read) or asked or read) or None

    def results(self) -> Results:
        answer, order, ranked = self._answered()
        page = self._page(order)
        found = answer.found
        doors = found.miles[~np.isnan(found.miles)]
        total, hits = self._total(found), tuple(self._hits(answer, ranked, page))
        counted = self._query.count_facets and not self._patience.is_spent()
        return Results(
            hits=hits,
            total=total,
            query=self._query,
            radius=None if answer.radius == inf or self._query.place is None else answer.radius,
            any_word=answer.wanted.any_word and bool(total),
            understood=_understood(self._reading),
            nearest_miles=float(doors.min()) if len(doors) else None,
            facets=facets(self.index, found, self._now) if counted else (),
            left_out=self._patience.left_out,
            words=self._told(answer.wanted.clauses),
            missing=self._missing(answer),
            silent=int(np.count_nonzero(found.unsaid)),
        )

    def _missing(self, answer: _Answer) -> tuple[str, ...]:
        if not answer.wanted.any_word or self._patience.is_spent():
            return ()
        return self._told(lacking.of_all(self.index, answer.found, answer.wanted.clauses))

    def _told(self, clauses: Sequence[Clause]) -> tuple[str, ...]:
        return lacking.told(clauses, self._query.text)

    def ids(self) -> Ids:
        answer, order, _ = self._answered()
        return _told(self.index, answer.found.taken(self._page(order)))

    def nearest(self) -> Ids:
        """The same for nearest first, looking no farther than it takes."""
        query = self._query
        found = nearest.nearest(self.index, self.wanted, query.per_page, query.radius)
        if len(found.ids) >= query.per_page:
            return found
        if not found.ids or (query.radius is not None and query.min_results > 0):
            return self.ids()
        others = Finder(self.index, self.wanted).without_door()
        order = ranking.by_distance(self.index, others)[: query.per_page - len(found.ids)]
        more = ids_of(self.index, others.taken(order))
        return Ids([*found.ids, *more], [*found.miles, *(None for _ in more)])

    def _answered(self) -> tuple[_Answer, Rows, Ranked]:
        answer, most = self._answer(), self._query.page * self._query.per_page
        if not self._query.one_per_location:
            return answer, *self._ordered(answer, most)
        some = _AT_A_LOCATION * most
        order, ranked = self._ordered(answer, some)
        first = self._first_of_each_location(answer.found, order, most)
        if len(first) < most and some < len(answer.found):
            order, ranked = self._ordered(answer, len(answer.found))
            first = self._first_of_each_location(answer.found, order, most)
        return answer, first, ranked

    def _ordered(self, answer: _Answer, most: int) -> tuple[Rows, Ranked]:
        """At least the first `most` of what was found, in order."""
        ranked = ranking.best_first(self.index, answer.found, answer.wanted, most)
        if self._query.sort is Sort.DISTANCE:
            return ranking.by_distance(self.index, answer.found), ranked
        return ranked.order, ranked

    def _total(self, found: Found) -> int:
        if self._query.one_per_location:
            return distinct.count(found.values(self.index, "location"))
        return len(found)

    def _page(self, order: Rows) -> Rows:
        start = (self._query.page - 1) * self._query.per_page
        return order[start : start + self._query.per_page]

    def _answer(self) -> _Answer:
        """What the first way of asking finds that finds anything, and what is called as asked."""
        if self.wanted.number:
            return self._dialled()
        answer = self._first_answer()
        named = self._named(answer)
        if not len(named):
            return answer
        others = answer.found
        again = np.isin(others.numbered, named.numbered, assume_unique=True)
        return replace(answer, found=joined([named, others.taken(~again)]))

    def _dialled(self) -> _Answer:
        """Those that list the phone number, wherever they are, and nothing else: whose it is was asked."""
        finder, number = Finder(self.index, self.wanted), self.wanted.number
        found = self._needed(finder.named(lambda segment: segment.dialled.rows_of(number)))
        if self._is_strictly_near:
            found = found.taken(found.miles <= (self._query.radius or 0.0))
        return _Answer(self.wanted, found, self._query.radius or inf)  # far as it lies, it was not widened

    def _first_answer(self) -> _Answer:
        answer = _Answer(self.wanted, nothing(), 0.0)
        for wanted, farthest in self._ways():
            answer = self._find(wanted, farthest)
            if len(answer.found) or self._patience.is_spent():
                break
        return answer

    def _ways(self) -> Iterator[tuple[Wanted, float]]:
        """Ways of asking, the strictest first, and how far each may look."""
        wanted, rest = self.wanted, self._reading.rest
        read_need = bool(self._reading.needs)
        if wanted.needs and rest:
            # A word beside a need is worth some miles, but not a thousand.
            yield wanted, FAR_MILES
            yield replace(wanted, any_word=True), inf
        else:
            yield wanted, inf
            if len(rest) > 1:
                yield replace(wanted, any_word=True), inf
        if read_need and self._reading.words:
            clauses = self._reading.words
            needs = self._query.needs or None
            # All of them: "needle exchange" is no "Open Door Center for Change".
            yield replace(wanted, needs=needs, called=(), clauses=clauses), inf

    def _find(self, wanted: Wanted, farthest: float) -> _Answer:
        finder = Finder(self.index, wanted)
        if self._query.place is None:
            return _Answer(wanted, finder.everywhere(), inf)
        others, doors, used = finder.without_door(), nothing(), 0.0
        for used in self._radii(farthest):
            doors = finder.doors(used)
            if self._enough(doors) or self._patience.is_spent():
                break
        return _Answer(wanted, joined([doors, others]), used)

    def _radii(self, farthest: float) -> Iterator[float]:
        asked = self._query.radius
        first = FIRST_RADIUS if asked is None else asked
        yield first
        if asked is None or self._query.min_results > 0:
            yield from (radius for radius in RADII if first < radius <= farthest)

    def _enough(self, doors: Found) -> bool:
        wanted = max(self._query.min_results, 1)
        if self._query.one_per_location:
            return len(distinct.firsts(doors.values(self.index, "location"), wanted)) >= wanted
        return len(doors) >= wanted

    def _named(self, answer: _Answer) -> Found:
        """Listings that are called what was asked for, wherever they are, with a need that was asked for."""
        return self._needed(self._called_so(answer))

    @property
    def _is_strictly_near(self) -> bool:
        """Whether nothing from outside the radius is wanted."""
        return self._query.radius is not None and self._query.min_results == 0

    def _needed(self, found: Found) -> Found:
        """Those of what was found that answer a need that was asked for."""
        asked = self._query.needs
        if not asked or not len(found):
            return found
        return found.taken(np.array([not asked.isdisjoint(needs) for needs in self._needs(found)]))

    def _needs(self, found: Found) -> Iterator[Iterable[str]]:
        for segment, row in zip(found.segment.tolist(), found.row.tolist(), strict=True):
            yield self.index.segments[segment].columns.needs_of(row)

    def _called_so(self, answer: _Answer) -> Found:
        reading = self._reading
        # Needs alone are no name, whoever is called so.
        if not reading.rest or self._query.sort is Sort.DISTANCE or self._is_strictly_near:
            return nothing()
        finder = Finder(self.index, replace(answer.wanted, hopes={}))
        found = finder.named(lambda segment: _called(segment, reading.words, reading.name))
        if len(found) > MOST_NAMED:
            found = finder.named(lambda segment: segment.names.rows_of(reading.name))
        if 0 < len(found) <= MOST_NAMED:
            return found if self._is_distinctive() else self._near(answer, found)
        if reading.needs and self._query.place is not None:  # "kaiser mental health": the Kaiser nearby
            found = finder.named(lambda segment: _called(segment, reading.rest))
            near = found.taken(found.miles <= FAR_MILES)
            return near if len(found) <= MOST_NAMED else nothing()
        return nothing()

    def _is_distinctive(self) -> bool:
        """Whether the words are somebody's: one of them is rare. "VA hospital", "womens center" are not."""
        big = self.index.segments[0]
        rare = max(_FEW_LISTINGS, len(big) // _COMMON)
        return self._query.place is None or any(
            big.words.frequency(clause) <= rare for clause in self._reading.words
        )

    @staticmethod
    def _near(answer: _Answer, found: Found) -> Found:
        """Of those that are called by common words, the near ones, if others near here have the words too."""
        near = found.taken(found.miles <= FAR_MILES)
        return near if len(near) or bool((answer.found.miles <= FAR_MILES).any()) else found

    def _first_of_each_location(self, found: Found, order: Rows, most: int) -> Rows:
        return order[distinct.firsts(found.values(self.index, "location")[order], most)]

    def _hits(self, answer: _Answer, ranked: Ranked, page: Rows) -> Iterator[Hit]:
        found = answer.found
        for at, listing in zip(page.tolist(), listings_of(self.index, found.taken(page)), strict=True):
            segment = self.index.segments[found.segment[at]]
            hours = int(segment.columns.hours[found.row[at]])
            miles = float(found.miles[at])
            needs = segment.columns.needs_of(int(found.row[at]))
            why = explain.reasons(listing, at, found, ranked, answer.wanted, needs)
            lacks = answer.wanted.clauses if found.missing[at] else ()
            yield Hit(
                listing,
                None if np.isnan(miles) else miles,
                segment.openings.at(hours, self._now),
                tuple(reason.about for reason in why if reason.code == "unsaid"),
                why,
                explain.unhoped(at, found, answer.wanted),
                self._told(lacking.of_row(segment, int(found.row[at]), lacks)),
            )


def _called(segment: Segment, clauses: Sequence[Clause], name: str = "") -> Rows:
    """The rows with all these words in their names, or called exactly so."""
    called = segment.words.called(clauses)
    return distinct.merged([called, segment.names.rows_of(name)]) if name else called


def _understood(reading: Reading) -> Understood:
    return Understood(reading.needs, dict(reading.wishes), reading.corrected, reading.unused)


def _told(index: Index, found: Found) -> Ids:
    return Ids(ids_of(index, found), [None if np.isnan(m) else m for m in found.miles.tolist()])


def ids_of(index: Index, found: Found) -> list[str]:
    return [each.decode() for each in found.values(index, "ids").tolist()]


def listings_of(index: Index, found: Found) -> Sequence[Listing]:
    if len(index.segments) == 1:
        return index.segments[0].listings(found.row.tolist())
    rows = zip(found.segment.tolist(), found.row.tolist(), strict=True)
    return [index.segments[segment].listings([row])[0] for segment, row in rows]
