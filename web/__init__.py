"""Everything that speaks HTTP: pages, api, sms, chat, and the safety around them.

Words in, domain calls, words out. No rule about services or people lives here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from flask import Flask, current_app

if TYPE_CHECKING:
    from bot.model import World
    from bot.service import Bot
    from directory.hotlines import Hotlines
    from directory.needs import Needs
    from directory.places import Gazetteer
    from directory.search import Search
    from directory.store import Store
    from settings import Settings

EXTENSION: Final = "openway"


@dataclass(frozen=True, slots=True)
class Services:
    """The parts the doors may use, made by the composition root."""

    settings: Settings
    store: Store
    directory: Search
    gazetteer: Gazetteer
    needs: Needs
    hotlines: Hotlines
    bot: Bot
    world: World
    clock: Callable[[], datetime]  # aware


def services() -> Services:
    """The parts of the app that answers this request."""
    found: Services = current_app.extensions[EXTENSION]
    return found


def register(app: Flask, parts: Services) -> None:
    """Gives an app its doors, and the safety around all of them."""
    from web import api, chat, errors, health, language, pages, safety, sms

    app.extensions[EXTENSION] = parts
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True  # a page on a slow phone
    safety.protect(app, https=parts.settings.public_url.startswith("https://"))
    language.speak(app)
    errors.catch(app)
    for door in (pages, api, sms, chat, health):
        app.register_blueprint(door.blueprint)
