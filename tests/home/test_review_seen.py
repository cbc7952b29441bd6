"""What is approved has been seen; what is seen no more is not kept."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from home.models import PageReview
from tests import factories

from .review import answer, asked, make_reviewed


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def notice(**times):
    return {
        "type": "notice",
        "value": {
            "title": "Poikkeusaukiolo",
            "text": "<p>Palvelemme taas maanantaina.</p>",
            **{name: moment.isoformat() for name, moment in times.items()},
        },
    }


def test_a_notice_to_come_and_what_search_engines_show_are_read(
    guide_index, capture, client
):
    now = timezone.now()
    coming = notice(starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=12))
    guide = make_reviewed(
        guide_index,
        20,
        body=[factories.TEXT_BLOCK, coming],
        seo_title="Nuku paremmin jo tänään",
        search_description="Lääkärin vinkit uneen.",
    )
    path = asked(guide, capture)

    text = client.get(path).text

    for shown in (
        "Poikkeusaukiolo",
        "Palvelemme taas maanantaina.",
        "Nuku paremmin jo tänään",
        "Lääkärin vinkit uneen.",
    ):
        assert shown in text
    assert "Poikkeusaukiolo" not in client.get(guide.url).text


def test_a_new_search_description_is_a_difference(guide_index, capture, client):
    guide = make_reviewed(guide_index, 20, search_description="Vinkit uneen.")
    answer(asked(guide, capture), capture)
    guide.refresh_from_db()
    guide.search_description = "Lupaukset uneen."
    guide.save_revision()

    page = client.get(asked(guide, capture)).text

    assert "<ins>Lupaukset</ins>" in page


def texts():
    return {review.pk: bool(review.content) for review in PageReview.objects.all()}


def test_texts_are_kept_of_the_last_good_answer_and_of_open_questions_only(
    guide_index, capture, client
):
    guide = make_reviewed(guide_index, 20, title="Parempi uni")
    other = make_reviewed(guide_index, 20)
    kept, gone = [], []

    def ask_about(page):
        path = asked(page, capture)
        return path, PageReview.objects.order_by("-pk").first().pk

    for page in (guide, other):
        for verdict in ("right", "remarks", "changes"):
            path, key = ask_about(page)
            answer(path, capture, verdict=verdict, comment="Lue vielä.")
            (kept if verdict == "remarks" else gone).append(key)
    open_path, key = ask_about(guide)
    kept.append(key)
    _path, key = ask_about(other)
    gone.append(key)
    PageReview.objects.filter(pk=key).update(expires_at=timezone.now())

    call_command("remind_reviews")

    assert texts() == dict.fromkeys(kept, True) | dict.fromkeys(gone, False)
    assert PageReview.objects.exclude(verdict="").count() == 6
    assert not PageReview.objects.exclude(verdict="").filter(name="").exists()
    assert "Parempi uni" in client.get(open_path).text
