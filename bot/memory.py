"""What is remembered of people, and for how long. Nobody can be read out of any table.

Threat: somebody takes the database file, a backup or a snapshot. Without the keys, which do not
lie in it, it holds neither a number nor a word: numbers are keyed hashes, words are encrypted. How far
an answer got, and times, are plain.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from bot import notes
from bot.model import Reply, State

KEPT: Final = timedelta(hours=24)
_NONCE: Final = 12  # bytes, RFC 8452
_HASH: Final = String(64)  # HMAC-SHA256, hex

metadata: Final = MetaData()

# A talk: the state between two texts. Gone 24 hours after the last one.
conversation: Final = Table(
    "conversation",
    metadata,
    Column("pseudonym", _HASH, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),  # empty: no more than a place in the queue
    Column("expires_at", BigInteger, nullable=False, index=True),  # seconds since 1970, UTC
)
# A message we answered, with the answer: the same one again gets the same answer.
turn_claim: Final = Table(
    "turn_claim",
    metadata,
    Column("message", _HASH, primary_key=True),
    Column("pseudonym", _HASH, nullable=False, index=True),  # so that FORGET finds it
    Column("sealed", LargeBinary, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)
# Texts whose words Twilio shall erase. The id is sealed: with it one could look the text up there.
redaction: Final = Table(
    "redaction",
    metadata,
    Column("message", _HASH, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("due_at", BigInteger, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
)
# How far the sending of one of our answers got: reports may come twice, and in any order.
delivery: Final = Table(
    "delivery",
    metadata,
    Column("message", _HASH, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)
# Who wants no texts. Kept until they say START: that is the duty. Nothing else is beside it.
opt_out: Final = Table("opt_out", metadata, Column("person", _HASH, primary_key=True))


# Every text needs these: put together once.
_ANSWER: Final = select(turn_claim.c.sealed).where(
    turn_claim.c.message == bindparam("key"), turn_claim.c.expires_at > bindparam("now")
)
_DROP_OLD_CLAIM: Final = delete(turn_claim).where(
    turn_claim.c.message == bindparam("key"), turn_claim.c.expires_at <= bindparam("now")
)
_KEEP_ANSWER: Final = update(turn_claim).where(turn_claim.c.message == bindparam("key"))
_STATE: Final = select(conversation).where(conversation.c.pseudonym == bindparam("key"))
_LOCKED_STATE: Final = _STATE.with_for_update()
_REMEMBER: Final = update(conversation).where(conversation.c.pseudonym == bindparam("key"))
_OPTED_OUT: Final = select(opt_out.c.person).where(opt_out.c.person == bindparam("key"))


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """Made from the secrets of the settings, one for each use, so that none says anything of another."""

    pseudonym: bytes
    message: bytes
    opt_out: bytes
    sealing: bytes

    @classmethod
    def derive(cls, pseudonym_key: bytes, contact_key: bytes, opt_out_key: bytes) -> Keys:
        return cls(
            pseudonym=_derived(pseudonym_key, "pseudonym"),
            message=_derived(pseudonym_key, "message"),
            opt_out=_derived(opt_out_key, "opt-out"),
            sealing=_derived(contact_key, "conversation"),
        )


def _derived(secret: bytes, use: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"openway bot {use}".encode()).derive(secret)


class Memory:
    """Recalls, remembers, forgets; always inside a transaction that the caller began."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._cipher = AESGCMSIV(keys.sealing)

    def answered(self, connection: Connection, message_id: str, now: datetime) -> tuple[Reply, ...] | None:
        """The answer that this message got; None if it is new (or still being answered)."""
        key = self._message(message_id)
        row = connection.execute(_ANSWER, {"key": key, "now": _stamp(now)}).first()
        opened = self.opened(row.sealed, key) if row else None
        return notes.read_replies(opened) if opened else None

    def claim(self, connection: Connection, message_id: str, sender: str, now: datetime) -> bool:
        """Takes a message for this transaction, atomically; False if it was taken before.

        While another transaction holds it, this waits for that one to end.
        """
        key = self._message(message_id)
        connection.execute(_DROP_OLD_CLAIM, {"key": key, "now": _stamp(now)})
        row = {
            "message": key,
            "pseudonym": self.pseudonym(sender),
            "sealed": b"",
            "expires_at": _stamp(now + KEPT),
        }
        return _insert_new(connection, turn_claim, row)

    def keep_answer(self, connection: Connection, message_id: str, replies: Iterable[Reply]) -> None:
        key = self._message(message_id)
        sealed = self.seal(notes.write_replies(replies), key)
        connection.execute(_KEEP_ANSWER, {"key": key, "sealed": sealed})

    def glance(self, connection: Connection, sender: str, now: datetime) -> State:
        """The state of a person's talk; a new one for a new person, or if it cannot be read."""
        return self._state(connection, _STATE, sender, now)

    def recall(self, connection: Connection, sender: str, now: datetime) -> State:
        """The same, for a turn: two texts of one person take turns from here on.

        The row is locked, and made if need be.
        """
        row = {"pseudonym": self.pseudonym(sender), "sealed": b"", "expires_at": _stamp(now + KEPT)}
        _insert_new(connection, conversation, row)
        return self._state(connection, _LOCKED_STATE, sender, now)

    def _state(self, connection: Connection, query: Select[Any], sender: str, now: datetime) -> State:
        key = self.pseudonym(sender)
        row = connection.execute(query, {"key": key}).first()
        opened = self.opened(row.sealed, key) if row and row.expires_at > _stamp(now) else None
        return (notes.read_state(opened) if opened else None) or State()

    def remember(self, connection: Connection, sender: str, state: State, now: datetime) -> None:
        key = self.pseudonym(sender)
        values = {"sealed": self.seal(notes.write_state(state), key), "expires_at": _stamp(now + KEPT)}
        connection.execute(_REMEMBER, {"key": key, **values})

    def forget(self, connection: Connection, sender: str, message_id: str) -> None:
        """Erases the talk and every earlier answer; of this message only the answer stays, to repeat."""
        key = self.pseudonym(sender)
        connection.execute(delete(conversation).where(conversation.c.pseudonym == key))
        others = turn_claim.c.message != self._message(message_id)
        connection.execute(delete(turn_claim).where(turn_claim.c.pseudonym == key, others))

    def opts_out(self, connection: Connection, sender: str) -> None:
        _insert_new(connection, opt_out, {"person": self._opted_out(sender)})

    def opts_in(self, connection: Connection, sender: str) -> None:
        connection.execute(delete(opt_out).where(opt_out.c.person == self._opted_out(sender)))

    def is_opted_out(self, connection: Connection, sender: str) -> bool:
        return connection.execute(_OPTED_OUT, {"key": self._opted_out(sender)}).first() is not None

    def purge(self, connection: Connection, now: datetime) -> int:
        """Deletes what has expired; gives how many rows that were.

        Rows that another transaction holds are left for the next time: two that purge at once
        must not wait for each other (PostgreSQL; SQLite has one writer).
        """
        expiring = (conversation, turn_claim, delivery)
        return sum(_delete_expired(connection, table, _stamp(now)) for table in expiring)

    def erase_later(self, connection: Connection, sid: str, after: datetime) -> None:
        """Notes that Twilio shall erase the words of this text, once."""
        key = self._message(sid)
        row = {"message": key, "sealed": self.seal(sid, key), "due_at": _stamp(after), "tries": 0}
        _insert_new(connection, redaction, row)

    def opened_sid(self, sealed: bytes, key: str) -> str | None:
        """The id of a noted text; None if the keys have been changed since."""
        found = self.opened(sealed, key)
        return found if isinstance(found, str) else None

    def delivered(self, connection: Connection, sid: str, rank: int, now: datetime) -> bool:
        """Notes how far a text of ours got; False if it had got as far before."""
        key = self._message(sid)
        row = {"message": key, "rank": rank, "expires_at": _stamp(now + KEPT)}
        if _insert_new(connection, delivery, row):
            return True
        farther = update(delivery).where(delivery.c.message == key, delivery.c.rank < rank)
        return connection.execute(farther.values(rank=rank).returning(delivery.c.rank)).first() is not None

    def pseudonym(self, sender: str) -> str:
        """What a person is called in the tables of the talks."""
        return _keyed(self._keys.pseudonym, sender)

    def _message(self, message_id: str) -> str:
        return _keyed(self._keys.message, message_id)

    def _opted_out(self, sender: str) -> str:
        return _keyed(self._keys.opt_out, sender)

    def seal(self, plain: Any, row: str) -> bytes:
        nonce = os.urandom(_NONCE)
        # The row's key is bound in: a state moved to another person's row cannot be opened.
        return nonce + self._cipher.encrypt(nonce, json.dumps(plain).encode(), row.encode())

    def opened(self, sealed: bytes, row: str) -> Any | None:
        """What was sealed; None if there is nothing, or the keys have been changed since."""
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], row.encode())
        except (InvalidTag, ValueError):
            return None
        return json.loads(plain)


def _keyed(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()


def _stamp(moment: datetime) -> int:
    return int(moment.timestamp())


def _delete_expired(connection: Connection, table: Table, stamp: int) -> int:
    key = next(iter(table.primary_key))
    expired = select(key).where(table.c.expires_at <= stamp).with_for_update(skip_locked=True)
    return connection.execute(delete(table).where(key.in_(expired))).rowcount


def _insert_new(connection: Connection, table: Table, row: dict[str, object]) -> bool:
    """Inserts unless the key is there already; True if it was inserted."""
    return connection.execute(_inserting(connection.dialect.name, table), row).first() is not None


@cache
def _inserting(dialect: str, table: Table) -> ReturningInsert[Any]:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    # RETURNING, not rowcount: PostgreSQL's driver does not give the count of an INSERT.
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key)
