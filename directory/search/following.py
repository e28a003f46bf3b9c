"""Keeping an index in step with the directory: open it, patch it, take a newer one, build it anew.

Every search asks whether anything was committed. What a small change touched is read again and laid
over the big segment, in memory; after a big one, or many, an index is built beside the searches
and swapped in whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from directory.changes import Since, Watch
from directory.model import Listing
from directory.needs import Needs
from directory.search import build, shelf
from directory.search import index as index_module
from directory.search.cutting import MANY, end_with_parent
from directory.search.index import Index, NoIndex
from directory.store import Store

MOST_PATCHED: Final = 2_000  # listings over the big segment; then it is built anew in the background
TOO_OLD: Final = 20_000  # listings that changed: more than is worth reading one by one
PATIENCE: Final = 2.0  # seconds a search waits for an index that it found missing


class Follower:
    """The index of a folder, as the directory is now. One per process."""

    def __init__(self, store: Store, needs: Needs, folder: Path) -> None:
        self._store, self._needs, self._folder = store, needs, folder
        self._watch = Watch(store.engine)
        self._lock, self._building = Lock(), Lock()
        self._followed: Any = None  # the token of the watch that the index is in step with
        self._index: Index | None = None
        self._base = ""  # the folder that it was opened from

    def index(self) -> Index | None:
        """The index in use; None while the first one is being built."""
        if self._index is None or self._watch.token() != self._followed:
            with self._lock:  # a thread that reads a change is waited for
                token = self._watch.token()
                in_step = token == self._followed and self._index is not None
                if not in_step:
                    in_step = self._followed_up(token)
            if not in_step:
                self._build_beside()
        return self._index

    def rebuild(self) -> str:
        """Builds the index anew from the database; gives the version it shows."""
        return self._take(self._built_here)

    def _take(self, built: Callable[[], str]) -> str:
        """Opens what is built; gives its version."""
        try:
            version = built()
            shelf.make_current(self._folder, shelf.newest(self._folder, version))
            with self._lock:
                self._open()
        finally:
            self._followed = None  # it may have failed, or have missed a change: the next search looks
        return version

    def _built_here(self) -> str:
        with self._store.snapshot() as connection:
            return build.build(connection, self._needs, self._folder)

    def _built_apart(self) -> str:
        """In another process: a long build in this one would share the interpreter with every search."""
        url = self._store.engine.url.render_as_string(hide_password=False)
        try:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with_parent) as pool:
                return pool.submit(build.apart, url, self._needs, self._folder).result()
        except BrokenProcessPool:
            return self._built_here()

    def adopt(self) -> bool:
        """Takes the index that was prepared for the directory as it is now; False if there is none."""
        name = shelf.newest(self._folder, self._store.version())
        if name and name != shelf.current(self._folder):
            shelf.make_current(self._folder, name)
        return bool(name)

    def discard(self, index: Index) -> None:
        """Away with an index whose files turned out broken; the next search has one built."""
        with self._lock:
            if self._index is not None and self._index.segments[0].words is index.segments[0].words:
                shutil.rmtree(self._folder / self._base, ignore_errors=True)
                self._index = None

    def _followed_up(self, token: Any) -> bool:
        """Catches up; while the database is away, what we have goes on answering."""
        try:
            in_step = self._catch_up()
        except SQLAlchemyError:
            if self._index is None:
                raise
            return True
        self._followed = token
        return in_step

    def _catch_up(self) -> bool:
        """Makes the index show what the directory is now; False if one has to be built."""
        if self._index is None or shelf.current(self._folder) != self._base:
            with suppress(NoIndex):
                self._open()
        if self._index is not None and self._is_current(self._index):
            return True
        if self.adopt():
            with suppress(NoIndex):
                self._open()
        return self._index is not None and (self._is_current(self._index) or self._patch(self._index))

    def _is_current(self, index: Index) -> bool:
        return index.version == self._store.version()

    def _open(self) -> None:
        """Opens the index in use. Raises NoIndex."""
        name = shelf.current(self._folder)
        try:
            opened = index_module.open_current(self._folder)
        except NoIndex:
            if name == shelf.current(self._folder):
                raise
            opened = index_module.open_current(self._folder)  # swapped while we opened it
        if opened.segments[0].columns.facts.need_codes != tuple(self._needs.codes):
            raise NoIndex("built with other needs")
        self._index, self._base = opened, shelf.current(self._folder)

    def _patch(self, index: Index) -> bool:
        """Lays what changed over the big segment; False if it is too much or cannot be told."""
        found = self._store.since(index.built, TOO_OLD)
        if found is None:
            return False
        since, listings = found
        self._index = self._patched(index, since, listings)
        return len(listings) <= MOST_PATCHED

    def _patched(self, index: Index, since: Since, listings: list[Listing]) -> Index:
        big = replace(index.segments[0], dead=None).without([*since.changed, *since.gone])
        segments = (big, build.small(listings, self._needs)) if listings else (big,)
        return Index(since.version, segments, index.built)

    def _build_beside(self) -> None:
        """Builds an index while other searches go on; the one that found out waits a little for it."""
        if self._building.locked():
            return
        thread = Thread(target=self._build_once, daemon=True, name="reindex")
        thread.start()
        thread.join(PATIENCE)

    def _build_once(self) -> None:
        if self._building.acquire(blocking=False):
            try:
                is_long = self._store.count() >= MANY
                self._take(self._built_apart if is_long else self._built_here)
            finally:
                self._building.release()
