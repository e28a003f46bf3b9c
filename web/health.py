"""Is the program able to answer? For load balancers and people on call."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from directory.answers import Query
from web import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 `ok` when the database answers and the search index is open; else 503."""
    try:
        services().store.version()
        services().directory.search(Query(per_page=1))
    except (SQLAlchemyError, OSError, RuntimeError):
        return Response("not ready", 503, mimetype="text/plain")
    return Response("ok", mimetype="text/plain")
