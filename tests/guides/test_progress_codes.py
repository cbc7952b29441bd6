"""The code that carries progress, and its picture: the server keeps nothing of it."""

import io
import logging
from uuid import UUID

import pytest
import segno
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guides.progress_codes import ALPHABET, is_code_of
from home.models import ContentVersion
from tests import factories
from tests.guides.codes import code_of

KEY = UUID("8f14e45f-ceea-467f-a9bd-1c2b3d4e5f60")
OTHER = UUID("08090a0b-ceea-467f-a9bd-1c2b3d4e5f60")
OURS = {"Sec-Fetch-Site": "same-origin"}
THEIRS = {"Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def programme(guide_index):
    return factories.make_programme(guide_index, translation_key=KEY)


def draw(client, programme, code, headers=OURS):
    address = reverse("programme-code-picture", args=[programme.pk])
    return client.post(address, {"code": code}, headers=headers)


def test_code_is_short_and_holds_what_is_done():
    assert len(code_of(KEY, [])) == 6
    assert len(code_of(KEY, [1, 2, 3, 4, 5])) == 6
    assert len(code_of(KEY, [1, 8])) == 7
    assert code_of(KEY, [1, 2])[3] == ALPHABET[0b11]
    assert code_of(KEY, [6])[3:5] == ALPHABET[0] + ALPHABET[1]
    assert code_of(OTHER, [1])[:3] != code_of(KEY, [1])[:3]


def test_every_wrong_character_and_every_swap_is_noticed():
    for numbers in ([], [1, 3], [2, 5, 8], [1, 7, 14]):
        code = code_of(KEY, numbers)
        assert is_code_of(code, KEY)
        for place, right in enumerate(code):
            for wrong in ALPHABET.replace(right, ""):
                assert not is_code_of(code[:place] + wrong + code[place + 1 :], KEY)
        assert not is_code_of(code + "0", KEY)
        for place in range(len(code) - 1):
            left, right = code[place], code[place + 1]
            swapped = code[:place] + right + left + code[place + 2 :]
            assert left == right or not is_code_of(swapped, KEY)


def test_picture_leads_to_the_programme_with_the_code_in_the_fragment(
    client, programme
):
    code = code_of(KEY, [1, 3])

    response = draw(client, programme, code)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    expected = io.BytesIO()
    address = f"http://testserver{programme.url}#code={code}"
    segno.make(address, error="m", micro=False).save(
        expected, kind="svg", scale=8, xmldecl=False, light="#fff"
    )
    assert response.content == expected.getvalue()


@pytest.mark.parametrize(
    "code",
    [
        "",
        code_of(OTHER, [1]),
        code_of(KEY, [1])[:-1] + "U",
        code_of(KEY, [1]).lower(),
        code_of(KEY, [1]) + "0",
        "1" * 18,
        "https://esimerkki.example/",
        "z.eJwDAAAAAAE",
        "Masentaa",
    ],
)
def test_what_is_no_code_of_the_programme_is_refused(client, programme, code):
    assert draw(client, programme, code_of(KEY, [1])).status_code == 200

    response = draw(client, programme, code)

    assert response.status_code == 422
    assert response.content == b""
    assert response.headers["Cache-Control"] == "no-store"


def test_other_sites_and_long_posts_are_refused(client, programme):
    code = code_of(KEY, [1])

    assert draw(client, programme, code, THEIRS).status_code == 403
    assert draw(client, programme, "1" * 70_000).status_code == 400


def test_code_is_never_asked_for_by_an_address(client, programme):
    address = reverse("programme-code-picture", args=[programme.pk])

    assert client.get(address, {"code": code_of(KEY, [1])}).status_code == 405


def test_draft_has_no_picture(client, guide_index):
    draft = factories.make_programme(guide_index, translation_key=KEY, live=False)

    assert draw(client, draft, code_of(KEY, [1])).status_code == 404


def test_nothing_of_the_code_is_stored_or_logged(client, programme, caplog, settled):
    settled()
    draw(client, programme, code_of(KEY, [1]))  # What any visit reads once.
    code = code_of(KEY, [2, 4])
    version = ContentVersion.current()
    kept = dict(cache._cache)

    with (
        caplog.at_level(logging.DEBUG),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        draw(client, programme, code)
        draw(client, programme, code + "X")

    assert code not in caplog.text
    assert asked.captured_queries
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
    assert not any(code in query["sql"] for query in asked.captured_queries)
    assert ContentVersion.current() == version
    assert cache._cache == kept
