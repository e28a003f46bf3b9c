"""The directory as data, asked over HTTP as a program would."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from directory.access import ACCESS
from directory.ids import made_id
from directory.search import Search
from tests.web import fakes
from web.parameters import SEARCH

Json = dict[str, Any]
Ask = Callable[..., Json]
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
NOWHERE = "00000000-0000-4000-8000-000000000000"
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return fakes.app_over(fakes.town(tmp_path_factory.mktemp("town"))).test_client()


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> Json:
    found: Json = client.get("/api/openapi.json").get_json()
    return found


@pytest.fixture(scope="module")
def check(described: Json) -> Callable[[str, TestResponse], None]:
    """Compares an answer with what the OpenAPI document says of it."""

    def compare(path: str, response: TestResponse) -> None:
        answers = described["paths"][path][response.request.method.lower()]["responses"]
        said = answers.get(str(response.status_code), answers["default"])
        schema = said["content"][response.mimetype]["schema"]
        whole = {**schema, "components": described["components"]}
        faults = Draft202012Validator(whole).iter_errors(response.get_json())
        assert [f"{error.json_path}: {error.message}" for error in faults] == []

    return compare


@pytest.fixture(scope="module")
def ask(client: FlaskClient, check: Callable[[str, TestResponse], None]) -> Ask:
    """The search: parameters in, the page out."""

    def search(**parameters: Any) -> Json:
        response = client.get(f"/api/service_at_locations?{urlencode(parameters, doseq=True)}")
        assert response.status_code == 200, response.text
        check("/service_at_locations", response)
        page: Json = response.get_json()
        return page

    return search


def names(page: Json) -> list[str]:
    return [each["service"]["name"] for each in page["contents"]]


def test_the_front_says_which_hsds_this_is(client: FlaskClient) -> None:
    said = client.get("/api/").get_json()
    assert said["version"] == "3.1"
    assert client.get(said["openapi_url"]).status_code == 200
    assert said["profile"].startswith("https://")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_list_answers_in_the_envelope_and_is_not_kept(
    client: FlaskClient, check: Callable[[str, TestResponse], None], name: str, method: str
) -> None:
    response = getattr(client, method)(f"/api/{name}")
    page = response.get_json()
    check(f"/{name}", response)
    assert response.headers["Cache-Control"] == "no-store"
    assert page["page_number"] == 1
    assert page["size"] == len(page["contents"]) <= 10
    assert (page["first_page"], page["empty"]) == (True, False)
    assert page["total_pages"] == -(-page["total_items"] // 10)


@pytest.mark.parametrize("name", LISTS)
def test_pages_follow_each_other_and_end(client: FlaskClient, name: str) -> None:
    seen, page, last = [], 0, False
    while not last:
        page += 1
        said = client.get(f"/api/{name}?per_page=4&page={page}").get_json()
        seen += [each["id"] for each in said["contents"]]
        last = said["last_page"]
    assert len(seen) == len(set(seen)) == said["total_items"]
    beyond = client.get(f"/api/{name}?per_page=4&page={page + 1}").get_json()
    assert (beyond["empty"], beyond["last_page"], beyond["contents"]) == (True, True, [])


def test_a_hit_is_a_service_at_location_with_all_that_decides(ask: Ask) -> None:
    (hit,) = ask(near="60614", need="detox", min_results=0)["contents"]
    assert hit["service"]["name"] == "Harbor Detox Center"
    assert hit["service"]["organization"]["name"] == "Harbor Health"
    assert hit["location"]["addresses"][0]["address_1"] == "400 W Harbor Dr"
    assert hit["distance_miles"] == 2.57
    assert hit["open"] == {"state": "open", "until": None}
    assert hit["service"]["access"]["walk_in"] == {"answer": "yes"}
    assert hit["service"]["source"]["licence"] == "public domain"
    assert hit["service"]["assured_date"] == "2026-11-03"


def test_without_a_place_there_is_no_distance(ask: Ask) -> None:
    page = ask(search="outpatient")
    assert names(page) == ["Elm Street Outpatient & Wellness"]
    assert page["contents"][0]["distance_miles"] is None
    assert page["place"] is None


def test_any_of_several_needs_and_the_nearest_first(ask: Ask) -> None:
    page = ask(near="Chicago", need=["food", "legal"], sort="distance", radius=10)
    nearest, *others = names(page)
    assert nearest.endswith("Aid")
    assert set(others) == {"Riverside Food Pantry"}
    distances = [each["distance_miles"] for each in page["contents"]]
    assert distances == sorted(distances)


def test_the_circle_grows_only_if_nobody_named_it_or_results_are_asked_for(ask: Ask) -> None:
    assert ask(near="Chicago", need="jobs", radius=5)["total_items"] == 0
    assert ask(near="Chicago", need="jobs")["total_items"] >= 1
    grown = ask(near="Chicago", need="jobs", radius=5, min_results=1)
    assert grown["total_items"] >= 1
    assert grown["radius"] > 5


def test_what_was_understood_is_always_told(ask: Ask) -> None:
    page = ask(search="shleter walk in", near="Chicago")
    assert page["understood"] == {
        "needs": ["shelter"],
        "wishes": {"walk_in": "yes"},
        "corrected": [{"said": "shleter", "read": "shelter"}],
        "unused": [],
    }
    assert page["nearest_miles"] == min(each["distance_miles"] for each in page["contents"])
    assert page["note"] is None
    nothing = ask(near="Atlantis", facets="true")
    assert nothing["understood"] == {"needs": [], "wishes": {}, "corrected": [], "unused": []}
    assert (nothing["nearest_miles"], nothing["note"], nothing["facets"]) == (None, None, [])


def test_each_result_says_why_if_it_is_asked(ask: Ask) -> None:
    assert "explain" not in ask(near="60614", need="detox")["contents"][0]
    hit = ask(near="60614", need="detox", explain="yes", min_results=0)["contents"][0]
    reasons = {each["code"]: each for each in hit["explain"]["reasons"]}
    assert reasons["need"] == {"code": "need", "miles": 0.0, "about": "detox"}
    assert {"open", "walk_in", "checked"} <= set(reasons)


def test_what_else_could_be_asked_is_counted_if_it_is_asked(ask: Ask) -> None:
    assert "facets" not in ask(near="60614")
    page = ask(near="60614", facets="on", per_page=100)
    counted = {(each["key"], each["value"]): each for each in page["facets"]}
    saying = [
        each
        for each in page["contents"]
        if each["service"].get("access", {}).get("walk_in") == {"answer": "yes"}
    ]
    assert counted["walk_in", "yes"]["yes"] == len(saying) > 0
    assert all(each["yes"] + each["unknown"] <= page["total_items"] for each in page["facets"])


@pytest.mark.parametrize(
    ("wish", "fits"),
    [
        ({"gender": "women"}, "Harbor Detox Center"),
        ({"source": "listed", "need": "detox"}, "Harbor Detox Center"),
        ({"organization_id": made_id("org", "h")}, "Harbor Detox Center"),
        ({"verified_within": "30", "need": "detox"}, "Harbor Detox Center"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_every_filter_can_be_asked_for(ask: Ask, wish: Json, fits: str) -> None:
    assert fits in names(ask(**wish))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gender", "all"), ("medication", "aspirin"), ("serves_zip", "6061"), ("serves_zip", "١٢٣٤٥"),
        ("organization_id", "5"), ("source", "x" * 101), ("verified_within", "0"), ("verified_within", "-30"),
        ("verified_within", "9" * 40), ("explain", "why"), ("facets", "2"),
    ],
)  # fmt: skip
def test_a_wish_that_is_none_is_refused_by_its_name(client: FlaskClient, name: str, value: str) -> None:
    response = client.get("/api/service_at_locations", query_string={name: value})
    assert (response.status_code, response.get_json()["parameter"]) == (400, name)


@pytest.mark.parametrize(
    "sent", [{}, {"q": ""}, {"q": "مساعدة", "language": "ar"}, {"q": "-1"}, {"q": "x" * 100}]
)
def test_the_beginning_of_anything_can_be_asked_about(
    client: FlaskClient, check: Callable[[str, TestResponse], None], sent: Json
) -> None:
    for response in (client.get("/api/suggest", query_string=sent), client.post("/api/suggest", json=sent)):
        assert (response.status_code, response.get_json()["suggestions"]) == (200, [])
        check("/suggest", response)


def test_a_beginning_becomes_needs_and_names(
    client: FlaskClient, check: Callable[[str, TestResponse], None]
) -> None:
    response = client.get("/api/suggest?q=detox&language=en")
    check("/suggest", response)
    assert response.get_json()["suggestions"][0]["code"] == "detox"
    assert "Harbor Detox Center" in {each["text"] for each in response.get_json()["suggestions"]}


@pytest.mark.parametrize("query", ["q=a&q=b", f"q={'x' * 101}"])
def test_a_beginning_that_cannot_be_read_is_refused_by_name(client: FlaskClient, query: str) -> None:
    response = client.get(f"/api/suggest?{query}")
    assert (response.status_code, response.get_json()["parameter"]) == (400, "q")


def test_a_wish_that_a_listing_denies_leaves_it_out_and_silence_is_told(ask: Ask) -> None:
    page = ask(near="Chicago", pets="yes", radius=5, per_page=100)
    assert "Harbor Detox Center" not in names(page)
    unsaid = {each["service"]["name"]: each["unsaid"] for each in page["contents"]}
    assert unsaid["Safe House"] == []
    assert unsaid["Riverside Food Pantry"] == ["pets"]


@pytest.mark.parametrize(
    ("parameters", "state"),
    [
        ({"open_at": "2026-11-23T10:00", "near": "Chicago"}, "open"),
        ({"open_at": "2026-11-23T16:00Z"}, "open"),
        ({"open_at": "2026-11-23T10:00"}, None),
        ({"open_at": "2026-11-23T20:00", "near": "Chicago"}, None),
    ],
)
def test_open_at_is_meant_where_the_place_is(ask: Ask, parameters: Json, state: str | None) -> None:
    page = ask(need="outpatient", **parameters)
    assert [each["open"]["state"] for each in page["contents"]] == ([state] if state else [])


def test_until_is_a_moment_with_its_offset(ask: Ask) -> None:
    (hit,) = ask(search="outpatient", open_now="true")["contents"]
    assert hit["open"] == {"state": "open", "until": "2026-11-23T17:00:00-06:00"}


def test_a_confidential_place_gives_out_neither_street_nor_point(ask: Ask) -> None:
    (hit,) = ask(near="Chicago", need="dv_services", min_results=0)["contents"]
    assert hit["location"]["confidential"] is True
    assert "Secret" not in json.dumps(hit)
    assert "latitude" not in hit["location"]


def test_a_misspelt_place_is_shown_as_it_was_understood(ask: Ask) -> None:
    page = ask(near="chcago")
    assert (page["place"]["label"], page["place"]["guessed"]) == ("Chicago, IL", True)


def test_a_place_that_cannot_be_found_is_no_error(ask: Ask) -> None:
    page = ask(near="atlantis", need="detox")
    assert (page["total_items"], page["empty"], page["contents"]) == (0, True, [])
    (warning,) = page["warnings"]
    assert (warning["parameter"], warning["choices"]) == ("near", [])


def test_a_name_of_several_places_comes_with_choices_that_work(ask: Ask) -> None:
    (warning,) = ask(near="springfield")["warnings"]
    labels = [choice["label"] for choice in warning["choices"]]
    assert labels == ["Springfield, IL", "Springfield, MO"]
    assert ask(near=labels[1])["place"]["label"] == labels[1]
    chosen = {"lat": warning["choices"][1]["latitude"], "lng": warning["choices"][1]["longitude"]}
    assert ask(near="springfield", **chosen)["place"]["label"] == labels[1]


@pytest.mark.parametrize("words", ["detox springfield", "help Springfield", "springfield"])
def test_so_does_a_name_of_several_places_in_the_words(ask: Ask, words: str) -> None:
    page = ask(search=words)
    (warning,) = page["warnings"]
    assert (warning["parameter"], page["place"]) == ("search", None)
    assert [choice["label"] for choice in warning["choices"]] == ["Springfield, IL", "Springfield, MO"]
    assert "none was taken" in warning["message"]
    again = ask(search="detox", near=warning["choices"][0]["label"])
    assert (again["warnings"], again["place"]["label"]) == ([], "Springfield, IL")


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("haymarket springfield", {}),
        ("detox", {}),
        ("detox in ohio", {}),
        ("detox springfield", {"near": "chicago"}),
        ("", {"need": "detox"}),
    ],
)
def test_no_choice_is_offered_where_a_place_is_known_or_none_is_named(
    ask: Ask, words: str, more: dict[str, str]
) -> None:
    assert ask(search=words, **more)["warnings"] == []


def test_a_search_that_took_too_long_says_so(
    tmp_path: Path, check: Callable[[str, TestResponse], None]
) -> None:
    parts = fakes.town(tmp_path)
    hurried = Search(parts.store, parts.needs, tmp_path / "index", parts.clock, budget=-1.0)
    client = fakes.app_over(replace(parts, directory=hurried)).test_client()
    response = client.get("/api/service_at_locations?search=outpatient&facets=true")
    check("/service_at_locations", response)
    page = response.get_json()
    assert page["total_items"] == 1
    assert [warning["parameter"] for warning in page["warnings"]] == ["search"]
    assert "took too long" in page["warnings"][0]["message"]


def test_a_parameter_that_we_do_not_have_is_ignored_aloud(ask: Ask) -> None:
    page = ask(search="outpatient", colour="red", taxonomy_term_id="x")
    assert [warning["parameter"] for warning in page["warnings"]] == ["colour", "taxonomy_term_id"]
    assert page["total_items"] == 1


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("radius=abc", "radius"),
        ("radius=0", "radius"),
        ("radius=5&radius=6", "radius"),
        ("per_page=101", "per_page"),
        ("page=0", "page"),
        ("lat=41.9", "lng"),
        ("lat=95&lng=0", "lat"),
        ("need=money", "need"),
        ("open_at=noon", "open_at"),
        ("sort=luck", "sort"),
        ("pets=perhaps", "pets"),
    ],
)
def test_a_value_that_cannot_be_used_is_a_problem_that_names_it(
    client: FlaskClient, check: Callable[[str, TestResponse], None], query: str, parameter: str
) -> None:
    response = client.get(f"/api/service_at_locations?{query}")
    check("/service_at_locations", response)
    assert (response.status_code, response.mimetype) == (400, PROBLEM)
    assert response.get_json()["parameter"] == parameter
    assert response.headers["Cache-Control"] == "no-store"


def test_an_unknown_need_is_told_with_the_known_ones(client: FlaskClient) -> None:
    detail = client.get("/api/service_at_locations?need=money").get_json()["detail"]
    assert "detox" in detail
    assert "id_documents" in detail


@pytest.mark.parametrize(
    "sent",
    [
        {
            "json": {
                "near": "Chicago",
                "need": ["food", "legal"],
                "radius": 10,
                "open_now": False,
                "pets": None,
            }
        },
        {"data": {"near": "Chicago", "need": ["food", "legal"], "radius": "10"}},
        {"query_string": "near=Chicago&need=food", "data": {"need": "legal", "radius": "10"}},
    ],
    ids=["json", "form", "both"],
)
def test_a_search_may_be_sent_in_the_body(client: FlaskClient, ask: Ask, sent: Json) -> None:
    page = client.post("/api/service_at_locations", **sent).get_json()
    assert page == ask(near="Chicago", need=["food", "legal"], radius=10)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"data": "[" * 60_000, "content_type": "application/json"}, 400),
        ({"json": ["near"]}, 400),
        ({"json": {"near": {"lat": 1}}}, 400),
        ({"json": {"radius": True}}, 400),
        ({"json": {"radius": [5]}}, 400),
        ({"json": {"radius": 1e400}}, 400),
        ({"data": "near=Chicago", "content_type": "text/plain"}, 415),
        ({"json": {"search": "x" * 70_000}}, 413),
        ({"data": {"radius": "5"}, "query_string": "radius=6"}, 400),
    ],
)
def test_a_body_that_cannot_be_used_is_a_problem(
    client: FlaskClient, check: Callable[[str, TestResponse], None], sent: Json, status: int
) -> None:
    response = client.post("/api/service_at_locations", **sent)
    check("/service_at_locations", response)
    assert (response.status_code, response.mimetype) == (status, PROBLEM)


@pytest.mark.parametrize(
    "path",
    ["/api/nothing", *(f"/api/{name}/{own}" for name in LISTS[:3] for own in (NOWHERE, "17", "a/b"))],
)
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (404, PROBLEM)


def test_the_directory_cannot_be_changed_here(client: FlaskClient) -> None:
    for method in ("put", "patch", "delete"):
        response = getattr(client, method)("/api/services")
        assert (response.status_code, response.mimetype) == (405, PROBLEM)


def test_one_service_is_whole_with_all_its_locations(
    client: FlaskClient, check: Callable[[str, TestResponse], None]
) -> None:
    response = client.get(f"/api/services/{made_id('service', 'two')}")
    check("/services/{id}", response)
    places = response.get_json()["service_at_locations"]
    assert {place["location"]["name"] for place in places} == {"North hall", "South hall"}
    assert client.get(f"/api/services/{places[0]['id']}").status_code == 404, "the id of a place"


@pytest.mark.parametrize(
    ("name", "path"),
    [("organizations", "/organizations/{id}"), ("service_at_locations", "/service_at_locations/{id}")],
)
def test_what_a_list_shows_can_be_asked_for_alone(
    client: FlaskClient, check: Callable[[str, TestResponse], None], name: str, path: str
) -> None:
    for listed in client.get(f"/api/{name}?full=true&per_page=3").get_json()["contents"]:
        response = client.get(f"/api/{name}/{listed['id']}")
        check(path, response)
        assert response.get_json().keys() == listed.keys()


def test_services_can_be_listed_by_organization_brief_whole_or_minimal(client: FlaskClient) -> None:
    def listed(query: str) -> list[Json]:
        found: list[Json] = client.get(f"/api/services?{query}").get_json()["contents"]
        return found

    organization = made_id("org", "h")
    (brief,) = listed(f"organization_id={organization}")
    (whole,) = listed(f"organization_id={organization}&full=true")
    (minimal,) = listed(f"organization_id={organization}&minimal=true")
    assert (brief["name"], "phones" in brief, "phones" in whole) == ("Harbor Detox Center", False, True)
    assert minimal.keys() == {"id", "last_modified"}
    assert listed("modified_after=2030-01-01T00:00Z") == []


def test_terms_can_be_listed_by_taxonomy(client: FlaskClient) -> None:
    (taxonomy,) = client.get("/api/taxonomies").get_json()["contents"]
    terms = client.get(f"/api/taxonomy_terms?taxonomy_id={taxonomy['id']}").get_json()
    assert terms["total_items"] > 5
    assert terms["contents"][0]["taxonomy_detail"]["id"] == taxonomy["id"]
    assert client.get(f"/api/taxonomy_terms?taxonomy_id={NOWHERE}").get_json()["empty"]


def test_the_document_lists_exactly_the_paths_there_are(client: FlaskClient, described: Json) -> None:
    rules = {
        (rule.rule.removeprefix("/api").replace("<uuid:own>", "{id}"), method.lower())
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.methods
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert rules == {(path, method) for path, methods in described["paths"].items() for method in methods}


def test_the_document_describes_every_parameter(described: Json) -> None:
    listed = described["paths"]["/service_at_locations"]["get"]["parameters"]
    assert [each["name"] for each in listed] == [parameter.name for parameter in SEARCH]
    assert all(each["description"] for each in listed)
    assert set(ACCESS) <= {each["name"] for each in listed}
    need = next(each for each in listed if each["name"] == "need")
    assert "detox" in need["schema"]["items"]["enum"]


def test_no_reference_in_the_document_leads_nowhere(described: Json) -> None:
    text = json.dumps(described)
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert {part.split('"')[0] for part in text.split('"$ref": "')[1:]} <= known
    assert "http" not in text.replace("https://", ""), "nothing to fetch"


keys = st.sampled_from([parameter.name for parameter in SEARCH]) | st.text(max_size=4)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10)


@given(st.dictionaries(keys, scalars | st.lists(scalars, max_size=2), max_size=4))
@settings(max_examples=60, deadline=None)
def test_whatever_is_sent_is_answered_or_refused_by_name(
    client: FlaskClient, check: Callable[[str, TestResponse], None], sent: Json
) -> None:
    response = client.post("/api/service_at_locations", json=sent)
    assert response.status_code in (200, 400)
    check("/service_at_locations", response)


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_address_is_answered_or_refused(client: FlaskClient, query: str) -> None:
    plain = query.encode("utf-8", "ignore").decode()
    assert client.get("/api/service_at_locations", query_string=plain).status_code in (200, 400)
