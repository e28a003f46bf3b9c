"""One index of the directory: how it is built, how it is opened. Where it lies: shelf.py."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from directory.model import Listing, OpenState
from directory.needs import Needs
from directory.search import columns as columns_module
from directory.search import shelf
from directory.search.columns import Columns, thin
from directory.search.nearness import Nearness, hilbert
from directory.search.words import Words, write
from directory.store import listings_in, version_in
from directory.text import terms


class NoIndex(RuntimeError):
    """There is no index that can be read; build one."""


@dataclass(frozen=True)
class Index:
    """One opened index. Never changes; a new version of the directory has a new one."""

    version: str
    columns: Columns
    near: Nearness
    words: Words

    def open_state(self, hours: int, minute: object) -> OpenState:
        return _open_state(self.columns.all_hours[hours], minute)


@lru_cache(maxsize=20_000)
def _open_state(hours: columns_module.Hours, minute: object) -> OpenState:
    return hours.at(minute)


def build(connection: Connection, needs: Needs, folder: Path) -> str:
    """Builds the index of what a transaction sees; gives the version of the directory it shows.

    It is on the shelf then, not yet in use.
    """
    version = version_in(connection)
    with shelf.new_folder(folder, version) as fresh:
        listings = _in_map_order(list(listings_in(connection)))
        columns_module.save(thin(listings, needs), fresh, version)
        said = {need.code: terms(f"{need.label} {' '.join(need.words)}") for need in needs.needs}
        write(fresh / "words", ((_name(each), _body(each, needs, said)) for each in listings))
    return version


def _in_map_order(listings: list[Listing]) -> list[Listing]:
    points = np.array([each.location.point or (np.nan, np.nan) for each in listings], np.float64)
    if not len(points):
        return listings
    order = np.argsort(hilbert(points[:, 0], points[:, 1]), kind="stable")
    return [listings[row] for row in order]


def _name(listing: Listing) -> list[str]:
    service, organization = listing.service, listing.organization
    names = (service.name, service.alternate_name, organization.name, organization.alternate_name,
             listing.location.name)  # fmt: skip
    return terms(" ".join(dict.fromkeys(filter(None, names))))


def _body(listing: Listing, needs: Needs, of_need: dict[str, list[str]]) -> list[str]:
    service, address = listing.service, listing.address
    said = [service.description, listing.description, service.eligibility_description]
    said += [attribute.name for attribute in service.attributes]
    said += [address.city if address else ""]
    found = terms(" ".join(filter(None, said)))
    return [*found, *(term for code in sorted(needs.of(service)) for term in of_need[code])]


def open_current(folder: Path) -> Index:
    """Opens the index in use. Raises NoIndex when there is none or it is broken."""
    name = shelf.current(folder)
    try:
        columns, version = columns_module.load(folder / name)
        words = Words(folder / name / "words")
    except Exception as error:  # whatever is wrong with its files, the cure is the same: rebuild
        raise NoIndex(f"{folder / name}: {type(error).__name__}: {error}") from error
    if not name or len(words) != len(columns):
        raise NoIndex(f"{folder / name}: {len(words)} documents, {len(columns)} listings")
    return Index(version, columns, Nearness(columns.latitude, columns.longitude), words)
