"""Cutting texts into terms while an index is built: here, or on the other core when there are many."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Final, Protocol

from directory.search.postings import Collector, Occurrences, Texts

MANY: Final = 20_000  # listings; fewer are cut before another process has started
CHUNK: Final = 2_000
MOST_WAITING: Final = 8  # chunks; the other process may lag behind so many

Chunk = list[tuple[int, Texts]]
log = logging.getLogger(__name__)


class Terms(Protocol):
    """Takes the texts of one listing after the other, by number; gives what they are made of."""

    def add(self, number: int, texts: Texts) -> None: ...
    def pieces(self) -> list[Occurrences]: ...


class Here:
    """In this process, as they come."""

    def __init__(self) -> None:
        self._collector = Collector()

    def add(self, number: int, texts: Texts) -> None:
        self._collector.add(number, texts)

    def pieces(self) -> list[Occurrences]:
        return [self._collector.occurrences()]


class Beside:
    """In another process, a chunk at a time; in this one if that dies."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool
        self._chunk: Chunk = []
        self._sent: list[tuple[Chunk, Future[Occurrences]]] = []
        self._done: list[Occurrences] = []

    def add(self, number: int, texts: Texts) -> None:
        self._chunk.append((number, texts))
        if len(self._chunk) >= CHUNK:
            self._send()

    def pieces(self) -> list[Occurrences]:
        self._send()
        while self._sent:
            self._receive()
        return self._done

    def _send(self) -> None:
        chunk, self._chunk = self._chunk, []
        try:
            self._sent.append((chunk, self._pool.submit(cut, chunk)))
        except BrokenProcessPool:
            self._done.append(cut(chunk))
        if len(self._sent) > MOST_WAITING:
            self._receive()

    def _receive(self) -> None:
        chunk, future = self._sent.pop(0)
        try:
            self._done.append(future.result())
        except BrokenProcessPool:
            log.warning("the other process of the index build died; going on in this one")
            self._done.append(cut(chunk))


def cut(chunk: Chunk) -> Occurrences:
    collector = Collector()
    for number, texts in chunk:
        collector.add(number, texts)
    return collector.occurrences()


def end_with_parent() -> None:
    """In another process: ends it when the one that began it is killed, so that none is left waiting."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


@contextmanager
def terms_for(count: int) -> Iterator[Terms]:
    """The way to cut the texts of so many listings."""
    if count < MANY:
        yield Here()
        return
    # A fresh process: a fork would take the locks of this one's threads along.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with_parent) as pool:
        yield Beside(pool)
