"""The moderators' queue and the page of what an organisation has sent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import (
    ADMINISTRATORS,
    EDITORS,
    MODERATORS,
    REVIEWERS,
    make_group_workflow,
    make_roles,
)
from events.door import sending
from events.models import EventPage, Membership, Submission
from home.models import ContentVersion
from tests import factories
from tests.editing import staff_client

from .sent import make_contact, make_public, send_change, send_new, typed

pytestmark = [
    pytest.mark.django_db,
    # Wagtail's mail to moderators still asks Django for a connection in the old way.
    pytest.mark.filterwarnings("ignore:get_connection"),
]

QUEUE = "/admin/groups/waiting/"
SEVERAL = "/admin/groups/waiting/several/"


@pytest.fixture
def index(event_index):
    make_roles()
    make_group_workflow(event_index)
    return event_index


@pytest.fixture
def moderator(index):
    return staff_client(MODERATORS)


def address(submission):
    return reverse("event_staff:submission", args=[submission.pk])


def listed(client, **query):
    response = client.get(QUEUE, query)
    assert response.status_code == 200
    return [row.title for row in response.context["object_list"]]


def press(client, submission, action, **fields):
    return client.post(
        address(submission),
        {"action": action, "revision": submission.revision_id or ""} | fields,
    )


# The queue


def test_what_was_sent_first_is_on_top_and_drafts_are_nobodys_business(moderator):
    late = send_new("Myöhempi")
    soon = send_new("Aikaisempi")
    Submission.objects.filter(pk=soon.pk).update(
        sent_at=timezone.now() - timedelta(days=2)
    )
    draft = Submission.objects.create(
        contact=make_contact(),
        language="fi",
        typed=typed(what={"title_fi": "Keskeneräinen"}),
    )

    assert listed(moderator) == ["Aikaisempi", "Myöhempi"]
    assert moderator.get(address(draft)).status_code == 404
    assert moderator.get(address(late)).status_code == 200


def test_the_queue_is_narrowed(moderator, index):
    heart = factories.make_organisation(name={"fi": "Kotkan Sydän ry"})
    hamina = factories.make_venue(
        name={"fi": "Haminan talo"}, municipality=factories.town("hamina")
    )
    send_new("Kävely", organisation=heart)
    send_new("Kuoro", venue="Haminan talo")
    send_change(make_public(index, "Kahvila", venue=hamina), title_fi="Uusi kahvila")

    assert listed(moderator, organisation="sydän") == ["Kävely"]
    assert listed(moderator, municipality=hamina.municipality_id) == [
        "Kuoro",
        "Uusi kahvila",
    ]
    assert listed(moderator, is_change="true") == ["Uusi kahvila"]
    assert listed(moderator, is_change="false") == ["Kävely", "Kuoro"]
    assert listed(moderator, organisation="' OR 1=1 --") == []
    assert len(listed(moderator, municipality="x", p="-1", is_change="?")) == 3


def test_the_menu_tells_how_many_wait(moderator):
    assert "(1)" not in moderator.get("/admin/").text
    send_new("Kävely")

    page = moderator.get("/admin/").text

    assert QUEUE in page
    assert "(1)" in page


def test_the_queue_costs_the_same_however_long_it_is(
    moderator, django_assert_num_queries
):
    send_new("Kävely")
    moderator.get(QUEUE)
    with CaptureQueriesContext(connection) as few:
        moderator.get(QUEUE)
    cost = len(few)
    for number in range(29):
        send_new(f"Ryhmä {number}", venue=f"Talo {number % 3}")
    ContentVersion.forget()
    moderator.get(QUEUE)

    with django_assert_num_queries(cost):
        assert len(listed(moderator)) == 30


@pytest.mark.parametrize(
    ("role", "sees", "decides"),
    [
        (EDITORS, True, False),
        (MODERATORS, True, True),
        (REVIEWERS, False, False),
        (ADMINISTRATORS, True, True),
    ],
)
def test_each_role_sees_what_it_may_do(index, role, sees, decides):
    sent = send_new("Kävely", contact=make_contact(email="salainen@yhdistys.example"))
    client = staff_client(role)

    page = client.get(address(sent))

    assert (client.get(QUEUE).status_code == 200) == sees
    assert (page.status_code == 200) == sees
    assert (QUEUE in client.get("/admin/").text) == sees
    # Contact data are for those who decide.
    assert ("salainen@yhdistys.example" in page.text) == decides
    press(client, sent, "approve")
    sent.refresh_from_db()
    assert (sent.status == "approved") == decides


# One submission


def test_what_changes_is_marked_beside_what_residents_see(moderator, index):
    event = make_public(index, "Perhekahvila", is_free=True)
    sent = send_change(event, title_fi="Perhekahvila ja leikki")

    page = moderator.get(address(sent))

    [texts] = page.context["differences"]
    title = next(part for part in texts.rows[0].fields if "leikki" in part.html)
    assert title.html == "Perhekahvila<ins> ja leikki</ins>"
    assert title.html in page.text


def test_facts_and_times_that_change_are_told_in_words(moderator, index):
    event = make_public(index, "Perhekahvila", is_free=True, pauses=["july"])
    sent = send_change(event)
    revision = sent.revision
    revision.content |= {"is_free": None, "pauses": [], "capacity": 12}
    revision.content["rules"][0]["weekdays"] = [2, 4]
    revision.content["rules"][0]["start_time"] = "09:30:00"
    revision.save()

    page = moderator.get(address(sent))

    for shown in (
        "<del>Kyllä</del><ins>Ei tiedossa</ins>",
        "<del>heinäkuu</del>",
        "<ins>12</ins>",
        "<del>tiistai</del><ins>tiistai, torstai</ins>",
        "<del>14.00</del><ins>9.30</ins>",
    ):
        assert shown in page.text


def test_what_is_empty_has_no_row(moderator, index):
    event = make_public(index, "Perhekahvila", capacity=None, min_age=None)
    sent = send_change(event)
    revision = sent.revision
    rule = revision.content["rules"][0] | {"pk": None, "end_date": None, "nth": None}
    revision.content["rules"].append(rule | {"weekdays": [5], "end_time": None})
    revision.content |= {"min_age": 18, "capacity": None}
    revision.save()

    page = moderator.get(address(sent))

    shown = page.text[page.text.index("comparisons") :]
    assert "perjantai" in shown
    assert "18" in shown
    assert "None" not in shown


def test_of_a_new_group_all_that_was_written_is_shown_in_words(moderator):
    sent = send_new("Olohuone")

    page = moderator.get(address(sent))

    for shown in ("Olohuone", "Kahvia ja juttuseuraa kaikille.", "000 000 0000"):
        assert shown in page.text
    shown = page.text[page.text.index("comparisons") :]
    for not_a_word in ("True", "None", "[2]", "[]"):
        assert not_a_word not in shown
    preview = reverse(
        "wagtailadmin_pages:revisions_view", args=[sent.event_id, sent.revision_id]
    )
    assert preview in page.text
    assert moderator.get(preview).status_code == 200
    assert page.context["dates"]


def test_hostile_text_is_shown_as_text(moderator, index):
    hostile = "<script>alert(1)</script>"
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi=f"Kahvila {hostile}", lead_fi=hostile)

    page = moderator.get(address(sent))

    assert page.status_code == 200
    assert hostile not in page.text
    assert hostile not in moderator.get(QUEUE).text


def test_groups_that_may_be_the_same_are_suggested(moderator, index):
    organiser = factories.make_organisation(name={"fi": "Kotkan Perheet ry"})
    twin = factories.make_event(index, "Perhekahvila Kotka", organisers=[organiser])
    factories.make_event(index, "Miesten kuntosali", organisers=[organiser])
    factories.make_event(index, "Perhekahvila")
    sent = send_new("Perhekahvila", organisation=organiser)

    page = moderator.get(address(sent))

    assert [row.event_id for row in page.context["alike"]] == [twin.pk]


def test_publishing_with_a_button(moderator, client):
    sent = send_new("Olohuone")

    response = press(moderator, sent, "approve", admits_sender="on")

    assert response.status_code == 302
    assert client.get(sent.event.path_in("fi")).status_code == 200
    assert Membership.objects.get().is_approved


def tick(moderator, submission):
    """How the sender's tick stands beforehand; None when it is not there."""
    form = moderator.get(address(submission)).context["forms"][0]
    field = form.fields.get("admits_sender")
    return field.initial if field else None


