"""The pages people read: search, results, one service, privacy, about. Nothing here needs a script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import Final

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from msgspec import structs

from directory.answers import ENOUGH, Hit, Located, Place, Results
from directory.facts import FACTS
from directory.filters import FILTERS
from directory.medications import MEDICATIONS
from translations import BABEL_NAMES, languages, mark
from web import asked, services
from web.asked import Form
from web.asking import found, several
from web.cards import Call, card, line, lines, text_call
from web.danger import meaning_of, notice, topics
from web.facts import GROUPS
from web.grouping import parts
from web.language import language, name_of, ngettext, number, say
from web.narrowing import narrower
from web.notes import notes
from web.parameters import LONGEST_BEGINNING, ParameterError, SearchRequest, parse_search
from web.phrases import script
from web.sheet import sheet, web_address
from web.why import why

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_filter(web_address)

MOST_SPOTS: Final = 25
FRESHNESS: Final = ("30", "90", "365")  # days since a place was checked

# How the search form groups the needs; a need that is in no group stands in the last one.
NEED_GROUPS: Final = (
    (
        mark("Treatment and recovery"),
        ("detox", "medication", "residential", "outpatient", "recovery_support"),
    ),
    (mark("Staying safe"), ("naloxone", "syringe_services", "dv_services")),
    (mark("Food and a place to stay"), ("food", "shelter", "housing")),
    (mark("Health"), ("clinic", "mental_health")),
    (mark("Work, law, rides, papers"), ("jobs", "legal", "transport", "id_documents")),
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the form, in words, and which field it is about."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    fields: list[tuple[str, str]]


@blueprint.get("/")
def home() -> str:
    return _form_page(request.args)


@blueprint.route("/search", methods=["GET", "POST"])
def search() -> str | tuple[str, int]:
    """Results. Sent by POST from our own form, so that no need and no place stands in an address,
    a history or a log; GET works for links."""
    sent = asked.cleaned(request.form if request.method == "POST" else request.args)
    try:
        wanted = _widening(_read(parse_search(sent, services().needs.codes)))
    except ParameterError as error:
        return _form_page(sent, Trouble(error.parameter, _fault_words(error))), 400
    form = asked.form_of(wanted)
    if not (wanted.names_place or asked.chips(wanted)):
        return _form_page(form)
    located = wanted.located(services().gazetteer.locate)
    if located.place is None and located.choices:
        return _which_page(form, located)
    if located.place is None and wanted.names_place:
        return _form_page(form, Trouble("near", _not_found(wanted.near)))
    return _results_page(wanted, located)


def _read(wanted: SearchRequest) -> SearchRequest:
    """The search with a need that was typed where the place belongs: "detox peoria il"."""
    if wanted.needs or wanted.text or not wanted.near:
        return wanted
    meaning = meaning_of(wanted.near)
    return replace(wanted, needs=frozenset(meaning.needs)) if meaning.place else wanted


def _widening(wanted: SearchRequest) -> SearchRequest:
    """The search as a page runs it: a circle of a usual size, that grows when it holds too few."""
    radius = wanted.radius or (asked.USUAL_RADIUS if wanted.names_place else None)
    enough = ENOUGH if wanted.min_results is None else wanted.min_results
    return replace(wanted, radius=radius, min_results=enough)


@blueprint.post("/suggest")
def suggest() -> dict[str, object]:
    """What the beginning of a search may become. By POST: what is typed stands in no address."""
    typed = request.form.get("q", "")[:LONGEST_BEGINNING]
    found = services().directory.suggest(typed, language())
    told = [each._replace(text=asked.label(asked.NEED, each.code)) if each.code else each for each in found]
    return {"suggestions": [each._asdict() for each in told]}


@blueprint.get("/phrases/<tag>.js")
def phrases(tag: str) -> Response:
    """What people type for a need, for the browser to choose from: nothing typed leaves the phone."""
    if tag not in languages():
        abort(404)
    return Response(script(tag), mimetype="text/javascript")


@blueprint.route("/services/<service_id>", methods=["GET", "POST"])
def service(service_id: str) -> str:
    """One service with all its locations. A POST comes from a list of results and carries the
    search along, for the way back and the distance; what it shows is the same."""
    wanted = _search_of(request.form)
    place = wanted.located(services().gazetteer.locate).place
    hits = _hits(service_id, place)
    if not hits:
        abort(404)
    return render_template(
        "service.html",
        sheet=sheet(hits, services().clock()),
        again=list(asked.form_of(wanted).items(multi=True)),
        lines=lines(services().needs.of(hits[0].listing.service)),
    )


def _search_of(form: Form) -> SearchRequest:
    """The search that came along; an empty one if what came is none."""
    try:
        return parse_search(form)
    except ParameterError:
        return SearchRequest()


@blueprint.get("/privacy")
def privacy() -> str:
    return render_template("privacy.html", texts=_text_number())


@blueprint.get("/about")
def about() -> str:
    return render_template("about.html", sources=services().store.sources())


def _hits(service_id: str, place: Place | None) -> list[Hit]:
    """A service at its locations: the one asked for first, then the nearest."""
    found = services().store.service(service_id)
    hits = [services().directory.as_hit(each, place) for each in found]
    hits.sort(key=lambda hit: (hit.listing.id != service_id, _miles_to(hit)))
    return hits[:MOST_SPOTS]


def _miles_to(hit: Hit) -> float:
    return inf if hit.distance_miles is None else hit.distance_miles


def _form_page(form: Form, trouble: Trouble | None = None) -> str:
    poison = services().hotlines.by_id("poison")
    return render_template(
        "home.html",
        **_form_words(form, trouble),
        poison=line(poison) if poison else None,
        demonstration_shown=any(source.is_demonstration for source in services().store.sources()),
        text_to=_text_number(),
    )


def _which_page(form: Form, located: Located) -> str:
    choices = [Choice(each.label, _at(form, each)) for each in located.choices]
    return render_template("which.html", **_form_words(form), near=form["near"], choices=choices)


def _at(form: Form, place: Place) -> list[tuple[str, str]]:
    """The search again, with the point that tells this place from others of its name."""
    latitude, longitude = map(repr, place.point)
    kept = [(name, value) for name, value in form.items(multi=True) if name not in ("lat", "lng")]
    return [*kept, ("lat", latitude), ("lng", longitude)]


def _results_page(wanted: SearchRequest, located: Located) -> str:
    form, now = asked.form_of(wanted), services().clock()
    query = structs.replace(wanted.query(located.place), language=language(), count_facets=True)
    results = found(query)
    if choice := several(results):
        return _which_page(_with_place(form, *choice), choice[0])
    urgent, wishes = topics(wanted.text), {**results.understood.wishes, **results.query.wishes}
    whys = [why(hit, query, now, results.missing) for hit in results.hits]
    cards = [card(hit, now, wishes, said, query.at) for hit, said in zip(results.hits, whys, strict=True)]
    return render_template(
        "results.html",
        **_form_words(_as_read(form, wanted, results)),
        heading=_heading(results),
        again=list(form.items(multi=True)),
        chips=asked.chips(wanted),
        notes=notes(results, wanted, located),
        narrower=narrower(results, wanted),
        parts=parts(results, cards),
        page=query.page,
        pages=results.pages,
        beyond=results.is_beyond,
        wider=_wider(results),
        lines=lines({*urgent, *query.needs, *results.understood.needs}, next(iter(urgent), "")),
    )


def _with_place(form: Form, located: Located, rest: str) -> Form:
    """The form with a place that several bear where it belongs, and the rest of the words."""
    asked_again = form.copy()
    asked_again["near"] = located.choices[0].label.rpartition(",")[0]
    asked_again["q"] = rest
    return asked_again


def _as_read(form: Form, wanted: SearchRequest, results: Results) -> Form:
    """The form with a place where it belongs that was read in the words."""
    place = results.query.place
    if place is None or wanted.names_place:
        return form
    shown = form.copy()
    shown["near"], shown["q"] = place.label, results.query.text
    return shown


def _heading(results: Results) -> str:
    place, total = results.query.place, results.total
    if place is None:
        return ngettext("%(count)s place", "%(count)s places", total)
    if not total:
        return say(mark("No place found near %(place)s"), place=place.label)
    return ngettext(
        "%(count)s place near %(place)s", "%(count)s places near %(place)s", total, place=place.label
    )


def _wider(results: Results) -> list[tuple[str, str]]:
    """Larger circles to try, as (miles, label); none when we looked everywhere already."""
    seen = results.radius
    if seen is None or results.query.place is None:
        return []
    return [(radius, _miles(radius)) for radius in asked.RADII if float(radius) > seen][-2:]


def _miles(radius: str) -> str:
    return say(mark("Within %(miles)s miles"), miles=number(float(radius)))


def _form_words(form: Form, trouble: Trouble | None = None) -> dict[str, object]:
    """All that the search form needs: what was sent, and what there is to choose."""
    tongues = sorted((name_of(tag), tag) for tag in BABEL_NAMES if tag != "en")
    return {
        "form": form,
        "fault": trouble,
        "notice": notice(form.get("q", ""), form.get("near", "")),
        "need_groups": _need_groups(),
        "wish_groups": [
            (say(title), [(key, FACTS[key].wished.value, say(FACTS[key].wish)) for key in keys])
            for title, keys in GROUPS
        ],
        "radii": [(radius, _miles(radius)) for radius in asked.RADII],
        "tongues": [(tag, name) for name, tag in tongues],
        "medicines": [(code, asked.label("medication", code)) for code in MEDICATIONS],
        "genders": [(who, asked.label("gender", who)) for who in ("women", "men")],
        "freshness": [(days, asked.label("verified_within", days)) for days in FRESHNESS],
        "more_open": any(form.get(name) for name in ("q", *FILTERS)),
    }


def _need_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    needs = services().needs
    grouped = {code for _, codes in NEED_GROUPS for code in codes}
    rest = tuple(code for code in needs.codes if code not in grouped)
    last = len(NEED_GROUPS) - 1
    return [
        (say(title), [(code, say(needs.label(code))) for code in (*codes, *(rest if i == last else ()))])
        for i, (title, codes) in enumerate(NEED_GROUPS)
    ]


def _text_number() -> Call | None:
    """The number that takes texts, if this site has one."""
    number_of_ours = services().settings.twilio_from
    return text_call(number_of_ours) if number_of_ours else None


_ABOUT_FIELD: Final = {
    "near": mark("Type a ZIP code or a city, like 60614 or Chicago, IL."),
    "q": mark("Use fewer words."),
    "radius": mark("Pick how far from the list."),
    "age": mark("Type the age as a number, like 17."),
    "need": mark("Pick what you need from the list."),
    "language": mark("Pick a language from the list."),
}


def _fault_words(error: ParameterError) -> str:
    plain = mark("We could not read a part of your search. Check it and try again.")
    return say(_ABOUT_FIELD.get(error.parameter, plain))


def _not_found(near: str) -> str:
    if not near:
        return say(mark("We could not find that spot. Type a ZIP code or a city."))
    return say(
        mark(
            "We could not find “%(near)s”. Try a ZIP code like 60614, or a city and state like Chicago, IL."
        ),
        near=near,
    )


@blueprint.app_context_processor
def _frame() -> dict[str, object]:
    """What every page shows around its words."""
    chat = url_for("chat.show") if "chat" in current_app.blueprints else ""
    return {"site_name": services().settings.site_name, "chat_path": chat}
