"""The whole bot: (what we remember, a text, what we may look at) -> an answer.

Pure: no clock, network or database but those of `world`, which only reads. Never raises.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot import in_danger, offered, speech
from bot.aftermath import cared_for
from bot.automatic import is_automatic
from bot.intents import INTENTS, detail
from bot.intents.language import CONFIRM
from bot.intents.menu import introduction
from bot.listing_texts import IDENTITY
from bot.model import About, Channel, Intent, Meaning, Place, State, Turn, Waiting, World
from bot.talk import Skill, Talk
from bot.understanding.language import script
from directory.text import words
from translations import DEFAULT, language_name, languages, locale

# A shorter text in Latin letters may be one borrowed word: "detox", "ok", "menu".
WORDS_TO_SWITCH: Final = 3
# A longer text with a START in it is about something else: "my job will start on monday".
WORDS_TO_RETURN: Final = 4
PAPERS: Final = ("id_documents",)
CARRIERS_YES: Final = ["yes"]
# Languages that are one in Latin letters, to anyone who has no more than a few words.
TWINS: Final = {"hi": "ur", "ur": "hi"}
# What anybody is owed an answer to, at any time: carriers want it of HELP.
OWED: Final = frozenset({Intent.HELP, Intent.FORGET, Intent.PRIVACY})
# A wish that is about where: the place of the search before.
SAME_PLACE: Final = "same_place"
# Wishes that tell who comes: they are as old, and of the same sex, for the next need too.
WHO_COMES: Final = frozenset({"age", "women", "men", "pregnant"})


def respond(state: State, text: str, world: World, channel: Channel, area: Place | None = None) -> Turn:
    """The answer to one text, each reply within its budget of segments; none to what a phone wrote by itself.

    area: where the person's number was issued; it is asked about, never taken for granted.
    """
    said = speech.heard(text)
    if is_automatic(said):
        return Turn(state, ())
    heard = Talk(said, world.understand(said, spoken(state)), state, world, channel, area)
    meaning = answering(replace(heard, meaning=offered.beside(heard)))
    talk = replace(heard, meaning=meaning, state=learned(state, meaning, said))
    skill = next(skill for skill in INTENTS if skill.wants(talk))
    turn = skill.answer(talk)
    return _confirmed(state, talk, _introduced(talk, skill, turn))


def answering(talk: Talk) -> Meaning:
    """What a text means after what we said. A word or two that answer "where?" and are only guessed to be a
    need are a place that we do not know; whether a place speaks Spanish asks for no Spanish from us; "no id"
    after "shelter" is a wish for a shelter that asks for none."""
    state, meaning = talk.state, in_danger.meant(talk)
    without_papers = meaning.needs == PAPERS and in_danger.NO_PAPERS.items() <= meaning.wishes.items()
    if without_papers and state.needs not in ((), PAPERS):
        meaning = replace(meaning, needs=(), unsure=())
    if About.LANGUAGES in meaning.about and detail.is_about_shown(state, meaning):
        return replace(meaning, wants_language=None)
    asked = state.waiting is Waiting.PLACE and state.needs
    guess = meaning.guessed and meaning.brief and meaning.place is None and meaning.danger is None
    return in_danger.asking_nothing(meaning) if asked and guess else meaning


def brings_back(text: str, world: World, *, asked: bool = False) -> bool:
    """Does this text of a person who opted out ask for texts again? START, UNSTOP, YES; or START in a few
    words ("actually wait start"). No other yes: "okay" and a thumb are said to a STOP that was heard; and no
    yes at all if we just `asked` "in danger now?"."""
    heard = speech.heard(text)
    if is_automatic(heard):
        return False
    intent = world.understand(heard, None).intent
    if intent is Intent.OPT_IN or (words(heard) == CARRIERS_YES and not asked):
        return True
    few = heard.split()
    if intent is Intent.OPT_OUT or not 1 < len(few) <= WORDS_TO_RETURN:
        return False
    meant = (world.understand(word, None) for word in few)
    # Of no language: the carriers' own words. "Quiero volver a casa" is about home.
    return any(meaning.intent is Intent.OPT_IN and meaning.language is None for meaning in meant)


def spoken(state: State) -> str | None:
    """The language of a talk, if there was one yet: a danger is answered without a greeting."""
    return state.language if state.greeted or state.told_danger else None


def once(world: World) -> World:
    """The same world, which reads each text only once: for one turn, not longer."""
    read: dict[tuple[str, str | None], Meaning] = {}

    def understand(text: str, language: str | None) -> Meaning:
        key = text, language
        if key not in read:
            read[key] = world.understand(text, language)
        return read[key]

    return replace(world, understand=understand)


def is_urgent(text: str, world: World, language: str | None) -> bool:
    """Must it be answered, however many texts there were? A danger, who wants no more or wants back, and what
    is owed."""
    meaning = world.understand(speech.heard(text), language)
    return meaning.danger is not None or meaning.intent in OWED | {Intent.OPT_OUT, Intent.OPT_IN}


def says_little(text: str, world: World, language: str | None) -> bool:
    """Is it no whole thing by itself, so that it may go on in the next text, or go on from the last?"""
    heard = speech.heard(text)
    if is_automatic(heard):
        return False
    meaning = world.understand(heard, language)
    return meaning.intent is Intent.OTHER and not meaning.needs and meaning.danger is None


def must_be_answered(text: str, world: World) -> bool:
    """Even if they opted out: a danger, and what is owed."""
    heard = speech.heard(text)
    meaning = world.understand(heard, None)
    return not is_automatic(heard) and (meaning.danger is not None or meaning.intent in OWED)


def learned(state: State, meaning: Meaning, text: str) -> State:
    """The state with what a text told: its language, a new need, a place, further wishes."""
    known = replace(state, language=_language(state, meaning, text))
    if meaning.wants_language in languages():
        known = replace(known, language_chosen=True)
    if detail.is_about_shown(known, meaning):  # "how do i get there" asks for no ride
        return known
    if meaning.needs:
        known = replace(known, needs=meaning.needs, wishes=_wishes_for(known, meaning), page=1, detail="")
    elif meaning.wishes:
        known = replace(known, wishes={**known.wishes, **meaning.wishes}, page=1, detail="")
    if SAME_PLACE in meaning.wishes:
        kept = {key: wish for key, wish in known.wishes.items() if key != SAME_PLACE}
        known = replace(known, wishes=kept, place=known.place or known.place_before)
    if meaning.place is not None:  # a place we could not find must not fall back to the last one
        known = replace(known, place=meaning.place.place, page=1, detail="")
    return known


def _wishes_for(state: State, meaning: Meaning) -> dict[str, str]:
    """What is wished with a new need; who comes is remembered until another is spoken of."""
    another = not WHO_COMES.isdisjoint(meaning.wishes)
    known = {} if another else {key: wish for key, wish in state.wishes.items() if key in WHO_COMES}
    return {**known, **meaning.wishes}


def _language(state: State, meaning: Meaning, text: str) -> str:
    if meaning.wants_language in languages():
        return str(meaning.wants_language)
    told = meaning.language
    if told is None or told not in languages() or state.language_chosen:
        return state.language
    switches = spoken(state) is None or script(text) or len(words(text)) >= WORDS_TO_SWITCH
    return told if switches else state.language


def _introduced(talk: Talk, skill: Skill, turn: Turn) -> Turn:
    misses = turn.state.misses if skill.name == "lost" else 0
    state = replace(turn.state, misses=misses, care=max(0, turn.state.care - 1))
    if skill.introduced and not state.greeted and cared_for(talk):
        return _named(talk, replace(turn, state=state))
    if skill.introduced and not state.greeted:
        return replace(turn, state=replace(state, greeted=True), replies=(introduction(talk), *turn.replies))
    return replace(turn, state=state)


def _named(talk: Talk, turn: Turn) -> Turn:
    """After a danger: no more of us than a line, in an answer that has room for it."""
    named = _with_line(turn, talk.words(IDENTITY))
    return replace(named, state=replace(turn.state, greeted=True)) if named else turn


def _confirmed(was: State, talk: Talk, turn: Turn) -> Turn:
    """Says once in which language we go on, when we chose it ourselves: in the first answer with room for it,
    not beside a danger."""
    chosen = talk.state.language_chosen or turn.state.language == DEFAULT == was.language
    waits = (was.unconfirmed or turn.state.language != was.language) and not chosen
    if not waits or not turn.replies or turn.effects or talk.meaning.danger is not None:
        return replace(turn, state=replace(turn.state, unconfirmed=waits))
    confirmed = _with_line(turn, f"{talk.words(CONFIRM)}{_twin(talk)}")
    return replace(confirmed or turn, state=replace(turn.state, unconfirmed=confirmed is None))


def _with_line(turn: Turn, line: str) -> Turn | None:
    """The same with a line more, in the last of its replies with room for it; None if none has."""
    for place, reply in reversed([*enumerate(turn.replies)]):
        text = speech.economical(f"{reply.text}\n{line}")
        if speech.within(text, reply.budget):
            longer = replace(reply, text=text)
            return replace(turn, replies=(*turn.replies[:place], longer, *turn.replies[place + 1 :]))
    return None


def _twin(talk: Talk) -> str:
    """The other language that the same Latin letters may be, by its name and the word that brings it."""
    twin = TWINS.get(talk.state.language)
    if twin is None or script(talk.text):
        return ""
    return f" {locale(twin).get_display_name(locale(twin))}: {str(language_name(twin, DEFAULT)).upper()}"
