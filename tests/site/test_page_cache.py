"""A stored page is never older than the content."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from events.models import EventState, OccurrenceChange
from home import page_cache
from home.models import ContentVersion
from tests import factories

GUIDES = "/fi/oppaat/"


@pytest.fixture
def guide(guide_index):
    return factories.make_guide(guide_index, title="Parempi uni", slug="parempi-uni")


def seen_by_another_process():
    """Another process reads the version within a second; here it reads it now."""
    ContentVersion.forget()


def test_second_visit_costs_one_query_at_most(
    client, guide, django_assert_max_num_queries
):
    client.get(guide.url)

    with django_assert_max_num_queries(1):
        client.get(guide.url)


def test_publishing_shows_at_the_next_visit(
    client, guide, django_capture_on_commit_callbacks
):
    client.get(guide.url)

    with django_capture_on_commit_callbacks(execute=True):
        guide.title = "Uni virkistää"
        guide.save_revision().publish()

    assert "Uni virkistää" in client.get(guide.url).text


def test_unpublished_page_is_gone_at_the_next_visit(
    client, guide, django_capture_on_commit_callbacks
):
    assert client.get(guide.url).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        guide.unpublish()

    assert client.get(guide.url).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda: factories.make_crisis_contact(),
        lambda: factories.make_organisation(),
        lambda: factories.make_venue(),
    ],
)
def test_version_rises_with_every_kind_of_content(db, change):
    before = ContentVersion.current()

    change()
    seen_by_another_process()

    assert ContentVersion.current() > before


def test_version_rises_when_a_date_is_cancelled_or_a_group_is_confirmed(event_index):
    event = factories.make_event(event_index)
    versions = [ContentVersion.objects.get().number]

    EventState.objects.create(event=event, confirmed_on=timezone.localdate())
    versions.append(ContentVersion.objects.get().number)
    OccurrenceChange.objects.create(
        event=event,
        original_start=event.occurrences.upcoming().first().original_start,
        kind="cancelled",
    )
    versions.append(ContentVersion.objects.get().number)

    assert versions == sorted(set(versions))


def test_version_does_not_rise_when_somebody_signs_in(client, administrator, home):
    before = ContentVersion.objects.get().number

    client.force_login(administrator)
    client.get("/fi/")

    assert ContentVersion.objects.get().number == before


def test_signed_in_editor_sees_the_page_that_everybody_sees(
    client, guide, administrator
):
    public = client.get(guide.url)
    client.force_login(administrator)

    own = client.get(guide.url)

    assert own.content == public.content
    assert not own.cookies


def test_page_is_kept_no_longer_than_until_the_first_date_it_shows(rf):
    request = rf.get("/fi/")
    page_cache.expires_by(request, timezone.now() + timedelta(seconds=90))
    page_cache.expires_by(request, timezone.now() + timedelta(hours=5))

    assert 80 <= page_cache.seconds_to_keep(request) <= 90


def test_page_is_kept_no_longer_than_until_midnight_in_helsinki(rf):
    request = rf.get("/fi/")
    now = timezone.localtime()
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0)

    assert page_cache.seconds_to_keep(request) <= (midnight - now).total_seconds() + 1


def test_missing_page_is_not_stored(client, home, settings):
    client.get("/fi/ei-ole/")

    assert client.get("/fi/ei-ole/").status_code == 404
    assert client.get("/fi/ei-ole/").headers["Cache-Control"] == "no-store"


def test_answer_depends_on_host_and_scheme(client, guide, settings):
    settings.ALLOWED_HOSTS = ["testserver", "toinen.example"]
    first = client.get(guide.url)
    other = client.get(guide.url, headers={"host": "toinen.example"})

    assert "toinen.example" not in first.text
    assert "toinen.example" in other.text


def test_language_of_the_browser_changes_nothing(client, home):
    finnish = client.get("/fi/")
    cache.clear()

    swedish = client.get("/fi/", headers={"accept-language": "sv"})

    assert swedish.content == finnish.content
    assert "Accept-Language" not in swedish.headers["Vary"]


def test_preview_shows_the_draft_and_never_reaches_the_public(
    client, guide, administrator, settings
):
    public = client.get(guide.url).text
    guide.title = "Luonnoksen otsikko"
    guide.save_revision()
    client.force_login(administrator)

    preview = client.get(f"/admin/pages/{guide.pk}/edit/preview/")
    draft = client.get(f"/admin/pages/{guide.pk}/view_draft/")

    assert "Luonnoksen otsikko" in draft.text
    for answer in (preview, draft):
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy
    assert client.get(guide.url).text == public
    assert "Luonnoksen" not in public


def test_marks_of_a_campaign_make_no_page_of_their_own(client, event_index):
    first = client.get("/fi/tapahtumat/?utm_source=a&municipality=kotka&gclid=1")

    again = client.get("/fi/tapahtumat/?municipality=kotka")

    assert "utm_source" not in first.text
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "municipality=kotka" in again.text


def test_reader_that_refuses_a_coding_does_not_get_it(client, guide):
    for refused in ("gzip;q=0", "br;q=0, gzip;q=0.0", "identity", ""):
        answer = client.get(guide.url, headers={"accept-encoding": refused})
        assert "Content-Encoding" not in answer.headers, refused
    answer = client.get(guide.url, headers={"accept-encoding": "br;q=0, gzip;q=0.5"})
    assert answer.headers["Content-Encoding"] == "gzip"
