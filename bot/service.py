"""hear(): one message, one transaction: claim, recall, respond, remember, speak.

The only place where a sender's number meets the talk; below it there are pseudonyms alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Engine

import storage
from bot import throttle
from bot.conversation import brings_back, is_urgent, must_be_answered, once, respond, spoken
from bot.fragments import Fragments
from bot.memory import Memory
from bot.model import Channel, Effect, Place, Reply, State, Turn, World

PURGE_EVERY: Final = timedelta(minutes=1)
SCRUB_EVERY: Final = timedelta(hours=1)
# Twilio erases the words of a text only once it is done with it.
ERASE_AFTER: Final = timedelta(minutes=4)
UNSUBSCRIBED: Final = "21610"
CARRIERS_OWN: Final = ("STOP", "START", "HELP")  # what Twilio's Advanced Opt-Out answers by itself
# The states of a text of ours, in Twilio's words, in the order they follow each other.
STATES: Final = ("queued", "accepted", "scheduled", "sending", "sent", "delivered", "read")
FAILED: Final = ("canceled", "failed", "undelivered")


@dataclass(frozen=True, slots=True)
class Message:
    """One text as it came in. `opt_out_type`: STOP, START or HELP if the carrier has already
    answered it (Twilio Advanced Opt-Out), else empty."""

    sender: str
    id: str
    text: str
    channel: Channel
    opt_out_type: str = ""
    area: Place | None = None  # where the sender's number was issued


@dataclass(frozen=True, slots=True)
class Heard:
    """The answer to a message. `replayed`: it had been answered before; nothing was done again."""

    replies: tuple[Reply, ...]
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What Twilio says of one of our answers. `state`: its MessageStatus; `error`: its ErrorCode."""

    id: str
    receiver: str
    state: str
    error: str = ""

    @property
    def rank(self) -> int:
        """How far it got; an end is the farthest."""
        return STATES.index(self.state) if self.state in STATES else len(STATES) * (self.state in FAILED)

    @property
    def is_final(self) -> bool:
        return self.state in (*FAILED, "delivered", "read")


@dataclass(frozen=True, slots=True)
class Guess:
    """The turn this message leads to, if the state still is what it was."""

    state: State
    turn: Turn
    world: World  # in which the message is read already


