"""The smallest trees that tests stand on."""

import math
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import translation
from wagtail.models import Locale

from events.listing.table import TABLE
from events.models import EventIndexPage
from guides.models import GuideIndexPage
from home.chrome import _last_seen
from home.models import ContentVersion, HomePage, content_version
from home.models.memory import Memory

from . import factories
from .clock import Clock
from .own_database import empty_copy, in_its_place


@pytest.fixture(autouse=True)
def nothing_left_over(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Caches and the active language would leak from one test to the next.

    The content version is read anew when this process has changed it, not when a
    second is over: a slow machine would count a query more than a quick one.
    """
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", math.inf)
    for cache in caches.all():
        cache.clear()
    Memory.forget_all()
    TABLE.forget()
    _last_seen.clear()
    translation.activate("fi")
    yield
    translation.activate("fi")


@pytest.fixture
def settled() -> Any:
    """Call it when the data stand: from then on caches live in their version.

    In a test nothing is committed, so nothing else would read the new version.
    """
    return ContentVersion.forget


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture(scope="session")
def empty_database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Any:
    folder = tmp_path_factory.mktemp("empty")
    with django_db_blocker.unblock(), empty_copy(folder) as name:
        yield name


@pytest.fixture
def own_database(empty_database: str, db: None, tmp_path: Path) -> Any:
    """What is done here is committed, and other connections see it."""
    with in_its_place(empty_database, tmp_path):
        yield


@pytest.fixture
def locales(db: None) -> dict[str, Locale]:
    return factories.make_locales()


@pytest.fixture
def homes(locales: dict[str, Locale]) -> dict[str, HomePage]:
    """A front page in each of the four languages, the Finnish one as the site's."""
    return factories.make_homes(locales)


@pytest.fixture
def home(homes: dict[str, HomePage]) -> HomePage:
    return homes["fi"]


@pytest.fixture
def event_indexes(homes: dict[str, HomePage]) -> dict[str, EventIndexPage]:
    return factories.make_event_indexes(homes)


@pytest.fixture
def event_index(event_indexes: dict[str, EventIndexPage]) -> EventIndexPage:
    return event_indexes["fi"]


@pytest.fixture
def guide_indexes(homes: dict[str, HomePage]) -> dict[str, GuideIndexPage]:
    return factories.make_guide_indexes(homes)


@pytest.fixture
def guide_index(guide_indexes: dict[str, GuideIndexPage]) -> GuideIndexPage:
    return guide_indexes["fi"]


@pytest.fixture
def administrator(db: None) -> Any:
    return factories.make_administrator()
