"""Drugs taken alone, again, or together, and a death: what keeps somebody alive first, without blame, then what else
was asked for."""

from __future__ import annotations

import pytest

from bot import safety_texts
from bot.intents.find import ASK_PLACE_FOR
from bot.model import Danger, State
from bot.speech import economical
from tests.bot.town import Person, world
from tests.understanding.reader import reader
from translations import catalogue


@pytest.fixture
def anyone() -> Person:
    return Person(world(reader()))


@pytest.mark.parametrize(
    "text", ["im using alone tonight", "i shoot up by myself", "about to use alone in my car"]
)
def test_who_uses_alone_is_told_of_the_line_that_stays_on_the_phone(anyone: Person, text: str) -> None:
    assert safety_texts.ALONE in anyone.texts(text)


@pytest.mark.parametrize(
    "text", ["i relapsed again", "i used again im so ashamed", "i slipped up last night"]
)
def test_who_tells_of_a_relapse_is_thanked_and_offered_support(anyone: Person, text: str) -> None:
    first, *_, where = anyone.texts(text)
    assert first == safety_texts.LAPSE
    assert where == ASK_PLACE_FOR % {"need": "Recovery support and peers"}
    assert "Recovery" in anyone.texts("60614")[0]


def test_what_was_asked_for_in_the_same_text_follows(anyone: Person) -> None:
    texts = anyone.texts("i relapsed need detox 60614")
    assert texts[0] == safety_texts.LAPSE
    assert "Cedar Lake Recovery Center" in "\n".join(texts[1:])


def test_a_danger_in_a_relapse_is_a_danger(anyone: Person) -> None:
    assert anyone.texts("i relapsed and i want to die")[0] == safety_texts.FIRST[Danger.SUICIDE][0]


@pytest.mark.parametrize(
    "text", ["relapse prevention classes 60614", "i am alone", "i used the bus again to get here"]
)
def test_other_words_of_it_are_no_relapse(anyone: Person, text: str) -> None:
    assert not {safety_texts.LAPSE, safety_texts.ALONE} & {*anyone.texts(text)}


@pytest.mark.parametrize(
    ("language", "alone", "again"),
    [
        ("es", "voy a consumir sola esta noche", "recaí"),
        ("ru", "я употребляю один", "я сорвался"),
        ("ar", "بتعاطى لحالي", "انتكست"),
        ("zh-Hant", "我一個人吸毒", "我破戒了"),
        ("tl", "gumagamit ako mag isa", "nag relapse ako"),
    ],
)
def test_in_other_languages_too(language: str, alone: str, again: str) -> None:
    known = State(language=language, greeted=True)
    for text, said in ((alone, safety_texts.ALONE), (again, safety_texts.LAPSE)):
        told = Person(world(reader()), known).texts(text)
        assert economical(catalogue(language).gettext(said)) in told


@pytest.mark.parametrize(
    "text",
    ["is it safe to take 3 percs with xanax", "can i mix suboxone and alcohol", "is it ok to drink on methadone",
     "how many xanax can i take"],
)  # fmt: skip
def test_what_is_safe_to_take_nobody_can_say_by_text_but_poison_help_is_asked(
    anyone: Person, text: str
) -> None:
    assert anyone.texts(text) == [safety_texts.MIXING]


@pytest.mark.parametrize(
    "text",
    ["can i take my kids with me 60614", "is it ok to take my dog with me", "can i take a bus from detox"],
)
def test_what_may_be_taken_along_is_no_drug(anyone: Person, text: str) -> None:
    assert safety_texts.MIXING not in anyone.texts(text)


@pytest.mark.parametrize(
    "text",
    [
        "can i just stop drinking cold turkey",
        "how do i detox at home from alcohol",
        "safe way to come off xanax at home",
    ],
)
def test_who_would_stop_at_home_is_told_first_that_it_can_kill(anyone: Person, text: str) -> None:
    assert anyone.texts(text) == [safety_texts.QUITTING, ASK_PLACE_FOR % {"need": "Detox"}]


@pytest.mark.parametrize(
    "text",
    ["i quit drinking 3 years ago i live alone need housing 60614", "detox 60614", "bus stop near home"],
)
def test_who_would_not_is_not(anyone: Person, text: str) -> None:
    assert safety_texts.QUITTING not in anyone.texts(text)


@pytest.mark.parametrize(
    "text",
    ["just got narcaned feel sick af", "he woke up hes mad at me for the narcan", "i overdosed last night",
     "they hit me w narcan im so sick now",
     "gave narcan twice subject is up and refusing transport where can i take him"],
)  # fmt: skip
def test_after_an_overdose_the_next_hours_are_told_of_and_medicine_is_offered(
    anyone: Person, text: str
) -> None:
    texts = anyone.texts(text)
    assert texts == [safety_texts.OVER[Danger.OVERDOSE], ASK_PLACE_FOR % {"need": "Medicine for opioid use"}]
    assert "30-90 min" in texts[0]


