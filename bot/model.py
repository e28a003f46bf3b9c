"""What travels through the conversation. Small, plain, gone in a day; no name, no number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from directory.answers import Hit, Located, Place, Query, Results
from directory.model import Listing

if TYPE_CHECKING:
    from directory.hotlines import Hotlines
    from directory.local_rules import LocalRule
    from directory.needs import Needs


class Danger(StrEnum):
    OVERDOSE = "overdose"
    SUICIDE = "suicide"
    VIOLENCE = "violence"
    MEDICAL = "medical"


class Matter(StrEnum):
    """What a danger is about that asks for a line of its own: the first five, a violence that is none of
    partners (the first three are topics of data/hotlines.csv)."""

    TRAFFICKING = "trafficking"
    SEXUAL = "sexual_assault"
    CHILD = "child_safety"
    CRISIS = "crisis"  # somebody near who is not in their right mind
    THREAT = "threat"  # who writes may hurt another
    WITHDRAWAL = "withdrawal"  # of a body: drink or sleeping pills were given up
    SWALLOWED = "swallowed"  # pills or poison: what kills hours after it was taken
    BODY = "body"  # the heart, the head, too much drink: also beside drink or drugs
    WOUND = "wound"  # of a wish to die: a deep cut, which bleeds
    BESIDE = "beside"  # of a wish to die: of somebody near, who may do it this minute
    REVIVED = "revived"  # of an overdose: it is over, naloxone woke them


# Numbers of a list whose length is not known yet.
LAST: Final = -1
MIDDLE: Final = -2

# Of several the first.
VIOLENT: Final = (Matter.TRAFFICKING, Matter.SEXUAL, Matter.CHILD, Matter.CRISIS, Matter.THREAT)
BODILY: Final = (Matter.BODY, Matter.WITHDRAWAL, Matter.SWALLOWED)


class Intent(StrEnum):
    """What a text is for. The first seven are the outside's (INTERFACE), the rest is ours."""

    OPT_OUT = "opt_out"
    ARREST_FEAR = "arrest_fear"
    HUMAN = "human"
    NEED = "need"
    LANGUAGE = "language"
    GREETING = "greeting"
    OTHER = "other"
    OPT_IN = "opt_in"
    HELP = "help"
    MENU = "menu"
    MORE = "more"
    BACK = "back"
    NEW = "new"
    FORGET = "forget"
    PRIVACY = "privacy"
    CHOICE = "choice"
    YES = "yes"
    NO = "no"
    PLACE = "place"
    LOCAL = "local"
    CALL_ME = "call_me"
    OTHER_KIND = "other_kind"  # the same place, another need
    ABOUT = "about"  # a place that we told of: its address, hours, what to bring
    SAFE = "safe"  # after a danger: it is over, or there was none
    BYE = "bye"
    STEPS = "steps"  # how naloxone is given
    USE_IT = "use_it"  # the same, where naloxone was spoken of: "how do i use it"
    ALONE = "alone"  # takes drugs with nobody near
    LAPSE = "lapse"  # takes them, or drinks, again
    MIXING = "mixing"  # asks whether drugs are safe, mostly together
    QUITTING = "quitting"  # wants to stop drink or sleeping pills at home, or at once
    LOSS = "loss"  # somebody died
    AMBULANCE = "ambulance"  # 911 or an ambulance is spoken of: nobody is well by that
    AWAKE = "awake"  # who lay there is, or breathes
    CLEARED = "cleared"  # a doctor or Poison Help says that all is well
    FOUND = "found"  # who was missing, or on a bridge, is home
    NO_HOSPITAL = "no_hospital"  # why nobody goes to one
    DIED = "died"  # after an overdose: it was too late
    THANKS = "thanks"  # beside a greeting
    NEXT = "next"  # the one after the place told last, or more
    HERE = "here"  # where the person is, without a name for it: "around here", "idk the zip"
    FREE = "free"  # what this costs, and whether it shows on a bill


class About(StrEnum):
    """What a question about a place asks for, beside the keys of directory/access.py."""

    HOURS = "hours"
    ADDRESS = "address"
    PHONE = "phone"
    COST = "cost"
    PAPERS = "papers"
    LANGUAGES = "languages"
    ROOM = "room"
    START = "start"


