"""The database is locked, away, or its disk is full: nothing typed is lost."""

import html
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext

from events.door import access
from events.models import Contact, EventPage, Submission
from home import traps
from tests import factories
from tests.own_database import connected_to

from .door import START, plain_what, send
from .door_forms import Door, names_of_forms
from .faults import full_disk, integrity, locked_database

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
BROWSER = {"Origin": "http://testserver"}
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's disk is not ours to fill."
)


@pytest.fixture
def door(own_database: None, monkeypatch: pytest.MonkeyPatch) -> Door:
    monkeypatch.setattr(traps, "LEAST_SECONDS", 0)
    homes = factories.make_homes(factories.make_locales())
    return Door(factories.make_event_indexes(homes)["fi"])


def kept_in(page: Any) -> dict[str, list[str]]:
    """What the page sends when its button is pressed."""
    kept: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(page.text):
        kept.setdefault(html.unescape(name), []).append(html.unescape(value))
    assert kept.pop("csrfmiddlewaretoken")
    return kept


def in_lists(data: dict[str, Any]) -> dict[str, list[str]]:
    return {
        name: value if isinstance(value, list) else [value]
        for name, value in data.items()
    }


def is_kept(response: Any, data: dict[str, Any]) -> bool:
    return (
        response.status_code == 503
        and response.headers["Retry-After"] == "30"
        and "no-store" in response.headers["Cache-Control"]
        and kept_in(response) == in_lists(data)
    )


def test_every_form_is_tried_here(door: Door) -> None:
    assert set(door.forms()) == names_of_forms()


def test_a_locked_database_loses_nothing_of_any_form(door: Door) -> None:
    forms = door.forms()
    with locked_database():
        for name, (client, address, data) in forms.items():
            assert is_kept(client.post(address, data), data), name
    drafts = Submission.objects.count()
    del forms["out"], forms["delete"], forms["withdraw"]
    for name, (client, address, data) in forms.items():
        response = client.post(address, data)
        assert response.status_code == 302, (name, response.text)
    # `new`, `another`, `anew`, `change` and `next-season` make one each.
    assert Submission.objects.count() == drafts + 5


def test_what_can_be_shown_is_shown_while_the_database_is_locked(door: Door) -> None:
    """Also when it is time to note the visit down."""
    session = door.client.session
    last = timezone.now() - access.NOTED_EVERY * 2
    session[access.SEEN] = last.isoformat()
    session.save()
    draft = f"{START}draft/{door.draft.key}/"
    pages = [f"{draft}{page}/" for page in ("what", "when", "where", "whom", "check")]
    with locked_database():
        for client in (door.client, Client()):
            for address in (START, f"{START}groups/", *pages):
                assert client.get(address).status_code in {200, 302}, address


def test_a_reader_waits_once_and_not_for_each_thing_that_is_stored(door: Door) -> None:
    client, address, data = door.forms()["check"]
    with locked_database() as wait:
        began = time.monotonic()
        client.post(address, data)
        assert time.monotonic() - began < wait + 2


def test_a_session_that_cannot_be_stored_uses_no_link_up(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of coming in would be a link that is used and a door that is shut."""
    client, address, data = door.forms()["key"]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_session RENAME TO away")
    assert is_kept(client.post(address, data), data)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE away RENAME TO django_session")
    assert client.post(address, data).headers["Location"] == f"{START}groups/"


def test_a_message_of_what_did_not_happen_is_not_shown(door: Door) -> None:
    client, address, data = door.forms()["what"]
    data["go"] = "later"
    message = gettext("Saved. You can go on when it suits you.")
    with locked_database():
        client.post(address, data)
    assert message not in client.get(f"{START}groups/").text
    client.post(address, data)
    assert message in client.get(f"{START}groups/").text


@on_sqlite
def test_a_full_disk_loses_nothing(door: Door) -> None:
    forms = door.forms()
    client, address, data = forms["what"]
    data["body_fi"] = "Pitkä kuvaus. " * 400
    del forms["out"], forms["delete"]
    before = EventPage.objects.count()
    failed = {}
    with full_disk():
        for name, (client, address, data) in forms.items():
            response = client.post(address, data)
            assert response.status_code == 302 or is_kept(response, data), name
            if response.status_code == 503:
                failed[name] = (client, address, data)
    assert {"what", "check"} <= set(failed)
    assert EventPage.objects.count() == before
    assert integrity() == "ok"
    for name, (client, address, data) in failed.items():
        assert client.post(address, data).status_code == 302, name
    assert EventPage.objects.count() == before + 1


def test_a_database_that_is_away_is_no_error_of_ours(
    door: Door, tmp_path: Path
) -> None:
    forms = door.forms()
    is_file = connection.vendor == "sqlite"
    with connected_to(str(tmp_path / "nowhere" / "nothing") if is_file else "nothing"):
        for name, (client, address, data) in forms.items():
            assert is_kept(client.post(address, data), data), name
        for address in (START, f"{START}groups/", f"{START}new/"):
            page = door.client.get(address)
            assert page.status_code == 503
            assert page.headers["Retry-After"]
            assert "112" in page.text


# Without the cookie of the form


def strict_client(door: Door) -> Client:
    """One that is asked for the token, as browsers are."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = door.client.cookies.copy()
    return client


def test_a_lost_cookie_loses_nothing(door: Door) -> None:
    """A browser that forgets cookies when it is closed, or a form left open."""
    client = strict_client(door)
    address = f"{START}draft/{door.draft.key}/what/"
    typed = plain_what(title_fi='Uusi "nimi" & muuta', go="on")
    response = client.post(address, typed, headers=BROWSER)
    assert response.status_code == 403
    assert kept_in(response) == in_lists(typed)
    token = response.cookies["csrftoken"].value
    again = client.post(
        address, typed | {"csrfmiddlewaretoken": token}, headers=BROWSER
    )
    assert again.status_code == 302
    door.draft.refresh_from_db()
    assert door.draft.title == 'Uusi "nimi" & muuta'


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://paha.example"}])
def test_what_another_site_sends_gets_no_button(
    door: Door, headers: dict[str, str]
) -> None:
    """One press in our own page would make it right."""
    data = {"action": "erase", "is_sure": "on"}
    client = strict_client(door)
    response = client.post(f"{START}own-data/", data, headers=headers)
    assert response.status_code == 403
    assert "is_sure" not in response.text
    assert Contact.objects.filter(pk=door.contact.pk).exists()


def test_whose_session_is_gone_keeps_what_was_typed(door: Door) -> None:
    data = {"name": "Esimerkki Henkilö", "phone": ""}
    response = Client().post(f"{START}draft/{door.draft.key}/check/", data)
    assert response.status_code == 401
    assert kept_in(response) == in_lists(data)
    assert send(door.client, door.draft).status_code == 302
