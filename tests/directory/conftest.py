"""The real gazetteer, made once for all tests that ask for it (it takes two seconds)."""

from collections.abc import Iterator

import pytest

from directory.places import Gazetteer


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    opened = Gazetteer.open(tmp_path_factory.mktemp("places"))
    yield opened
    opened.close()
