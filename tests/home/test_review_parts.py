"""A programme is reviewed with its parts: they are most of what is read of it."""

import pytest

from accounts.roles import EDITORS
from guides.models import ProgrammePage, ProgrammePartPage
from home.models import PageReview
from home.review.asking import ask
from tests import factories
from tests.editing import staff_client

from .review import answer, answer_during, asked, in_days


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def programme(guide_index):
    page = factories.make_programme(
        guide_index, title="Parempaan uneen", **dates_due_soon()
    )
    page.save_revision().publish()
    make_part(page, "Mitä uni on", "Uni palauttaa.")
    make_part(page, "Huolihetki", "Kirjoita huoli muistiin.")
    return ProgrammePage.objects.get(pk=page.pk)


def dates_due_soon():
    return {"last_reviewed": in_days(-300), "next_review": in_days(20)}


def make_part(programme, title, text):
    part = factories.make_programme_part(programme, title=title, body=[block(text)])
    part.save_revision().publish()
    return part


def block(text):
    return {"type": "text", "value": f"<p>{text}</p>", "id": "teksti"}


def part_of(programme, title):
    return ProgrammePartPage.objects.child_of(programme).get(title=title)


def change(part, text):
    """A draft; gives its revision."""
    part = part.get_latest_revision_as_object()
    part.body = [block(text)]
    return part.save_revision()


def dates_of(programme):
    page = ProgrammePage.objects.get(pk=programme.pk)
    return (page.last_reviewed, page.next_review)


def changes_in(page):
    start = page.text.index("differences-heading")
    return page.text[start : page.text.index("text-heading")]


def test_the_reviewer_reads_all_parts_in_their_order(programme, capture, client):
    page = client.get(asked(programme, capture))

    first, second = page.text.index("Uni palauttaa."), page.text.index("Kirjoita huoli")
    assert page.text.index("text-heading") < first < second


def test_what_was_changed_added_and_taken_away_in_parts_is_shown(
    programme, capture, client
):
    answer(asked(programme, capture), capture)
    change(part_of(programme, "Mitä uni on"), "Uni virkistää.")
    make_part(programme, "Aivan uusi osa", "Uutta.")
    part_of(programme, "Huolihetki").delete()

    changes = changes_in(client.get(asked(programme, capture)))

    assert "<ins>virkistää.</ins>" in changes
    assert "Aivan uusi osa" in changes
    assert "<del>Huolihetki</del>" in changes


def test_an_unchanged_programme_says_so(programme, capture, client):
    answer(asked(programme, capture), capture)

    changes = changes_in(client.get(asked(programme, capture)))

    assert "Teksti on sama." in changes


def test_a_changed_part_makes_an_approved_programme_changed_since(programme, capture):
    answer(asked(programme, capture), capture)
    editor, address = staff_client(EDITORS), f"/admin/reviews/{programme.pk}/"
    assert "teksti, jonka lukijat näkevät" in editor.get(address).text

    draft = change(part_of(programme, "Huolihetki"), "Toinen ohje.")
    assert "uudempaa luonnosta ei ole tarkistettu" in editor.get(address).text

    draft.publish()
    assert "tekstiä on muutettu sen jälkeen" in editor.get(address).text


def test_a_part_that_was_taken_off_or_moved_is_a_change_too(programme, capture):
    editor, address = staff_client(EDITORS), f"/admin/reviews/{programme.pk}/"
    for happens in (
        lambda: part_of(programme, "Huolihetki").move(
            part_of(programme, "Mitä uni on"), pos="left"
        ),
        lambda: part_of(programme, "Huolihetki").unpublish(),
    ):
        answer(asked(programme, capture), capture)
        happens()
        assert "tekstiä on muutettu sen jälkeen" in editor.get(address).text
        PageReview.objects.all().delete()


def test_a_part_that_is_published_in_the_moment_of_its_approval_counts(own_database):
    homes = factories.make_homes(factories.make_locales())
    index = factories.make_guide_indexes(homes)["fi"]
    programme = factories.make_programme(index, **dates_due_soon())
    programme.save_revision().publish()
    make_part(programme, "Huolihetki", "Kirjoita huoli muistiin.")
    draft = change(part_of(programme, "Huolihetki"), "Toinen ohje.")
    review = ask(programme, factories.make_review_person(), None)

    answer_during(review, draft.publish)

    review.refresh_from_db()
    assert review.took_effect_at
    assert dates_of(programme) == (review.reviewed_on, review.next_review)


def test_an_approved_draft_of_a_part_counts_when_the_part_is_published(
    programme, capture
):
    before = dates_of(programme)
    draft = change(part_of(programme, "Huolihetki"), "Toinen ohje.")
    answer(asked(programme, capture), capture)
    assert dates_of(programme) == before

    draft.publish()

    review = PageReview.objects.get()
    assert dates_of(programme) == (review.reviewed_on, review.next_review)
    assert review.took_effect_at is not None


def test_an_answer_about_parts_that_changed_meanwhile_sets_no_dates(programme, capture):
    path = asked(programme, capture)
    change(part_of(programme, "Huolihetki"), "Toinen ohje.").publish()
    before = dates_of(programme)

    answer(path, capture)

    assert dates_of(programme) == before


def test_a_part_that_was_deleted_meanwhile_is_still_read(programme, capture, client):
    path = asked(programme, capture)
    part_of(programme, "Huolihetki").delete()

    page = client.get(path)

    assert "Kirjoita huoli muistiin." in page.text
    assert answer(path, capture).status_code == 302


def test_readers_are_told_when_a_part_changed_after_the_review(
    programme, capture, client
):
    told = "Tekstiä on muutettu tämän tarkistuksen jälkeen."
    answer(asked(programme, capture), capture)
    assert told not in client.get(programme.url).text

    change(part_of(programme, "Huolihetki"), "Toinen ohje.").publish()
    assert told in client.get(programme.url).text

    answer(asked(programme, capture), capture)
    assert told not in client.get(programme.url).text
    part_of(programme, "Huolihetki").unpublish()
    assert told in client.get(programme.url).text
