"""What a good answer has set is not undone by publishing, in whichever order."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Revision

from accounts.roles import MODERATORS
from guides.models import GuidePage
from home.models import PageReview, ReviewDue
from home.review.asking import ask
from home.review.versions import live_version
from tests import factories
from tests.editing import edit_address, filled, send, staff_client, was_taken

from .review import answer, answer_during, asked, in_days, make_reviewed, only_review


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def guide(guide_index):
    return make_reviewed(guide_index, 20, title="Parempi uni")


def draft_of(guide, title="Luonnos"):
    page = GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object()
    page.title = title
    return page.save_revision()


def dates_of(guide):
    page = GuidePage.objects.get(pk=guide.pk)
    row = ReviewDue.objects.get(pk=guide.pk)
    assert (row.last_reviewed, row.next_review) == (
        page.last_reviewed,
        page.next_review,
    )
    return (page.last_reviewed, page.next_review)


def dates_given():
    review = PageReview.objects.positive().first()
    return (review.reviewed_on, review.next_review)


def test_an_answer_publishes_no_waiting_draft(guide, capture, client):
    path = asked(guide, capture)
    draft_of(guide, "Salainen luonnos")

    answer(path, capture)

    assert dates_of(guide) == dates_given()
    assert "Salainen luonnos" not in client.get(guide.url).text
    page = GuidePage.objects.get(pk=guide.pk)
    assert page.has_unpublished_changes
    assert page.title == "Parempi uni"


def test_publishing_a_draft_from_before_the_answer_keeps_its_dates(guide, capture):
    path = asked(guide, capture)
    draft = draft_of(guide)
    answer(path, capture)

    draft.publish()

    assert dates_of(guide) == dates_given()
    assert GuidePage.objects.get(pk=guide.pk).title == "Luonnos"


def test_publishing_a_draft_from_after_the_answer_keeps_its_dates(guide, capture):
    answer(asked(guide, capture), capture)

    draft_of(guide).publish()

    assert dates_of(guide) == dates_given()


def test_going_back_to_an_old_version_keeps_the_dates(guide, capture):
    old = Revision.objects.for_instance(guide).first()
    answer(asked(guide, capture), capture)
    draft_of(guide).publish()

    old.publish()

    assert dates_of(guide) == dates_given()


def test_a_form_that_was_opened_before_the_answer_does_not_undo_it(guide, capture):
    moderator = staff_client(MODERATORS)
    fields = filled(moderator, edit_address(guide), {"title": "Muutettu"})
    answer(asked(guide, capture), capture)

    response = moderator.post(
        edit_address(guide), fields | {"action-publish": "action-publish"}
    )

    assert was_taken(response)
    assert GuidePage.objects.get(pk=guide.pk).title == "Muutettu"
    assert dates_of(guide) == dates_given()


def test_the_editor_shows_the_dates_of_the_answer(guide, capture):
    path = asked(guide, capture)
    draft_of(guide)
    answer(path, capture)

    form = staff_client(MODERATORS).get(edit_address(guide)).context["form"]

    assert (
        form.initial["last_reviewed"],
        form.initial["next_review"],
    ) == dates_given()


def test_saving_a_copy_in_memory_from_before_the_answer_keeps_its_dates(guide, capture):
    stale = GuidePage.objects.get(pk=guide.pk)
    answer(asked(guide, capture), capture)

    stale.save()

    assert dates_of(guide) == dates_given()


def test_an_editor_may_set_an_earlier_next_review_after_the_answer(guide, capture):
    answer(asked(guide, capture), capture)
    page = GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object()
    page.next_review = in_days(40)

    page.save_revision().publish()

    assert dates_of(guide) == (timezone.localdate(), in_days(40))


def test_an_editors_later_review_stands_too(guide, capture):
    answer(asked(guide, capture), capture)
    PageReview.objects.update(
        reviewed_on=in_days(-50), decided_at=timezone.now() - timedelta(days=50)
    )
    page = GuidePage.objects.get(pk=guide.pk)
    page.last_reviewed, page.next_review = in_days(-1), in_days(100)

    page.save_revision().publish()

    assert dates_of(guide) == (in_days(-1), in_days(100))


def test_a_draft_that_is_approved_changes_nothing_until_it_is_published(
    guide, capture, client
):
    before = dates_of(guide)
    draft = draft_of(guide)
    path = asked(GuidePage.objects.get(pk=guide.pk), capture)

    answer(path, capture)

    assert only_review().is_positive
    assert only_review().took_effect_at is None
    assert dates_of(guide) == before
    assert "Luonnos" not in client.get(guide.url).text

    draft.publish()

    assert dates_of(guide) == dates_given()
    assert only_review().took_effect_at is not None


def test_pressing_publish_in_the_editor_counts_as_the_approved_version(guide, capture):
    """Though it makes another revision."""
    moderator = staff_client(MODERATORS)
    send(moderator, edit_address(guide), "", {"title": "Luonnos"})
    guide.refresh_from_db()
    answer(asked(guide, capture), capture)

    fields = filled(moderator, edit_address(guide))
    response = moderator.post(
        edit_address(guide), fields | {"action-publish": "action-publish"}
    )

    assert was_taken(response)
    page = GuidePage.objects.get(pk=guide.pk)
    assert page.title == "Luonnos"
    assert page.live_revision_id != only_review().revision_id
    assert dates_of(guide) == dates_given()


def test_a_draft_that_is_changed_after_its_approval_is_not_the_approved_one(
    guide, capture
):
    before = dates_of(guide)
    draft_of(guide)
    answer(asked(GuidePage.objects.get(pk=guide.pk), capture), capture)

    draft_of(guide, "Toinen luonnos").publish()

    assert dates_of(guide) == before
    assert only_review().took_effect_at is None


def test_an_answer_about_a_text_that_readers_no_longer_see_sets_no_dates(
    guide, capture
):
    path = asked(guide, capture)
    draft_of(guide, "Uusi teksti").publish()
    before = dates_of(guide)

    answer(path, capture)

    assert only_review().is_positive
    assert dates_of(guide) == before


def test_a_page_that_was_never_public_gets_its_dates_when_it_is_published(
    guide_index, capture
):
    guide = factories.make_guide(
        guide_index, live=False, last_reviewed=None, next_review=None
    )
    guide.save_revision(clean=False)
    guide.refresh_from_db()
    answer(asked(guide, capture), capture)

    page = GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object()
    page.last_reviewed, page.next_review = in_days(-9), in_days(90)  # It asks for some.
    page.save_revision().publish()

    assert GuidePage.objects.get(pk=guide.pk).live
    assert dates_of(guide) == dates_given()


def test_where_a_page_is_listed_does_not_make_it_another_text(guide, capture):
    path = asked(guide, capture)
    page = GuidePage.objects.get(pk=guide.pk)
    page.goals = [factories.goal("meaningful-life")]
    page.save_revision().publish()

    answer(path, capture)

    assert dates_of(guide) == dates_given()


def test_readers_see_the_new_dates_at_once(guide, capture, client, settled):
    settled()
    client.get(guide.url)

    answer(asked(guide, capture), capture, months="24")

    year = str(timezone.localdate().year + 2)
    assert year in client.get(guide.url).text


def test_readers_see_who_has_answered(guide, capture, client):
    guide.reviewer = "Kirjoitettu nimi"
    guide.save_revision().publish()
    assert "Kirjoitettu nimi" in client.get(guide.url).text

    answer(asked(guide, capture), capture, name="Toinen Lukija, ylilääkäri")

    page = client.get(guide.url).text
    assert "Toinen Lukija, ylilääkäri" in page
    assert "Kirjoitettu nimi" not in page


def test_readers_see_the_name_that_is_typed_with_a_later_review(guide, capture, client):
    answer(asked(guide, capture), capture, name="Toinen Lukija, ylilääkäri")
    PageReview.objects.update(
        reviewed_on=in_days(-50), decided_at=timezone.now() - timedelta(days=50)
    )
    page = GuidePage.objects.get(pk=guide.pk)
    page.last_reviewed, page.reviewer = in_days(-1), "Kirjoitettu nimi"
    page.save_revision().publish()

    assert "Kirjoitettu nimi" in client.get(guide.url).text


def test_readers_see_who_answered_though_an_older_copy_of_the_page_is_saved(
    guide, capture, client
):
    older = GuidePage.objects.get(pk=guide.pk)
    answer(asked(guide, capture), capture, name="Toinen Lukija, ylilääkäri")
    older.save()

    page = client.get(guide.url).text
    assert date_format(timezone.localdate(), "DATE_FORMAT") in page
    assert "Toinen Lukija, ylilääkäri" in page


def test_publishing_in_the_moment_of_an_answer_does_not_undo_it(own_database):
    """The answer is being stored while the page is being saved."""
    homes = factories.make_homes(factories.make_locales())
    index = factories.make_guide_indexes(homes)["fi"]
    guide = make_reviewed(index, 20, title="Parempi uni")
    version = draft_of(guide).as_object()
    review = ask(guide, factories.make_review_person(), None)
    review_of_live = live_version(GuidePage.objects.get(pk=guide.pk)).fields(guide)
    PageReview.objects.filter(pk=review.pk).update(
        content=review_of_live["content"], fingerprint=review_of_live["fingerprint"]
    )
    review.refresh_from_db()

    answer_during(review, version.save)

    assert GuidePage.objects.get(pk=guide.pk).title == "Luonnos"
    assert dates_of(guide) == dates_given()


def test_a_later_answer_that_asks_for_changes_outweighs_an_earlier_approval(
    guide, capture
):
    before = dates_of(guide)
    draft = draft_of(guide)
    paths = [asked(GuidePage.objects.get(pk=guide.pk), capture) for _ in range(2)]
    answer(paths[0], capture)
    answer(paths[1], capture, verdict="changes", comment="Luku on väärä.")

    draft.publish()

    assert dates_of(guide) == before
    page = staff_client(MODERATORS).get(f"/admin/reviews/{guide.pk}/").text
    assert "hyväksytty, julkaisematta" not in page


def test_an_approval_after_that_counts_again(guide, capture):
    draft = draft_of(guide)
    page = GuidePage.objects.get(pk=guide.pk)
    answer(asked(page, capture), capture, verdict="changes", comment="Luku on väärä.")
    answer(asked(page, capture), capture)

    draft.publish()

    assert dates_of(guide) == dates_given()
