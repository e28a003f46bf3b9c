"""Understanding: one text -> what it means, without any memory of the talk before it.

The order is the order of what must not be missed: the exact opt-out word, danger, an opt-out
in a sentence, then a command, a language, a fear, a need. One file per concern beside this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from bot.model import BODILY, CARE_NEEDS, VIOLENT, About, Danger, Intent, Matter, Meaning
from bot.understanding import commands, corpora, danger, follows, language, normalise, opt_out, place
from bot.understanding.choice import chosen, pointed, says_nothing
from bot.understanding.danger import Sight
from bot.understanding.gist import FOLDER, NEED, Gist, gists, together
from bot.understanding.identify import Scores, pieces
from bot.understanding.language import ENGLISH
from bot.understanding.lexicon import raise_faults
from bot.understanding.needs import ASKS, Asked, asked, is_hint, likeliest, undecided, weighed
from bot.understanding.normalise import Message
from bot.understanding.phrases import Found
from bot.understanding.place import Gazetteer, Named
from bot.understanding.tongue import Heard, Sources, Tongue, Tongues
from bot.understanding.wishes import speaker
from directory import datafile
from directory.answers import Located
from directory.text import words

# What a danger asks of the directory besides the safety text.
NEEDS_OF: Final[dict[Danger | None, tuple[str, ...]]] = {Danger.VIOLENCE: ("dv_services",)}
# What a danger may be about; of several the first.
MATTERS: Final[dict[Danger | None, tuple[Matter, ...]]] = {
    Danger.VIOLENCE: VIOLENT,
    Danger.MEDICAL: BODILY,
    Danger.SUICIDE: (Matter.SWALLOWED, Matter.WOUND, Matter.BESIDE),
    Danger.OVERDOSE: (Matter.SWALLOWED,),
    None: (Matter.SWALLOWED, Matter.REVIVED),
}
# Where somebody is not in their right mind.
OF_A_MIND: Final = (Matter.CRISIS, Matter.THREAT)
A_NAME: Final = 3  # words, or syllables, of a text that is hardly more than a language's name: "en inglés"
_CODE: Final = 2  # letters of a state's code
# Shaking from drink is no case for an outpatient clinic.
SAFER: Final[dict[tuple[Danger | None, str], str]] = {(Danger.MEDICAL, "outpatient"): "detox"}


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of every language. Made by `rules`."""

    tongues: Tongues
    keywords: opt_out.Keywords
    telling: language.Telling
    gists: Mapping[str, Gist]


@cache
def rules(folder: Path) -> Rules:
    """The rules of a data folder, read once a process. Raises DataFileError."""
    sources = Sources.read(folder)
    telling = language.Telling(corpora.identifier(sources, folder), sources.languages)
    keywords = opt_out.keywords_of(sources.opt_outs)
    return Rules(Tongues(sources), keywords, telling, gists(folder / FOLDER))


