"""The API against its own description: schemathesis asks what the OpenAPI document allows, and what it forbids."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from directory.needs import load_needs
from tests.web import fakes
from web.openapi import FORM, document

# Every run asks the same; nothing is kept of one for the next.
BOUNDED = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


OPERATIONS = [
    (path, method, mode)
    for path, methods in document("", load_needs().codes)["paths"].items()
    for method, said in methods.items()
    for mode in GenerationMode
    # Where nothing is asked, nothing can be asked wrongly.
    if mode is GenerationMode.POSITIVE or "parameters" in said or "requestBody" in said
]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The description, over a site that answers without a network."""
    app = fakes.app_over(fakes.town(tmp_path_factory.mktemp("town")))
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


@pytest.mark.parametrize(
    ("path", "method", "mode"), OPERATIONS, ids=lambda said: getattr(said, "value", said)
)
@given(data=st.data())
@BOUNDED
def test_the_api_is_as_described(
    described: Any, path: str, method: str, mode: GenerationMode, data: st.DataObject
) -> None:
    case = data.draw(described[path][method].as_strategy(generation_mode=mode))
    # OpenAPI has no words for two parameters that go together.
    assume(mode is GenerationMode.NEGATIVE or not _half_a_point(case))
    # What a form cannot say (an object, a list in a list) is not sent at all.
    assume(mode is GenerationMode.POSITIVE or case.media_type != FORM)
    case.call_and_validate()


def _half_a_point(case: Any) -> bool:
    body = case.body if isinstance(case.body, dict) else {}
    said = [str({**(case.query or {}), **body}.get(name, "")).strip() for name in ("lat", "lng")]
    return len({each in ("", "None", "[]") for each in said}) == 2
