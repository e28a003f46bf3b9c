"""Needs: which of the need codes a text asks for, in the order it says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.understanding.gist import NEED, code_of, of_need
from bot.understanding.lexicon import Sense
from bot.understanding.phrases import Found
from bot.understanding.tongue import Heard
from bot.understanding.wishes import aged, wished

# Whoever asks for these among other things needs them first.
SAFETY_FIRST: Final = ("dv_services",)
# Of two phrases over the same words the longer counts; of two as long, the earlier kind here.
CLEAR: Final = ("ignore", "need", "wish", "age")
VAGUE: Final = ("ignore", "vague")
# How likely the examples must find a need to be sure of it; to take it where the phrases found none; and
# where the text surely asks for something. A phrase is worth so much likelihood.
SURE: Final = 0.6
TOLD: Final = 0.2
FAINT: Final = 0.1
SAID: Final = 0.1
ALSO: Final = 0.6  # for a second one
# Any need at all, lest the phrases are not believed; and lest a word that may point to one is not.
NOTHING: Final = 0.01
VAGUELY: Final = 0.1
TINY: Final = 2  # letters: "na" is a meeting in English, and "in the" in Portuguese
FEW: Final = 3  # words: in so short a text it is the meeting
BESIDE: Final = 3  # words beside a wish that make it no need of their own
PLAIN: Final = 3  # words beside a need that leave it to the phrases: "szukam detoksu", as one seeks a job
# Unsure between two: how likely each must be, and that there is any need at all.
MAYBE: Final = 0.1
ASKS: Final = 0.5
# A need beside a wish that seems to be all: "i have 4 kids need place".
CERTAIN: Final = 0.8


@dataclass(frozen=True, slots=True)
class Asked:
    """Need codes, likeliest first; wishes by filter key; where in the text it is said."""

    needs: tuple[str, ...] = ()
    wishes: dict[str, str] = field(default_factory=dict)
    taken: tuple[tuple[int, int], ...] = ()
    refuses: bool = False
    vague: bool = False  # the needs are only what a word may point to: "pills", "house"
    only_wishes: bool = False  # "open now", "do they take medicaid": of a list that we spoke of
    plain: bool = False  # the needs are about all that the text says


def asked(heard: Sequence[Heard]) -> Asked:
    """What a text asks for, in any of the languages it was heard in, the likeliest first. A vague word
    ("heroin", "court") counts only if nothing clearer is there."""
    read = [list(each.tongue.lexicon.asks.find(each.reading.words)) for each in heard]
    found = list(_found(heard[0], read[0]))
    short = len(heard[0].reading.words) <= FEW
    for each, some in zip(heard[1:], read[1:], strict=True):
        found += [one for one in _found(each, some) if short or not _is_tiny(each, one)]
    clear, vague = _picked(found, CLEAR), _picked(found, VAGUE)
    surely = _codes(clear, "need")
    needs = surely or _codes(vague, "vague")
    refuses = any(map(_refuses, read))
    told = {*clear, *vague}
    wishes = wished(clear)
    others = _others(heard[0], tuple((f.start, f.end) for f in told))
    only_wishes = bool(wishes) and not needs and others <= BESIDE
    plain = bool(surely) and others <= PLAIN
    return Asked(needs, wishes, _named(told, heard), refuses, bool(needs) and not surely, only_wishes, plain)


def _named(found: Iterable[Found[Sense]], heard: Iterable[Heard]) -> tuple[tuple[int, int], ...]:
    """Where the words stand that phrases name; what stands in their gaps may be a town."""
    ends = dict(sorted(span for each in heard for span in each.reading.spans))
    return tuple((start, ends[start]) for start in {start for one in found for start in one.firm})


def _is_tiny(heard: Heard, found: Found[Sense]) -> bool:
    """So few Latin letters as are a word of many languages; two of Chinese are a whole one."""
    return found.end - found.start <= TINY and heard.reading.text[found.start : found.end].isascii()


def _others(heard: Heard, taken: Iterable[tuple[int, int]]) -> int:
    """How many words say something else."""
    spans = heard.reading.spans
    return sum(all(end <= first or last <= start for first, last in taken) for start, end in spans)


def weighed(asks: Asked, likely: Mapping[str, float], *, surely: bool = False, placed: bool = False) -> Asked:
    """What the phrases found, weighed with how likely the examples find each need: the likeliest comes
    first. Where no phrase finds any, they must be sure of it (`surely`) or nearly. Only where nothing at
    all seems to be asked for are the phrases not believed, unless the examples are sure of that very need;
    vague words sooner, but not beside a place (`placed`: "teeth 60614"). Whoever refuses something ("no
    rehab") and asks for another is taken at their word alone, and so is a wish that stands alone, unless
    they are certain of a need beside it."""
    if NEED not in likely or (asks.refuses and asks.needs):
        return asks
    found = {code: share for label, share in likely.items() if (code := code_of(label))}
    if asks.only_wishes and min(likely[NEED], max(found.values(), default=0.0)) < CERTAIN:
        return asks
    sure = any(found.get(code, 0.0) >= SURE for code in asks.needs)
    if likely[NEED] < (VAGUELY if asks.vague and not placed else NOTHING) and not sure:
        return replace(asks, needs=())
    if asks.plain:
        return asks
    if asks.needs:
        return replace(asks, needs=_ranked(asks, found))
    least = SURE if surely or asks.refuses else FAINT if likely[NEED] >= ASKS else TOLD
    told = zip(_likeliest(found), (least, ALSO), strict=False)
    return replace(asks, needs=tuple(code for code, enough in told if found[code] >= enough))


def _ranked(asks: Asked, found: Mapping[str, float]) -> tuple[str, ...]:
    """The likeliest need first, by the examples and a little by the phrases; then what the phrases found. Of
    what a word only may point to, no more than the examples find too."""
    said = asks.needs
    surest = max(found.values(), default=0.0)
    if said[0] in SAFETY_FIRST and (surest < SURE or found.get(said[0], 0.0) >= FAINT):
        return said  # not who has left him long ago and looks for work
    likely = {code: share for code, share in found.items() if code in said or share >= FAINT}
    weights = {**dict.fromkeys(said, 0.0), **likely}
    first = max(weights, key=lambda code: weights[code] + SAID * (code in said))
    also = [code for code in said if not asks.vague or found.get(code, 0.0) >= FAINT]
    return tuple(dict.fromkeys((first, *also)))


def _likeliest(found: Mapping[str, float]) -> list[str]:
    return sorted(found, key=lambda code: -found[code])


def undecided(asks: Asked, likely: Mapping[str, float]) -> tuple[str, ...]:
    """Two needs between which the examples cannot tell, where the text surely asks for something and no
    phrase says for what."""
    if asks.needs or asks.wishes or asks.refuses or likely.get(NEED, 0) < ASKS:
        return ()
    found = {code: share for label, share in likely.items() if (code := code_of(label))}
    first = tuple(code for code in _likeliest(found)[:2] if MAYBE <= found[code] < SURE)
    return first if len(first) > 1 else ()


def is_hint(asks: Asked, said: Asked, likely: Mapping[str, float]) -> bool:
    """Whether the needs of a text rest on little: on the examples, or on what a word may point to, and they
    are not sure; or on a phrase in a text that they hear no such need in. `said`: what phrases found."""
    if NEED not in likely or not asks.needs or said.plain:
        return False
    share = likely.get(of_need(asks.needs[0]), 0.0)
    if said.needs and not said.vague:
        return likely[NEED] < ASKS and share < ASKS
    return likely[NEED] < ASKS or share < SURE


def likeliest(said: Asked, likely: Mapping[str, float]) -> str:
    """Where nothing is understood: the need that a word points to, or that the examples hear faintly; ""
    if there is none."""
    if said.refuses:
        return ""
    found = {code: share for label, share in likely.items() if (code := code_of(label))}
    best = max(found, key=lambda code: found[code], default="")
    if said.vague:
        return max(said.needs, key=lambda code: found.get(code, 0.0))
    return best if found.get(best, 0.0) >= FAINT else ""


def _found(heard: Heard, found: Sequence[Found[Sense]]) -> Iterator[Found[Sense]]:
    """What one language found, without what it refuses: "i do not want rehab"."""
    words = heard.reading.words
    refused = _refused(found)
    for one in found:
        if one.start not in refused:
            value = aged(one.value, words[one.start : one.end]) if one.value.kind == "age" else one.value
            yield heard.placed(replace(one, value=value))


def _refused(found: Iterable[Found[Sense]]) -> set[int]:
    """Where what is refused begins."""
    return {f.end for f in found if f.value.kind == "refuse"}


def _refuses(found: Sequence[Found[Sense]]) -> bool:
    """Whether a need is refused: "i do not want" may well be about something else."""
    refused = _refused(found)
    return any(one.start in refused and one.value.kind in ("need", "vague") for one in found)


def _picked(found: Iterable[Found[Sense]], kinds: tuple[str, ...]) -> list[Found[Sense]]:
    """The phrases of these kinds that name the most words, and do not overlap, in the order of the text;
    of two that name as many, the denser: "i need a detox without id" asks for no id."""
    fit = (f for f in found if f.value.kind in kinds)
    picked: list[Found[Sense]] = []
    for one in sorted(fit, key=lambda f: (-len(f.firm), f.end - f.start, kinds.index(f.value.kind), f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in picked):
            picked.append(one)
    return sorted(picked, key=lambda f: f.start)


def _codes(found: Iterable[Found[Sense]], kind: str) -> tuple[str, ...]:
    codes = list(dict.fromkeys(code for one in found if one.value.kind == kind for code in one.value.values))
    return tuple(sorted(codes, key=lambda code: code not in SAFETY_FIRST))
