"""What guidance needs before residents see it; a draft may lack any of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accounts.roles import EDITORS, MODERATORS, REVIEWERS
from guides.models import GuidePage, ServicePage
from tests import factories
from tests.editing import (
    add_address,
    edit_address,
    errors_of,
    send,
    staff_client,
    was_taken,
)


@pytest.fixture
def moderator(db):
    return staff_client(MODERATORS)


@pytest.fixture
def goal(db):
    return factories.goal()


def complete(goal, **changes):
    return {
        "title": "Parempi uni",
        "slug": "parempi-uni",
        "lead": "Näin nukut paremmin.",
        "goals": [str(goal.pk)],
        "content_owner": "HYTE-tiimi",
        "reviewer": "Terveydenhoitaja",
        "last_reviewed": "2.11.2026",
        "next_review": "2.11.2027",
    } | changes


def emergency_card(text, number="112"):
    return nested_form_data(
        {
            "body": streamfield(
                [
                    (
                        "care_card",
                        {
                            "level": "emergency",
                            "title": "Soita heti",
                            "text": rich_text(text),
                            "phones": {
                                "count": "1",
                                "0": {
                                    "deleted": "",
                                    "order": "0",
                                    "type": "item",
                                    "id": "",
                                    "value": {"name": "Hätänumero", "number": number},
                                },
                            },
                        },
                    )
                ]
            )
        }
    )


def test_a_complete_guide_is_published(moderator, guide_index, goal, client):
    response = send(
        moderator, add_address(GuidePage, guide_index), "publish", complete(goal)
    )

    assert was_taken(response)
    guide = GuidePage.objects.get()
    assert guide.live
    assert [*guide.goals.all()] == [goal]
    assert client.get(guide.url).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_reviewed": ""}, "last_reviewed"),
        ({"next_review": ""}, "next_review"),
        ({"goals": []}, "goals"),
        ({"lead": ""}, "lead"),
        ({"reviewer": ""}, "reviewer"),
        ({"body-count": "0"}, "body"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_a_draft_may_lack_it(
    moderator, guide_index, goal, changes, field
):
    address = add_address(GuidePage, guide_index)

    refused = send(moderator, address, "publish", complete(goal, **changes))
    assert list(errors_of(refused)) == [field]
    assert not GuidePage.objects.exists()

    assert was_taken(send(moderator, address, changes=complete(goal, **changes)))
    guide = GuidePage.objects.get()
    assert not guide.live

    again = send(moderator, edit_address(guide), "publish", changes)
    assert field in errors_of(again)
    assert not GuidePage.objects.get().live


def test_a_next_review_before_the_last_is_refused_at_its_field(
    moderator, guide_index, goal
):
    changes = complete(goal, next_review="1.11.2026")

    refused = send(moderator, add_address(GuidePage, guide_index), "publish", changes)

    assert list(errors_of(refused)) == ["next_review"]


def test_a_public_guide_keeps_its_goal_while_a_draft_has_none(
    moderator, guide_index, goal
):
    guide = factories.make_guide(guide_index)
    guide.save_revision().publish()

    assert was_taken(send(moderator, edit_address(guide), changes={"goals": []}))
    refused = send(moderator, edit_address(guide), "publish")

    assert list(errors_of(refused)) == ["goals"]
    assert [*GuidePage.objects.get().goals.all()] == [goal]


def test_a_service_needs_a_phone_or_a_place_to_walk_in(moderator, guide_index, goal):
    address = add_address(ServicePage, guide_index)

    refused = send(moderator, address, "publish", complete(goal))
    assert list(errors_of(refused)) == ["phone"]
    assert was_taken(send(moderator, address, changes=complete(goal)))

    draft = ServicePage.objects.get()
    changes = {"walk_in": "Salpausselänkatu 40, ma klo 9–11"}
    assert was_taken(send(moderator, edit_address(draft), "publish", changes))
    assert ServicePage.objects.get().live


@pytest.mark.parametrize(
    "text",
    [
        '<p>Lue <a href="https://example.org/">lisää</a>.</p>',
        '<p>Lue <a linktype="page" id="1">lisää</a>.</p>',
        '<p>Kirjoita <a href="mailto:apu@example.org">meille</a>.</p>',
    ],
)
def test_an_emergency_card_takes_phone_links_only_but_a_draft_waits(
    moderator, guide_index, goal, text
):
    address = add_address(GuidePage, guide_index)
    changes = complete(goal) | emergency_card(text)

    refused = send(moderator, address, "publish", changes)
    assert list(errors_of(refused)) == ["body"]

    assert was_taken(send(moderator, address, changes=changes))
    assert not GuidePage.objects.get().live


def test_an_emergency_card_takes_a_phone_link(moderator, guide_index, goal):
    card = emergency_card('<p>Soita <a href="tel:112">112</a>.</p>')

    response = send(
        moderator,
        add_address(GuidePage, guide_index),
        "publish",
        complete(goal) | card,
    )

    assert was_taken(response)


def test_an_emergency_card_needs_a_number(moderator, guide_index, goal):
    card = emergency_card("<p>Henki on vaarassa.</p>") | {
        "body-0-value-phones-count": "0"
    }

    refused = send(
        moderator,
        add_address(GuidePage, guide_index),
        "publish",
        complete(goal) | card,
    )

    assert list(errors_of(refused)) == ["body"]


# Wagtail's mail to reviewers still asks Django for a connection in the old way.
@pytest.mark.filterwarnings("ignore:get_connection")
def test_a_guide_goes_from_editor_through_reviewer_to_moderator(
    guide_index, goal, moderator, client
):
    editor, reviewer = staff_client(EDITORS), staff_client(REVIEWERS)
    submitted = send(
        editor, add_address(GuidePage, guide_index), "submit", complete(goal)
    )
    assert was_taken(submitted)
    guide = GuidePage.objects.get()
    assert guide.current_workflow_task.name == "Ammattilaisen tarkastus"

    approve(editor, guide)
    assert guide.current_workflow_task.name == "Ammattilaisen tarkastus"

    assert "Parempi uni" in reviewer.get("/admin/").text
    assert reviewer.get(edit_address(guide)).status_code == 200
    approve(reviewer, guide)
    assert GuidePage.objects.get().current_workflow_task.name == "Julkaisu"
    assert not GuidePage.objects.get().live

    approve(reviewer, guide)
    assert not GuidePage.objects.get().live

    approve(moderator, guide)
    guide = GuidePage.objects.get()
    assert guide.live
    assert client.get(guide.url).status_code == 200


def approve(client, guide):
    """From the editor's bar or the front panel: the same view takes both."""
    state = GuidePage.objects.get(pk=guide.pk).current_workflow_task_state
    return client.post(
        reverse(
            "wagtailadmin_pages:workflow_action", args=[guide.pk, "approve", state.pk]
        ),
        {"comment": "Hyvä."},
    )


