"""Letters of reviews in a real conversation with a mail server, by stored tasks."""

import json

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from home.letters import TRIES
from home.models import PageReview, ReviewPerson, ReviewReminder
from home.review.asking import ask
from home.review.reminding import remind
from tests import factories
from tests.mail_server import MailServer

from .review import LINK, make_reviewed

ADDRESS = "tarkastaja@example.org"


@pytest.fixture
def server(settings):
    server = MailServer()
    settings.MAILERS = server.mailers()
    with server.running():
        yield server


@pytest.fixture
def guide(own_database, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    homes = factories.make_homes(factories.make_locales())
    index = factories.make_guide_indexes(homes)["fi"]
    person = factories.make_review_person(email=ADDRESS)
    return make_reviewed(index, 30, title="Parempi uni", reviewed_by=person)


def work():
    """What `manage.py db_worker` does, until nothing is due."""
    call_command("db_worker", batch=True, interval=0, reload=False, verbosity=0)


def letter_tasks():
    return DBTaskResult.objects.filter(task_path__startswith="home.review")


def test_a_reminder_comes_once_as_a_plain_letter(guide, server, client):
    remind()
    remind()
    assert not server.letters
    work()

    (letter,) = server.letters
    assert letter["To"] == letter["X-Envelope-To"] == ADDRESS
    assert letter["Subject"] == "Sivuja tarkistettavaksi"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    text = letter.get_content()
    assert "Parempi uni" in text
    (path,) = LINK.findall(text)
    assert client.get(path).status_code == 200


def test_what_is_stored_about_a_task_has_neither_token_nor_address(guide, server):
    remind()
    ask(guide, ReviewPerson.objects.get(), None)
    work()

    tokens = [
        path.rstrip("/").rsplit("/", 1)[1]
        for letter in server.letters
        for path in LINK.findall(letter.get_content())
    ]
    kept = json.dumps(list(letter_tasks().values()), default=str)
    assert len(tokens) == 2
    assert not [secret for secret in (*tokens, ADDRESS) if secret in kept]


def test_rows_and_task_are_stored_together_or_not_at_all(guide, server):
    with transaction.atomic():
        assert remind().letters == 1
        assert letter_tasks().count() == 1
        transaction.set_rollback(True)

    assert not letter_tasks().exists()
    assert not ReviewReminder.objects.exists()
    assert not PageReview.objects.exists()
    assert remind().letters == 1


def test_a_mail_server_that_is_away_is_asked_again_with_another_token(guide, server):
    server.answers[ADDRESS] = "451 Tule myöhemmin uudelleen"
    remind()
    work()
    first = PageReview.objects.get().token_digest
    assert not server.letters
    assert letter_tasks().filter(status="READY").count() == 1

    del server.answers[ADDRESS]
    letter_tasks().filter(status="READY").update(run_after=timezone.now())
    work()

    assert len(server.letters) == 1
    assert PageReview.objects.get().token_digest != first
    assert TRIES > 2


def test_an_address_that_is_refused_is_marked_and_left_alone(guide, server):
    server.answers[ADDRESS] = "550 Ei tällaista"
    remind()
    work()

    assert ReviewPerson.objects.get().bounced_at
    assert not letter_tasks().filter(status="READY").exists()

    person = ReviewPerson.objects.get()
    person.email = "uusi@example.org"
    person.save()
    assert ReviewPerson.objects.get().bounced_at is None
