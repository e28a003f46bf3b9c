"""A client at the doors of the small town."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

import web
from tests.web import fakes
from tests.web.reading import Page, read


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> web.Services:
    return fakes.town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def client(parts: web.Services) -> FlaskClient:
    return fakes.app_over(parts).test_client()


@pytest.fixture
def look(client: FlaskClient) -> Callable[..., Page]:
    """`look(path)` reads a page; `look(near=..., need=...)` searches as the form does, by POST."""

    def at(path: str = "/search", status: int = 200, **form: object) -> Page:
        answer = client.post(path, data=form) if form else client.get(path)
        assert answer.status_code == status, answer.text
        return read(answer.text)

    return at
