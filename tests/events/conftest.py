"""Payloads of our own, with dates near today, and a way to import them.

And what many tests of groups look at.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models.signals import post_init
from django.test import Client
from django.utils import timezone

from events.models import Contact, EventPage, Organisation

from .door import client_of, make_contact

PAYLOADS = Path(__file__).parent / "payloads"


def dated(text: str) -> str:
    """`<+7>` becomes the day a week from today, `<+7c>` the same without hyphens."""

    def day(match: re.Match[str]) -> str:
        day = timezone.localdate() + timedelta(days=int(match[1]))
        return day.strftime("%Y%m%d") if match[2] else day.isoformat()

    return re.sub(r"<([+-]\d+)(c?)>", day, text)


@pytest.fixture
def payload() -> Callable[[str], str]:
    return lambda name: dated((PAYLOADS / name).read_text(encoding="utf-8"))


@pytest.fixture
def listed_events(payload: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    """The events of the list, by the part of the id after the colon."""
    rows = json.loads(payload("linked_events_list.json"))["data"]
    return {row["id"].split(":")[1]: row for row in rows}


@pytest.fixture
def run(event_index: Any, tmp_path: Path) -> Callable[..., str]:
    """Imports a text, an object or a path, and gives what the command said."""

    def run_import(source: Any, **options: Any) -> str:
        if isinstance(source, (dict, list)):
            source = json.dumps(source)
        if isinstance(source, str) and source.lstrip()[:1] in ("{", "[", "B"):
            suffix = ".ics" if source.lstrip().startswith("BEGIN:") else ".json"
            name = options.pop("name", "lahde")
            (tmp_path / f"{name}{suffix}").write_text(dated(source), encoding="utf-8")
            source = tmp_path / f"{name}{suffix}"
        said = StringIO()
        call_command("import_events", str(source), stdout=said, **options)
        return said.getvalue()

    return run_import


@pytest.fixture
def page_of() -> Callable[[str], EventPage]:
    return lambda external_id: EventPage.objects.get(imported__external_id=external_id)


@pytest.fixture
def pages_made() -> Iterator[list[EventPage]]:
    """Every group that is made in memory: slow for a spreadsheet of thousands."""
    made: list[EventPage] = []

    def note(instance: EventPage, **_kwargs: Any) -> None:
        made.append(instance)

    post_init.connect(note, sender=EventPage)
    yield made
    post_init.disconnect(note, sender=EventPage)


@pytest.fixture
def contact(organisation: Organisation) -> Contact:
    """Who answers for the groups of the test's own organisation."""
    return make_contact(organisation)


@pytest.fixture
def person(contact: Contact) -> Client:
    """The contact, who has come in at the door."""
    return client_of(contact)
