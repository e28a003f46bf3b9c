"""What only a real browser can tell: does it fit, can it be read and reached, does it work without a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web import fakes

# A page that is left while it loads leaves a file of the test server to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

MEASURES = (Path(__file__).parent / "measures.js").read_text()
DETOX, TWO_DOORS = (f"/services/{fakes.made_id('service', key)}" for key in ("detox", "two"))
PATHS = {
    "search": "/",
    "list": "/search?near=60614&need=detox&need=food&need=dv_services&need=outpatient&walk_in=yes&q=",
    "demonstration": "/search?near=chicago&need=housing",
    "nothing": "/search?near=60614&need=transport&pets=yes",
    "which": "/search?near=springfield",
    "service": DETOX,
    "week": TWO_DOORS,
    "privacy": "/privacy",
    "about": "/about",
    "missing": "/no-such-page",
    "bot": "/try",
}
Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """`visit(path)`: a fresh page there, on a small phone unless said otherwise."""
    contexts = []

    def at(path: str, width: int = 320, **options: object) -> Page:
        window = {"width": width, "height": 640}
        # A colour that is still changing is none of the page's colours.
        contexts.append(
            browser.new_context(viewport=window, base_url=site, reduced_motion="reduce", **options)
        )
        page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield at
    for context in contexts:
        context.close()


def measured(page: Page, name: str) -> list[str]:
    page.evaluate(MEASURES)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found: list[str] = page.evaluate(f"window.measures.{name}()")
    return found


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_page_fits_a_small_phone_and_can_be_read_and_tapped(visit: Open, path: str, language: str) -> None:
    page = visit(path, locale=language)
    faults = {name: measured(page, name) for name in ("tooWide", "tooSmall", "tooFaint")}
    page.emulate_media(color_scheme="dark")
    faults["tooFaint in the dark"] = measured(page, "tooFaint")
    page.evaluate("document.documentElement.dir = 'rtl'")
    faults["tooWide from right to left"] = measured(page, "tooWide")
    assert not any(faults.values()), faults


@pytest.mark.parametrize("width", [320, 1280])
def test_with_text_at_twice_its_size_nothing_is_cut_off(visit: Open, width: int) -> None:
    page = visit(PATHS["list"], width)
    page.evaluate("document.documentElement.style.setProperty('font-size', '212%')")
    assert measured(page, "tooWide") == []


def test_a_search_works_without_a_script(visit: Open) -> None:
    page = visit("/", java_script_enabled=False)
    page.get_by_label("Where are you?").fill("60614")
    page.get_by_label("Detox (safe withdrawal care)").check()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 place near 60614 (Chicago, IL)")
    assert page.url.endswith("/search")
    page.get_by_role("button", name=re.compile("Hours and more.*Harbor Health")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbor Health")
    page.get_by_role("button", name="Back to the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 place near 60614 (Chicago, IL)")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 lugar cerca de 60614 (Chicago, IL)")
    assert page.title() == "Openway - Lista"


def test_the_first_keys_reach_the_main_part_and_the_way_out(visit: Open) -> None:
    page = visit("/")
    for words in ("Skip to main part", "Openway", "Leave this site"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText").strip() == words
    box = page.evaluate(
        "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
    )
    assert box == ["solid", "3px"]


def go(page: Page, where: str) -> None:
    """The browser's own buttons. Not page.go_back(): it waits for a load that the page cuts short."""
    page.evaluate(f"setTimeout(() => history.{where}(), 0)")


def test_the_back_button_returns_to_the_list_without_a_question(visit: Open) -> None:
    page = visit("/")
    top = page.get_by_role("heading", level=1)
    page.get_by_label("Where are you?").fill("60614")
    page.get_by_role("button", name="Search").click()
    expect(top).to_contain_text("places near 60614")
    for link in (
        page.get_by_role("link", name="Safe House"),
        page.get_by_role("button", name=re.compile("Hours and more.*Safe House")),
    ):
        link.click()
        expect(top).to_have_text("Safe House")
        go(page, "back")
        expect(top).to_contain_text("places near 60614")
    assert page.url.endswith("/search")
    go(page, "back")
    expect(top).to_have_text("Find help near you")


def test_a_page_before_the_list_is_one_step_back_and_the_list_one_step_forward(visit: Open) -> None:
    page = visit("/privacy")
    page.goto("/")
    top = page.get_by_role("heading", level=1)
    page.get_by_label("Where are you?").fill("springfield")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Springfield, MO").click()
    expect(top).to_contain_text("Springfield, MO")
    go(page, "back")
    expect(top).to_have_text("Which place do you mean?")
    go(page, "forward")
    expect(top).to_contain_text("Springfield, MO")


