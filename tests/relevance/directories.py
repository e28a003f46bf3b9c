"""The two directories that queries are judged on, ready to search at one fixed instant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app import create_app, load_demo
from directory.answers import Place, Query
from directory.places import Gazetteer
from directory.search import Search
from tests.relevance.judging import AT, DEEP, Candidate, Judge, Judged, Score, candidates, score
from web import Services

MOST = 3  # results that a search near a place widens for, as on the web


@dataclass(frozen=True, slots=True)
class Directory:
    """`found`: our own search, asked as the web asks it; gives listing ids."""

    search: Search
    gazetteer: Gazetteer
    pool: Sequence[Candidate]
    judge: Judge

    def place(self, query: Judged) -> Place | None:
        """Where it is asked. Raises ValueError for words that lead to no one place."""
        if not query.near:
            return None
        place = self.gazetteer.locate(query.near).place
        if place is None:
            raise ValueError(f"{query.id}: {query.near!r} is no one place")
        return place

    def found(self, query: Judged, place: Place | None) -> list[str]:
        asked = Query(text=query.text, place=place, min_results=MOST if place else 0, per_page=DEEP)
        return [hit.listing.id for hit in self.search.search(asked).hits]

    def score(self, query: Judged) -> Score:
        place = self.place(query)
        return score(query, self.judge.grades(query, place), self.found(query, place))


def opened(data_dir: Path) -> Directory:
    """The directory that was imported into a DATA_DIR; the demonstration if there is none yet."""
    app = create_app({"DATA_DIR": str(data_dir)})
    load_demo(app)
    services: Services = app.extensions["openway"]
    pool = candidates(services.store.all(), services.needs, services.gazetteer.zip)
    search = Search(
        services.store, services.needs, data_dir / "index", lambda: AT, services.gazetteer.place_in
    )
    return Directory(search, services.gazetteer, pool, Judge(pool))
