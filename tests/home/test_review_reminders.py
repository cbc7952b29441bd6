"""Letters 30 days before a review is due, on the day, and 30 days after: each once."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import PageReview, ReviewDue, ReviewPerson, ReviewReminder
from home.review.reminding import remind
from tests import factories

from .review import answer, in_days, links_of, make_reviewed, noon_in

DUE_IN = 100


@pytest.fixture
def reviewer(db):
    return factories.make_review_person(email="tarkastaja@example.org")


@pytest.fixture
def team(db):
    return factories.make_review_person(
        name="HYTE-tiimi", title="", email="tiimi@example.org"
    )


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """Runs the job so many days from now, and gives the letters it sent."""

    def run_on(day=0, hours=0):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            remind(noon_in(day) + timedelta(hours=hours))
        return mail.outbox[before:]

    return run_on


def test_each_step_is_written_on_its_day_and_once(run, guide_index, reviewer):
    make_reviewed(guide_index, DUE_IN, title="Parempi uni", reviewed_by=reviewer)

    sent = {day: len(run(day)) for day in range(60, 140)}

    assert {day for day, letters in sent.items() if letters} == {70, 100, 130}
    assert set(sent.values()) == {0, 1}
    assert all("Parempi uni" in letter.body for letter in mail.outbox)
    assert all(letter.to == ["tarkastaja@example.org"] for letter in mail.outbox)
    assert ReviewReminder.objects.count() == 3


def test_a_second_run_sends_none(run, guide_index, reviewer):
    make_reviewed(guide_index, 30, reviewed_by=reviewer)

    assert len(run()) == 1
    assert run() == []
    assert run(hours=1) == []


def test_the_command_says_what_it_did(
    guide_index, reviewer, capsys, django_capture_on_commit_callbacks
):
    make_reviewed(guide_index, 0, reviewed_by=reviewer)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("remind_reviews")

    assert capsys.readouterr().out == "1 letters about 1 pages to review.\n"
    assert len(mail.outbox) == 1


def test_after_lost_days_only_the_newest_step_is_told(run, guide_index, reviewer):
    make_reviewed(guide_index, DUE_IN, reviewed_by=reviewer)

    assert len(run(DUE_IN + 45)) == 1
    assert ReviewReminder.objects.get().step == ReviewReminder.Step.LATE
    assert run(DUE_IN + 46) == []
    assert "myöhässä" in mail.outbox[0].body.lower()


def test_an_older_step_never_follows_a_newer_one(run, guide_index, reviewer):
    make_reviewed(guide_index, DUE_IN, reviewed_by=reviewer)
    run(DUE_IN)

    assert run(DUE_IN - 10) == []  # A clock that was set back.


def test_a_changed_date_is_a_new_round(run, guide_index, reviewer):
    guide = make_reviewed(guide_index, 30, reviewed_by=reviewer)
    assert len(run()) == 1

    guide.next_review = in_days(60)
    guide.save_revision().publish()

    assert run(1) == []
    assert len(run(30)) == 1
    assert len(run(60)) == 1


def test_pages_that_are_due_on_a_day_stand_in_one_letter(run, guide_index, reviewer):
    for number in range(10):
        make_reviewed(guide_index, 30, title=f"Opas {number}", reviewed_by=reviewer)

    (letter,) = run()

    assert all(f"Opas {number}" in letter.body for number in range(10))
    assert len(set(links_of(letter))) == 10


def test_what_falls_due_on_the_same_day_after_the_letter_waits_for_the_next_day(
    run, guide_index, reviewer
):
    make_reviewed(guide_index, 30, reviewed_by=reviewer)
    assert len(run()) == 1
    make_reviewed(guide_index, 10, title="Uusi opas", reviewed_by=reviewer)
    make_reviewed(guide_index, 12, title="Toinen uusi", reviewed_by=reviewer)

    assert run() == []
    (letter,) = run(1)

    assert "Uusi opas" in letter.body
    assert "Toinen uusi" in letter.body


def test_owner_and_reviewer_get_one_letter_each_and_who_is_both_gets_one(
    run, guide_index, reviewer, team
):
    make_reviewed(guide_index, 0, kept_by=team, reviewed_by=reviewer)
    make_reviewed(guide_index, 0, kept_by=reviewer, reviewed_by=reviewer)

    letters = {letter.to[0]: letter for letter in run()}

    assert set(letters) == {"tiimi@example.org", "tarkastaja@example.org"}
    assert not links_of(letters["tiimi@example.org"])
    assert "/admin/reviews/" in letters["tiimi@example.org"].body
    assert len(links_of(letters["tarkastaja@example.org"])) == 2


def test_letter_is_in_the_language_of_the_person(run, guide_index):
    finnish = factories.make_review_person(language="fi")
    swedish = factories.make_review_person(language="sv")
    english = factories.make_review_person(language="en")
    for person in (finnish, swedish, english):
        make_reviewed(guide_index, 0, reviewed_by=person)

    letters = {letter.to[0]: letter for letter in run()}

    assert letters[finnish.email].subject == "Sivuja tarkistettavaksi"
    assert "/fi/tarkastus/" in letters[finnish.email].body
    assert letters[swedish.email].subject == "Sidor att granska"
    assert "/sv/granskning/" in letters[swedish.email].body
    assert letters[english.email].subject == "Pages to be reviewed"
    assert "/en/review/" in letters[english.email].body


def test_drafts_and_pages_of_nobody_are_not_written_about(
    run, guide_index, reviewer, team
):
    make_reviewed(guide_index, 0)
    make_reviewed(guide_index, 0, reviewed_by=reviewer).unpublish()
    factories.make_guide(guide_index, live=False, next_review=None, reviewed_by=team)
    assert ReviewDue.objects.count() == 3

    assert run() == []

    assert not ReviewReminder.objects.exists()


def test_of_pages_of_nobody_staff_are_told_once_in_one_letter_a_day(
    run, guide_index, settings, reviewer
):
    settings.FEEDBACK_EMAIL = "palaute@example.org"
    make_reviewed(guide_index, 30, title="Orpo opas")
    make_reviewed(guide_index, 30, title="Palautuvan opas", reviewed_by=reviewer)
    make_reviewed(guide_index, 31, title="Huomisen orpo")
    ReviewPerson.objects.update(bounced_at=timezone.now())

    (letter,) = run()

    assert letter.to == ["palaute@example.org"]
    assert "Orpo opas" in letter.body
    assert "Palautuvan opas" in letter.body
    assert "Huomisen orpo" not in letter.body
    assert "/admin/reviews/" in letter.body
    assert not links_of(letter)
    assert run() == []
    (letter,) = run(1)
    assert "Huomisen orpo" in letter.body
    assert "Orpo opas" not in letter.body


def test_who_is_named_later_is_written_to_then(run, guide_index, reviewer):
    guide = make_reviewed(guide_index, 30)
    assert run() == []

    guide.reviewed_by = reviewer
    guide.save_revision().publish()

    assert len(run(1)) == 1


def test_a_draft_changes_nothing_about_who_is_written_to(
    run, guide_index, reviewer, team
):
    guide = make_reviewed(guide_index, 30, reviewed_by=reviewer)
    guide.reviewed_by = team
    guide.next_review = in_days(300)
    guide.save_revision()

    (letter,) = run()

    assert letter.to == [reviewer.email]


def test_the_letters_link_leads_to_the_text_that_readers_see(
    run, guide_index, reviewer, client
):
    guide = make_reviewed(guide_index, 30, title="Julkinen", reviewed_by=reviewer)
    guide.title = "Luonnos"
    guide.save_revision()

    (letter,) = run()
    page = client.get(links_of(letter)[0])

    assert "Julkinen" in page.text
    assert "Luonnos" not in page.text


def test_each_letter_has_a_link_that_works_and_kills_the_one_before(
    run, guide_index, reviewer, client
):
    make_reviewed(guide_index, 30, reviewed_by=reviewer)
    (first,) = links_of(run()[0])
    assert client.get(first).status_code == 200

    (second,) = links_of(run(30)[0])

    assert PageReview.objects.count() == 1
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_a_page_that_was_reviewed_in_time_is_not_reminded_of(
    run, guide_index, reviewer, django_capture_on_commit_callbacks
):
    make_reviewed(guide_index, 30, reviewed_by=reviewer)
    (path,) = links_of(run()[0])
    answer(path, django_capture_on_commit_callbacks, months="24")
    mail.outbox.clear()

    assert run(30) == []
    assert run(60) == []


@pytest.mark.parametrize("is_staffs", [False, True])
def test_the_database_refuses_a_step_twice(guide_index, reviewer, is_staffs):
    guide = make_reviewed(guide_index, 0)
    row = {
        "page": guide,
        "person": None if is_staffs else reviewer,
        "due_on": guide.next_review,
        "step": 0,
        "written_on": timezone.localdate(),
    }
    ReviewReminder.objects.create(**row)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewReminder.objects.create(**row)


@pytest.mark.parametrize("number", [1, 6])
def test_a_run_with_nothing_to_do_costs_one_query(run, guide_index, reviewer, number):
    for _ in range(number):
        make_reviewed(guide_index, 200, reviewed_by=reviewer)

    with CaptureQueriesContext(connection) as queries:
        remind()

    assert len(queries) == 1


def test_two_runs_at_once_write_once(own_database, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    homes = factories.make_homes(factories.make_locales())
    index = factories.make_guide_indexes(homes)["fi"]
    reviewer = factories.make_review_person()
    for _ in range(3):
        make_reviewed(index, 30, reviewed_by=reviewer)
    done = []

    def job():
        try:
            done.append(remind())
        finally:
            connection.close()

    runs = [Thread(target=job) for _ in range(4)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()

    assert sum(each.letters for each in done) == 1
    assert sum(each.pages for each in done) == 3
    assert ReviewReminder.objects.count() == 3
    assert ReviewPerson.objects.get().reminded_on == timezone.localdate()
