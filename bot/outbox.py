"""What we ask of Twilio outside an answer: to erase the words of a text, and to send one.

Erasing may be tried again as often as need be. Sending may not: a text whose sending ended without an
answer may have gone out, and a second one would frighten or cost. Only "too many requests" is tried again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from requests.exceptions import RequestException
from sqlalchemy import Engine, Row, delete, select, update
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

import storage
from bot.memory import Memory, redaction

log = logging.getLogger(__name__)

# Between two tries, times the square of their number.
AGAIN_AFTER: Final = timedelta(minutes=4)
TRIES: Final = 12
AT_ONCE: Final = 50
SECONDS: Final = 10
GONE: Final = 404
TOO_MANY: Final = 429
UNSUBSCRIBED: Final = 21610
_Client: Any = Client  # it carries no types


class Sent(StrEnum):
    """What became of a text we started."""

    SENT = "sent"
    OPTED_OUT = "opted out"
    LATER = "later"  # Twilio is busy: the only case in which the same text may be sent again
    REFUSED = "refused"
    UNCERTAIN = "uncertain"  # no answer: it may have gone out, so it is never sent again by itself


@dataclass(frozen=True, slots=True)
class Outbox:
    """One per process. `client`: Twilio's own, with a time limit."""

    engine: Engine
    memory: Memory
    client: Any
    number: str

    @classmethod
    def open(
        cls, engine: Engine, memory: Memory, account: str, token: str, number: str, http: Any = None
    ) -> Outbox | None:
        """None where no gateway is set up. `http`: another wire, for tests."""
        if not (account and token):
            return None
        return cls(engine, memory, _Client(account, token, http_client=http or _wire()), number)

    def erase_due(self, now: datetime) -> int:
        """Asks Twilio to erase the words of the texts that are due; gives how many it did."""
        return sum(self._erase(row) for row in self._taken(now))

    def _taken(self, now: datetime) -> list[Row[Any]]:
        """The due rows, put off first: whoever dies in between leaves them to the next round."""
        stamp = int(now.timestamp())
        with storage.begin(self.engine) as connection:
            due = (
                select(redaction)
                .where(redaction.c.due_at <= stamp)
                .order_by(redaction.c.due_at)
                .limit(AT_ONCE)
                .with_for_update(skip_locked=True)
            )
            rows = list(connection.execute(due))
            for row in rows:
                if row.tries >= TRIES:
                    log.warning("a text could not be erased at Twilio in %d tries", TRIES)
                    connection.execute(delete(redaction).where(redaction.c.message == row.message))
                    continue
                again = stamp + int(AGAIN_AFTER.total_seconds()) * (row.tries + 2) ** 2
                put_off = {"tries": row.tries + 1, "due_at": again}
                connection.execute(
                    update(redaction).where(redaction.c.message == row.message).values(put_off)
                )
        return [row for row in rows if row.tries < TRIES]

    def _erase(self, row: Row[Any]) -> bool:
        sid = self.memory.opened_sid(row.sealed, row.message)
        try:
            if sid is not None:
                self.client.messages(sid).update(body="")
        except TwilioRestException as error:
            if error.status != GONE:
                log.warning("Twilio would not erase a text: %s", error.code or error.status)
                return False
        except (TwilioException, RequestException) as error:
            log.warning("Twilio could not be asked to erase a text: %s", type(error).__name__)
            return False
        with storage.begin(self.engine) as connection:
            connection.execute(delete(redaction).where(redaction.c.message == row.message))
        return True

    def send(self, to: str, text: str) -> Sent:
        """Sends one text that answers none. Never tries twice; the caller keeps what became of it."""
        with storage.begin(self.engine) as connection:
            if self.memory.is_opted_out(connection, to):
                return Sent.OPTED_OUT
        try:
            self.client.messages.create(to=to, from_=self.number, body=text)
        except TwilioRestException as error:
            return self._refused(to, error)
        except (TwilioException, RequestException) as error:
            log.warning("a text may or may not have gone out: %s", type(error).__name__)
            return Sent.UNCERTAIN
        return Sent.SENT

    def _refused(self, to: str, error: Any) -> Sent:
        if error.code == UNSUBSCRIBED:
            with storage.begin(self.engine) as connection:
                self.memory.opts_out(connection, to)
            return Sent.OPTED_OUT
        if error.status == TOO_MANY:
            return Sent.LATER
        log.warning("Twilio refused a text: %s", error.code or error.status)
        return Sent.UNCERTAIN if error.status >= 500 else Sent.REFUSED


def _wire() -> Any:
    from twilio.http.http_client import TwilioHttpClient

    return TwilioHttpClient(timeout=SECONDS)
