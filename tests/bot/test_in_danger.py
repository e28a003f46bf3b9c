"""The talk around a danger: who asks what now, where they are, why they do not call. Real understanding."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import safety_texts
from bot.intents import fear, find
from bot.model import Danger, State, Waiting
from bot.speech import fitted
from tests.bot.town import NOW, Person, world
from tests.understanding.reader import reader
from translations import catalogue

BREATHS = safety_texts.AGAIN[Danger.OVERDOSE]


@pytest.fixture
def anyone() -> Person:
    return Person(world(reader()))


def after(danger: str, language: str = "en", *about: str, **changes: object) -> Person:
    """Somebody who told of a danger a minute ago."""
    then = (NOW - timedelta(minutes=1)).isoformat()
    told = dict.fromkeys((danger, *(f"about {matter}" for matter in about)), then)
    state = State(language=language, greeted=True, told_danger=told, care=9)
    return Person(world(reader()), replace(state, **changes))  # type: ignore[arg-type]


def said(language: str, message: str) -> str:
    """As it is sent: without the accents that would cost a segment."""
    return fitted([catalogue(language).gettext(message)], 1)


CALLED = [
    ("en", "i called 911"), ("en", "ambulance is coming"), ("en", "what now"), ("es", "ya llame a la ambulancia"),
    ("fr", "j ai appele le 911"), ("ht", "anbilans ap vini"), ("pt", "ja liguei 911"), ("pt", "a ambulancia ta vindo"),
    ("pl", "zadzwonilismy po pogotowie co teraz"), ("pl", "karetka jedzie"), ("ru", "скорую вызвали"),
    ("ru", "скорая едет"), ("ar", "اتصلت بالاسعاف"), ("hi", "911 को फोन कर दिया"), ("ur", "ایمبولینس بلا لی ہے"),
    ("vi", "gọi 911 rồi làm gì nữa"), ("tl", "tumawag na kami ng 911 ano gagawin"),
    ("tl", "tumawag na kami ng ambulansya"), ("ko", "911 불렀어요"), ("zh-Hans", "已经打911"),
    ("zh-Hant", "打了911接下來怎麼辦"), ("zh-Hant", "叫咗白車點算"), ("so", "waan wacay 911 maxaan sameeyaa"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), CALLED)
def test_an_ambulance_that_comes_breathes_for_nobody(language: str, text: str) -> None:
    person = after("overdose", language)
    assert person.texts(text)[0].startswith(said(language, BREATHS))
    assert "over overdose" not in person.state.told_danger


@pytest.mark.parametrize("text", ["hes awake now the ambulance is here", "she woke up, ems is here"])
def test_who_is_awake_when_the_ambulance_comes_is_awake(text: str) -> None:
    assert after("overdose").texts(text) == [safety_texts.OVER[Danger.OVERDOSE]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i dont have narcan"),
        ("es", "no tengo narcan"),
        ("vi", "khong co naloxone"),
        ("ru", "налоксона нет"),
    ],
)
def test_who_has_no_naloxone_once_911_is_called_hears_of_the_breath_first(language: str, text: str) -> None:
    person = after("overdose", language)
    person.texts("911")
    breaths, where, *_ = person.texts(text)
    assert breaths.startswith(said(language, BREATHS))
    assert "ZIP" in where


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "coroner took him"), ("en", "they called it"), ("en", "paramedics said he is dead"),
        ("en", "he didnt make it"), ("es", "no lo lograron salvar"), ("fr", "ils ont pas pu le sauver"),
        ("pt", "ele nao resistiu"), ("pl", "lekarz stwierdzili zgon"), ("ru", "врачи сказали он умер"),
        ("ko", "의사가 사망했다고 했어요"), ("zh-Hans", "没救过来"), ("zh-Hant", "救唔返"),
    ],
)  # fmt: skip
def test_a_death_after_an_overdose_is_mourned_and_asks_for_no_breath(language: str, text: str) -> None:
    person = after("overdose", language)
    assert person.texts(text)[0].startswith(said(language, safety_texts.LOSS))
    assert said(language, BREATHS) not in person.texts("ok")


@pytest.mark.parametrize("place", ["nashville", "hazard ky", "clarksdale", "60614"])
def test_a_place_alone_beside_a_body_is_told_that_we_can_send_nobody(place: str) -> None:
    person = after("overdose")
    assert person.texts(place) == [safety_texts.ADDRESS[Danger.OVERDOSE]]
    assert person.texts("ok") == [BREATHS]


def test_a_place_told_after_poison_keeps_poison_help(anyone: Person) -> None:
    anyone.texts("my toddler drank bleach")
    assert anyone.texts("reading pa") == [safety_texts.ADDRESS_POISON]


def test_a_place_that_we_asked_for_is_answered_with_the_places(anyone: Person) -> None:
    anyone.texts("i quit drinking and im shaking and seeing things")
    assert "Cedar Lake" in anyone.texts("60614")[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "dont call the cops i have no papers"), ("ru", "не надо полицию у меня нет документов"),
        ("zh-Hans", "别叫警察我没身份"), ("zh-Hant", "唔好叫差人我冇身份"), ("so", "booliska ha u yeerin sharci ma haysto"),
        ("hi", "पुलिस को मत बुलाना मेरे पास पेपर नहीं है"), ("vi", "toi khong co giay to"), ("pt", "nao tenho documentos"),
        ("pl", "nie mam dokumentow"),
    ],
)  # fmt: skip
def test_fear_of_police_where_somebody_hits_keeps_the_line_and_the_need(language: str, text: str) -> None:
    person = after("violence", language, needs=("dv_services",))
    first, truth, *_ = person.texts(text)
    assert "800-799-7233" in first
    assert truth.startswith(said(language, fear.TRUTH))
    assert person.state.needs == ("dv_services",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no hospital i have no insurance"), ("en", "i dont got a ride to no hospital"),
        ("es", "no quiero ir al hospital no tengo seguro"), ("tl", "ayaw ko sa ospital wala akong insurance"),
        ("ar", "ما ابغى المستشفى ما عندي تامين"), ("ko", "병원 가기 싫어요 보험 없어요"), ("ru", "не хочу в больницу нет страховки"),
        ("zh-Hans", "不想去医院没有保险"), ("zh-Hant", "唔想去醫院冇保險"), ("fr", "pas d'hopital je n'ai pas d'assurance"),
        ("pt", "nao quero hospital nao tenho seguro"), ("pl", "nie chce do szpitala nie mam ubezpieczenia"),
        ("ht", "m pa vle ale lopital m pa gen asirans"), ("vi", "khong di benh vien khong co bao hiem"),
        ("hi", "अस्पताल नहीं जाना बीमा नहीं है"), ("ur", "ہسپتال نہیں جانا انشورنس نہیں ہے"),
        ("so", "isbitaal ma rabo caymis ma haysto"),
    ],
)  # fmt: skip
def test_who_took_pills_and_will_not_go_hears_that_an_er_looks_at_all(language: str, text: str) -> None:
    for danger in ("suicide", "overdose", "medical"):
        person = after(danger, language, "swallowed")
        assert [each.split("\n")[0] for each in person.texts(text)] == [
            said(language, safety_texts.NO_HOSPITAL_POISON)
        ]
        assert person.state.needs == ()


def test_the_same_of_a_withdrawal(anyone: Person) -> None:
    anyone.texts("i stopped xanax and blacked out shaking")
    assert anyone.texts("i dont want 911 cant afford it") == [safety_texts.NO_HOSPITAL]
    assert anyone.state.needs == ("detox",)


@pytest.mark.parametrize("text", ["ok", "2", "no", "im scared"])
def test_a_short_answer_in_a_danger_gets_its_line_however_often(text: str) -> None:
    for danger, line in (("violence", "800-799-7233"), ("medical", "800-222-1222")):
        person = after(danger, "en")
        for _ in range(3):
            (answer,) = person.texts(text)
            assert line in answer
            assert answer != safety_texts.HERE


@pytest.mark.parametrize(
    ("language", "yes"),
    [
        ("en", "yes"),
        ("es", "si"),
        ("fr", "oui"),
        ("pl", "tak"),
        ("ru", "да"),
        ("ko", "네"),
        ("zh-Hans", "是"),
    ],
)
def test_yes_to_in_danger_now_is_911_now(language: str, yes: str) -> None:
    for danger, matter, now in (
        ("violence", (), safety_texts.NOW),
        ("medical", ("swallowed",), safety_texts.EMERGENCY),
        ("medical", ("withdrawal",), safety_texts.FIRST[Danger.MEDICAL][0]),
    ):
        person = after(danger, language, *matter)
        person.texts("78")
        for _ in range(2):
            assert person.texts(yes)[0].startswith(said(language, now))


def test_yes_has_the_line_of_the_violence() -> None:
    (now,) = after("violence", "en", "child_safety").texts("yes")
    assert now.startswith("Call 911 now.")
    assert "800-422-4453" in now


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ht", "timoun nan bwe clorox"), ("pl", "dziecko wypilo plyn do rur"), ("zh-Hans", "孩子喝了洗衣液"),
        ("vi", "con toi uong nuoc lau san"), ("pt", "o bebe tomou candida"), ("fr", "le petit a bu du produit menager"),
        ("es", "el bebe se tomo el fabuloso"), ("ru", "rebenok vypil belizna"), ("zh-Hans", "haizi he le piaobaishui"),
        ("ko", "아이가 락스를 마셨어요"), ("ar", "ابني شرب كلوركس"), ("hi", "बच्चे ने ब्लीच पी लिया"),
        ("ur", "بچے نے بلیچ پی لیا"), ("tl", "nakainom ng zonrox ang bata"), ("so", "ilmahaygii wuxuu cabay clorox"),
    ],
)  # fmt: skip
def test_a_child_that_drinks_poison_while_another_is_in_withdrawal_is_poisoned(
    language: str, text: str
) -> None:
    person = after("medical", language, "withdrawal", needs=("detox",))
    (answer,) = person.texts(text)
    assert answer.startswith(said(language, safety_texts.EMERGENCY))


def test_pills_taken_where_somebody_hits_are_news() -> None:
    poison, *_ = after("violence", "zh-Hant").texts("食咗廿粒丸")
    assert poison == said("zh-Hant", safety_texts.SWALLOWED[Danger.OVERDOSE])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "if i call 911 for my girl will i go to jail"), ("en", "can i get arrested for calling 911 on an overdose"),
        ("es", "si llamo al 911 por mi amigo me van a arrestar"), ("ru", "если я позвоню 911 меня арестуют"),
        ("fr", "si j'appelle le 911 je vais etre arrete"), ("pt", "se eu ligar pro 911 vou ser preso"),
        ("ko", "911 부르면 체포되나요"), ("zh-Hans", "打911会被抓吗"),
    ],
)  # fmt: skip
def test_fear_of_the_call_is_told_to_call_and_what_the_law_says(language: str, text: str) -> None:
    steps, law = (said(language, message) for message in safety_texts.FIRST[Danger.OVERDOSE])
    new = Person(world(reader()), State(language=language, greeted=True))
    assert [each.split("\n")[0] for each in new.texts(text)] == [steps, law]
    told = after("overdose", language).texts(text)
    assert [each.split("\n")[0] for each in told] == [said(language, BREATHS), law]


@pytest.mark.parametrize("danger", ["i was raped last night", "i want to die"])
def test_am_i_gonna_be_ok_is_no_fear_of_the_police(anyone: Person, danger: str) -> None:
    anyone.texts(danger)
    (answer,) = anyone.texts("am i gonna be ok")
    assert "911" in answer
    assert "ICE" not in answer


@pytest.mark.parametrize(
    "text",
    [
        "my roomate just posted goodbye on insta and locked the bathroom he has a gun",
        "male on the bridge threatening to jump",
        "My daughter (15) wrote a note saying goodbye and I cant find her",
        "mi hermano tiene una pistola y dice que se va a matarse",
        "дочь заперлась в ванной и хочет умереть",
        "오빠가 총을 들고 죽겠다고 해요",
    ],
)
def test_who_stands_beside_somebody_who_may_die_now_is_told_what_to_do(anyone: Person, text: str) -> None:
    (answer,) = anyone.texts(text)
    assert answer == said(anyone.state.language, safety_texts.BESIDE)


@pytest.mark.parametrize(
    "text", ["my wife left me i have a gun and i want to die", "im on a bridge i want to jump"]
)
def test_who_writes_of_themselves_is_not_beside(anyone: Person, text: str) -> None:
    assert anyone.texts(text)[0] == safety_texts.FIRST[Danger.SUICIDE][0]


def test_who_was_missing_and_is_home_is_over_it_and_the_question_is_answered(anyone: Person) -> None:
    anyone.texts("My daughter wrote a note saying goodbye and I cant find her")
    anyone.texts("60614")
    safe, places = anyone.texts("she's home. she's ok. who can see her this week")
    assert safe == safety_texts.SAFE
    assert "Lincoln Clinic" in places


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("my moms bf hits my little brother with a belt", "800-422-4453"),
        ("отчим бьет моего младшего брата", "800-422-4453"),
        ("mi padrastro le pega a mi hermanito", "800-422-4453"),
        ("i think the girl next door is being sold, men come all night, she looks 15", "888-373-7888"),
    ],
)
def test_a_child_that_is_hit_and_a_girl_that_is_sold_have_lines_of_their_own(
    anyone: Person, text: str, number: str
) -> None:
    assert number in anyone.texts(text)[0]


def test_after_poison_help_says_that_she_is_fine_it_is_over(anyone: Person) -> None:
    anyone.texts("my toddler ate grandmas pills")
    assert anyone.texts("ok poison ppl said shes fine") == [safety_texts.SAFE]
    assert BREATHS not in anyone.texts("anything open sat")
    assert (
        anyone.texts("food 60614")[0].endswith(find.NO_MORE_LINES) or "Food" in anyone.state.needs[0].title()
    )


def test_news_beside_a_body_that_it_breathes_ends_the_breaths() -> None:
    person = after("overdose")
    assert person.texts("hes ok now they gave him narcan") == [safety_texts.OVER[Danger.OVERDOSE]]
    assert BREATHS not in person.texts("anything open sat")


def test_poison_told_in_pieces_is_poison() -> None:
    person = after("overdose")
    assert person.texts("a whole bottle of tylenol") == [safety_texts.SWALLOWED[Danger.OVERDOSE]]
    assert person.texts("78207") == [safety_texts.ADDRESS_POISON]
    assert "800-222-1222" in person.texts("shes crying she doesnt want me to call")[0]


def test_chest_pain_of_somebody_awake_is_the_heart_also_after_too_much_coke(anyone: Person) -> None:
    assert anyone.texts("my chest is tight and left arm numb did too much coke")[0] == safety_texts.EMERGENCY


def test_who_wants_to_die_after_pills_hears_of_988_too(anyone: Person) -> None:
    anyone.texts("i took all my pills")
    assert anyone.texts("i dont want to live") == [safety_texts.SWALLOWED[Danger.SUICIDE]]


def test_a_need_named_beside_the_ambulance_is_answered() -> None:
    assert "Cedar Lake" in after("overdose").texts("ems took him, i need a detox 60614")[-1]


def test_which_of_two_needs_is_asked_also_beside_a_body(anyone: Person) -> None:
    person = after("overdose", waiting=Waiting.WHICH_NEED, offered=("food", "shelter"))
    assert "Shelter" in person.texts("2")[0]


@pytest.mark.parametrize(
    "text", ["doctor said call 911", "poison control said go to the er now", "doctor said she is not good"]
)
def test_a_doctor_who_says_go_has_not_said_that_it_is_over(text: str) -> None:
    person = after("medical", "en", "swallowed")
    assert safety_texts.SAFE not in person.texts(text)
    assert "over medical" not in person.state.told_danger


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "no la encontramos"), ("ru", "мы её не нашли"), ("pl", "nie wrocila do domu"), ("zh-Hans", "她没回家"),
     ("en", "she is not home")],
)  # fmt: skip
def test_who_is_still_missing_is_not_found(language: str, text: str) -> None:
    person = after("suicide", language, "beside")
    person.texts(text)
    assert "over suicide" not in person.state.told_danger
