"""The one composition root: makes the parts and hands them to each other.

`app:create_app()` for any WSGI server; `python app.py` runs everything on embedded defaults.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click
from flask import Flask
from flask.json.provider import DefaultJSONProvider
from sqlalchemy import Engine

import migrations
import web
from bot import commands as bot_commands
from bot.fragments import Fragments, shelf
from bot.memory import Keys, Memory
from bot.model import World
from bot.outbox import Outbox
from bot.service import Bot
from bot.understanding import Reader
from directory import commands as directory_commands
from directory.hotlines import Hotlines
from directory.local_rules import LocalRules
from directory.needs import load_needs
from directory.places import Gazetteer
from directory.search import Search
from directory.store import Store
from settings import Settings, SettingsError, from_env
from storage import open_engine
from web import housekeeping

HERE: Final = Path(__file__).parent
DEMO: Final = HERE / "data" / "demo"
log = logging.getLogger("openway")


class InOrder(DefaultJSONProvider):
    """JSON with the keys in HSDS's order, the id first."""

    sort_keys = False


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The Flask application. `config`: names of .env.example, they win over the environment;
    other keys go to Flask. Raises settings.SettingsError naming every fault."""
    settings = from_env({**os.environ, **(config or {})})
    app = Flask(__name__, static_folder="web/static", template_folder="web/templates")
    app.config.update(config or {}, SECRET_KEY=settings.secret_key)
    services, parts, outbox = _assemble(settings, _clock)
    app.json = InOrder(app)
    web.register(app, services)
    housekeeping.keep(app, lambda: services.bot.purge() + (outbox.erase_due(_clock()) if outbox else 0))
    app.cli.add_command(directory_commands.commands(lambda: parts))
    app.cli.add_command(bot_commands.group(lambda: services.bot))
    return app


def _clock() -> datetime:
    return datetime.now(UTC)


def _assemble(
    settings: Settings, clock: Callable[[], datetime]
) -> tuple[web.Services, directory_commands.Parts, Outbox | None]:
    engine, talks = _engines(settings)
    store, needs = Store(engine), load_needs()
    gazetteer = Gazetteer.open(settings.data_dir)
    hotlines = Hotlines.load()
    for warning in hotlines.warnings_for(clock().date()):
        log.warning(warning)
    search = Search(store, needs, settings.data_dir / "index", clock, gazetteer.place_in)
    world = World(
        directory=search,
        understand=Reader.load(gazetteer),
        now=clock,
        site_name=settings.site_name,
        public_url=settings.public_url,
        needs=needs,
        hotlines=hotlines,
        rules=LocalRules.load(gazetteer.zip),
    )
    memory = Memory(Keys.derive(settings.pseudonym_key, settings.contact_key, settings.opt_out_key))
    fragments = Fragments(shelf(str(settings.data_dir), memory.seal, memory.opened))
    outbox = Outbox.open(
        talks, memory, settings.twilio_account_sid, settings.twilio_auth_token, settings.twilio_from
    )
    services = web.Services(
        settings=settings,
        store=store,
        directory=search,
        gazetteer=gazetteer,
        needs=needs,
        hotlines=hotlines,
        bot=Bot(talks, memory, world, erases=outbox is not None, fragments=fragments),
        world=world,
        clock=clock,
    )
    parts = directory_commands.Parts(engine, store, search, needs, gazetteer, clock)
    return services, parts, outbox


def _engines(settings: Settings) -> tuple[Engine, Engine]:
    """The directory's database and that of the talks, brought up to date.

    SQLite lets one process write at a time: a long import must not make a texter wait, so
    there the talks have a file of their own. On PostgreSQL both are one database.
    """
    engine = open_engine(settings.database_url)
    migrations.upgrade(engine)
    if engine.dialect.name != "sqlite":
        return engine, engine
    talks = open_engine(f"sqlite:///{settings.data_dir / 'talks.sqlite3'}")
    migrations.upgrade(talks)
    return engine, talks


def load_demo(app: Flask) -> None:
    """Takes in the demo directory when there is no directory at all."""
    services: web.Services = app.extensions["openway"]
    if services.store.count():
        return
    run = app.test_cli_runner().invoke
    for format_, path in (("csv", DEMO / "directory.csv"), ("hsds", DEMO / "winter.json")):
        said = run(args=["directory", "import", format_, str(path)])
        click.echo(f"Demo directory: {said.output.strip().splitlines()[-1]}")


def serve() -> None:
    """Runs everything on embedded defaults, under gunicorn."""
    from gunicorn.app.wsgiapp import run  # only here: other servers do without it

    try:
        app = create_app()
    except SettingsError as error:
        sys.exit(f"Settings:\n{error}")
    load_demo(app)
    settings: Settings = app.extensions["openway"].settings
    click.echo(f"{settings.site_name} is at http://{settings.host}:{settings.port} (Ctrl-C ends it)")
    bind = f"{settings.host}:{settings.port}"
    sys.argv = ["gunicorn", "--chdir", str(HERE), "--bind", bind, "app:create_app()"]
    run()


if __name__ == "__main__":
    serve()
