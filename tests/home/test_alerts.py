"""Alerts stand where they belong, from the moment they begin to the moment they end."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import EDITORS, MODERATORS
from home.models import Alert, ContentVersion
from tests import factories
from tests.editing import staff_client

TITLE = "Neuvonta on poikkeuksellisesti kiinni"


def minutes_away(minutes):
    return timezone.now() + timedelta(minutes=minutes)


def seen(client, address):
    return TITLE in client.get(address).text


@pytest.fixture
def branch(homes, guide_indexes, event_indexes):
    guide = factories.make_guide(guide_indexes["fi"], slug="parempi-uni")
    swedish = factories.make_guide(
        guide_indexes["sv"], slug="sov-bra", translation_key=guide.translation_key
    )
    programme = factories.make_programme(guide_indexes["fi"])
    part = factories.make_programme_part(programme)
    return {
        "index": guide_indexes["fi"].url,
        "guide": guide.url,
        "part": part.url,
        "swedish index": guide_indexes["sv"].url,
        "swedish guide": swedish.url,
    }


OUTSIDE = ["/fi/", "/sv/", "/fi/tapahtumat/", "/fi/haku/", "/fi/palaute/"]


def test_alert_of_the_site_stands_on_every_page_and_on_errors(client, branch):
    factories.make_alert(TITLE)
    ContentVersion.forget()

    for address in [*branch.values(), *OUTSIDE, "/fi/ei-ole/", "/accounts/login/"]:
        assert seen(client, address), address


def test_alert_of_a_branch_stands_on_all_under_it_and_nowhere_else(
    client, branch, guide_index
):
    factories.make_alert(TITLE, page=guide_index)
    ContentVersion.forget()

    assert {name for name, url in branch.items() if seen(client, url)} == set(branch)
    assert not [address for address in OUTSIDE if seen(client, address)]


def test_alert_of_one_language_stays_in_it(client, branch, guide_index):
    factories.make_alert(TITLE, page=guide_index, is_in_every_language=False)
    ContentVersion.forget()

    assert {name for name, url in branch.items() if seen(client, url)} == {
        "index",
        "guide",
        "part",
    }


def test_alert_of_a_programme_stands_on_its_parts_and_not_beside_it(client, branch):
    programme = factories.ProgrammePage.objects.get()
    factories.make_alert(TITLE, page=programme)
    ContentVersion.forget()

    assert seen(client, branch["part"])
    assert not seen(client, branch["guide"])
    assert not seen(client, branch["index"])


def test_a_slug_that_only_begins_alike_is_another_branch(client, guide_index):
    sleep = factories.make_guide(guide_index, slug="uni")
    other = factories.make_guide(guide_index, slug="uniapnea")
    factories.make_alert(TITLE, page=sleep)
    ContentVersion.forget()

    assert seen(client, sleep.url)
    assert not seen(client, other.url)


def test_groups_and_their_map_belong_to_the_branch_of_the_index(client, event_indexes):
    event = factories.make_event(event_indexes["fi"])
    factories.make_alert(TITLE, page=event_indexes["fi"])
    ContentVersion.forget()

    addresses = ["/fi/tapahtumat/", "/fi/tapahtumat/kartta/", "/sv/evenemang/"]
    addresses += [event.path_in("fi"), event.path_in("en")]
    assert [address for address in addresses if not seen(client, address)] == []
    assert not [address for address in ("/fi/", "/fi/haku/") if seen(client, address)]


def test_alert_of_one_group_stands_on_its_page_in_every_language(client, event_index):
    event, other = (factories.make_event(event_index) for _number in range(2))
    factories.make_alert(TITLE, page=event)
    ContentVersion.forget()

    assert seen(client, event.path_in("fi"))
    assert seen(client, event.path_in("sv"))
    assert not seen(client, other.path_in("fi"))
    assert not seen(client, "/fi/tapahtumat/")


def test_alert_of_a_finnish_front_page_alone_covers_the_finnish_site(client, homes):
    factories.make_alert(TITLE, page=homes["fi"], is_in_every_language=False)
    ContentVersion.forget()

    assert seen(client, "/fi/")
    assert seen(client, "/fi/haku/")
    assert not seen(client, "/sv/")
    assert not seen(client, "/fi-simple/")


def test_branch_with_letters_of_our_own_is_found(client, guide_index):
    guide = factories.make_guide(guide_index, slug="hyvä-yö")
    factories.make_alert(TITLE, page=guide)
    ContentVersion.forget()

    assert seen(client, guide.url)


def test_stored_page_changes_at_the_moment_the_alert_begins_and_ends(
    client, guide_index, clock
):
    guide = factories.make_guide(guide_index)
    factories.make_alert(TITLE, starts_at=minutes_away(10), ends_at=minutes_away(30))
    ContentVersion.forget()

    before = client.get(guide.url)
    assert TITLE not in before.text
    clock.move(minutes=9)
    assert not seen(client, guide.url)
    clock.move(minutes=2)
    during = client.get(guide.url, headers={"if-none-match": before.headers["ETag"]})
    assert during.status_code == 200
    assert TITLE in during.text
    clock.move(minutes=18)
    assert seen(client, guide.url)
    clock.move(minutes=2)
    assert not seen(client, guide.url)


def test_an_alert_elsewhere_does_not_shorten_the_life_of_a_page(
    client, event_index, guide_index, clock
):
    guide = factories.make_guide(guide_index)
    factories.make_alert(TITLE, page=event_index, starts_at=minutes_away(1))
    Alert.objects.update(starts_at=minutes_away(1))
    ContentVersion.forget()
    client.get(guide.url)

    clock.move(minutes=2)
    with CaptureQueriesContext(connection) as queries:
        client.get(guide.url)

    assert len(queries) <= 1


@pytest.mark.parametrize("number", [0, 1, 6])
def test_stored_page_costs_the_same_with_alerts_and_without(
    client, guide_index, number, django_assert_max_num_queries
):
    guide = factories.make_guide(guide_index)
    for _number in range(number):
        factories.make_alert(page=guide_index)
    ContentVersion.forget()
    client.get(guide.url)

    with django_assert_max_num_queries(1):
        client.get(guide.url)


def test_alerts_are_read_once_for_a_version_and_not_for_each_page(client, guide_index):
    first, second = (factories.make_guide(guide_index) for _number in range(2))
    factories.make_alert(TITLE, page=guide_index)
    ContentVersion.forget()
    client.get(first.url)

    with CaptureQueriesContext(connection) as queries:
        assert seen(client, second.url)

    assert not [query for query in queries if "home_alert" in query["sql"]]


def test_taking_an_alert_away_shows_at_the_next_visit(
    client, home, django_capture_on_commit_callbacks
):
    alert = factories.make_alert(TITLE)
    ContentVersion.forget()
    assert seen(client, "/fi/")

    with django_capture_on_commit_callbacks(execute=True):
        alert.delete()

    assert not seen(client, "/fi/")


def test_gravest_comes_first_and_its_level_is_a_word(client, home):
    factories.make_alert("Tiedote sivustosta", level="info")
    factories.make_alert("Juomavesi on saastunut", level="serious")
    factories.make_alert("Liukasta", level="warning")
    ContentVersion.forget()

    text = client.get("/fi/").text

    places = [text.index(t) for t in ("Juomavesi", "Liukasta", "Tiedote sivustosta")]
    assert places == sorted(places)
    assert "is-serious" in text
    assert 'role="alert"' not in text
    assert "aria-live" not in text


def test_reader_of_another_language_hears_in_which_the_text_is(client, homes):
    factories.make_alert(
        title={"fi": TITLE, "en": "Closed today"}, text={"fi": "Avaamme pian."}
    )
    ContentVersion.forget()

    english, swedish = client.get("/en/").text, client.get("/sv/").text

    assert "Closed today" in english
    assert '<div lang="fi"><p>Avaamme pian.' in english
    assert f'lang="fi"><strong>{TITLE}' in swedish


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7*7 }}", "a" * 120]
)
def test_text_of_an_alert_is_text(client, home, hostile):
    factories.make_alert(title={"fi": hostile}, text={"fi": hostile})
    ContentVersion.forget()

    text = client.get("/fi/").text

    assert "<script>alert" not in text
    assert "<img src=x>" not in text
    assert "49" not in text.split('class="alerts"')[1].split("</section>")[0]


def test_an_alert_ends_after_it_begins(db):
    now = timezone.now()
    alert = Alert(title={"fi": TITLE}, starts_at=now, ends_at=now)

    with pytest.raises(ValidationError):
        alert.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        alert.save()


def test_alert_goes_with_its_branch_and_never_spreads_to_the_site(client, guide_index):
    guide = factories.make_guide(guide_index)
    factories.make_alert(TITLE, page=guide)
    guide.delete()
    ContentVersion.forget()

    assert not Alert.objects.exists()
    assert not seen(client, "/fi/")


# Staff


LIST = reverse("wagtailsnippets_home_alert:list")


def test_list_shows_what_is_on_and_to_come_and_what_has_ended_apart(home):
    factories.make_alert("Voimassa nyt")
    factories.make_alert("Tulossa", starts_at=minutes_away(5))
    Alert.objects.filter(title__fi="Tulossa").update(starts_at=minutes_away(5))
    factories.make_alert(
        "Mennyttä", starts_at=minutes_away(-9), ends_at=minutes_away(-1)
    )
    moderator = staff_client(MODERATORS)

    def titles(**query):
        return {
            str(alert) for alert in moderator.get(LIST, query).context["object_list"]
        }

    assert titles() == {"Voimassa nyt", "Tulossa"}
    assert titles(state="over") == {"Mennyttä"}
    assert titles(state="shown") == {"Voimassa nyt"}
    assert titles(state="to_come") == {"Tulossa"}


@pytest.mark.parametrize("number", [1, 6])
def test_list_costs_the_same_whatever_its_length(
    guide_index, number, django_assert_max_num_queries
):
    for _number in range(number):
        factories.make_alert(page=guide_index)
    moderator = staff_client(MODERATORS)
    moderator.get(LIST)

    with django_assert_max_num_queries(22):
        moderator.get(LIST)


def form_data(**changes):
    languages = ("fi", "sv", "en", "fi_simple")
    texts = {
        f"{name}_{language}": "" for name in ("title", "text") for language in languages
    }
    return (
        texts
        | {
            "level": "warning",
            "title_fi": TITLE,
            "text_fi": "Soita numeroon 116 117.",
            "phone": "",
            "url": "",
            "page": "",
            "is_in_every_language": "on",
            "starts_at": "2026-12-01 08:00",
            "ends_at": "2026-12-02 08:00",
        }
        | changes
    )


def test_moderator_makes_an_alert_and_sees_it_beforehand(home):
    moderator = staff_client(MODERATORS)
    add = reverse("wagtailsnippets_home_alert:add")
    preview = reverse("wagtailsnippets_home_alert:preview_on_add")

    assert moderator.get(add).status_code == 200
    assert moderator.post(preview, form_data()).json()["is_valid"]
    shown = moderator.get(preview, {"mode": "sv"})
    assert TITLE in shown.text
    assert "Varning" in shown.text or "Warning" in shown.text
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert not Alert.objects.exists()
    assert moderator.post(add, form_data()).status_code == 302
    assert Alert.objects.get().level == "warning"


@pytest.mark.parametrize(
    "changes",
    [
        {"title_fi": ""},
        {"ends_at": "2026-11-30 08:00"},
        {"ends_at": ""},
        {"ends_at": "0001-01-01 00:00"},
        {"starts_at": "9999-12-31 23:59", "ends_at": "9999-12-31 23:59:59"},
        {"phone": "soita heti"},
        {"url": "javascript:alert(1)"},
        {"level": "outo"},
        {"page": "999999999999"},
        {"title_fi": "a" * 121},
        {"title_fi": "a\x00b"},
    ],
)
def test_alert_that_is_not_right_is_sent_back(home, changes):
    moderator = staff_client(MODERATORS)

    response = moderator.post(
        reverse("wagtailsnippets_home_alert:add"), form_data(**changes)
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Alert.objects.exists()


def test_editor_reads_the_list_and_changes_nothing(home):
    alert = factories.make_alert(TITLE)
    editor = staff_client(EDITORS)

    assert TITLE in editor.get(LIST).text
    add = reverse("wagtailsnippets_home_alert:add")
    delete = reverse("wagtailsnippets_home_alert:delete", args=[alert.pk])
    assert editor.post(add, form_data()).status_code == 302
    assert editor.post(delete).status_code == 302
    assert Alert.objects.get().title == {"fi": TITLE}