def test_whoever_writes_the_name_of_an_organisation_is_not_let_in_beforehand(
    moderator, index
):
    sent = send_new("Olohuone", factories.make_organisation())
    assert not Membership.objects.get().is_approved

    assert tick(moderator, sent) is False
    Membership.objects.update(is_approved=True)
    assert tick(moderator, sent) is None


def test_who_describes_a_new_organisation_is_let_in_beforehand(moderator):
    assert tick(moderator, send_described()) is True


def send_described(**where):
    """A group of an organisation that was not here before."""
    draft = Submission.objects.create(
        contact=make_contact(),
        language="fi",
        typed=typed(
            what={
                "organisation": "Kotkan Perhe ry",
                "organisation_municipality": str(factories.town("kotka").pk),
                "organisation_website": "https://perhe.example/",
            },
            where={
                "venue": "Uusi talo",
                "street_address": "Esimerkkikatu 5",
                "postal_code": "00000",
                "municipality": str(factories.town("hamina").pk),
                "directions": "Sisään pihan puolelta.",
            }
            | where,
        ),
    )
    return sending.send(draft, draft.contact)


def test_a_new_organisation_and_place_are_shown_with_all_that_is_published(moderator):
    sent = send_described()

    page = moderator.get(address(sent)).text

    for shown in (
        "Kotkan Perhe ry",
        sent.organisation.get_kind_display(),
        "https://perhe.example/",
        "Uusi talo",
        "Esimerkkikatu 5",
        "00000",
        "Hamina",
        "Sisään pihan puolelta.",
        organisation_address(sent.organisation),
    ):
        assert shown in page


