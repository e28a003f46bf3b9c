"""What has expired is purged by the running server itself."""

from threading import Event

from flask import Flask
from sqlalchemy.exc import OperationalError

from web.housekeeping import Housekeeping, keep


def test_the_first_request_begins_it() -> None:
    app, purged = Flask(__name__), Event()

    def purge() -> int:
        purged.set()
        return 0

    house = keep(app, purge)
    assert not purged.is_set()
    app.test_client().get("/")
    assert purged.wait(10)
    house.end()


def test_a_database_that_is_away_does_not_end_it() -> None:
    tries, third = [0], Event()

    def purge() -> int:
        tries[0] += 1
        if tries[0] >= 3:
            third.set()
        raise OperationalError("SELECT 1", None, Exception("away"))

    house = Housekeeping(purge, every=0.001)
    house.begin()
    house.begin()
    assert third.wait(10)
    house.end()