@dataclass(frozen=True, slots=True)
class _Text:
    """One text on its way to a meaning."""

    said: Message
    heard: Mapping[str, Heard]  # by every language that it may be in, by code
    near: Sequence[Heard]  # by the likely ones
    asks: Asked  # what the phrases of these find
    inside: Set[Intent]  # what they hear inside a sentence
    scores: Scores  # how likely each language is
    likely: Mapping[str, float]  # what it may be about, by the labels of the examples
    current: str | None  # the language spoken so far


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts. Made by `Reader.load`; holds rules, never anything of a person."""

    rules: Rules
    gazetteer: Gazetteer

    @classmethod
    def load(cls, gazetteer: Gazetteer, folder: Path = datafile.HERE) -> Reader:
        """A reader with the rules of a data folder. Raises DataFileError: at once for a line whose
        cells are wrong, when a language is first read for a pattern that is (`warm` reads all)."""
        return cls(rules(folder), gazetteer)

    @property
    def tongues(self) -> Mapping[str, Tongue]:
        return self.rules.tongues

    def warm(self) -> None:
        """Puts every language together now. Raises DataFileError, naming every faulty line."""
        raise_faults(self.rules.tongues.faults())

    def __call__(self, text: str, language: str | None = None) -> Meaning:
        """What a text means. `language`: what was spoken so far, if known. Never raises."""
        said = normalise.message(text)
        if (keyword := opt_out.keyword(said, self.rules.keywords)) is not None:
            intent, told = keyword
            foreign = told if told != ENGLISH else None
            enough = intent is Intent.OPT_OUT and foreign is not None and len(said.tokens) == 1
            return Meaning(intent, foreign, enough=enough)
        read = self._listened(said, language)
        named = self.dangers(list(read.heard.values()))
        town = self._town(read, named)
        rest = self._without(read, town) if town.tokens else read
        if not town.starts.isdisjoint(named.named):  # "narcan boston ma": "ma" is no Arabic "none"
            named = self.dangers(list(rest.heard.values()))
        bare = danger.is_bare(named, said.tokens) and not follows.answers(rest.likely)
        short = self._short(read)
        few = danger.length(said.tokens) - danger.length(town.tokens) <= danger.FEW
        counts = (short is not None and short.intent is Intent.CHOICE) or (
            town.tokens and any(map(says_nothing, rest.near))
        )
        one_word = named.rules and danger.is_one_word(said.tokens)
        doubts = {} if one_word or counts else rest.likely
        seen = danger.judged(
            named,
            doubts,
            bare=bare,
            surely=few,
            explained=_is_explained(rest) or (short is not None and short.intent is not Intent.OPT_OUT),
        )
        if seen.worst is None and short is not None:
            return short
        return self._sentence(read, rest, town, seen, few=few)

    def _listened(self, said: Message, current: str | None) -> _Text:
        scores = self.rules.telling.scores(said.text, current)
        return self._weighed(said, self._heard(said, scores, current), scores, current)

    def _weighed(
        self, said: Message, heard: Mapping[str, Heard], scores: Scores, current: str | None
    ) -> _Text:
        near = [each for code, each in heard.items() if _is_near(code, scores, current)]
        read = {c: each.reading.words for c, each in heard.items() if scores.get(c, 0) >= language.LIKELY}
        likely = together(read, scores, self.rules.gists)
        return _Text(said, heard, near, asked(near), commands.within(near), scores, likely, current)

    def _without(self, text: _Text, town: Named) -> _Text:
        """The same without the words that named a place: they ask for nothing."""
        heard = {code: each.without(town.starts) for code, each in text.heard.items()}
        return self._weighed(text.said, heard, text.scores, text.current)

    def _heard(self, said: Message, scores: Scores, current: str | None) -> dict[str, Heard]:
        """The text as each language reads it that it may be in, the likeliest first; English always."""
        possible = (code for code, likely in scores.items() if likely >= language.POSSIBLE)
        codes = dict.fromkeys((*possible, current or ENGLISH, ENGLISH))
        return {code: self.tongues[code].hear(said) for code in codes if code in self.tongues}

    def dangers(self, heard: Sequence[Heard]) -> Sight:
        """The dangers in a text, by the rules of every language it was heard in."""
        return danger.see([found for each in heard for found in each.find(each.tongue.dangers)])

    def _short(self, text: _Text) -> Meaning | None:
        """Texts that are one thing as a whole: an opt-out, a number, a command."""
        if (meaning := self._whole(text)) is None:
            return None
        spoken = text.heard.get(text.current or "")
        if spoken and commands.command(spoken.reading.words, spoken.tongue.lexicon) is not None:
            return meaning  # said in the language spoken so far, whoever else says "okay"
        return replace(meaning, language=self._told(text, pieces(text.said.text)))

    @staticmethod
    def _whole(text: _Text) -> Meaning | None:
        asks_out = _asks_out(text)
        keeps = opt_out.keeps(asks_out, text.said.text)
        if not keeps and opt_out.asked(asks_out) and opt_out.may_ask(text.said.tokens, text.likely):
            return Meaning(Intent.OPT_OUT)
        for each in text.near:
            if (number := chosen(each.reading.words, each.tongue.lexicon)) is not None:
                return Meaning(Intent.CHOICE, choice=number)
        for each in text.near:
            if (command := commands.command(each.reading.words, each.tongue.lexicon)) is not None:
                return _commanded(command, text.inside)
        keeps = keeps or commands.is_about_texts(text.inside, text.likely)
        if not keeps and opt_out.told(asks_out, text.said.tokens, text.likely):
            return Meaning(Intent.OPT_OUT)
        return None

    def _town(self, text: _Text, seen: Sight) -> Named:
        """The place that a text names."""
        # Not words of two letters: "ca" says much in Vietnamese, and is California.
        long = (token for token in text.said.tokens if len(token.said) > _CODE or not token.said.isascii())
        taken = {t.start for t in long if any(s <= t.start and t.end <= e for s, e in text.asks.taken)}
        return place.found(text.said, _spoken(text), taken | seen.named, self.gazetteer)

    def _sentence(self, text: _Text, rest: _Text, town: Named, seen: Sight, *, few: bool) -> Meaning:
        """What a text means. `rest`: the same without the words of the `town`, which ask for nothing
        (Needles, CA) and threaten nobody (Aurora, IL). `few`: so few that they may be part of a name
        ("lincoln park chicago"), or of a wish ("any free")."""
        near, asks = text.near, rest.asks
        barely = few and (town.is_town or bool(asks.wishes))
        unsure = undecided(asks, rest.likely) if seen.worst is None and not barely else ()
        if seen.worst is None and not unsure:
            asks = weighed(asks, rest.likely, surely=barely, placed=bool(town.tokens))
        spoken = self._language(text, town) or self._of_rule(text, seen)
        wants = self._wants_language(text, spoken)
        staff = next(filter(None, (speaker(n.reading.words, n.tongue.lexicon) for n in near)), None)
        wants = None if staff else wants  # "do any speak spanish" is about them
        if wants and not rest.asks.needs:  # "en español mejor"
            asks, unsure = replace(asks, needs=()), ()
        intent = self._intent(text, rest, asks, unsure, town.where, wants)
        nothing = intent is Intent.OTHER and seen.worst is None
        if intent is Intent.HUMAN and not rest.asks.needs and rest.likely.get(NEED, 0) < ASKS:
            asks = replace(asks, needs=())  # who wants to talk with somebody names no need of ours
        matter = _matter(text, seen.worst)
        perhaps = follows.perhaps(near, text.inside, rest.likely, rest.asks, nothing=nothing)
        if seen.worst is not None and opt_out.asked(_asks_out(text)):
            perhaps |= {Intent.OPT_OUT}
        pick, only_pick = pointed(near)
        perhaps -= {Intent.ABOUT, Intent.MORE, Intent.SAFE} if only_pick else set()
        about = follows.asked_about(near, asks) if Intent.ABOUT in perhaps else ()
        return Meaning(
            intent,
            spoken,
            seen.worst,
            _needed(seen.worst, matter, asks),
            {**asks.wishes, **({"language": staff} if staff else {})},
            town.where,
            choice=follows.number(near, text.said, about) if Intent.ABOUT in perhaps else None,
            pick=pick,
            wants_language=wants,
            unsure=unsure,
            guessed=bool(asks.needs or unsure) and not rest.asks.needs,
            hinted=bool(unsure) or is_hint(asks, rest.asks, rest.likely),
            asks=rest.likely.get(NEED, 0) >= ASKS,
            maybe=likeliest(rest.asks, rest.likely) if nothing and not unsure else "",
            brief=few and any(token.said.isalnum() for token in text.said.tokens),
            sensed=seen.worst is not None and not seen.rules,
            matter=matter,
            about=about,
            perhaps=perhaps,
        )

    @staticmethod
    def _wants_language(text: _Text, spoken: str | None) -> str | None:
        """The language that is asked for by name. Not English in a sentence of another: that one says that
        they speak none."""
        wants = (language.wanted(each.reading.words, each.tongue.lexicon) for each in text.near)
        wanted = next(filter(None, wants), None)
        if wanted != ENGLISH or spoken in (None, ENGLISH):
            return wanted
        in_a_sentence = len(text.said.tokens) > A_NAME or any(map(_denies, text.near))
        return None if in_a_sentence else wanted

    @staticmethod
    def _intent(
        text: _Text,
        rest: _Text,
        asks: Asked,
        unsure: tuple[str, ...],
        where: Located | None,
        wants: str | None,
    ) -> Intent:
        wonders = commands.question(text.inside, rest.likely, {*rest.asks.needs})
        if wants and not asks.needs and where is None and wonders is not Intent.HUMAN:
            return Intent.LANGUAGE
        if wonders is not None:
            return wonders
        if asks.needs or asks.wishes or unsure:
            return Intent.NEED
        if where is not None:
            return Intent.PLACE
        said = [token.said for token in text.said.tokens]  # "thx u the best": thanks are no word that tells
        greets = (
            commands.begins(words, each.tongue.lexicon, Intent.GREETING)
            for each in text.near
            for words in (each.reading.words, said)
        )
        return Intent.GREETING if any(greets) else Intent.OTHER

    def _language(self, text: _Text, town: Named) -> str | None:
        """From the words typed, without those that named the place."""
        spoken = pieces(text.said.text)
        telling = [word for word in spoken if town.words.isdisjoint(words(word))]
        plain = town.label_words.issuperset(word for piece in spoken for word in words(piece))
        if not telling and (plain or all(self._has(ENGLISH, word) for word in spoken)):
            return None  # "oak park il", "san jose ca"
        # A town alone tells by how it is spelt: "Nowy Jork"; so does a line of Chinese, which is one piece.
        return self._told(text, telling or spoken)

    def _of_rule(self, text: _Text, seen: Sight) -> str | None:
        """A danger in few words ("no despierta") is in the language of the rule that saw it, if a word is
        of that and not of English: "overdosse" is anybody's."""
        found = language.of_rule(seen.rules)
        said = pieces(text.said.text)
        own = found and any(self._has(found, word) and not self._has(ENGLISH, word) for word in said)
        return found if own else None

    def _has(self, code: str, word: str) -> bool:
        return self.rules.telling.identifier.has(code, word)

    def _told(self, text: _Text, telling: Sequence[str]) -> str | None:
        told = self.rules.telling.told(telling, text.said.text, text.current)
        foreign = told not in (None, ENGLISH) and text.current in (None, ENGLISH)
        return None if foreign and self._may_be_english(text, telling) else told

    def _may_be_english(self, text: _Text, telling: Sequence[str]) -> bool:
        """Whether all that a text says are phrases of our English lexicon, or a few words that English has:
        people of every language text "soup kitchen", "aa meeting", "veteran"."""
        english = _english(text)
        known = [word for word in telling if self._has(ENGLISH, word)]
        others = [word for word in telling if word not in known or english.isdisjoint(words(word))]
        return not others or (len(others) <= language.FEW and set(others) <= {*known})


