"""Addresses for machines: health, robots, sitemap, security contact."""

import pytest
from django.core.cache import cache

from tests import factories


def test_healthz_needs_no_database(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert "no-cache" in response.headers["Cache-Control"]


def test_readyz_says_which_parts_work(client, db):
    response = client.get("/readyz")

    assert response.json() == {"database": True, "cache": True, "disk": True}


def test_readyz_is_503_when_the_disk_cannot_be_written(client, db, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings.VAR_DIR = blocked

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["disk"] is False


def test_readyz_is_503_when_the_cache_is_away(client, db, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "config.cache.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": True, "cache": False, "disk": True}


def test_pages_are_served_when_the_cache_is_away(client, home, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "config.cache.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }

    assert client.get("/fi/").status_code == 200


def test_root_leads_to_finnish(client):
    response = client.get("/")

    assert response.status_code == 302
    assert response.headers["Location"] == "/fi/"


def test_robots_names_the_sitemap_and_keeps_crawlers_from_searches(client):
    text = client.get("/robots.txt").text

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /fi/haku/" in text
    assert "Disallow: /admin/" in text


def test_security_txt_has_a_contact_and_an_end(client):
    text = client.get("/.well-known/security.txt").text

    assert "Contact: mailto:" in text
    assert "Expires: " in text


def test_sitemap_has_live_pages_and_events_in_the_languages_of_their_texts(
    client, guide_index, event_index
):
    guide = factories.make_guide(guide_index, slug="uni")
    hidden = factories.make_guide(guide_index, slug="luonnos")
    hidden.unpublish()
    event = factories.make_event(event_index, "Kävelyporukka")
    cache.clear()

    index = client.get("/sitemap.xml").text
    pages = client.get("/sitemap-pages.xml").text
    events = client.get("/sitemap-events.xml").text

    assert "sitemap-pages.xml" in index
    assert "sitemap-events.xml" in index
    assert guide.url in pages
    assert hidden.slug not in pages
    assert event.path_in("fi") in events
    assert event.path_in("sv") not in events


@pytest.mark.parametrize(
    "address",
    [
        "/fi/ilmoita/report/{}/",
        "/fi/ilmoita/groups/{}/",
        "/fi/ilmoita/change/{}/",
        "/fi/palaute/page/{}/",
        "/programmes/{}/code.svg",
    ],
)
def test_a_number_that_no_database_can_hold_is_not_found(event_index, client, address):
    for number in (2**63, 10**40):
        assert client.get(address.format(number)).status_code == 404
