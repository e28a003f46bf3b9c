"""What a reader must know of a list of results: what was read, guessed, mended, widened or left open."""

from __future__ import annotations

from collections.abc import Iterator

from directory.answers import FAR_MILES, Located, Results
from directory.wording import say_distance
from translations import mark
from web.asked import NEED, label
from web.grouping import counted
from web.language import language, number, say
from web.parameters import SearchRequest
from web.placed import leaves_out


def notes(results: Results, wanted: SearchRequest, located: Located) -> list[str]:
    """The notes above a list, in reading order."""
    if results.is_beyond:  # the others speak of what is in the list
        return [_beyond(results)]
    return [*_of_words(results, wanted), *_of_place(results, wanted, located), *_of_answer(results)]


def _beyond(results: Results) -> str:
    said = mark("There is no page %(page)s. The last page is %(pages)s.")
    return say(said, page=number(results.query.page), pages=number(results.pages))


def _of_words(results: Results, wanted: SearchRequest) -> Iterator[str]:
    if mended := results.understood.corrected:
        said, read = (", ".join(words) for words in zip(*mended, strict=True))
        yield say(mark("Showing results for “%(read)s”. You typed “%(said)s”."), read=read, said=said)
    if what := ", ".join(_understood(results, wanted)):
        yield say(mark("Looking for: %(what)s."), what=what)
    if left := ", ".join(results.understood.unused):
        yield say(mark("We could not look for “%(words)s”. Ask when you call."), words=left)


def _understood(results: Results, wanted: SearchRequest) -> Iterator[str]:
    """What was read in the words beyond what was picked."""
    read = results.understood
    # Of several needs that words may mean, what was picked is meant.
    if wanted.needs.isdisjoint(read.needs):
        yield from (label(NEED, code) for code in read.needs)
    yield from (label(key, wish) for key, wish in read.wishes.items() if wanted.wishes.get(key) != wish)
    if results.total and (read.needs or read.wishes):
        beside = (word for word in results.words if word not in results.missing)
        yield from (say(mark("“%(words)s”"), words=word) for word in beside)


def _of_place(results: Results, wanted: SearchRequest, located: Located) -> Iterator[str]:
    place = results.query.place
    if place is None:
        yield say(mark("Add a ZIP code or city to see what is near you."))
    elif not wanted.names_place:
        yield say(mark("We read the place as %(place)s."), place=place.label)
    elif located.guessed or leaves_out(wanted.near, place):
        yield say(mark("We read “%(near)s” as %(place)s."), near=wanted.near, place=place.label)


def _of_answer(results: Results) -> Iterator[str]:
    if results.total and results.widened and not results.phone_first:
        yield _widened(results)
    if far := _far(results):
        yield far
    if results.any_word:
        yield _lacking(results)
    if said := counted(results):
        yield said
    if results.hits and all(hit.listing.source.is_demonstration for hit in results.hits):
        yield say(mark("This is a demonstration. These places are made up. Do not call or go."))


def _lacking(results: Results) -> str:
    if not results.missing:
        return say(mark("No place has all your words. These have some of them."))
    lost = mark("No place here has “%(words)s”. These have the rest of what you asked for.")
    return say(lost, words=", ".join(results.missing))


def _far(results: Results) -> str:
    """That there is a long way to go, before a person sets out."""
    nearest = results.nearest_miles
    if results.phone_first and nearest is None:
        return say(mark("We found no place to go to. Here is help by phone or online."))
    if not results.hits or results.query.place is None or nearest is None or nearest <= FAR_MILES:
        return ""
    by_phone = mark("The nearest place is %(distance)s away. Help by phone or online comes first.")
    lines = mark("The nearest place is %(distance)s away. The free lines below the list answer by phone.")
    message = by_phone if results.phone_first else lines
    return say(message, distance=say_distance(nearest, language()))


def _widened(results: Results) -> str:
    asked_for = results.query.radius or 0
    near = any(hit.distance_miles is not None and hit.distance_miles <= asked_for for hit in results.hits)
    miles = number(asked_for)
    if results.radius is None:
        few = mark("Only a few places within %(miles)s miles. Showing the nearest others, however far.")
        none = mark("Nothing within %(miles)s miles. Showing the nearest, however far.")
        return say(few if near else none, miles=miles)
    few = mark("Only a few places within %(miles)s miles. Showing up to %(farther)s miles.")
    none = mark("Nothing within %(miles)s miles. Showing up to %(farther)s miles.")
    return say(few if near else none, miles=miles, farther=number(results.radius))