def _english(text: _Text) -> Set[str]:
    """The words of a text that phrases of the English lexicon and English rules name."""
    heard = text.heard[ENGLISH]
    spans = {*asked([heard]).taken}
    ends = dict(span for span in heard.reading.spans)
    spans |= {(start, ends[start]) for found in heard.find(heard.tongue.dangers) for start in found.firm}
    return {word for start, end in spans for word in words(text.said.text[start:end])}


def _asks_out(text: _Text) -> list[Found[bool | None]]:
    """The sentences that ask for no more texts, or seem to."""
    return [found for each in text.heard.values() for found in each.find(each.tongue.opt_outs)]


def _denies(heard: Heard) -> bool:
    """Whether a word is a no: "не знаю английский"."""
    return any(commands.command((word,), heard.tongue.lexicon) is Intent.NO for word in heard.reading.words)


def _commanded(command: Intent, inside: Set[Intent]) -> Meaning:
    """A command; what something costs may be asked of a place too, and thanks are a greeting."""
    if command is Intent.FREE:
        return Meaning(command, about=(About.COST,), perhaps=frozenset({Intent.ABOUT}))
    return Meaning(command, perhaps=frozenset({Intent.THANKS} & inside))


def _is_explained(text: _Text) -> bool:
    """Whether it is known what about all of a text is about: "i have a dog", "how do i get there"."""
    known = commands.is_known(text.inside) or follows.answers(text.likely)
    return text.asks.plain or text.asks.only_wishes or known


