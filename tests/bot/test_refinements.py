"""What people ask of a list, in the words of every language: closer, open, free, for women, more of it."""

from __future__ import annotations

import pytest

from bot.model import Intent, Meaning
from tests.understanding.reader import reader

# Language -> what is asked -> ways to say it.
SAID = {
    "en": {
        "closest": "closer|something closer|nearer pls|is there one closer",
        "open_now": "open now|which one is open|who's open right now",
        "no_pay": "free ones|free please|no money",
        "women": "women only|only for women",
        "more": "more|show me more|any others|other places",
        "same_place": "same place|food same place|same zip",
    },
    "es": {
        "closest": "más cerca|algo mas cerca|uno mas cercano",
        "open_now": "abierto ahora|cual esta abierto|abiertos",
        "no_pay": "gratis|los gratis|que sea gratis",
        "women": "solo mujeres|para mujeres",
        "more": "más|mas opciones|otros lugares|hay mas?",
        "same_place": "mismo lugar|comida mismo lugar|el mismo zip",
    },
    "ht": {
        "closest": "pi pre|yon ki pi pre|pi prè mwen",
        "open_now": "ki louvri kounye a|louvri kounye a|sa ki louvri",
        "no_pay": "gratis|sa ki gratis",
        "women": "pou fanm sèlman|fi sèlman",
        "more": "plis|lòt kote|gen lòt",
        "same_place": "menm kote|menm kote a",
    },
    "pt": {
        "closest": "mais perto|algum mais perto",
        "open_now": "aberto agora|qual está aberto",
        "no_pay": "de graça|gratis|grátis",
        "women": "só mulheres|para mulheres",
        "more": "mais|mais opções|outros lugares|tem mais?",
        "same_place": "mesmo lugar|mesmo cep",
    },
    "fr": {
        "closest": "plus près|un plus proche|plus proche",
        "open_now": "ouvert maintenant|lequel est ouvert",
        "no_pay": "gratuit|les gratuits",
        "women": "femmes seulement|pour femmes",
        "more": "plus|d'autres|autres endroits",
        "same_place": "même endroit|meme zip",
    },
    "vi": {
        "closest": "gần hơn|chỗ gần hơn|gan hon",
        "open_now": "đang mở cửa|chỗ nào đang mở|mo cua bay gio",
        "no_pay": "miễn phí|chỗ miễn phí|mien phi",
        "women": "chỉ phụ nữ|cho phụ nữ",
        "more": "thêm|chỗ khác|còn nữa không",
        "same_place": "chỗ cũ|cùng chỗ",
    },
    "tl": {
        "closest": "mas malapit|yung mas malapit",
        "open_now": "bukas ngayon|alin ang bukas",
        "no_pay": "libre|yung libre",
        "women": "para sa babae lang|pang babae",
        "more": "iba pa|meron pa|more",
        "same_place": "parehong lugar|dun pa rin",
    },
    "ko": {
        "closest": "더 가까운 곳|더 가까운데",
        "open_now": "지금 여는 곳|지금 열린 곳|지금 연 데",
        "no_pay": "무료|무료인 곳|공짜",
        "women": "여성 전용|여자만",
        "more": "더|더 보여줘|다른 곳|더 있어요?",
        "same_place": "같은 곳|같은 장소",
    },
    "ar": {
        "closest": "أقرب|في اقرب|مكان اقرب",
        "open_now": "مفتوح الان|شو مفتوح هلق",
        "no_pay": "مجاني|ببلاش|المجانية",
        "women": "للنساء فقط|نساء بس",
        "more": "المزيد|غيره|اماكن تانية",
        "same_place": "نفس المكان",
    },
    "ru": {
        "closest": "ближе|поближе|есть ближе?",
        "open_now": "открыто сейчас|что открыто|кто работает сейчас",
        "no_pay": "бесплатно|бесплатные",
        "women": "только для женщин|женский",
        "more": "ещё|еще|другие места|есть еще?",
        "same_place": "там же|то же место",
    },
    "pl": {
        "closest": "bliżej",
        "open_now": "otwarte teraz|co jest otwarte",
        "no_pay": "za darmo|darmowe|bezpłatne",
        "women": "tylko dla kobiet|dla kobiet",
        "more": "więcej|wiecej|inne miejsca",
        "same_place": "to samo miejsce|tam gdzie wcześniej",
    },
    "so": {
        "closest": "mid iga dhow|ka dhow|kan ugu dhow",
        "open_now": "furan hadda|kee furan",
        "no_pay": "bilaash|kuwa bilaashka ah|lacag la'aan",
        "women": "dumarka kaliya|haween kaliya",
        "more": "kuwo kale|wax kale|in ka badan",
        "same_place": "isla meeshii|isla goobta",
    },
    "hi": {
        "closest": "और पास|aur paas|nazdeek wala",
        "open_now": "अभी खुला|abhi khula hai|kaun sa khula hai",
        "no_pay": "मुफ्त|free wala|muft",
        "women": "सिर्फ महिलाओं के लिए|sirf auraton ke liye",
        "more": "और|aur dikhao|aur jagah",
        "same_place": "वही जगह|wahi jagah",
    },
    "ur": {
        "closest": "اور قریب|aur qareeb",
        "open_now": "ابھی کھلا|abhi khula",
        "no_pay": "مفت|muft wala",
        "women": "صرف عورتوں کے لیے|sirf khawateen",
        "more": "اور|aur dikhao|مزید",
        "same_place": "وہی جگہ|wohi jagah",
    },
    "zh-Hans": {
        "closest": "更近的|近一点|有没有近一点的",
        "open_now": "现在开门的|现在开着的",
        "no_pay": "免费的|不要钱的",
        "women": "只限女性|女的专用",
        "more": "更多|还有吗|其他地方",
        "same_place": "同一个地方|老地方",
    },
    "zh-Hant": {
        "closest": "近啲|更近的|有冇近啲嘅",
        "open_now": "而家開嘅|現在開門的",
        "no_pay": "免費|免費嘅|唔使錢",
        "women": "只限女性|女仔專用",
        "more": "更多|仲有冇|其他地方",
        "same_place": "同一個地方|同埋嗰度",
    },
}


