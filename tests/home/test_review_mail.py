"""Letters of reviews in a real conversation with a mail server, by stored tasks."""

import json
from datetime import timedelta

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

from .review import LINK, make_reviewed, noon_in

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


def waiting_tasks():
    return letter_tasks().filter(status="READY")


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
    assert waiting_tasks().count() == 1

    del server.answers[ADDRESS]
    waiting_tasks().update(run_after=timezone.now())
    work()

    assert len(server.letters) == 1
    assert PageReview.objects.get().token_digest != first
    assert TRIES > 2


def test_an_address_that_is_refused_is_marked_and_left_alone(guide, server):
    server.answers[ADDRESS] = "550 Ei tällaista"
    remind()
    work()

    assert ReviewPerson.objects.get().bounced_at
    assert not waiting_tasks().exists()

    person = ReviewPerson.objects.get()
    person.email = "uusi@example.org"
    person.save()
    assert ReviewPerson.objects.get().bounced_at is None


def exhaust():
    """The worker goes on until nothing waits to be tried again."""
    while waiting_tasks().update(run_after=timezone.now()):
        work()


def test_a_mail_server_that_is_away_for_four_days_loses_no_letter(guide, server):
    server.answers[ADDRESS] = "451 Tule myöhemmin uudelleen"
    ask(guide, ReviewPerson.objects.get(), None)
    waited = timedelta()
    while waited < timedelta(days=4):
        work()
        waited += waiting_tasks().get().run_after - timezone.now()
        waiting_tasks().update(run_after=timezone.now())

    del server.answers[ADDRESS]
    work()

    assert len(server.letters) == 1


def test_a_letter_that_no_try_brought_is_written_the_next_day_and_sent_once(
    guide, server
):
    server.answers[ADDRESS] = "451 Tule myöhemmin uudelleen"
    for day in range(3):
        remind(noon_in(day))
        exhaust()
    assert not waiting_tasks().exists()
    assert ReviewReminder.objects.get().sent_at is None
    assert not server.letters

    del server.answers[ADDRESS]
    for day in range(3, 7):
        remind(noon_in(day))
        exhaust()

    assert len(server.letters) == 1
    assert ReviewReminder.objects.get().sent_at


def test_a_worker_that_stood_still_for_days_sends_one_letter(guide, server):
    for day in range(4):
        remind(noon_in(day))
    assert waiting_tasks().count() == 4

    work()

    assert len(server.letters) == 1


def test_what_another_worker_is_sending_is_left_to_it_until_it_must_have_died(
    guide, server
):
    remind()
    ReviewReminder.objects.update(claimed_at=timezone.now())
    work()
    assert not server.letters

    ReviewReminder.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    remind(noon_in(1))
    work()

    assert len(server.letters) == 1


def test_the_owner_is_told_though_the_reviewers_letter_was_sent(guide, server):
    owner = factories.make_review_person(email="tiimi@example.org")
    guide.kept_by = owner
    guide.save_revision().publish()
    server.answers[owner.email] = "451 Tule myöhemmin uudelleen"
    remind()
    exhaust()
    assert [letter["To"] for letter in server.letters] == [ADDRESS]

    del server.answers[owner.email]
    remind(noon_in(1))
    exhaust()

    assert [letter["To"] for letter in server.letters] == [ADDRESS, owner.email]


def test_a_letter_of_an_earlier_day_never_follows_a_newer_one(guide, server):
    server.answers[ADDRESS] = "451 Tule myöhemmin uudelleen"
    remind()
    work()
    del server.answers[ADDRESS]

    remind(noon_in(30))
    exhaust()

    (letter,) = server.letters
    assert "Määräpäivä on nyt" in letter.get_content()
    sent = ReviewReminder.objects.exclude(sent_at=None)
    assert [row.step for row in sent] == [ReviewReminder.Step.ON_THE_DAY]
