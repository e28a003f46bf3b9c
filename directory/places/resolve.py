"""One name -> the place, or the places to ask about. Here it is decided when a name is clear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.answers import Located, Place
from directory.model import Point
from directory.places.names import name_key
from directory.places.table import Bearer, Table
from directory.places.vocabulary import Vocabulary

NOWHERE: Final = Located()
CHOICES: Final = 5
STATE_CHOICES: Final = 3
# A name is clear without its state if its biggest bearer has 8 times the size of the next and at
# least 5. Looked up for the 60 most shared names and the 150 biggest shared ones: Houston has
# 135 times the next, Philadelphia 54, Boston 28, Buffalo 29, Detroit 35, Oakland 12, Cleveland
# and Lexington 9; then come those a resident would not call clear: Longview 7, Portland and
# Rochester 6, Madison 5, Kansas City and Columbus 4, Columbia and Richmond 4, Aurora 2,
# Springfield 1.6. Five ZIPs: below that, one ZIP more or less turns the ratio.
CLEAR_RATIO: Final = 8.0
CLEAR_SIZE: Final = 5.0
# Portland, Columbus and Newark are likely the biggest of their names, Springfield and Arlington are not.
LIKELY_RATIO: Final = 2.0
LIKELY_SIZE: Final = 2.0
# Or half as big again as the next, with a third of all that is called so.
LEADING_RATIO: Final = 1.5
LEADING_SHARE: Final = 1 / 3
# A misspelling is as likely as the place is big, 6 times less for each slip; the first letter is
# seldom wrong. It is taken, and shown as a guess, if 4 times as likely as the next.
_SLIP: Final = 6.0
_FIRST_LETTER: Final = 4.0
_CLEAR_GUESS: Final = 4.0
MOST_SLIPS: Final = 3


class Resolver:
    """Names, by their keys (names.py), in a table and a vocabulary."""

    def __init__(self, table: Table, vocabulary: Vocabulary) -> None:
        self.table = table
        self.vocabulary = vocabulary
        self._known: frozenset[str] = frozenset()
        self._asked: dict[str, list[Bearer]] | None = None

    def for_one_text(self, languages: Iterable[str] = ()) -> Resolver:
        """The same, remembering what it was asked, with the ordinary words of a text in these languages."""
        self.knows("")  # read once, here, so that every text has it
        one = Resolver(self.table, self.vocabulary.spoken_in(languages))
        one._known, one._asked = self._known, {}
        return one

    def bearers(self, key: str) -> list[Bearer]:
        """Every place of a name, the biggest first."""
        if self._asked is None:
            return self.table.bearers(key)
        if key not in self._asked:
            self._asked[key] = self.table.bearers(key)
        return self._asked[key]

    def knows(self, key: str) -> bool:
        """Whether a key names any place, state or nickname at all; without asking the table."""
        if not self._known:
            said = self.vocabulary
            self._known = frozenset(self.table.keys()) | said.nicknames.keys() | said.state_names
        return key in self._known

    def size(self, key: str, state: str = "") -> float:
        """How big the biggest bearer of a name is; what has a nickname is big."""
        if key in self.vocabulary.nicknames:
            return CLEAR_SIZE * 10
        sizes = (b.size for b in self.bearers(key) if state in ("", b.place.state))
        return max(sizes, default=0.0)

    def is_spelled_so(self, key: str, parts: int) -> bool:
        """False for words that are a name only written as one: "clear water", "leon ia"."""
        if parts == 1 or (key, parts) in self.vocabulary.as_written:
            return True
        return any(bearer.parts == parts for bearer in self.bearers(key))

    def is_written_so(self, key: str, parts: int) -> bool:
        """Whether a key names a place when it is written in so many words."""
        return self.knows(key) and self.is_spelled_so(key, parts)

    def point(self, point: Point) -> Place:
        """A place for bare coordinates, with the state and time zone of the nearest ZIP."""
        near = self.table.nearest(point)
        label = f"{point.latitude:.3f}, {point.longitude:.3f}"
        return Place(label, point, "point", near.state if near else "", "", near.time_zone if near else "")

    def zip(self, code: str) -> Located:
        """A ZIP; a guess if only its neighbours are known; nowhere if it does not exist."""
        found = self.table.zip(code)
        return Located(place=found.place, guessed=not found.exact) if found else NOWHERE

    def resolve(self, key: str, state: str = "") -> Located:
        """What a name means; a nickname is marked as guessed. No place and no choices: unknown."""
        nicknamed = self._nicknamed(key, state)
        if not state:
            return nicknamed or self._state(key) or choose(self.bearers(key))
        bearers = [bearer for bearer in self.bearers(key) if bearer.place.state == state]
        return choose(bearers) if bearers else nicknamed or NOWHERE

    def part(self, said: str, state: str) -> Located:
        """A part of a state: the cities that nicknames.csv has for it, or the biggest of the state."""
        name = name_key(said)[0]
        return self._nicknamed(name, "") or offer(b.place for b in self.table.biggest(state, STATE_CHOICES))

    def _nicknamed(self, key: str, state: str) -> Located | None:
        stands_for = self.vocabulary.nicknames.get(key, ())
        places = [
            bearer.place
            for name, its_state in stands_for
            for bearer in self.bearers(name)
            if bearer.place.state == its_state and state in ("", its_state)
        ]
        located = offer(places, guessed=True) if places else None
        # The file names the likeliest first.
        return replace(located, likely=places[0]) if located and located.choices else located

    def _state(self, key: str) -> Located | None:
        """A state alone is not a place: its biggest cities are asked about. If a clear city has
        the name too, it comes first ("Washington"), and alone if it lies there ("New York")."""
        code = self.vocabulary.states.get(key)
        if not code:
            return None
        city = choose(self.bearers(key)).place
        if city and city.state == code:
            return Located(place=city)
        biggest = [bearer.place for bearer in self.table.biggest(code, STATE_CHOICES)]
        return offer([city, *biggest] if city else biggest)

    def guess(self, key: str, state: str = "", *, least: float = 0.0, slips: int = MOST_SLIPS) -> Located:
        """What a misspelt name may mean, marked as guessed.

        Only places of at least this size, with at most this many slips (and fewer in a short word).
        """
        likely: dict[Place, float] = {}
        for name, made in _alike(key, self.table.keys(), slips):
            unlikely = _SLIP**made * (1.0 if name[0] == key[0] else _FIRST_LETTER)
            for bearer in self.bearers(name):
                if state in ("", bearer.place.state) and bearer.size >= least:
                    likely[bearer.place] = max(likely.get(bearer.place, 0.0), bearer.size / unlikely)
        ranked = sorted(likely, key=lambda place: -likely[place])[:CHOICES]
        if len(ranked) > 1 and likely[ranked[0]] >= _CLEAR_GUESS * likely[ranked[1]]:
            ranked = ranked[:1]
        return offer(ranked, guessed=True)

    def is_nearly_ordinary(self, word: str) -> bool:
        """One slip away from an ordinary word ("hospitol"): not a misspelt city."""
        cutoff, words = 1, self.vocabulary.ordinary_list
        return process.extractOne(word, words, scorer=OSA.distance, score_cutoff=cutoff) is not None


def _alike(key: str, names: Sequence[str], most: int) -> list[tuple[str, int]]:
    """Names a few slips away: one in five or six letters, two in up to nine, three in more."""
    if len(key) < 5:
        return []
    slips = min(most, 1 if len(key) < 7 else 2 if len(key) < 10 else MOST_SLIPS)
    found = process.extract(key, names, scorer=OSA.distance, score_cutoff=slips, limit=12)
    return [(name, int(distance)) for name, distance, _ in found]


def choose(bearers: Sequence[Bearer]) -> Located:
    """The clear bearer of a name, or the likeliest, the biggest first, to be asked about."""
    if not bearers:
        return NOWHERE
    ranked = sorted(bearers, key=lambda bearer: -bearer.size)
    first = ranked[0]
    if len(ranked) == 1 or (first.size >= CLEAR_SIZE and first.size >= CLEAR_RATIO * ranked[1].size):
        return Located(place=first.place)
    offered = offer(bearer.place for bearer in ranked)
    likely = first.size >= LIKELY_SIZE and _leads([bearer.size for bearer in ranked])
    return replace(offered, likely=first.place) if likely and offered.choices else offered


def _leads(sizes: Sequence[float]) -> bool:
    """Whether the first, which is the biggest, is likely the one that is meant."""
    first, second = sizes[:2]
    leads = first >= LEADING_RATIO * second and first >= LEADING_SHARE * sum(sizes)
    return leads or first >= LIKELY_RATIO * second


def offer(places: Iterable[Place], *, guessed: bool = False) -> Located:
    """One place is the place; several are choices."""
    several = tuple({place.label: place for place in places}.values())[:CHOICES]
    if len(several) == 1:
        return Located(place=several[0], guessed=guessed)
    return Located(choices=several, guessed=guessed and bool(several))


def is_found(located: Located) -> bool:
    return located.place is not None or bool(located.choices)