def _is_near(code: str, scores: Scores, current: str | None) -> bool:
    """Whether what a language makes of a text is taken for what the person wants."""
    return code in (current, ENGLISH) or scores.get(code, 0) >= language.LIKELY


def _spoken(text: _Text) -> list[str]:
    return [code for code, likely in text.scores.items() if likely >= language.LIKELY]


def _matter(text: _Text, seen: Danger | None) -> Matter | None:
    """What a danger is about, the rarest first; without one pills that were taken, or an overdose that is
    over."""
    found = {f.value for each in text.heard.values() for f in each.find(each.tongue.matter)}
    return next((kind for kind in MATTERS[seen] if kind in found), None)


def _needed(seen: Danger | None, matter: Matter | None, asks: Asked) -> tuple[str, ...]:
    """The needs of a text in danger: what the danger asks for, then what was clearly asked, made safer. A
    vague word asks for nothing there ("pills all over"), but that drink or a drug is behind it."""
    asked = asks.needs
    if seen is not None and asks.vague:
        asked = tuple(need for need in asked if seen is Danger.MEDICAL and need in CARE_NEEDS)
    safer = (SAFER.get((seen, need), need) for need in asked)
    own = ("mental_health",) if matter in OF_A_MIND else NEEDS_OF.get(seen, ())
    return tuple(dict.fromkeys((*own, *safer)))


__all__ = ["Reader"]
