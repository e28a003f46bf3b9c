"""What one text means: danger first, opt-outs, needs, places, languages, and never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Danger, Intent, Meaning
from tests.understanding.reader import reader


def meaning(text: str, language: str | None = None) -> Meaning:
    return reader()(text, language)


@pytest.mark.parametrize(
    "text",
    ["no, paren de mandar mensajes", "Não! Parem de mandar mensagens", "不要，停止发短信", "stop texting me"],
)
def test_a_no_before_a_stop_takes_nothing_from_it(text: str) -> None:
    assert meaning(text).intent is Intent.OPT_OUT


@pytest.mark.parametrize(
    "text", ["END", "quit.", " Stop!! ", "“CANCEL”", "S T O P", "stop stop stop", "ＳＴＯＰ", "ALTO", "🛑"]
)
def test_a_whole_message_keyword_opts_out_whatever_its_dress(text: str) -> None:
    assert meaning(text).intent is Intent.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        "stop drinking", "quit meth", "i want to quit", "end it all", "the 5th st stop", "no me manden mas cobros",
        "stop using heroin help", "where does the bus stop", "my ex wont leave me alone", "cancel my appointment",
        "We have got to STOP this bill", "dont call me a junkie", "dejar de tomar", "end of the month food",
        "我不想再碰那個東西了，誰可以幫我", "gusto ko na tigilan ang shabu tulungan nyo ko",
        "please dont stop sending these", "no paren de mandar mensajes", "não para de mandar mensagem",
        "n'arrêtez pas de m'envoyer les adresses", "pa sispann voye mesaj", "не прекращайте присылать, нужна еда",
        "đừng ngừng nhắn tin cho tôi", "wag nyo itigil ang pag text", "문자 끊지 마세요", "不要停止发短信 我还需要食物",
        "唔好停發短訊 我仲要食物", "msg band mat karo abhi khana chahiye",
    ],
)  # fmt: skip
def test_a_stop_that_means_something_else_does_not_opt_out(text: str) -> None:
    assert meaning(text).intent is not Intent.OPT_OUT


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("food and detox", ("food", "detox")),
        ("ride to detox", ("transport", "detox")),
        ("suboxone clinic", ("medication",)),
        ("halfway house that takes people on methadone", ("housing",)),
        ("i dont need detox i need food", ("food",)),
        ("not rehab just outpatient", ("outpatient",)),
        ("jeringas limpias y comida", ("syringe_services", "food")),
        ("heroin detox", ("detox",)),
        ("szukam detoksu", ("detox",)),
        ("محتاج ديتوكس بدون هوية", ("detox",)),
        ("food and somewhere safe from domestic violence", ("dv_services", "food")),
    ],
)
def test_needs_come_in_the_order_of_the_text_and_the_longer_phrase_wins(
    text: str, needs: tuple[str, ...]
) -> None:
    assert meaning(text).needs == needs


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("walk in detox no id", {"walk_in": "yes", "id_needed": "no"}),
        ("womens shelter with my 2 kids", {"women": "yes", "children": "yes"}),
        ("sober living im on methadone", {"on_medication": "yes"}),
        ("spanish speaking therapist no insurance", {"language": "es", "no_pay": "yes"}),
        ("im 17 and need somewhere to stay", {"age": "17"}),
        ("food open now", {"open_now": "yes"}),
        ("albergue con mis hijos sin identificacion", {"children": "yes", "id_needed": "no"}),
        ("non religious rehab", {"faith_based": "no"}),
    ],
)
def test_wishes_are_keys_of_the_search_filters(text: str, wishes: dict[str, str]) -> None:
    assert meaning(text).wishes == wishes


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("2.", 2), ("#3", 3), ("２", 2), ("٣", 3), ("2️⃣", 2), ("the second one", 2), ("option 3 please", 3),
     ("dos", 2), ("la segunda", 2), ("2nd", 2), ("12", 12), ("0", None), ("60614", None), ("911", None), ("1 or 2", None)],
)  # fmt: skip
def test_a_number_is_chosen_in_any_writing(text: str, number: int | None) -> None:
    assert meaning(text).choice == number


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "how do i get there|whats the address|what do i need to bring|what time do they close|is it free"),
        ("es", "como llego|cual es la direccion|que tengo que llevar|a que hora cierran"),
        ("ht", "ki adres yo|kijan pou m ale la|kilè yo louvri"), ("pt", "onde fica|o que preciso levar|que horas abre"),
        ("fr", "c'est où|à quelle heure ils ouvrent|combien ça coûte"), ("vi", "địa chỉ ở đâu|mấy giờ mở cửa|đi sao"),
        ("tl", "ano ang address|anong oras bukas|magkano"), ("ko", "어떻게 가요|전화번호 알려주세요|얼마예요"),
        ("ar", "وين المكان|كيف اوصل|كم السعر"), ("ru", "какой адрес|как добраться|во сколько закрываются"),
        ("pl", "jaki adres|jak tam dojechać|o której otwierają"), ("so", "xagee ku yaal|maxaan u baahanahay inaan keeno"),
        ("hi", "address kya hai|kaise jau|कितने बजे खुलता है"), ("ur", "pata kya hai|kab khulta hai|کتنے پیسے"),
        ("zh-Hans", "地址是什么|怎么去|几点关门"), ("zh-Hant", "點去|地址係乜|幾點開門"),
    ],
)  # fmt: skip
def test_a_question_about_a_place_is_known_in_every_language(language: str, said: str) -> None:
    assert [text for text in said.split("|") if Intent.ABOUT not in meaning(text, language).perhaps] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "how do i use narcan|how u give someone the narcan spray"), ("pt", "como usar a naloxona"),
        ("es", "como se usa la naloxona|como le doy el narcan"), ("fr", "comment on utilise la naloxone"),
        ("ht", "kijan pou m sèvi ak nakan"), ("vi", "cách dùng narcan|narcan xài sao"),
        ("tl", "paano gamitin ang narcan"), ("ko", "나르칸 어떻게 써요"), ("ar", "كيف استخدم ناركان"),
        ("ru", "как использовать налоксон|kak ispolzovat narcan"), ("pl", "jak podać narcan"),
        ("so", "narcan sidee loo isticmaalaa"), ("hi", "नार्कन कैसे देते हैं"), ("ur", "narcan kaise use karte hain"),
        ("zh-Hans", "纳洛酮怎么用"), ("zh-Hant", "納洛酮點用"),
    ],
)  # fmt: skip
def test_who_asks_how_naloxone_is_given_is_understood_in_every_language(language: str, said: str) -> None:
    assert [text for text in said.split("|") if Intent.STEPS not in meaning(text, language).perhaps] == []
    assert Intent.STEPS not in meaning("narcan 60614", language).perhaps


@pytest.mark.parametrize(
    "text", ["detox 60614", "where is a shelter", "what do i do he hits me", "i need food", "1"]
)
def test_what_is_no_question_about_a_place(text: str) -> None:
    assert Intent.ABOUT not in meaning(text).perhaps


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "number 2|no. 2|the second one|2nd one pls"), ("es", "numero 2|el segundo|la 2 por favor|2do"),
        ("ht", "nimewo 2|dezyèm nan|opsyon 2"), ("pt", "número 2|o segundo|dois"),
        ("fr", "numéro 2|le deuxième|n°2"), ("vi", "số 2|thứ hai|cái số 2"), ("tl", "pangalawa|yung pangalawa"),
        ("zh-Hans", "第二个|2号|第2个|选2"), ("zh-Hant", "第二個|2號|第二間|選2"), ("ko", "2번|두 번째|두번째꺼"),
        ("ar", "رقم ٢|الثاني|el tani"), ("ru", "номер 2|вторая|2-й|№2"), ("pl", "numer 2|ten drugi|2gi"),
        ("so", "lambar 2|ka labaad"), ("hi", "नंबर 2|दूसरा वाला|doosra wala"), ("ur", "نمبر 2|دوسرا والا|dosra wala"),
    ],
)  # fmt: skip
def test_the_second_is_chosen_in_every_language(language: str, said: str) -> None:
    assert {text: meaning(text, language).choice for text in said.split("|")} == dict.fromkeys(
        said.split("|"), 2
    )


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("MENU", Intent.MENU), ("MORE", Intent.MORE), ("BACK", Intent.BACK), ("NEW", Intent.NEW),
        ("PRIVACY", Intent.PRIVACY), ("FORGET", Intent.FORGET), ("HELP", Intent.HELP), ("INFO", Intent.HELP),
        ("START", Intent.OPT_IN), ("UNSTOP", Intent.OPT_IN), ("YES", Intent.YES), ("NO", Intent.NO),
        ("MAS", Intent.MORE), ("ATRAS", Intent.BACK), ("NUEVO", Intent.NEW), ("PRIVACIDAD", Intent.PRIVACY),
        ("BORRAR", Intent.FORGET), ("ESPANOL", Intent.LANGUAGE), ("ENGLISH", Intent.LANGUAGE),
        ("AYUDA", Intent.HELP), ("LEGAL", Intent.NEED), ("medicine", Intent.NEED), ("medicina", Intent.NEED),
    ],
)  # fmt: skip
def test_every_word_we_offer_is_taken(text: str, intent: Intent) -> None:
    assert meaning(text).intent is intent


def test_help_in_a_sentence_is_no_carrier_keyword() -> None:
    assert meaning("i need help").intent is Intent.OTHER
    assert meaning("help my son is on meth").intent is Intent.NEED


def test_a_fear_is_answered_and_the_need_in_the_same_text_is_kept() -> None:
    said = meaning("detox 60614 i have a warrant")
    assert (said.intent, said.needs) == (Intent.ARREST_FEAR, ("detox",))


def test_a_town_named_like_a_need_is_a_place_only_with_a_word_of_its_own() -> None:
    assert meaning("detox needles ca").needs == ("detox",)
    assert meaning("detox needles ca").place is not None
    assert meaning("clean needles").place is None
    assert meaning("needle exchange mobile al").place is not None


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "?", "😭😭😭", "\u200b", "\x00\x07", "\ud800", "." * 1600, "'" * 50, "🏽‍♀️"]
)
def test_a_text_without_words_means_nothing_and_harms_nothing(text: str) -> None:
    assert meaning(text) == Meaning(Intent.OTHER)


def test_a_text_packed_in_base64_by_a_gateway_is_read() -> None:
    packed = "TXkgYnJvdGhlciBvdmVyZG9zZWQgaGUgd29udCB3YWtlIHVwIHdlIGFyZSBhdCA2MDYxNCBoZWxw"
    assert meaning(packed).danger is Danger.OVERDOSE


ANY_TEXT = st.text(max_size=3_000)


NEAR_TEXT = st.lists(
    st.sampled_from(
        [
            *[
                "he",
                "she",
                "they",
                "not",
                "wont",
                "wake",
                "up",
                "i",
                "my",
                "od",
                "overdose",
                "stop",
                "kill",
                "me",
                "60614",
                "detox",
                "the",
                "a",
                "&",
                "#",
                "...",
            ],
            "\n",
        ]
    )
    | st.text(max_size=6),
    max_size=120,
).map(" ".join)


@given(ANY_TEXT | NEAR_TEXT, st.none() | st.sampled_from(["en", "es", "ht", "xx", ""]))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text: str, language: str | None) -> None:
    assert isinstance(meaning(text, language), Meaning)


def test_the_longest_and_most_tangled_texts_are_read() -> None:
    for words in ("he will not ", "she they him my ", "xqzv jklw ", "i took my pills and "):
        assert meaning((words * 1_000)[:5_000]).intent in Intent


@pytest.mark.parametrize(
    "text", ["do they take medicaid", "open now", "any women only", "free ones", "gratis"]
)
def test_a_wish_alone_asks_for_no_other_need(text: str) -> None:
    assert meaning(text).needs == ()
    assert meaning(text).wishes
