"""Making segments out of listings: the big one, from the database to the shelf, and small ones."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

from sqlalchemy import Connection

from directory.changes import version_in
from directory.model import Listing
from directory.needs import Needs
from directory.search import dialled, index, names, nearness, postings, records, shelf
from directory.search.columns import Thinner
from directory.search.cutting import Here, Terms, terms_for
from directory.search.dialled import Dialled
from directory.search.index import Segment
from directory.search.keyed import Collector
from directory.search.names import Names, names_of
from directory.search.openings import Openings
from directory.search.postings import Texts
from directory.search.words import Words
from directory.sources.samhsa_codes import load_codes
from directory.store import count_in, listings_in
from storage import open_engine


class Builder:
    """Takes listings one by one; their records go to `data` as they come. `terms`: what becomes of
    their words."""

    def __init__(self, needs: Needs, data: IO[bytes], terms: Terms | None = None) -> None:
        self._needs, self._data = needs, data
        self._thinner, self._terms = Thinner(needs), terms or Here()
        self._names, self._phones = Collector(), Collector()
        self._lengths: list[int] = []

    def add(self, listing: Listing) -> None:
        number = len(self._lengths)
        if number >= postings.MOST_ROWS:
            raise OverflowError(f"more than {postings.MOST_ROWS} listings")
        record = records.packed(listing)
        self._data.write(record)
        self._lengths.append(len(record))
        self._thinner.add(listing)
        self._terms.add(number, texts_of(listing, self._needs))
        self._names.add(number, names.keys_of(listing))
        self._phones.add(number, dialled.keys_of(listing))

    def segment(self, data: bytes = b"") -> Segment:
        columns, order = self._thinner.columns()
        found = postings.merged(self._terms.pieces(), order)
        return Segment(
            columns,
            Words(found, len(columns)),
            Names(self._names.keyed(order)),
            Dialled(self._phones.keyed(order)),
            records.records(self._lengths, order, data),
            index.need_rows(columns),
            nearness.crowd(columns.keys),
            Openings(columns.facts.all_hours),
        )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Long lists of plain values hold no cycles, and looking through them a thousand times takes a
    third of a long build."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def texts_of(listing: Listing, needs: Needs) -> Texts:
    """What of a listing can be found by words, by field: name, category, keyword, text."""
    service, address, location = listing.service, listing.address, listing.location
    answered = needs.of(service)
    labels = [needs.label(code) for code in needs.codes if code in answered]
    place = (address.city, address.region) if address else ()
    codes = [code.meaning for code in load_codes().known(service.source_codes) if not code.is_payment]
    said = (
        service.description,
        listing.description,
        service.eligibility_description,
        location.description,
        listing.organization.description,
        service.fees_description,
    )
    return (
        names_of(listing),
        [*labels, *(attribute.name for attribute in service.attributes)],
        [text for text in (*place, service.interpretation_services, *dict.fromkeys(codes)) if text],
        [text for text in dict.fromkeys(said) if text],
    )


def small(listings: Iterable[Listing], needs: Needs) -> Segment:
    """A segment in memory."""
    data = BytesIO()
    builder = Builder(needs, data)
    for listing in listings:
        builder.add(listing)
    return builder.segment(data.getvalue())


def apart(url: str, needs: Needs, folder: Path) -> str:
    """The same in a process of its own, from the address of the database."""
    with open_engine(url).connect() as connection:
        return build(connection, needs, folder)


def build(connection: Connection, needs: Needs, folder: Path) -> str:
    """Builds the index of what a transaction sees; gives the version of the directory it shows.

    It is on the shelf then, not yet in use.
    """
    version = version_in(connection)
    count = count_in(connection)
    with shelf.new_folder(folder, version) as fresh, terms_for(count) as terms, _without_collector():
        with records.path_in(fresh).open("wb") as data:
            builder = Builder(needs, data, terms)
            for listing in listings_in(connection):
                builder.add(listing)
        index.save(builder.segment(), fresh, version)
    return version
