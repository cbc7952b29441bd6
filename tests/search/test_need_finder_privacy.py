"""What is answered in the need-finder is nowhere when the answer has been given."""

import logging

import pytest
from django.core.cache import caches
from django.db import connection

from home.models import ContentVersion, Municipality, Theme
from search.need_finder.questions import QUESTIONS
from tests import factories

ADDRESS = "/fi/loyda/"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
CANARY = "kanarialintu-4711"
"""A town that the test adds, so that an answer has a value that nothing else has."""
ANSWERS = {
    "life": ["carer", CANARY],
    "worry": ["dark", "sleep", CANARY],
    "place": [CANARY, "at-home"],
    "time": ["evening", CANARY],
    "way": ["alone", CANARY],
    "ease": ["free", CANARY],
    CANARY: [CANARY],
}


@pytest.fixture
def town(db):
    return Municipality.objects.create(
        key=CANARY,
        code="999",
        name={"fi": "Lintula"},
        latitude=60.5,
        longitude=26.9,
    )


@pytest.fixture
def site(homes, guide_index, event_index, town):
    guide = factories.make_guide(guide_index, title="Parempi uni")
    guide.themes = [Theme.objects.get(key="sleep")]
    guide.save()
    factories.make_event(event_index, "Uniryhmä", municipality=town, goals=None)
    ContentVersion.forget()


def rows_of_every_table():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in sorted(tables):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 - A table of ours.
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def all_that_is_cached():
    return {key: value for cache in caches.all() for key, value in cache._cache.items()}


def test_after_a_full_run_no_answer_is_in_a_log_a_row_a_cache_or_a_cookie(
    client, site, caplog
):
    client.get(ADDRESS)
    client.post(ADDRESS, {"worry": "sleep"}, headers=FROM_HERE)
    rows, cached = rows_of_every_table(), all_that_is_cached()
    caplog.clear()

    with caplog.at_level(logging.DEBUG):
        client.get(ADDRESS)
        result = client.post(ADDRESS, ANSWERS, headers=FROM_HERE)
        changed = client.post(ADDRESS, ANSWERS | {"change": "1"}, headers=FROM_HERE)
        again = client.post(ADDRESS, ANSWERS, headers=FROM_HERE)
        after = client.get(ADDRESS)

    # The canary was an answer, and was understood as one.
    assert f'name="place" value="{CANARY}"' in result.text
    assert f'value="{CANARY}" checked' in changed.text
    assert "Uniryhmä" in again.text
    assert rows_of_every_table() == rows
    assert cached
    assert all_that_is_cached() == cached
    assert CANARY not in caplog.text
    assert "dark" not in caplog.text
    assert " checked" not in after.text
    for response in (result, changed, again):
        assert response.headers["Cache-Control"] == "no-store"
        assert not response.cookies
        assert "Location" not in response.headers
        assert CANARY not in repr(response.headers)
    assert not client.cookies


def test_what_our_page_does_not_offer_is_left_out_and_not_said_again(client, homes):
    sent = {question.key: ["<script>", "keksitty"] for question in QUESTIONS}

    response = client.post(ADDRESS, sent | {"muu": "keksitty"}, headers=FROM_HERE)

    assert response.status_code == 200
    assert "keksitty" not in response.text
    assert "<script>" not in response.text
    assert 'type="hidden"' not in response.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"worry=%ff%fe&place=%00", "application/x-www-form-urlencoded"),
        (b"worry=" + b"sleep," * 900, "application/x-www-form-urlencoded"),
        (b"worry=sleep&" * 900, "application/x-www-form-urlencoded"),
        (b'{"worry": ["sleep"]}', "application/json"),
        (b"", "text/plain"),
    ],
)
def test_broken_answers_get_a_page_all_the_same(client, homes, body, kind):
    response = client.post(ADDRESS, body, content_type=kind, headers=FROM_HERE)

    assert response.status_code == 200
    assert response.text.count("<h1>") == 1


@pytest.mark.parametrize("body", [b"worry=" + b"x" * 70_000, b"worry=sleep&" * 2000])
def test_huge_answers_are_refused_kindly(client, homes, body):
    response = client.post(
        ADDRESS,
        body,
        content_type="application/x-www-form-urlencoded",
        headers=FROM_HERE,
    )

    assert response.status_code == 400
    assert response.text.count("<h1>") == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://muualla.example"},
    ],
)
def test_another_site_cannot_send_answers(client, homes, headers):
    response = client.post(ADDRESS, {"worry": "sleep"}, headers=headers)

    assert response.status_code == 403
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_it_takes_no_other_method(client, homes, method):
    response = getattr(client, method)(ADDRESS, headers=FROM_HERE)

    assert response.status_code == 405
