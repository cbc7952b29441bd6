"""An organisation's person sees its groups and looks after them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from events.door import groups as door_groups
from events.door.drafts import change_of, draft_of
from events.models import (
    EventPage,
    EventState,
    EventText,
    Membership,
    Occurrence,
    SearchRow,
    Stage,
    Submission,
)
from events.staff.date_page import DATES_ON_A_PAGE
from tests import factories
from tests.editing import messages_of, staff_client

from .door import START, client_of, make_contact

GROUPS = f"{START}groups/"


@pytest.fixture
def organisation(db):
    return factories.make_organisation(name={"fi": "Kotkan Esimerkki ry"})


@pytest.fixture
def event(event_index, organisation):
    """Tuesdays from 14 to 15.30."""
    return factories.make_event(event_index, "Perhekahvila", organisers=[organisation])


def address(event):
    return f"{GROUPS}{event.pk}/"


def press(client, event, action, **fields):
    return client.post(address(event), {"action": action} | fields)


def rows(client, **query):
    return client.get(GROUPS, query).context["rows"]


def words(client, event):
    return next(row.words for row in rows(client) if row.event == event)


# The list


def test_groups_stand_under_their_organisation_with_the_next_date(person, event):
    page = person.get(GROUPS)

    assert page.status_code == 200
    assert "Kotkan Esimerkki ry" in page.text
    assert address(event) in page.text
    row = page.context["rows"][0]
    assert row.words == ["Julkinen"] or row.words == ["Public"]
    assert row.next_start == event.upcoming_dates()[0].starts_at
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "strict-origin"


def test_nobody_sees_the_groups_of_others(person, event_index, event):
    other = factories.make_event(
        event_index, "Lauluryhmä", organisers=[factories.make_organisation()]
    )

    assert [row.event for row in rows(person)] == [event]
    for path in ("", "next-season/"):
        assert person.get(f"{address(other)}{path}").status_code == 404
    assert press(person, other, "pause").status_code == 404
    assert not EventState.objects.filter(event=other).exists()


def test_who_is_not_approved_sees_nothing_of_the_groups(event, organisation):
    newcomer = make_contact(email="uusi@yhdistys.example")
    Membership.objects.create(contact=newcomer, organisation=organisation)
    client = client_of(newcomer)

    page = client.get(GROUPS)

    assert page.context["rows"] == []
    assert "Perhekahvila" not in page.text
    assert "Kotkan Esimerkki ry" in page.text  # What they wait for.
    assert client.get(address(event)).status_code == 404


def test_without_coming_in_there_is_nothing_to_see(event):
    for path in (GROUPS, address(event)):
        response = Client().get(path)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(f"{START}then/")


def test_a_network_helper_sees_the_groups_of_all_organisations(event_index):
    helper = make_contact(email="verkosto@example.org")
    for number in range(3):
        organisation = factories.make_organisation(slug=f"jarjesto-{number}")
        Membership.objects.create(
            contact=helper,
            organisation=organisation,
            role=Membership.Role.HELPER,
            is_approved=True,
        )
        for title in ("Äijäsauna", "Aamukahvi"):
            factories.make_event(event_index, title, organisers=[organisation])

    found = rows(client_of(helper))

    assert [(row.organisation.slug, row.event.title) for row in found] == [
        (f"jarjesto-{number}", title)
        for number in range(3)
        for title in ("Aamukahvi", "Äijäsauna")
    ]


def test_a_shared_group_stands_under_each_of_its_organisations(event_index):
    organisations = [factories.make_organisation() for _number in range(2)]
    helper = make_contact(organisations[0], email="verkosto@example.org")
    Membership.objects.create(
        contact=helper, organisation=organisations[1], is_approved=True
    )
    event = factories.make_event(event_index, organisers=organisations)

    assert [row.event for row in rows(client_of(helper))] == [event, event]


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({}, "Public"),
        ({"is_paused": True}, "On a break"),
        ({"stage": Stage.UNCONFIRMED}, "Not confirmed, and residents see that"),
        ({"stage": Stage.HIDDEN}, "Not confirmed, and so out of the lists"),
    ],
)
def test_the_state_is_said_in_words(person, event, values, word):
    EventState.objects.create(event=event)
    EventState.objects.filter(event=event).update(**{"is_full": False} | values)

    page = person.get(f"/en/submit/groups/{event.pk}/")

    assert page.context["words"] == [word]
    assert word in page.text


def test_a_group_that_has_ended_says_so(person, event):
    EventState.objects.create(
        event=event, ended_on=timezone.localdate() - timedelta(days=1)
    )

    (word,) = person.get(f"/en/submit/groups/{event.pk}/").context["words"]

    assert word.startswith("Ended on")
    assert rows(person)[0].next_start is None


def test_a_change_that_waits_and_one_that_is_asked_are_told(person, event, contact):
    change = change_of(event, contact)
    path = f"/en/submit/groups/{event.pk}/"
    said = []
    for status in ("draft", "sent", "change-asked", "approved"):
        change.status = status
        change.save()
        said.append(person.get(path).context["words"][1:])

    assert said == [
        ["A change is being written"],
        ["A change waits for the moderators"],
        ["The moderators ask for a change"],
        [],
    ]


def test_a_new_group_that_is_not_public_tells_what_became_of_it(
    person, event, contact, organisation
):
    event.unpublish()
    sent = Submission.objects.create(
        contact=contact, organisation=organisation, event=event, language="fi"
    )
    for status in (Submission.Status.SENT, Submission.Status.REJECTED):
        sent.status = status
        sent.save()

        assert words(person, event) == [str(status.label)]
    page = person.get(address(event))
    assert "<form" not in page.text.partition("<h1")[2]


def test_drafts_of_new_groups_are_listed_with_their_status(
    person, event, contact, organisation
):
    draft = draft_of(event, contact, organisation)
    make_contact(email="vieras@example.org").submissions.create(
        language="fi", typed={"what": {"title_fi": ["Vieraan luonnos"]}}
    )

    page = person.get(GROUPS)

    assert [found.pk for found in page.context["drafts"]] == [draft.pk]
    assert f"{START}draft/{draft.key}/" in page.text
    assert "Vieraan luonnos" not in page.text


@pytest.mark.parametrize("language", ["fi", "sv", "en", "fi-simple"])
def test_the_pages_are_drawn_in_every_language(person, event, language):
    start = START if language == "fi" else {
        "sv": "/sv/anmal/", "en": "/en/submit/", "fi-simple": "/fi-simple/ilmoita/"
    }[language]  # fmt: skip

    for path in ("groups/", f"groups/{event.pk}/", f"groups/{event.pk}/next-season/"):
        page = person.get(start + path)
        assert page.status_code == 200
        assert page.text.count("<h1") == 1
        assert f'lang="{language}"' in page.text


# Long lists


def many(event_index, organisation, number):
    for place in range(number):
        factories.make_event(
            event_index, f"Ryhmä {place:03}", organisers=[organisation]
        )


def test_a_long_list_has_pages_and_a_search(
    person, event_index, organisation, event, monkeypatch
):
    monkeypatch.setattr(door_groups, "GROUPS_ON_A_PAGE", 5)
    monkeypatch.setattr("events.door.group_views.GROUPS_ON_A_PAGE", 5)
    assert 'name="q"' not in person.get(GROUPS).text
    many(event_index, organisation, 12)

    first, last = person.get(GROUPS), person.get(GROUPS, {"page": 3})

    assert 'name="q"' in first.text
    assert [len(page.context["rows"]) for page in (first, last)] == [5, 3]
    assert [row.event for row in rows(person, q="perhekah")] == [event]
    assert rows(person, q="ei mitään") == []
    for odd in ("0", "-1", "x", "9" * 30):
        assert person.get(GROUPS, {"page": odd}).status_code == 200


@pytest.mark.parametrize("words", ["äijä", "ÄIJÄ", "Äijäsauna (mi", "bastu"])
def test_the_search_knows_capitals_and_every_language(
    person, event_index, organisation, words
):
    texts = [
        EventText(language="fi", title="Äijäsauna (miehet)", lead="Tule."),
        EventText(language="sv", title="Bastu", lead="Kom."),
    ]
    found = factories.make_event(
        event_index, "Äijäsauna (miehet)", texts=texts, organisers=[organisation]
    )
    factories.make_event(event_index, "Kuoro", organisers=[organisation])

    assert [row.event for row in rows(person, q=words)] == [found]


@pytest.mark.parametrize("words", [".*", "[", "\\", "%", "a" * 300, "\x00", "'--"])
def test_odd_words_find_nothing_and_break_nothing(person, event, words):
    page = person.get(GROUPS, {"q": words})

    assert page.status_code == 200


def test_the_list_costs_the_same_however_long_it_is(
    event_index, contact, person, organisation, event, settled
):
    draft_of(event, contact, organisation)
    change_of(event, contact)
    few = queries_of(person, settled)
    many(event_index, organisation, 6)
    for _number in range(3):
        draft_of(event, contact, organisation)
        other = factories.make_organisation()
        Membership.objects.create(contact=contact, organisation=other, is_approved=True)

    assert queries_of(person, settled) == few


def queries_of(client, settled):
    settled()
    client.get(GROUPS)
    with CaptureQueriesContext(connection) as queries:
        client.get(GROUPS)
    return len(queries)


def test_the_page_of_a_group_costs_the_same_however_many_dates_it_has(
    event_index, organisation, person, event, django_assert_num_queries
):
    date = factories.single_date(timezone.now() + timedelta(days=2))
    few = factories.make_event(event_index, dates=[date], organisers=[organisation])
    person.get(address(few))
    with CaptureQueriesContext(connection) as queries:
        person.get(address(few))

    with django_assert_num_queries(len(queries)):
        page = person.get(address(event))
    assert len(page.context["rows"]) == DATES_ON_A_PAGE


# The state


def logged(event):
    return list(
        PageLogEntry.objects.filter(page=event.pk, action__startswith="events.")
        .order_by("pk")
        .values_list("action", "user", "data__contact")
    )


def test_a_break_takes_the_group_from_the_lists_and_its_end_brings_it_back(
    person, event, contact
):
    assert press(person, event, "pause").status_code == 302
    assert not SearchRow.objects.filter(event=event).exists()

    press(person, event, "resume")

    assert SearchRow.objects.filter(event=event).exists()
    assert logged(event) == [
        ("events.pause", None, contact.pk),
        ("events.resume", None, contact.pk),
    ]


def test_a_group_is_full_ends_and_goes_on(person, event):
    press(person, event, "full")
    assert EventState.objects.get().is_full
    press(person, event, "room")
    last = event.upcoming_dates()[1]
    press(person, event, "end", day=timezone.localdate(last.starts_at).isoformat())
    assert event.upcoming_dates().last() == last

    press(person, event, "go-on")

    assert event.upcoming_dates().count() > 2
    assert not EventState.objects.get().is_full


def test_a_last_day_that_is_wrong_is_told_at_its_field(person, event):
    response = press(person, event, "end", day="3026-01-01")

    assert response.status_code == 422
    assert list(response.context["sent"].errors) == ["day"]
    assert '<details class="change" name="change" open>' in response.text


def test_an_unknown_change_is_a_bad_request(person, event):
    for action in ("", "delete", "pause\x00"):
        assert press(person, event, action).status_code == 400, action


def test_a_form_without_its_token_is_refused(person, event):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = person.cookies

    assert press(strict, event, "pause").status_code == 403
    assert not EventState.objects.filter(is_paused=True).exists()


def test_reading_changes_nothing(person, event):
    person.get(address(event), {"action": "pause"})

    assert logged(event) == []


def test_staff_read_in_the_history_that_the_organisation_did_it(person, event, contact):
    contact.name = "Esimerkki Henkilö"
    contact.save()
    press(person, event, "pause")

    page = staff_client("Moderaattorit").get(f"/admin/pages/{event.pk}/history/")

    assert page.status_code == 200
    assert "organisa" in page.text
    entry = PageLogEntry.objects.get(action="events.pause")
    assert set(entry.data) == {"contact"}
    assert "Esimerkki Henkilö" not in page.text


# The next season


def in_weeks(number):
    return timezone.localdate() + timedelta(weeks=number)


def season(event, first, last=""):
    rule = event.rules.get()
    return {
        f"rule-{rule.pk}-first_day": str(first),
        f"rule-{rule.pk}-last_day": str(last),
    }


@pytest.fixture
def full_group(event_index, organisation):
    event = factories.make_event(
        event_index,
        "Perhekahvila",
        rules=[factories.weekly_rule(end_date=in_weeks(4))],
        dates=[factories.single_date(timezone.now() + timedelta(days=3))],
        organisers=[organisation],
        venue=factories.make_venue(),
        sign_up_until=timezone.localdate(),
        pauses=["july"],
    )
    return EventPage.objects.get(pk=event.pk)


def test_the_next_season_is_a_draft_with_new_days_and_no_old_dates(
    person, full_group, contact, organisation
):
    path = f"{address(full_group)}next-season/"

    response = person.post(path, season(full_group, in_weeks(8), in_weeks(20)))

    draft = Submission.objects.get()
    assert response.url == f"{START}draft/{draft.key}/when/"
    assert (draft.contact, draft.organisation, draft.event, draft.is_change) == (
        contact,
        organisation,
        None,
        False,
    )
    assert draft.previous_season == full_group
    assert draft.title == "Perhekahvila"
    when = draft.typed_in("when")
    assert when["rule-0-start_date"] == [in_weeks(8).isoformat()]
    assert when["rule-0-end_date"] == [in_weeks(20).isoformat()]
    assert when["rule-0-start_time"] == ["14:00"]
    assert when["pauses"] == ["july"]
    assert when["date-TOTAL_FORMS"] == ["0"]
    assert not [name for name in when if name.startswith("date-0")]
    assert draft.typed_in("whom")["sign_up_until"] == [""]
    assert person.get(response.url).status_code == 200
    assert Occurrence.objects.filter(event=full_group).exists()


def test_a_season_that_has_been_begun_is_gone_on_with(person, full_group):
    path = f"{address(full_group)}next-season/"
    days = season(full_group, in_weeks(8), in_weeks(20))

    first, second = person.post(path, days), person.post(path, days)

    assert first.url == second.url
    assert Submission.objects.count() == 1
    assert first.url in person.get(path).text


def test_the_next_season_of_a_shared_group_is_one_draft(person, full_group):
    neighbour = factories.make_organisation(name={"fi": "Naapuriyhdistys ry"})
    full_group.organisers.add(neighbour)
    full_group.save_revision().publish()
    colleague = client_of(make_contact(neighbour, "naapuri@yhdistys.example"))
    path = f"{address(full_group)}next-season/"
    days = season(full_group, in_weeks(8), in_weeks(20))

    first, second = person.post(path, days), colleague.post(path, days)

    assert first.url == second.url
    assert Submission.objects.count() == 1
    assert colleague.get(second.url).status_code == 200


def test_days_that_are_wrong_are_told_at_their_fields(person, full_group):
    path = f"{address(full_group)}next-season/"

    response = person.post(path, season(full_group, in_weeks(8), in_weeks(2)))

    assert response.status_code == 422
    (rule,) = response.context["form"].rules
    assert list(rule.errors) == ["last_day"]
    assert not Submission.objects.exists()


def test_what_was_done_is_said_in_a_sentence(person, event):
    done = person.post(address(event), {"action": "full"}, follow=True)

    assert len(messages_of(done)) == 1