def _asks(meaning: Meaning, what: str) -> bool:
    return meaning.intent is Intent.MORE if what == "more" else meaning.wishes.get(what) == "yes"


@pytest.mark.parametrize("language", SAID)
def test_a_list_is_narrowed_and_turned_in_every_language(language: str) -> None:
    said = [(what, text) for what, texts in SAID[language].items() for text in texts.split("|")]
    assert [pair for pair in said if not _asks(reader()(pair[1], language), pair[0])] == []


@pytest.mark.parametrize(
    ("language", "too_far", "full"),
    [
        ("en", "too far", "they are full"),
        ("es", "muy lejos", "no contestan"),
        ("ht", "twò lwen", "yo plen"),
        ("pt", "muito longe", "ninguém atende"),
        ("fr", "trop loin", "personne répond"),
        ("vi", "xa quá", "không ai bắt máy"),
        ("tl", "malayo yan", "walang sumasagot"),
        ("ko", "너무 멀어요", "전화를 안 받아요"),
        ("ar", "بعيد", "محد يرد"),
        ("ru", "далеко", "никто не отвечает"),
        ("pl", "za daleko", "nikt nie odbiera"),
        ("so", "waa fog tahay", "way buuxaan"),
        ("hi", "बहुत दूर", "koi phone nahi utha raha"),
        ("ur", "بہت دور", "koi phone nahi uthata"),
        ("zh-Hans", "太远", "没人接"),
        ("zh-Hant", "太遠", "冇人聽"),
    ],
)
def test_too_far_asks_for_the_nearest_and_full_for_the_next(language: str, too_far: str, full: str) -> None:
    assert _asks(reader()(too_far, language), "closest")
    assert _asks(reader()(full, language), "more")