def test_an_organisation_and_place_that_were_here_before_are_not_new(moderator):
    known = factories.make_organisation(name={"fi": "Kotkan Sydän ry"})
    sent = send_new("Olohuone", known)

    page = moderator.get(address(sent))

    assert "new_organisation" not in page.context
    assert page.context["new_venue"] is None
    assert organisation_address(known) in page.text


def test_an_organisation_that_is_written_almost_so_is_suggested(moderator):
    alike = factories.make_organisation(name={"fi": "Kotkan perheet ry"})
    here = factories.make_organisation(
        name={"fi": "Perhe Kotkan ry"}, municipality=factories.town("kotka")
    )
    factories.make_organisation(name={"fi": "Haminan kuoro"})
    sent = send_described()

    page = moderator.get(address(sent))

    assert set(page.context["alike_organisations"]) == {alike, here}
    assert organisation_address(alike) in page.text


def organisation_address(organisation):
    return reverse("wagtailsnippets_events_organisation:edit", args=[organisation.pk])


@pytest.mark.parametrize("action", ["ask", "reject"])
def test_without_words_nothing_is_refused(moderator, action):
    sent = send_new("Olohuone")

    response = press(moderator, sent, action, answer="  ")

    assert response.status_code == 422
    sent.refresh_from_db()
    assert sent.status == "sent"
    press(moderator, sent, action, answer="Lisää puhelinnumero.")
    sent.refresh_from_db()
    assert sent.answer == "Lisää puhelinnumero."


def test_a_moderator_who_is_late_is_told_who_decided_and_keeps_the_text(moderator):
    sent = send_new("Olohuone")
    press(moderator, sent, "approve")
    sent.refresh_from_db()

    response = press(staff_client(MODERATORS), sent, "reject", answer="Ei sovi tänne.")

    assert response.status_code == 409
    assert str(sent.decided_by) in response.text
    assert "Ei sovi tänne." in response.text
    sent.refresh_from_db()
    assert sent.status == "approved"


def test_a_form_of_an_older_version_is_refused_and_shows_the_newer(moderator, index):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")

    response = press(moderator, sent, "reject", revision=1, answer="Ei sovi tänne.")

    assert response.status_code == 409
    sent.refresh_from_db()
    assert sent.status == "sent"
    form = next(f for f in response.context["forms"] if f.action == "reject")
    assert form["answer"].value() == "Ei sovi tänne."
    assert form["revision"].value() == sent.revision_id


@pytest.mark.parametrize("revision", ["", "x", "-1", str(2**70), "1\x00"])
def test_a_version_that_cannot_be_is_refused(moderator, revision):
    sent = send_new("Olohuone")

    response = press(moderator, sent, "approve", revision=revision)

    assert response.status_code in (409, 422)
    sent.refresh_from_db()
    assert sent.status == "sent"


def test_the_second_reader_sees_who_opened_it(moderator):
    sent = send_new("Olohuone")
    moderator.get(address(sent))
    first = Submission.objects.get().opened_by
    Submission.objects.update(opened_at=timezone.now() - timedelta(minutes=7))

    other = staff_client(MODERATORS)
    page = other.get(address(sent))

    assert page.context["other_reader"] == {"who": first, "minutes": 7}
    assert other.get(address(sent)).context["other_reader"] is None
    assert moderator.get(address(sent)).context["other_reader"]


def test_a_note_among_staff_is_kept_and_never_public(moderator, client):
    sent = send_new("Olohuone")

    press(moderator, sent, "note", staff_note="Soita ensin.")
    press(moderator, sent, "approve")

    assert "Soita ensin." in moderator.get(address(sent)).text
    event = EventPage.objects.get()
    for path in (event.path_in("fi"), f"/v1/event/{event.pk}/", "/fi/tapahtumat/"):
        assert "Soita ensin." not in client.get(path).text