def test_three_shifts_leave_and_there_is_no_way_back(visit: Open) -> None:
    page = visit("/")
    page.get_by_label("Where are you?").fill("60614")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Harbor Health").click()
    page.wait_for_url("**/services/**")  # loaded: until then no key is listened to
    page.route(
        "https://www.weather.gov/**", lambda route: route.fulfill(body="sunny", content_type="text/html")
    )
    for key in ("Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    assert "/services/" in page.url, "another key between starts the count again"
    with page.expect_navigation(url="https://www.weather.gov/"):
        for _ in range(3):
            page.keyboard.press("Shift")
    go(page, "back")
    expect(page.get_by_role("heading", level=1)).to_have_text("Find help near you")
    assert "Harbor" not in page.inner_text("body")


def test_leaving_tells_nobody_where_from(visit: Open) -> None:
    page = visit("/", java_script_enabled=False)
    seen: list[dict[str, str]] = []

    def keep(route: object) -> None:
        seen.append(route.request.headers)  # type: ignore[attr-defined]
        route.fulfill(body="sunny", content_type="text/html")  # type: ignore[attr-defined]

    page.route("https://www.weather.gov/**", keep)
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url("https://www.weather.gov/")
    assert "referer" not in seen[0]


def test_my_location_is_asked_for_only_by_a_tap_and_only_roughly(visit: Open) -> None:
    here = {"latitude": 41.8812345, "longitude": -87.6298765}
    page = visit("/", geolocation=here, permissions=["geolocation"])
    field = page.get_by_label("Where are you?")
    expect(field).to_have_value("")
    page.get_by_role("button", name="Use my location").click()
    expect(field).to_have_value("41.881,-87.630")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("41.881,-87.630")


def test_a_refused_location_says_what_to_do(visit: Open) -> None:
    page = visit("/", permissions=[])
    page.get_by_role("button", name="Use my location").click()
    expect(page.get_by_role("status")).to_have_text("We could not find you. Type a ZIP code or city.")


def offered(page: Page) -> list[str]:
    return page.locator("#q-phrases option").evaluate_all("all => all.map(each => each.value)")


def test_the_search_field_suggests_while_one_types_and_tells_nobody_else_what(visit: Open) -> None:
    page = visit("/")
    page.get_by_text("More choices").click()
    field = page.get_by_role("combobox", name="Words to look for")
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url.rpartition('/')[2]}"))
    page.on("console", lambda message: complaints.append(message.text))
    with page.expect_response(re.compile(r"/phrases/en\.js$")):
        field.focus()
    page.keyboard.type("Food pan")
    expect(page.locator("#q-phrases option").first).to_have_attribute("value", "food pantry")
    assert offered(page)[0] == "food pantry"
    assert all("food pan" in phrase for phrase in offered(page))
    assert page.locator("#q-phrases option").first.inner_text() == "Food"
    field.fill("zzzz")
    assert offered(page) == []
    assert asked[0] == "GET en.js", "the list comes once"
    assert set(asked[1:]) <= {"POST suggest"}, "what is typed stands in no address"
    assert complaints == []
    field.fill("food pantry")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Looking for: Food.")).to_be_visible()


def test_suggestions_speak_the_language_of_the_page_and_mind_no_accents(visit: Open) -> None:
    page = visit("/", locale="es")
    page.locator("details.more summary").click()
    field = page.locator("#q")
    with page.expect_response(re.compile(r"/phrases/es\.js$")):
        field.focus()
    field.fill("clínica de met")
    expect(page.locator("#q-phrases option").first).to_have_attribute("value", "clinica de metadona")
    assert page.locator("#q-phrases option").first.inner_text() == "Medicina para opioides"


def test_names_of_places_are_suggested_too(visit: Open) -> None:
    page = visit("/")
    page.locator("details.more summary").click()
    with page.expect_response(re.compile(r"/suggest$")):
        page.locator("#q").press_sequentially("north h")
    expect(page.locator("#q-phrases option[value='North hall']").first).to_be_attached()


def test_without_a_script_the_search_field_is_a_plain_field(visit: Open) -> None:
    page = visit("/", java_script_enabled=False)
    page.get_by_text("More choices").click()
    page.get_by_role("textbox", name="Words to look for").fill("food pantry")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Looking for: Food.")).to_be_visible()


def test_a_list_can_be_narrowed_without_a_script(visit: Open) -> None:
    page = visit("/search?near=60614", java_script_enabled=False)
    page.get_by_text("Narrow down").click()
    page.get_by_role("button", name=re.compile(r"^Detox.*\(1\)$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 place near 60614 (Chicago, IL)")
    assert page.url.endswith("/search")


@pytest.mark.parametrize(("width", "stands_open"), [(360, False), (1200, True)])
def test_what_narrows_a_list_stands_open_where_there_is_room(
    visit: Open, width: int, stands_open: bool
) -> None:
    page = visit("/search?near=60614", width)
    assert page.locator(".narrower").evaluate("each => each.open") is stands_open


def test_no_page_asks_anyone_else_and_no_rule_of_its_own_is_broken(visit: Open, site: str) -> None:
    page = visit("/")
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    for path in PATHS.values():
        page.goto(path)
    assert [url for url in asked if not url.startswith(site)] == []
    assert [text for text in complaints if "404" not in text] == []


def test_on_paper_there_are_places_and_no_buttons(visit: Open) -> None:
    page = visit(PATHS["list"])
    page.emulate_media(media="print")
    expect(page.get_by_text("Harbor Detox Center").first).to_be_visible()
    expect(page.get_by_text("312-555-0111")).to_be_visible()
    for gone in ("Change your search", "Leave this site", "Hours and more"):
        expect(page.get_by_text(gone).first).to_be_hidden()
