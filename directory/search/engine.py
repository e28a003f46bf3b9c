"""The search of a directory: follows it as it changes, and hands each question on (asking.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from msgspec import structs
from sqlalchemy import Connection

from directory import phones
from directory.answers import Hit, Place, Query, Results
from directory.geo import miles_between
from directory.model import Listing
from directory.needs import Needs
from directory.search import build, meanwhile, nearest
from directory.search.asking import Run
from directory.search.columns import hours_of
from directory.search.following import Follower
from directory.search.handful import Ids
from directory.search.index import Index
from directory.search.patience import BUDGET, Patience
from directory.search.query_text import MAX_LENGTH, MAX_WORDS, Reader, Reading
from directory.search.records import UnreadableRecord
from directory.search.spelling import Spelling
from directory.search.suggest import Suggester, Suggestion
from directory.search.synonyms import HELP, NUMBER, Synonyms, keys_of
from directory.search.synonyms import load as load_synonyms
from directory.search.words import Words
from directory.states import state_code, state_of_part
from directory.store import Store

T = TypeVar("T")
PlaceIn = Callable[[str, bool], tuple[Place, str] | None]
STATE: Final = "state"
LONGEST_PLACE: Final = 3  # words
LONGEST_PART: Final = 4
MOST_STATES: Final = 3  # that a text may name before we stop reading the rest of it


class Search:
    """The directory's search. One per process; follows the directory as it changes."""

    def __init__(
        self,
        store: Store,
        needs: Needs,
        folder: Path,
        clock: Callable[[], datetime],
        place_in: PlaceIn = lambda _text, _surely: None,
        budget: float = BUDGET,
    ) -> None:
        """`place_in`: the place that a text names, beyond doubt (True) or likely, and the text without it.
        `budget`: seconds of one search (patience.py)."""
        self._store, self._needs, self._folder, self._clock = store, needs, folder, clock
        self._place_in, self._budget = place_in, budget
        self._follower = Follower(store, needs, folder)
        self._synonyms: Synonyms = load_synonyms(needs)
        self._spelling: tuple[Words, Spelling] | None = None

    def search(self, query: Query) -> Results:
        """The page of hits asked for. Raises filters.FilterError for a wish that is none."""
        return self._read_with(query, lambda index: self._run(index, query).results())

    def ranked(self, query: Query) -> Ids:
        """The page of hits asked for, without records and without counting the rest."""
        index = self._index_for(query)
        if (found := nearest.page_of(index, query)) is not None:
            return found
        run = self._run(index, query)
        return run.nearest() if run.is_nearest else run.ids()

    def suggest(self, text: str, language: str = "", most: int = 8) -> list[Suggestion]:
        """Needs and names that a beginning may become."""
        return self._read_with(
            Query(text=text),
            lambda index: Suggester(index, self._needs, self._synonyms).suggest(text, language, most),
        )

    def hit(self, listing_id: str, place: Place | None = None) -> Hit | None:
        """One listing as it would stand in results, or None if it is gone."""
        index = self._follower.index()
        try:
            found = index.listing(listing_id) if index is not None else self._stored(listing_id)
        except UnreadableRecord:  # the next search does something about it
            found = self._stored(listing_id)
        return self.as_hit(found, place) if found else None

    def _stored(self, listing_id: str) -> Listing | None:
        return next(iter(self._store.listings([listing_id])), None)

    def as_hit(self, listing: Listing, place: Place | None = None) -> Hit:
        """A listing that is at hand, as it would stand in results."""
        point = listing.location.point
        miles = miles_between(place.point, point) if place and point else None
        return Hit(listing, miles, hours_of(listing).at(_minute(self._clock())))

    def prepare(self, connection: Connection) -> None:
        """Builds the index of what an open transaction has changed, to be adopted when it is done."""
        build.build(connection, self._needs, self._folder)

    def adopt(self) -> bool:
        """Takes the index that was prepared for the directory as it is now; False if there is none."""
        return self._follower.adopt()

    def rebuild(self) -> str:
        """Builds the index anew from the database; gives the version it shows."""
        return self._follower.rebuild()

    def is_current(self) -> bool:
        index = self._follower.index()
        return index is not None and index.version == self._store.version()

    def _read_with(self, query: Query, use: Callable[[Index], T]) -> T:
        """What an index gives; the next one, if its records turn out broken."""
        index = self._index_for(query)
        try:
            return use(index)
        except UnreadableRecord:
            self._follower.discard(index)
            return use(self._index_for(query))

    def _run(self, index: Index, query: Query) -> Run:
        asked, now = query, _minute(query.at or self._clock())
        if number := self._number(index, query):
            return Run(index, query, Reading(number=number), now, Patience(self._budget))
        if query.place is None and query.text.strip() and not self._is_a_name(index, query.text):
            query = self._placed(index, query)
        if self._asks_for_help_there(query):
            query = structs.replace(query, text="")
        reading = self._read(index, query) if query.text.strip() else Reading()
        told = {key: wish for key, wish in query.wishes.items() if key not in asked.wishes}
        reading = replace(reading, wishes={**reading.wishes, **told})
        return Run(index, query, reading, now, Patience(self._budget))

    def _number(self, index: Index, query: Query) -> str:
        """The phone number that the words are and nothing else, if some listing has it; without its area
        code if there is but one."""
        number, rest = phones.apart(query.text)
        if not number or (rest and not self._synonyms.only(NUMBER, rest, query.language)):
            return ""
        listed = (each.dialled.listed(number, each.alive) for each in index.segments)
        return number if len(set().union(*listed)) == 1 else ""

    @staticmethod
    def _is_a_name(index: Index, text: str) -> bool:
        return any(len(each.names.rows_of(text)) for each in index.segments)

    def _placed(self, index: Index, query: Query) -> Query:
        """The query with the place that its words name, or the state."""
        if (in_part := self._in_part(index, query)) is not None:
            return in_part
        text = query.text[:MAX_LENGTH]
        found = self._place_in(text, True)
        # Beside a need, or help, and nothing else what is likely is believed: "need detox Dallas my brother".
        if found is None and (likely := self._place_in(text, False)) and self._asks(index, query, likely[1]):
            found = likely
        if found is None:
            return self._stated(index, query)
        place, rest = found
        return query.at_place(place, rest)

    def _in_part(self, index: Index, query: Query) -> Query | None:
        """The query with the state as a filter that it names a part of ("detox east texas")."""
        said = query.text[:MAX_LENGTH].split()[:MAX_WORDS]
        spans = ((at, end) for at in range(len(said)) for end in range(at + LONGEST_PART, at + 1, -1))
        for at, end in spans:
            code = state_of_part(" ".join(said[at:end])) if end <= len(said) else ""
            if not code or (end < len(said) and state_code(said[end])):  # "East Texas PA" is a town
                continue
            if found := self._in_state(index, query, said, at, end, code):
                return found
        return None

    def _stated(self, index: Index, query: Query) -> Query:
        """The query with the state that its words name as a filter: where they end with it ("detox ohio",
        "rehab in TX"), or beside a need ("rehab in california with medicaid")."""
        said = query.text[:MAX_LENGTH].split()
        spans = (
            (at, end) for end in range(len(said), 0, -1) for at in range(max(0, end - LONGEST_PLACE), end)
        )
        meant = ((at, end, code) for at, end in spans if (code := _state_at(said, at, end)))
        for at, end, code in islice(meant, MOST_STATES):
            if (found := self._in_state(index, query, said, at, end, code)) and found.text:
                return found
        return query

    def _in_state(
        self, index: Index, query: Query, said: Sequence[str], at: int, end: int, code: str
    ) -> Query | None:
        """The query with a state as a filter, and the rest of the words; None where these may mean another
        thing."""
        led = at > 0 and _leads(said[at - 1])
        rest = " ".join([*said[: at - led], *said[end:]]).rstrip(",")
        sure = led or not rest or (at > 0 and end == len(said))
        if not (sure or self._is_need(index, query, rest)):
            return None
        return structs.replace(query, text=rest, wishes={STATE: code, **query.wishes})

    def _asks(self, index: Index, query: Query, text: str) -> bool:
        """Whether words mean a need, or help of any kind, and nothing else."""
        return self._synonyms.only(HELP, text, query.language) or self._is_need(index, query, text)

    def _asks_for_help_there(self, query: Query) -> bool:
        """Whether only what is at a place is asked for: "help" in Tulsa is no name that has the word."""
        placed = query.place is not None or STATE in query.wishes
        return placed and self._synonyms.only(HELP, query.text[:MAX_LENGTH], query.language)

    def _is_need(self, index: Index, query: Query, text: str) -> bool:
        reading = self._read(index, structs.replace(query, text=text))
        return bool(reading.needs) and not reading.rest

    def only_asks(self, text: str, language: str = "") -> bool:
        """Whether words ask for something and look for nobody by name: "help", "detox with medicaid"."""
        query = Query(text=text, language=language)
        keys = keys_of(text[:MAX_LENGTH])
        tags = self._synonyms.spoken(keys, language)
        idle = self._synonyms.empty(keys, tags)
        idle |= {at for at, key in enumerate(keys) if self._synonyms.is_little(key, tags)}
        return len(idle) == len(keys) or self._asks(self._index_for(query), query, text)

    def _index_for(self, query: Query) -> Index:
        index = self._follower.index()
        return meanwhile.index_for(self._store, self._needs, query) if index is None else index

    def _read(self, index: Index, query: Query) -> Reading:
        def frequency(term: str) -> int:
            return sum(segment.words.frequency_of(term) for segment in index.segments)

        size = len(index.segments[0])
        reader = Reader(self._synonyms, frequency, size, self._spelling_of(index))
        return reader.read(query.text, query.language)

    def _spelling_of(self, index: Index) -> Spelling:
        words = index.segments[0].words
        if self._spelling is None or self._spelling[0] is not words:
            self._spelling = words, Spelling(words.postings, self._synonyms)
        return self._spelling[1]


def _state_at(said: Sequence[str], at: int, end: int) -> str:
    """The code of the state that some words are meant as."""
    name = " ".join(said[at:end])
    code = state_code(name.rstrip(","))
    before = said[at - 1] if at else ""
    led = _leads(before) or before.endswith(",")
    # "HELP ME" is not of Maine.
    shouted = name.isupper() and not " ".join(said).isupper()
    return code if code and (led or len(name) > len(code) or shouted) else ""


def _leads(word: str) -> bool:
    return word.casefold() == "in"


def _minute(instant: datetime) -> datetime:
    # Hours are told in minutes: one answer a minute can be shared by all who ask.
    return instant.astimezone(UTC).replace(second=0, microsecond=0)
