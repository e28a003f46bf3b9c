"""Which language a request is answered in, and the templates' words, days and numbers in it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, Response, g, request, url_for
from werkzeug.exceptions import HTTPException

from translations import DEFAULT, catalogue, language_name, languages, locale, negotiate

COOKIE: Final = "lang"


def language() -> str:
    """BCP 47 tag of the language of this request. The first of these that we speak:

    1. `?lang=` in the address: a choice just made, or a link that carries one
    2. the hidden field `lang` of a form, for browsers that keep no cookies
    3. the cookie `lang`, set when someone chose (it holds the tag and nothing else)
    4. the browser's Accept-Language
    5. English

    What we do not speak, or junk, counts as not said.
    """
    if "language" not in g:
        said = (request.args.get(COOKIE), _form_field(), request.cookies.get(COOKIE))
        g.language = next(filter(None, map(_spoken, said)), None) or _browser_language()
    tag: str = g.language
    return tag


def _spoken(tag: str | None) -> str | None:
    """Our language for a tag; None if we lack it. "en" must be asked for by name: it is also
    what `negotiate` gives for anything it does not know."""
    found = negotiate(tag or "")
    return found if found != DEFAULT or (tag or "").lower().startswith(DEFAULT) else None


def _browser_language() -> str:
    return negotiate(request.headers.get("Accept-Language", ""))


def _form_field() -> str | None:
    try:
        return request.form.get(COOKIE)
    except HTTPException:  # a body too large to read: the error page still needs a language
        return None


def say(message: str, **values: object) -> str:
    """A marked message in the language of this request, its %(name)s filled in. Words of a data
    file come without values and stay as they are, percent signs too."""
    said = catalogue(language()).gettext(message) if message else ""  # "" is the catalogue's header
    return said % values if values else said


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The message for this many, in the language of this request; named so that Babel finds the pair."""
    said = catalogue(language()).ngettext(one, many, count)
    return said % {"count": number(count), **values}


def day(value: date) -> str:
    return format_date(value, "medium", locale=locale(language()))


def number(value: float) -> str:
    return format_decimal(value, locale=locale(language()))


def own_name(tag: str) -> str:
    """A language's name in itself: "Español"."""
    name = locale(tag).get_display_name(locale(tag)) or tag
    return name[:1].upper() + name[1:]


def name_of(tag: str) -> str:
    """A language's name in the language of this request: "Spanish"."""
    name = language_name(tag, language()) or tag
    return name[:1].upper() + name[1:]


def carried() -> dict[str, str]:
    """What a link or a form must carry to stay in this language without a cookie."""
    return {} if language() == _browser_language() else {COOKIE: language()}


def link(endpoint: str, **values: str) -> str:
    """The address of a page of ours, in the language of this request."""
    wanted: dict[str, Any] = {**carried(), **values}
    return url_for(endpoint, **wanted)


def switch(tag: str) -> str:
    """This page in another language; the rest of its address stays."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != COOKIE]
    return f"{request.path}?{urlencode([*kept, (COOKIE, tag)])}"


def speak(app: Flask) -> None:
    """Gives an app's templates their language."""
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: catalogue(language()).gettext(message),
        lambda one, many, count: catalogue(language()).ngettext(one, many, count),
        newstyle=True,
    )
    environment.filters.update(day=day, number=number, own_name=own_name, name_of=name_of)
    environment.globals.update(link=link, carried=carried, switch=switch, languages=languages)
    app.context_processor(_tongue)
    app.after_request(_remember_choice)


def _tongue() -> dict[str, str]:
    return {"language": language(), "direction": locale(language()).text_direction}


def _remember_choice(response: Response) -> Response:
    """Keeps a choice made by a link until the browser closes, so that a shared phone forgets it."""
    if request.blueprint == "pages" and _spoken(request.args.get(COOKIE)):
        response.set_cookie(COOKIE, language(), secure=request.is_secure, httponly=True, samesite="Lax")
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", language())
    return response