def open_note(client, sent):
    """What the form holds when somebody has opened the page."""
    return client.get(address(sent)).context["note_form"]["seen"].value()


def test_two_notes_at_once_are_both_shown_and_none_is_lost(moderator):
    sent = send_new("Olohuone")
    other = staff_client(MODERATORS)
    mine, theirs = open_note(moderator, sent), open_note(other, sent)
    press(other, sent, "note", staff_note="Soita ensin.", seen=theirs)

    page = press(moderator, sent, "note", staff_note="Paikka on vaihtunut.", seen=mine)

    assert page.status_code == 409
    sent.refresh_from_db()
    assert sent.staff_note == "Soita ensin."
    form = page.context["note_form"]
    assert form["staff_note"].value() == "Paikka on vaihtunut."
    note = page.text.split('id="note-heading"')[1]
    assert "Soita ensin." in note
    assert f'value="{form["seen"].value()}"' in note

    both = "Soita ensin. Paikka on vaihtunut."
    press(moderator, sent, "note", staff_note=both, seen=form["seen"].value())
    sent.refresh_from_db()
    assert sent.staff_note == both


def test_a_note_sent_twice_is_saved_once_and_is_no_quarrel(moderator):
    sent = send_new("Olohuone")
    mark = open_note(moderator, sent)

    for _time in range(2):
        page = press(moderator, sent, "note", staff_note="Soita ensin.", seen=mark)
        assert page.status_code == 302

    sent.refresh_from_db()
    assert sent.staff_note == "Soita ensin."


def test_a_deleted_group_can_be_refused_only(moderator):
    sent = send_new("Olohuone")
    sent.event.delete()

    page = moderator.get(address(sent))

    assert [form.action for form in page.context["forms"]] == ["ask", "reject"]
    sent.refresh_from_db()
    assert press(moderator, sent, "reject", answer="Kaksi kertaa.").status_code == 302


def test_what_is_no_decision_is_a_bad_request(moderator):
    sent = send_new("Olohuone")

    assert press(moderator, sent, "delete-everything").status_code == 400


# Several at once


def chosen(*submissions):
    return {"chosen": [f"{row.pk}:{row.revision_id}" for row in submissions]}


def test_several_are_published_at_once(moderator, client):
    rows = [send_new("Kävely"), send_new("Kuoro")]
    assert 'name="chosen"' in moderator.get(QUEUE).text
    page = moderator.get(SEVERAL, chosen(*rows))
    assert "Kävely" in page.text
    assert "Kuoro" in page.text

    moderator.post(SEVERAL, chosen(*rows) | {"decision": "approve"})

    assert listed(moderator) == []
    for row in rows:
        assert client.get(row.event.path_in("fi")).status_code == 200


def test_a_change_of_several_is_asked_for_with_one_answer(moderator):
    both = [send_new("Kuoro"), send_new("Olohuone")]

    form = chosen(*both) | {"decision": "ask", "answer": "Lisää osoite."}
    moderator.post(SEVERAL, form)

    for sent in both:
        sent.refresh_from_db()
        assert (sent.status, sent.answer) == ("change-asked", "Lisää osoite.")


def test_several_are_refused_with_one_reason(moderator):
    rows = [send_new("Kävely"), send_new("Kuoro")]
    form = chosen(*rows) | {"decision": "reject"}

    assert moderator.post(SEVERAL, form).status_code == 422
    assert len(listed(moderator)) == 2
    moderator.post(SEVERAL, form | {"answer": "Kaksi kertaa."})

    assert {row.answer for row in Submission.objects.all()} == {"Kaksi kertaa."}


def test_one_that_changed_after_it_was_listed_waits_on(moderator, index):
    event = make_public(index, "Perhekahvila")
    sent, other = send_change(event, title_fi="Vauvakahvila"), send_new("Kuoro")
    form = chosen(sent, other) | {"decision": "approve"}
    Submission.objects.filter(pk=sent.pk).update(revision=event.live_revision)

    moderator.post(SEVERAL, form)

    assert [row.pk for row in Submission.objects.waiting()] == [sent.pk]


@pytest.mark.parametrize("value", ["", ":", "x:1", "1:x", f"{2**70}:1", "٣:١"])
def test_what_names_nothing_chooses_nothing(moderator, value):
    send_new("Kuoro")

    assert moderator.get(SEVERAL, {"chosen": value}).url == QUEUE


def test_an_editor_decides_on_none(index):
    sent = send_new("Kuoro")
    editor = staff_client(EDITORS)

    editor.post(SEVERAL, chosen(sent) | {"decision": "approve"})

    assert Submission.objects.waiting().count() == 1