def test_an_editor_who_asks_to_publish_only_saves_a_draft(guide_index, goal):
    editor = staff_client(EDITORS)

    send(editor, add_address(GuidePage, guide_index), "publish", complete(goal))

    assert not GuidePage.objects.get().live


def test_an_incomplete_guide_is_not_sent_to_the_reviewer(guide_index, goal):
    editor = staff_client(EDITORS)

    refused = send(
        editor,
        add_address(GuidePage, guide_index),
        "submit",
        complete(goal, last_reviewed=""),
    )

    assert list(errors_of(refused)) == ["last_reviewed"]


def test_bulk_publishing_stops_with_a_sentence_when_a_page_lacks_something(
    client, administrator, guide_index
):
    ready = factories.make_guide(guide_index, live=False)
    unready = factories.make_guide(guide_index, live=False, next_review=None)
    client.force_login(administrator)
    address = (
        "/admin/bulk/wagtailcore/page/publish/"
        f"?id={ready.pk}&id={unready.pk}&next=/admin/"
    )

    response = client.post(address, follow=True)

    assert response.status_code == 200
    assert unready.title in response.text
    for page in (ready, unready):
        page.refresh_from_db()
        assert not page.live


def test_next_review_is_within_two_years(guide_index):
    with pytest.raises(ValidationError) as error:
        factories.make_guide(guide_index, next_review=date(2051, 1, 1))
    assert "next_review" in error.value.message_dict
