"""Someone opens the web page and gets the right places; the page gives nothing away."""

from __future__ import annotations

import pytest

from tests.acceptance.outside import Phone, Server


def test_a_search_by_form_finds_places_with_numbers_to_call(server: Server) -> None:
    page = server.ask("POST", "/search", {"need": "detox", "near": "61602"})
    assert page.status == 200
    assert 'href="tel:+1309555' in page.body
    assert "emonstration" in page.body
    link = page.body.split('href="/services/')[1].split('"')[0]
    one = server.ask("GET", f"/services/{link}")
    assert one.status == 200
    assert "tel:" in one.body


def test_a_need_typed_where_the_place_belongs_is_looked_for(server: Server) -> None:
    page = server.ask("POST", "/search", {"near": "detox peoria il"})
    assert "near Peoria, IL" in page.body.split("<h1>")[1][:40]
    assert 'name="need" value="detox"' in page.body
    assert 'name="need" value="food"' not in page.body.split('id="again"')[1].split("</form>")[0]


def test_a_danger_in_the_words_gets_its_steps_above_the_places(server: Server) -> None:
    page = server.ask("POST", "/search", {"q": "my friend is not waking up", "near": "61602"}).body
    assert page.index("OVERDOSE: call 911 now.") < page.index("<h1>")


def test_the_page_speaks_the_language_of_the_browser(server: Server) -> None:
    assert '<html lang="es"' in server.ask("GET", "/", **{"Accept-Language": "es-MX,es;q=0.9"}).body
    assert '<html lang="en"' in server.ask("GET", "/", **{"Accept-Language": "xx"}).body


@pytest.mark.parametrize(
    "path", ["/", "/search?need=food&near=61602", "/try", "/privacy", "/nowhere", "/api/"]
)
def test_no_answer_is_stored_and_nothing_foreign_is_loaded(server: Server, path: str) -> None:
    answer = server.ask("GET", path)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert 'src="http' not in answer.body
    assert "Set-Cookie" not in answer.headers or path == "/try"


@pytest.mark.parametrize(
    "query",
    ["radius=abc", "near=%00", "page=-1", "page=999999999999999999999", "lat=91&lng=0", "need=nonsense", "lat=1",
     "q=" + "a" * 5000, "near=Springfield", "open_now=maybe", "language=%F0%9F%92%A9", "near=&q=&need="],
)  # fmt: skip
def test_nonsense_gets_a_page_and_never_an_error(server: Server, query: str) -> None:
    assert server.ask("GET", f"/search?{query}").status in (200, 400, 414)


def test_the_bot_in_the_browser_answers_as_the_texts_do(server: Server) -> None:
    page = server.ask("GET", "/try")
    assert page.status == 200
    assert "<form" in page.body


def test_nothing_of_anyone_is_in_the_files_or_the_log(server: Server) -> None:
    """A number, a place, a need: none of it in any byte we keep, even before the 24 hours."""
    phone = Phone(server, "+12175550143")
    phone.texts("quetzalcoatl help detox 61554")
    phone.texts("1")
    server.ask("GET", "/search?q=quetzalcoatl&near=61554")
    server.ask("POST", "/search", {"q": "quetzalcoatl", "near": "61554"})
    files = [path for path in server.data_dir.rglob("*") if path.is_file()]
    texted = [b"quetzalcoatl", b"2175550143", b"217-555-0143", "quetzalcoatl".encode("utf-16-le")]
    for path in [*files, server.log]:
        kept = path.read_bytes()
        assert [secret for secret in texted if secret in kept] == [], path
    log = server.log.read_text()
    assert "61554" not in log
    assert "127.0.0.1" not in log.replace("http://127.0.0.1", "").replace("bind", "")