@pytest.mark.parametrize(
    "text",
    ["he never woke up after the narcan", "gave narcan hes not awake", "they narcaned him and he is not breathing",
     "i overdosed last night and now i cant breathe"],
)  # fmt: skip
def test_who_did_not_come_back_is_in_danger(anyone: Person, text: str) -> None:
    assert safety_texts.OVER[Danger.OVERDOSE] not in anyone.texts(text)
    assert "911" in anyone.texts(text)[0]


@pytest.mark.parametrize(
    "text",
    ["le di narcan y no despertó", "no despertó con el narcan", "il s'est pas réveillé avec le narcan",
     "dei narcan e ele não acordou", "li pa reveye ak narcan lan", "nó chưa tỉnh lại sau narcan",
     "hindi sya nagising sa narcan", "나르칸 맞고 안 깨어나요", "عطيته ناركان وما صحي", "дали налоксон он не очнулся",
     "dałem narcan i nie obudził się", "ma toosin narcan kadib", "narcan ke baad wo uth nahi raha",
     "打了纳洛酮他没醒过来", "narcan後他冇醒返"],
)  # fmt: skip
def test_nor_did_who_did_not_in_other_languages(text: str) -> None:
    assert reader()(text, None).danger is Danger.OVERDOSE


def test_in_a_danger_it_ends_it(anyone: Person) -> None:
    anyone.texts("my friend is not breathing")
    assert anyone.texts("narcan worked and he is awake") == [safety_texts.OVER[Danger.OVERDOSE]]


def test_it_ends_no_wish_to_die(anyone: Person) -> None:
    anyone.texts("i want to die")
    anyone.texts("they had to narcan me last night")
    assert anyone.texts("ok") == [safety_texts.AGAIN[Danger.SUICIDE]]


@pytest.mark.parametrize(
    ("language", "quitting", "revived"),
    [
        ("es", "puedo dejar de beber en casa solo", "anoche me pusieron narcan"),
        ("ru", "можно ли бросить пить самому дома", "мне вчера вкололи налоксон"),
        ("so", "khamriga ma joojin karaa guriga keligay", "shalay la i siiyay narcan"),
        ("zh-Hans", "可以自己在家戒酒吗", "昨天他们给我打了纳洛酮"),
        ("hi", "kya main ghar pe akele sharab chhod sakta hoon", "kal mujhe narcan diya"),
    ],
)
def test_of_stopping_at_home_and_after_an_overdose_in_other_languages_too(
    language: str, quitting: str, revived: str
) -> None:
    known = State(language=language, greeted=True)
    for text, said in ((quitting, safety_texts.QUITTING), (revived, safety_texts.OVER[Danger.OVERDOSE])):
        told = Person(world(reader()), known).texts(text)
        assert economical(catalogue(language).gettext(said)) in told


@pytest.mark.parametrize("text", ["my mom passed away yesterday", "my son died two years ago", "im grieving"])
def test_who_lost_somebody_is_heard_and_offered_someone_to_talk_to(anyone: Person, text: str) -> None:
    assert anyone.texts(text) == [safety_texts.LOSS, ASK_PLACE_FOR % {"need": "Mental health care"}]


@pytest.mark.parametrize(
    "text",
    ["think my roommate is dead", "my bf is dead i think", "hes dead oh god", "just found my son dead",
     "my mom is dead in her chair", "someone is dead in the alley"],
)  # fmt: skip
def test_a_body_just_found_may_live(anyone: Person, text: str) -> None:
    assert anyone.texts(text)[: len(safety_texts.FIRST[Danger.OVERDOSE])] == [
        *safety_texts.FIRST[Danger.OVERDOSE]
    ]


@pytest.mark.parametrize("text", ["my phone died yesterday", "lost my job last week", "my car is dead"])
def test_other_losses_bring_no_condolence(anyone: Person, text: str) -> None:
    assert safety_texts.LOSS not in anyone.texts(text)


@pytest.mark.parametrize(
    ("language", "mixing", "loss"),
    [
        ("es", "puedo tomar suboxone con cerveza", "se murio mi hermano la semana pasada"),
        ("ru", "можно ли мешать метадон с алкоголем", "у меня умерла мама"),
        ("tl", "pwede ba ihalo ang xanax sa alak", "namatay kapatid ko nung isang linggo"),
        ("ko", "술이랑 수면제 같이 먹어도 되나요", "동생이 죽었어요"),
    ],
)
def test_of_drugs_together_and_of_a_death_in_other_languages_too(
    language: str, mixing: str, loss: str
) -> None:
    known = State(language=language, greeted=True)
    for text, said in ((mixing, safety_texts.MIXING), (loss, safety_texts.LOSS)):
        told = Person(world(reader()), known).texts(text)
        assert economical(catalogue(language).gettext(said)) in told
