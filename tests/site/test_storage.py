"""The page on cookies and storage is true: nothing else is stored on a device."""

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from demo.content import read_folder
from home import traps
from home.models import StandardPage
from home.statement.storage import STORED, Kind, is_told
from tests import factories

ROOT = Path(django_settings.BASE_DIR)
LANGUAGES = django_settings.LANGUAGES
STORAGES = r"localStorage|sessionStorage|indexedDB"
HOME = reverse("wagtailadmin_home")
EDIT = reverse("wagtailsettings:edit", args=["home", "statement"])


def test_storage_page_lists_all_that_is_stored(client, home):
    page = factories.make_standard_page(home, data=StandardPage.Data.STORAGE)

    text = client.get(page.url).text

    for item in STORED:
        assert f"<code>{item.name}</code>" in text
        assert str(item.lifetime) in text


def test_cookies_live_as_long_as_the_page_says(settings):
    told = {item.name: str(item.lifetime) for item in STORED}

    for name, age in (
        (settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_AGE),
        (settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_AGE),
    ):
        assert str(age // (24 * 60 * 60)) in told[name]


def test_no_view_sets_a_cookie_that_the_page_does_not_name(
    client, every_page, administrator, monkeypatch
):
    monkeypatch.setattr(traps, "LEAST_SECONDS", 0)
    drawn = {"website": "", "drawn_at": traps.drawn_now()}
    visits = [client.get(address) for address in every_page.values()]
    visits += [
        client.get(path)
        for path in ("/fi/ilmoita/", "/accounts/login/", "/fi/palaute/", "/fi/x/")
    ]
    visits.append(client.post("/fi/ilmoita/", drawn | {"email": "y@yhdistys.example"}))
    feedback = drawn | {"kind": "fault", "text": "Vika."}
    visits.append(client.post("/fi/palaute/", feedback))
    sign_in = {"login": administrator.email, "password": "salasana-testeihin"}
    visits.append(client.post("/accounts/login/", sign_in))
    visits += [client.get(path) for path in (HOME, "/accounts/logout/", EDIT)]
    visits.append(client.post("/accounts/logout/"))

    names = {name for response in visits for name in response.cookies}

    assert {"csrftoken", "sessionid"} <= names
    assert not [name for name in names if not is_told(name, Kind.COOKIE)]


def test_no_script_of_ours_stores_what_the_page_does_not_name():
    told = {(item.script, str(item.kind)) for item in STORED if item.script}
    stores = {
        (path.name, kind)
        for path in (ROOT / "site/static/js").glob("*.js")
        for kind in re.findall(
            r"localStorage|sessionStorage|indexedDB", path.read_text()
        )
    }

    assert ("door.js", "sessionStorage") in stores
    assert stores <= told
    for path in (ROOT / "site/static/js").glob("*.js"):
        assert "document.cookie" not in path.read_text(), path


def test_no_code_of_ours_sets_a_cookie_by_hand():
    for app in ("home", "guides", "events", "search", "site/accounts", "site/config"):
        for path in (ROOT / app).rglob("*.py"):
            assert "set_cookie(" not in path.read_text(), path


@pytest.mark.parametrize("language", [code for code, _name in LANGUAGES])
def test_statutory_pages_are_written_in_every_language(language):
    texts = dict(read_folder(f"pages/{language}"))

    assert texts["saavutettavuusseloste"]["data"] == "statement"
    assert texts["evasteet"]["data"] == "storage"
    for key in ("saavutettavuusseloste", "evasteet", "tietosuoja"):
        assert texts[key]["show_in_footer"], key
