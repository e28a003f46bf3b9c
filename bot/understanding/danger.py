"""Danger: overdose, suicide, violence, medical. The rules are data/danger/<language>.csv.

Recall before precision: one safety text too many is cheap. A calming rule ("od'd last year")
silences only a danger phrase that lies wholly inside it and whose words it names, so it never
hides another danger in the same text.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import regex

from bot.model import Danger, Matter
from bot.understanding.gist import DANGER, log_odds
from bot.understanding.lexicon import raise_faults, read_pattern
from bot.understanding.normalise import Token
from bot.understanding.phrases import Found, PhraseBook, PhraseError, explains
from bot.understanding.spelling import Rewriting
from directory.datafile import DataFileError, Row, read
from translations import BABEL_NAMES

COLUMNS: Final = ("kind", "pattern", "reason", "example")
# Minutes to live decide which is answered first: without breath about four; then the hand on
# the pills; then the one who may still leave the room; then what an ambulance can still reach.
ORDER: Final = (Danger.OVERDOSE, Danger.SUICIDE, Danger.VIOLENCE, Danger.MEDICAL)
# In log-odds: what a rule weighs, what a calming one takes away, and where danger begins (decision 0013).
RULE: Final = 2.2
BARE: Final = 4.5  # and one that is about all that the text says
CALMING: Final = 1.5
KIND: Final = 1.0  # what a rule weighs for its own kind,
BEHIND: Final = 1.2  # and how far behind the likeliest a more urgent one still goes first,
BREATH: Final = 2.0  # most of all where there are only minutes
ENOUGH: Final = -0.3
SURELY: Final = 0.5  # in a few words that no rule knows
EXPLAINED: Final = 2.0  # where it is known what the text is about: "i have a dog" asks for a place with one
FEW: Final = 3.0
BESIDE: Final = 3.0  # words beside those that a rule named
_A_SYLLABLE: Final = 0.5  # of a word: Chinese and Korean are read by syllables
_SYLLABIC: Final = regex.compile(r"[\p{Han}\p{Hangul}]")
GROUP: Final = "words"
CALM: Final = "not_"
# What a danger is about that says that it is over: such a row calms, too.
OVER: Final[Mapping[str, Danger]] = {Matter.REVIVED: Danger.OVERDOSE}
# No gap of a calming rule crosses a word of this list: "od'd last year, now he ..." is about now.
NOW: Final = "NOW"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a danger file. `calms`: it says that there is no danger of this kind."""

    language: str
    kind: Danger
    calms: bool
    reason: str
    example: str
    where: str  # file and line, for reports


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen in a text: the rules that hold, the most urgent first, and the words that
    any rule named, by where they begin, calming ones too (no town: "a burden" is not Burden, KS)."""

    rules: tuple[Rule, ...] = ()
    named: frozenset[int] = frozenset()
    calmed: frozenset[Danger] = frozenset()  # kinds that a calming rule speaks of and none holds
    sensed: Danger | None = None  # the kind that the examples tell of, weighed with the rules

    @property
    def worst(self) -> Danger | None:
        return self.sensed or (self.rules[0].kind if self.rules else None)


def see(found: Sequence[Found[Rule]]) -> Sight:
    """The dangers among what the rules of some languages found that no calming rule explains."""
    calm = [f for f in found if f.value.calms]
    alive = [
        f.value
        for f in found
        if not f.value.calms and not any(c.value.kind is f.value.kind and explains(c, f) for c in calm)
    ]
    urgent_first = sorted(alive, key=lambda rule: ORDER.index(rule.kind))
    named = frozenset(i for f in found for i in f.firm)
    calmed = frozenset(f.value.kind for f in calm) - {rule.kind for rule in alive}
    return Sight(tuple(urgent_first), named, calmed)


def is_bare(sight: Sight, tokens: Iterable[Token]) -> bool:
    """Whether rules hold and a text says hardly more than they named ("fentanyl overdose"); no numbers."""
    if not sight.rules:
        return False
    others = [token for token in tokens if token.start not in sight.named and not token.said.isdecimal()]
    return length(others) <= BESIDE


def is_one_word(tokens: Sequence[Token]) -> bool:
    """Of one word the examples tell nothing that its rule does not tell better: "過量"."""
    return length(tokens) <= 1


def length(tokens: Iterable[Token]) -> float:
    """How many words a text has."""
    return sum(_A_SYLLABLE if _SYLLABIC.match(token.said) else 1.0 for token in tokens)


def judged(
    sight: Sight,
    likely: Mapping[str, float],
    *,
    bare: bool = False,
    surely: bool = False,
    explained: bool = False,
) -> Sight:
    """What the rules saw, weighed with how likely the examples find a danger (label DANGER and each
    kind; none where they cannot tell: then the rules stand). A rule is given up only where they are
    sure enough that there is none, surer if it is about all that the text says (`bare`). Where no
    rule holds, they speak only if sure enough that there is a danger; surer of a few words (`surely`)
    and of what we have an answer for (`explained`). Of which kind it is, both tell: a word of one may
    stand in the tale of another."""
    if DANGER not in likely:
        return sight
    told = {kind: (log_odds(likely[DANGER]) + log_odds(likely.get(kind, 0.0))) / 2 for kind in ORDER}
    if not sight.rules:
        # "od'd last year, now i want to die": what calms one kind takes nothing from another.
        told = {kind: weight - CALMING * (kind in sight.calmed) for kind, weight in told.items()}
        worst = max(told, key=lambda kind: told[kind])
        enough = EXPLAINED if explained else SURELY if surely else ENOUGH
        return replace(sight, sensed=worst) if told[worst] >= enough else sight
    if max(told.values()) + (BARE if bare else RULE) < ENOUGH:
        return replace(sight, rules=())
    return replace(sight, sensed=_first({rule.kind for rule in sight.rules}, told))


def _first(named: Container[Danger], told: Mapping[Danger, float]) -> Danger:
    """The most urgent of the kinds that rules name, unless the examples are sure of another."""
    weights = {kind: weight + KIND * (kind in named) for kind, weight in told.items()}
    heaviest = max(weights, key=lambda kind: weights[kind])
    minutes = heaviest is not Danger.MEDICAL  # poison, a fit: an ambulance is called for there too
    behind = {kind: BREATH if kind is Danger.OVERDOSE and minutes else BEHIND for kind in ORDER}
    near = [kind for kind in ORDER if kind in named and weights[kind] >= weights[heaviest] - behind[kind]]
    return near[0] if near else heaviest


@dataclass(frozen=True, slots=True)
class DangerFile:
    """The lines of one language, not yet read as phrases."""

    language: str
    rows: list[Row]

    @property
    def groups(self) -> dict[str, str]:
        pairs = (row["pattern"].partition("=") for row in self.rows if row["kind"] == GROUP)
        return {name.strip(): words.strip() for name, _, words in pairs}


def files(folder: Path) -> list[DangerFile]:
    """The danger files of a folder, each line checked. Raises DataFileError."""
    found = [DangerFile(path.stem, read(path, COLUMNS)) for path in sorted(folder.glob("*.csv"))]
    if not found:
        raise DataFileError(f"no danger rules in {folder}")
    raise_faults([fault for one in found for row in one.rows for fault in _faults(one.language, row)])
    return found


def _faults(language: str, row: Row) -> Iterator[str]:
    kinds = [GROUP, *ORDER, *(f"{CALM}{kind}" for kind in ORDER), *Matter]
    if language not in BABEL_NAMES:
        yield row.fault("kind", f"the file must be named for a language code, not {language!r}")
    if row["kind"] not in kinds:
        yield row.fault("kind", f"{row['kind']!r} is none of {', '.join(kinds)}")
    elif row["kind"] == GROUP and "=" not in row["pattern"]:
        yield row.fault("pattern", "write NAME = word|word")
    elif _calms(row["kind"]) and "&" in row["pattern"]:
        yield row.fault("pattern", "a calming rule names words that stand together; it cannot have '&'")
    elif row["kind"] != GROUP and not (row["reason"] and row["example"]):
        yield row.fault("reason", "every rule needs a reason and an example")


def book(file: DangerFile, rewrite: Rewriting, faults: list[str]) -> PhraseBook[Rule]:
    """A language's rules; to `faults` goes every pattern that cannot be read."""
    rules: PhraseBook[Rule] = PhraseBook()
    groups = file.groups
    now = frozenset(groups.get(NOW, "").split("|"))
    for row in file.rows:
        if row["kind"] == GROUP or (row["kind"] in tuple(Matter) and row["kind"] not in OVER):
            continue
        try:
            rule = _rule(file.language, row)
            barrier = now if rule.calms else frozenset()
            rules.add(read_pattern(row["pattern"], rewrite, groups, barrier), rule)
        except PhraseError as error:
            faults.append(row.fault("pattern", str(error)))
    return rules


def topics(file: DangerFile, rewrite: Rewriting, faults: list[str]) -> PhraseBook[Matter]:
    """What a danger may be about; to `faults` goes every pattern that cannot be read."""
    found: PhraseBook[Matter] = PhraseBook()
    for row in file.rows:
        if row["kind"] in tuple(Matter):
            try:
                pattern = read_pattern(row["pattern"], rewrite, file.groups, frozenset())
                found.add(pattern, Matter(row["kind"]))
            except PhraseError as error:
                faults.append(row.fault("pattern", str(error)))
    return found


def _rule(language: str, row: Row) -> Rule:
    kind = OVER.get(row["kind"]) or Danger(row["kind"].removeprefix(CALM))
    where = f"{row.file}, line {row.line}"
    return Rule(language, kind, _calms(row["kind"]), row["reason"], row["example"], where)


def _calms(kind: str) -> bool:
    return kind.startswith(CALM) or kind in OVER
