"""What expires goes, also in the hours when nobody writes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Final

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

EVERY_SECONDS: Final = 600.0
log = logging.getLogger("openway")


class Housekeeping:
    """Calls `purge` every ten minutes in a thread of its own, from the first request on.

    Not before: a thread does not survive the fork of a server that loads the app first.
    """

    def __init__(self, purge: Callable[[], int], every: float = EVERY_SECONDS) -> None:
        self._purge, self._every = purge, every
        self._lock, self._begun, self._end = Lock(), False, Event()

    def begin(self) -> None:
        with self._lock:
            if not self._begun:
                self._begun = True
                Thread(target=self._run, name="housekeeping", daemon=True).start()

    def end(self) -> None:
        self._end.set()

    def _run(self) -> None:
        while not self._end.is_set():
            try:
                self._purge()
            except SQLAlchemyError as error:
                # The next round tries again; the type says enough, the text might hold data.
                log.warning("housekeeping: %s", type(error).__name__)
            self._end.wait(self._every)


def keep(app: Flask, purge: Callable[[], int]) -> Housekeeping:
    """Starts housekeeping with the first request of a process."""
    house = Housekeeping(purge)
    app.before_request(house.begin)
    return house
