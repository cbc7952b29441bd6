"""The front page and the four goals."""

import pytest
from django.core.exceptions import ValidationError

from events.models import OccurrenceChange
from guides.models import GuidePage
from home.models import ContentVersion, GoalPage
from tests import factories


def test_front_page_leads_with_goals_search_groups_and_help(client, home, event_index):
    for key in ("substance-free", "healthy-habits", "safe-everyday", "meaningful-life"):
        factories.make_goal_page(home, key, title=f"Tavoite {key}", slug=key)
    factories.make_crisis_contact(number="112", is_emergency=True)
    factories.make_event(event_index, "Kävelyporukka", venue=factories.make_venue())

    text = client.get("/fi/").text

    for part in (
        'name="q"',
        "Tavoite substance-free",
        "Tavoite meaningful-life",
        "Kävelyporukka",
        "tel:112",
    ):
        assert part in text
    for town in ("Kouvola", "Kotka", "Hamina", "Pyhtää", "Virolahti", "Miehikkälä"):
        assert town in text


def test_cancelled_date_is_not_the_next_group_on_the_front_page(
    client, home, event_index, django_capture_on_commit_callbacks
):
    event = factories.make_event(event_index, venue=factories.make_venue())
    first, second = event.occurrences.upcoming()[:2]

    OccurrenceChange.objects.create(
        event=event, original_start=first.original_start, kind="cancelled"
    )

    event.search_row.refresh_from_db()
    assert event.search_row.next_start == second.starts_at


def test_goal_page_lists_its_own_guidance_and_groups(
    client, home, guide_index, event_index
):
    mine, other = factories.goal("safe-everyday"), factories.goal("substance-free")
    page = factories.make_goal_page(home, "safe-everyday")
    guide = factories.make_guide(guide_index, title="Pysy pystyssä", goals=[mine])
    service = factories.make_service(guide_index, title="Velkaneuvonta", goals=[mine])
    programme = factories.make_programme(
        guide_index, title="Vakaasti jaloillaan", goals=[mine]
    )
    event = factories.make_event(event_index, "Tasapainoa arkeen", goals=[mine])
    factories.make_guide(guide_index, title="Irti tupakasta", goals=[other])
    factories.make_event(event_index, "Savuton ryhmä", goals=[other])
    factories.make_guide(guide_index, title="Luonnos", goals=[mine], live=False)

    text = client.get(page.url).text

    for shown in (guide.title, service.title, programme.title, event.title):
        assert shown in text
    for hidden in ("Irti tupakasta", "Savuton ryhmä", "Luonnos"):
        assert hidden not in text


def test_goal_has_one_page_in_a_language(home):
    factories.make_goal_page(home, "safe-everyday")

    with pytest.raises(ValidationError):
        factories.make_goal_page(home, "safe-everyday", slug="toinen")
    assert GoalPage.objects.filter(goal__key="safe-everyday").count() == 1


@pytest.mark.parametrize("number", [1, 6])
def test_front_page_costs_the_same_whatever_the_number_of_groups(
    client, home, event_index, number, django_assert_max_num_queries
):
    for _each in range(number):
        factories.make_event(event_index, venue=factories.make_venue())
    warm_up(client)

    with django_assert_max_num_queries(20):
        client.get("/fi/")


@pytest.mark.parametrize("number", [1, 12])
def test_guide_costs_the_same_whatever_the_number_of_pages(
    client, guide_index, event_index, number, django_assert_max_num_queries
):
    for _each in range(number):
        factories.make_guide(guide_index)
        factories.make_event(event_index)
    groups = {"type": "groups", "value": {"title": "Ryhmiä", "goal": "healthy-habits"}}
    guide = factories.make_guide(guide_index, body=[factories.TEXT_BLOCK, groups])
    warm_up(client)

    with django_assert_max_num_queries(15):
        assert client.get(guide.url).status_code == 200
    assert GuidePage.objects.count() == number + 1


def warm_up(client):
    """Navigation and taxonomies are read once for each content version."""
    ContentVersion.forget()
    client.get("/fi/ei-ole/")
    client.get("/fi/tapahtumat/")