# What treats the use of drink or drugs.
CARE_NEEDS: Final = frozenset({"detox", "medication", "residential", "outpatient"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What was understood of one text, without any memory of the talk before it."""

    intent: Intent
    language: str | None = None  # BCP 47; None: the text does not tell
    danger: Danger | None = None
    needs: tuple[str, ...] = ()  # need codes, the likeliest first
    wishes: Mapping[str, str] = field(default_factory=dict)  # keys of directory FILTERS
    place: Located | None = None  # None: no place named
    choice: int | None = None  # 1 is the first, LAST and MIDDLE are what they say
    pick: int | None = None  # the same, named in a few words beside others: "ya the first one"
    enough: bool = False  # an opt-out by a word alone that may mean no more than that: "basta"
    wants_language: str | None = None  # asked for by name: "español"
    unsure: tuple[str, ...] = ()  # without needs: those between which the text does not tell
    guessed: bool = False  # the needs are a guess: no phrase names them
    hinted: bool = False  # something points to the needs, and not surely
    asks: bool = False  # the examples find that it asks for something
    maybe: str = ""  # without needs: one that something points to, too faintly to look for it
    brief: bool = False  # it says only a few words
    sensed: bool = False  # the danger is told by the examples alone, no rule sees it
    matter: Matter | None = None  # SWALLOWED also without a danger, REVIVED only so
    about: tuple[str, ...] = ()  # what a question about a place asks for: About, keys of access.py
    # What it means where the talk is about that: of a place that we told of (ABOUT: "how do i get there"),
    # of a list (MORE: "they hung up on me"), after a danger (SAFE: "hes up now"), of naloxone (USE_IT).
    # And STEPS, ALONE, LAPSE, MIXING, QUITTING, LOSS, THANKS, anywhere; OPT_OUT, beside a danger; AMBULANCE,
    # AWAKE, CLEARED, FOUND, NO_HOSPITAL, DIED, after one; ARREST_FEAR, if words say so or it is very likely.
    perhaps: frozenset[Intent] = frozenset()

    @property
    def likely_need(self) -> str | None:
        """The need that comes first, also of those that would be asked about."""
        return next(iter(self.needs or self.unsure), None)


class Waiting(StrEnum):
    """What we asked last."""

    NOTHING = "nothing"
    NEED = "need"
    PLACE = "place"
    RULES = "rules"  # of which place: for LOCAL
    WHICH_PLACE = "which_place"
    WHICH_NEED = "which_need"
    RESULT = "result"
    AREA = "area"  # whether the person is where their number comes from
    CALL = "call"  # whether a person may call this number


@dataclass(frozen=True, slots=True)
class State:
    """All we remember of a talk between two texts."""

    language: str = "en"
    language_chosen: bool = False
    greeted: bool = False
    waiting: Waiting = Waiting.NOTHING
    needs: tuple[str, ...] = ()
    wishes: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    places: tuple[Place, ...] = ()  # the choices we offered
    offered: tuple[str, ...] = ()  # the needs we offered
    place_before: Place | None = None  # of the search before NEW: "same place"
    shown: tuple[str, ...] = ()  # listing ids of the last list, in its order
    page: int = 1
    detail: str = ""  # the listing last told in full
    misses: int = 0
    told_danger: Mapping[str, str] = field(default_factory=dict)  # what was said -> ISO time, UTC
    unconfirmed: bool = False  # we chose the language and have not said so yet
    care: int = 0  # texts left in the care frame after a danger
    texts_left: float = 20.0  # how many more we answer at once (throttle.py)
    heard_at: str = ""  # ISO time, UTC
    echo: str = ""  # a digest of our last answer, and how often it was given in a row
    echoes: int = 0


class Channel(StrEnum):
    SMS = "sms"
    WEB = "web"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to send: text, ready and fitted to its channel.

    budget: the segments it may take in GSM-7; a text that needs UCS-2 may take one more.
    """

    text: str
    budget: int = 1


class Effect(StrEnum):
    """What should happen besides the replies; the service carries it out."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    FORGET = "forget"
    CALL_ME = "call_me"  # said yes to a call from a peer navigator


@dataclass(frozen=True, slots=True)
class Turn:
    state: State
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


class Directory(Protocol):
    """What the talk may ask of the directory. It only reads."""

    def search(self, query: Query) -> Results: ...
    def hit(self, listing_id: str, place: Place | None) -> Hit | None: ...


class LocalRules(Protocol):
    """The rules on arrest that programs have published."""

    def near(self, place: Place, today: date) -> LocalRule | None: ...


class Understanding(Protocol):
    def __call__(self, text: str, language: str | None) -> Meaning: ...


@dataclass(frozen=True, slots=True)
class World:
    """All that `respond` may look at; it changes nothing."""

    directory: Directory
    understand: Understanding
    now: Callable[[], datetime]  # aware
    site_name: str = "Openway"
    public_url: str = ""
    needs: Needs | None = None  # labels of needs; without them we do not name the need back
    hotlines: Hotlines | None = None  # what to call when no place will do
    rules: LocalRules | None = None
    navigators: bool = False  # people here call back those who ask


__all__ = [
    "About", "Channel", "Danger", "Directory", "Effect", "Hit", "Intent", "Listing", "Located", "Matter",
    "Meaning", "Place", "Query", "Reply", "Results", "State", "Turn", "Understanding", "Waiting", "World",
]  # fmt: skip
