"""The database is locked or away while a reviewer answers: nothing typed is lost."""

import html
import re

import pytest
from django.test import Client

from home.models import PageReview
from home.review.asking import ask
from home.review.links import link_to
from tests import factories
from tests.events.faults import locked_database

from .review import RIGHT, make_reviewed

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ANSWER = RIGHT | {
    "verdict": "changes",
    "comment": 'Luku on "väärä" & vanha. Lähde on vuodelta 2009, ks. uusi suositus.',
}


@pytest.fixture
def path(own_database):
    homes = factories.make_homes(factories.make_locales())
    index = factories.make_guide_indexes(homes)["fi"]
    guide = make_reviewed(index, 20, title="Parempi uni")
    review = ask(guide, factories.make_review_person(), None)
    return "/" + link_to(review, "fi").split("/", 3)[3]


def send(path, data):
    client = Client(enforce_csrf_checks=True)
    return client.post(path, data, headers={"Sec-Fetch-Site": "same-origin"})


def test_a_locked_database_loses_no_answer(path):
    with locked_database():
        response = send(path, ANSWER)
        shown = Client().get(path)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    kept = {
        html.unescape(name): html.unescape(value)
        for name, value in HIDDEN.findall(response.text)
    }
    assert kept == ANSWER
    assert html.escape(ANSWER["comment"]) in response.text
    assert f'action="{path}"' in response.text
    assert shown.status_code == 200

    assert send(path, kept).status_code == 302
    review = PageReview.objects.get()
    assert review.comment == ANSWER["comment"]
    assert review.verdict == "changes"