class Bot:
    """The bot with its memory. One per process."""

    def __init__(
        self,
        engine: Engine,
        memory: Memory,
        world: World,
        *,
        erases: bool = False,
        fragments: Fragments | None = None,
    ) -> None:
        """`erases`: the words of texts are erased at the gateway afterwards (outbox.py)."""
        self._erases = erases
        self.world = world
        self._engine, self._memory = engine, memory
        self._fragments = fragments or Fragments()
        self._purge_at = world.now()
        self._scrub_at = world.now() + SCRUB_EVERY
        self._erased = False  # rows are gone, but their pages may linger in the write-ahead log

    def hear(
        self,
        sender: str,
        sid: str,
        text: str,
        channel: Channel,
        opt_out_type: str = "",
        area: Place | None = None,
    ) -> Heard:
        """Answers a message once. The same `sid` again, at any moment, from any process, gives
        the same answer; two texts of one person are answered one after the other.

        Raises what the database raises; then nothing has happened.
        """
        carrier = opt_out_type.upper()
        message = Message(sender, sid, text, channel, carrier if carrier in CARRIERS_OWN else "", area)
        now = self.world.now()
        with self._engine.connect() as connection:  # most repeats need no lock
            answer = self._memory.answered(connection, sid, now)
            state = self._memory.glance(connection, sender, now)
        if answer is not None:
            return Heard(answer, replayed=True)
        world = once(self.world)
        # Before the turn, which may be taken twice: it changes what is held.
        person = self._memory.pseudonym(sender)
        joined = self._fragments.joined(person, text, now, world, spoken(state))
        message = replace(message, text=joined)
        # A search takes longer than all the rest. It is done before the lock is taken, on the
        # guess that no other text of this person comes in between; if one does, once more.
        guess = Guess(state, self._turn(state, message, now, world), world)
        try:
            with storage.begin(self._engine) as connection:
                if now >= self._purge_at:
                    self._purge(connection, now)
                heard = self._hear_once(connection, message, guess, now)
        except Exception:
            self._fragments.hold(person, joined.removesuffix(text), now)  # they may say it again
            raise
        self._scrub(now)
        return heard

    def delivered(self, report: Report) -> bool:
        """Takes in what became of one of our answers; False if that was known already."""
        now = self.world.now()
        with storage.begin(self._engine) as connection:
            new = self._memory.delivered(connection, report.id, report.rank, now)
            if report.error == UNSUBSCRIBED:  # also where an earlier report of the same rank gave no reason
                self._memory.opts_out(connection, report.receiver)
            if new and report.is_final and self._erases:
                self._memory.erase_later(connection, report.id, now + ERASE_AFTER)
        return new

    def purge(self) -> int:
        """Deletes what has expired, for the hours when nobody writes; gives how many rows. Call it hourly."""
        now = self.world.now()
        self._fragments.drop(now)
        with storage.begin(self._engine) as connection:
            purged = self._purge(connection, now)
        self._scrub(now)
        return purged

    def _purge(self, connection: Connection, now: datetime) -> int:
        self._purge_at = now + PURGE_EVERY
        purged = self._memory.purge(connection, now)
        self._erased = self._erased or purged > 0
        return purged

    def _hear_once(self, connection: Connection, message: Message, guess: Guess, now: datetime) -> Heard:
        if not self._memory.claim(connection, message.id, message.sender, now):
            return Heard(self._memory.answered(connection, message.id, now) or (), replayed=True)
        if message.channel is Channel.SMS and self._erases:
            self._memory.erase_later(connection, message.id, now + ERASE_AFTER)
        replies = self._answer(connection, message, guess, now)
        self._memory.keep_answer(connection, message.id, replies)
        return Heard(replies)

    def _answer(
        self, connection: Connection, message: Message, guess: Guess, now: datetime
    ) -> tuple[Reply, ...]:
        if message.opt_out_type:
            self._follow_carrier(connection, message)
            return ()
        opted_out = self._memory.is_opted_out(connection, message.sender)
        if opted_out:
            state = self._memory.glance(connection, message.sender, now)
            if not brings_back(message.text, guess.world, asked=state.care > 0):
                return self._last_help(connection, message, state, guess.world, now)
        state = self._memory.recall(connection, message.sender, now)
        held = state == guess.state
        turn = guess.turn if held else self._turn(state, message, now, guess.world)
        self._memory.remember(connection, message.sender, turn.state, now)
        if opted_out:
            self._memory.opts_in(connection, message.sender)
        self._carry_out(connection, message, turn)
        return turn.replies

    def _turn(self, state: State, message: Message, now: datetime, world: World) -> Turn:
        """The answer to a text; silence where a person would not go on."""
        fresh = throttle.filled(state, now)
        # After a danger too, for its few texts: "ok", "no", "no" are no machine's.
        urgent = state.care > 0 or is_urgent(message.text, world, spoken(state))
        if throttle.is_empty(fresh) and not urgent:
            return throttle.refused(state, fresh)
        turn = respond(throttle.taken(fresh), message.text, world, message.channel, message.area)
        return turn if urgent else throttle.echoed(state, turn, now)

    def _last_help(
        self, connection: Connection, message: Message, state: State, world: World, now: datetime
    ) -> tuple[Reply, ...]:
        """What a person who opted out hears: nothing, unless they write to us in danger, for its care frame,
        HELP, or ask what we hold of them.

        Whoever sent STOP the carrier blocks anyway; whoever opted out in a sentence can still be
        reached, and an answer to their own call for help is no message they refused. They stay
        opted out; of the talk nothing is remembered but that of the danger.
        """
        if state.care <= 0 and not must_be_answered(message.text, world):
            return ()
        turn = respond(replace(state, greeted=True), message.text, world, message.channel)
        if turn.state.care > 0:
            self._memory.recall(connection, message.sender, now)  # makes the row
            self._memory.remember(connection, message.sender, turn.state, now)
        elif state.care > 0:
            self._memory.forget(connection, message.sender, message.id)
        self._carry_out(connection, message, turn)
        return turn.replies

    def _follow_carrier(self, connection: Connection, message: Message) -> None:
        if message.opt_out_type == "STOP":
            self._memory.opts_out(connection, message.sender)
            self._memory.forget(connection, message.sender, message.id)
        elif message.opt_out_type == "START":
            self._memory.opts_in(connection, message.sender)

    def _carry_out(self, connection: Connection, message: Message, turn: Turn) -> None:
        if Effect.OPT_OUT in turn.effects:
            self._memory.opts_out(connection, message.sender)
            self._memory.forget(connection, message.sender, message.id)
        if Effect.OPT_IN in turn.effects:
            self._memory.opts_in(connection, message.sender)
        if Effect.FORGET in turn.effects:
            self._memory.forget(connection, message.sender, message.id)
            self._erased, self._scrub_at = True, self.world.now()  # FORGET means now

    def _scrub(self, now: datetime) -> None:
        if self._erased and now >= self._scrub_at:
            storage.scrub(self._engine)
            self._erased, self._scrub_at = False, now + SCRUB_EVERY
