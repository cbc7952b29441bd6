"""What the tests of searching share."""

from collections.abc import Iterator
from typing import Any

import pytest

from search import voikko

needs_voikko = pytest.mark.skipif(
    not voikko.is_installed(), reason="libvoikko1 and voikko-fi are not installed"
)


@pytest.fixture
def without_voikko(settings: Any) -> Iterator[None]:
    """As where the Debian packages are missing. Before the pages are made."""
    settings.VOIKKO = False
    voikko.version.cache_clear()
    yield
    settings.VOIKKO = True
    voikko.version.cache_clear()


@pytest.fixture(
    params=[pytest.param("with", marks=needs_voikko), "without"], ids="{} voikko".format
)
def either_way(request: pytest.FixtureRequest) -> str:
    """With the Finnish dictionary and without it. Before the pages are made."""
    if request.param == "without":
        request.getfixturevalue("without_voikko")
    return str(request.param)
