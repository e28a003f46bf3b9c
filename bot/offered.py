"""What a text means beside what we offered before it: a list, places of one name, a need that we look for.

Reading (understanding/) knows no talk. Here "the middle one", "uhh nc" or a place of the list by its name
becomes a number, and what only points to another need does not throw away the need and the list there are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from bot import listing_texts
from bot.model import LAST, MIDDLE, About, Intent, Meaning, Place, State, Waiting
from bot.talk import Talk
from directory.answers import Located
from directory.geo import miles_between
from directory.states import is_word, state_code
from directory.text import words

MOST_WORDS: Final = 8  # of an answer to a question of ours
NAME: Final = 3  # letters of a word that tells one place of a list from another
BESIDE: Final = 3  # words beside a name: "the native american one"
HOME: Final = 150.0  # miles: what is farther from where a person is says nothing of which place they mean
A_TOWN: Final = 5  # letters of a word that may be a misspelt town, where we asked for one
A_PLACE: Final = 4  # words
_LONGEST_STATE: Final = 4  # words: "district of columbia" and one more
_CITY: Final = "city"
# What was understood besides a number makes it none of a list.
_OPEN: Final = frozenset({Intent.OTHER, Intent.NEED, Intent.PLACE, Intent.YES, Intent.NO, Intent.GREETING})
_ASKING_WHERE: Final = frozenset({Waiting.PLACE, Waiting.AREA})


def beside(talk: Talk) -> Meaning:
    """The meaning of a text in its talk. `talk`: with the state before the text."""
    meaning = talk.meaning
    if meaning.danger is not None:
        return meaning
    if meaning.intent is Intent.HERE and talk.state.waiting not in _ASKING_WHERE:
        meaning = replace(meaning, intent=Intent.OTHER)  # "right here", beside who lies there
    meaning = _nearest_first(talk, _chosen(talk, meaning))
    meaning = _speaking(talk.state, _placed(talk, meaning))
    return _doubted(talk.state, meaning)


def _chosen(talk: Talk, meaning: Meaning) -> Meaning:
    """A number of what we offered, however it is said."""
    state = talk.state
    if meaning.choice is not None:
        return replace(meaning, choice=_counted(meaning.choice, _offered(state)))
    number = None
    if state.waiting is Waiting.WHICH_PLACE:
        number = place_named(talk.text, meaning.place, state.places)
    elif state.shown:
        number = _listing_named(talk, meaning)
    if number is None and _may_point(meaning):
        number = _counted(meaning.pick, _offered(state))
    if number is None:
        return meaning
    if meaning.about and state.shown:
        return replace(meaning, choice=number)
    needs = () if meaning.guessed or state.waiting is not Waiting.WHICH_PLACE else meaning.needs
    return replace(meaning, intent=Intent.CHOICE, choice=number, place=None, needs=needs, unsure=(),
                   perhaps=frozenset())  # fmt: skip


def _offered(state: State) -> int:
    if state.waiting is Waiting.WHICH_PLACE and state.places:
        return len(state.places)
    return len(state.offered) if state.waiting is Waiting.WHICH_NEED else len(state.shown)


def _counted(choice: int | None, count: int) -> int | None:
    """A number of so many; the last and the middle one of none stay what they are."""
    if choice is None or not count:
        return choice
    return {LAST: count, MIDDLE: (count + 1) // 2}.get(choice, choice)


def _may_point(meaning: Meaning) -> bool:
    """Whether a rank in a text may be one of what we offered: nothing else is asked for."""
    asks = (meaning.needs and not meaning.guessed) or meaning.place is not None
    return meaning.intent in _OPEN and not asks and Intent.MORE not in meaning.perhaps


def place_named(text: str, located: Located | None, offered: Sequence[Place]) -> int | None:
    """The number of the one place among some that a text names, by a word of its label or its state."""
    said = words(text)
    if not said or len(said) > MOST_WORDS or (located and located.place and located.place.zip):
        return None
    fit = [n for n, place in enumerate(offered, 1) if {*said} <= {*words(place.label)}]
    if len(fit) != 1:
        states = _states(text, said, located)
        fit = [n for n, place in enumerate(offered, 1) if states == {place.state}]
    return fit[0] if len(fit) == 1 else None


def _states(text: str, said: Sequence[str], located: Located | None) -> set[str]:
    """The states that a text names: not by the city of another ("new york city")."""
    named = _states_written(text, said)
    if located is None:
        return named
    if located.place is None:
        return {place.state for place in located.choices}
    city, _, _ = located.place.label.partition(",")
    return named if state_code(city) in named and _CITY not in said else set()


def _states_written(text: str, said: Sequence[str]) -> set[str]:
    """By their names and codes; a code that is a word as well only alone or in capitals: "OK", "ME"."""
    found, at = set(), 0
    while at < len(said):
        spans = (range(at, end) for end in range(min(len(said), at + _LONGEST_STATE), at, -1))
        named = next((span for span in spans if state_code(" ".join(said[i] for i in span))), range(at, at))
        one = said[at]
        meant = len(said) == 1 or (one.upper() in text.split() and not text.isupper())
        if len(named) > 1 or (named and (meant or not is_word(one))):
            found.add(state_code(" ".join(said[i] for i in named)))
        at += max(1, len(named))
    return found


def _listing_named(talk: Talk, meaning: Meaning) -> int | None:
    """The place of the list whose name, or what tells it from the others, is said in a few words."""
    said = {*words(talk.text)}
    unclear = meaning.intent is Intent.OTHER or (meaning.guessed and not meaning.wishes)
    unclear = unclear or meaning.intent is Intent.PLACE or (meaning.hinted and not meaning.asks)
    if not unclear or not 1 <= len(said) <= MOST_WORDS:
        return None
    found = (talk.world.directory.hit(each, None) for each in talk.state.shown)
    names = [{*words(listing_texts.name(talk, hit.listing, with_service=True))} if hit else set()
             for hit in found]  # fmt: skip
    fit = [n for n, name in enumerate(names, 1) if _names(said, name, names, is_town=bool(meaning.place))]
    return fit[0] if len(fit) == 1 else None


def _names(said: Collection[str], name: Collection[str], names: Collection[Collection[str]], *,
           is_town: bool) -> bool:  # fmt: skip
    """Whether what is said has words of this name alone: all that is said, or two of them."""
    own = {word for word in said if word in name and len(word) >= NAME and not word.isdecimal()}
    own = {word for word in own if sum(word in other for other in names) == 1}
    others = sum(word not in name for word in said)
    alone = bool(own) and not others and not is_town
    return alone or (len(own) > 1 and others < (1 if is_town else BESIDE))


def _nearest_first(talk: Talk, meaning: Meaning) -> Meaning:
    """Of several places of one name the one near where the talk, or the number, is from stands first."""
    located, state = meaning.place, talk.state
    home = state.place or state.place_before or talk.area
    if located is None or located.place or len(located.choices) < 2 or home is None:
        return meaning

    def miles(place: Place) -> float:
        return miles_between(home.point, place.point)

    nearest = min(located.choices, key=miles)
    if miles(nearest) > HOME:
        return meaning
    others = (place for place in located.choices if place is not nearest)
    return replace(meaning, place=replace(located, choices=(nearest, *others)))


def _placed(talk: Talk, meaning: Meaning) -> Meaning:
    """Where we asked for a place, a word or two that say nothing else are one, if they can be: "metarie"."""
    said = words(talk.text)
    nothing = meaning.intent is Intent.OTHER or (meaning.guessed and meaning.brief)
    asked = talk.state.waiting in _ASKING_WHERE and nothing and meaning.place is None
    if not asked or len(said) > A_PLACE or all(len(word) < A_TOWN for word in said):
        return meaning
    place = talk.world.understand(f"near {talk.text}", talk.state.language).place
    if place is None or not (place.place or place.choices):
        return meaning
    led = replace(meaning, intent=Intent.PLACE, needs=(), unsure=(), place=place, perhaps=frozenset())
    return _nearest_first(talk, led)


def _speaking(state: State, meaning: Meaning) -> Meaning:
    """Whether they speak a language, asked of a list: it is narrowed to those who do."""
    by_name = meaning.wants_language if About.LANGUAGES in meaning.about else None
    language = meaning.wishes.get("language") or by_name
    sure = meaning.needs and not meaning.guessed
    if language is None or state.detail or not (state.shown and state.needs) or meaning.place or sure:
        return meaning
    wishes, perhaps = {**meaning.wishes, "language": language}, meaning.perhaps - {Intent.ABOUT}
    return replace(meaning, intent=Intent.NEED, needs=(), unsure=(), wishes=wishes, wants_language=None,
                   about=(), perhaps=perhaps)  # fmt: skip


def _doubted(state: State, meaning: Meaning) -> Meaning:
    """What only points to a need, while another is looked for: asked about if the text surely asks for
    something, else left."""
    told = meaning.needs[:1] or meaning.unsure
    if not (state.needs and meaning.hinted) or not told or told[0] in state.needs:
        return meaning
    if meaning.asks and not meaning.wishes and Intent.ABOUT not in meaning.perhaps:
        return replace(meaning, needs=(), unsure=tuple(dict.fromkeys((state.needs[0], *told))))
    intent = meaning.intent if meaning.intent is not Intent.NEED or meaning.wishes else Intent.OTHER
    return replace(meaning, intent=intent, needs=(), unsure=())
