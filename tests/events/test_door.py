"""An organisation sends in a group: from the first word to the moderators' queue."""

import io
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from PIL import Image

from events import moderation
from events.door import access
from events.door.sending import remake_revision
from events.models import (
    Contact,
    EventPage,
    EventText,
    Membership,
    Organisation,
    Submission,
    Venue,
)
from home.models import SiteImage

from ..factories import (
    make_administrator,
    make_event,
    make_organisation,
    make_venue,
    town,
    weekly_rule,
)
from .door import (
    START,
    client_of,
    fill_in,
    make_contact,
    plain_what,
    plain_when,
    plain_where,
    plain_whom,
    send,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation(name={"fi": "Esimerkkiyhdistys ry"})


@pytest.fixture
def venue(event_index: Any) -> Venue:
    return make_venue(name={"fi": "Esimerkkitalo"})


@pytest.fixture
def client(contact: Contact, venue: Venue) -> Client:
    return client_of(contact)


@pytest.fixture
def group(event_index: Any, organisation: Organisation, venue: Venue) -> EventPage:
    event = make_event(
        event_index,
        "Olohuone",
        organisers=[organisation],
        venue=venue,
        texts=[
            EventText(
                language="fi",
                title="Olohuone",
                lead="Kahvia ja juttuseuraa.",
                body="<p>Tule <b>rohkeasti</b> mukaan.</p>",
            )
        ],
        rules=[weekly_rule(end_date=None)],
    )
    event.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def draft_address(draft: Submission, page: str) -> str:
    return f"{START}draft/{draft.key}/{page}/"


def begin(client: Client) -> Submission:
    client.post(f"{START}new/")
    return Submission.objects.latest("pk")


def change(client: Client, event: EventPage) -> Submission:
    client.post(f"{START}change/{event.pk}/")
    return Submission.objects.get(event=event)


def page_of(event: EventPage) -> str:
    return Client().get(f"/fi/tapahtumat/{event.slug}/").text


# Sending


def test_a_plain_group_goes_to_the_moderators(client: Client) -> None:
    draft = fill_in(client)
    assert send(client, draft).headers["Location"] == draft_address(draft, "sent")
    draft.refresh_from_db()
    assert draft.status == Submission.Status.SENT
    event = draft.event
    assert (event.title, event.live) == ("Olohuone", False)
    assert draft.revision == event.latest_revision
    assert draft.revision.user is None
    assert Client().get(f"/fi/tapahtumat/{event.slug}/").status_code == 404


def test_what_was_typed_stands_on_the_page(client: Client, venue: Venue) -> None:
    draft = fill_in(
        client,
        what={"body_fi": "Kahvia.\n\n- Pelejä\n- Musiikkia"},
        whom={
            "first_visit_fi": "Sinua ollaan ovella vastassa.",
            "come_alone_ok": "true",
        },
    )
    send(client, draft)
    draft.refresh_from_db()
    event = draft.revision.as_object()
    text = event.texts.get()
    assert text.body == "<p>Kahvia.</p><ul><li>Pelejä</li><li>Musiikkia</li></ul>"
    assert text.first_visit == "<p>Sinua ollaan ovella vastassa.</p>"
    assert (event.venue, event.come_alone_ok, event.is_free) == (venue, True, True)
    rule = event.rules.get()
    assert (rule.weekdays, rule.start_time) == ([2], time(13))
    assert [str(each.name) for each in event.organisers.all()] == [
        "Esimerkkiyhdistys ry"
    ]


def test_sent_twice_it_is_one_group(client: Client) -> None:
    draft = fill_in(client)
    first, second = send(client, draft), send(client, draft)
    assert first.headers["Location"] == second.headers["Location"]
    assert EventPage.objects.count() == 1


def test_what_is_missing_is_said_on_the_last_page(client: Client) -> None:
    draft = begin(client)
    client.post(draft_address(draft, "what"), plain_what(lead_fi=""))
    page = client.get(draft_address(draft, "check")).text
    assert draft_address(draft, "what") in page
    assert draft_address(draft, "when") in page
    assert send(client, draft).status_code == 422
    assert not EventPage.objects.exists()


def test_a_name_and_a_phone_of_the_sender_are_voluntary(client: Client) -> None:
    draft = fill_in(client)
    assert send(client, draft, name="", phone="").status_code == 302
    assert Contact.objects.get().consented_at is None


# Drafts


def test_a_step_with_errors_is_kept_as_it_was_typed(client: Client) -> None:
    draft = begin(client)
    response = client.post(
        draft_address(draft, "what"), plain_what(lead_fi="", title_fi="Puolikas")
    )
    assert response.status_code == 422
    assert 'value="Puolikas"' in response.text
    assert 'href="#id_lead_fi"' in response.text
    again = client.get(draft_address(draft, "what")).text
    assert 'value="Puolikas"' in again


def test_one_can_go_on_another_day(client: Client, contact: Contact) -> None:
    draft = begin(client)
    response = client.post(
        draft_address(draft, "what"), plain_what(lead_fi="", go="later")
    )
    assert response.headers["Location"] == f"{START}groups/"
    page = client_of(contact).get(f"{START}groups/").text
    assert draft_address(draft, "what") in page or str(draft.key) in page


def test_moderators_see_nothing_of_a_draft(client: Client) -> None:
    fill_in(client)
    assert not Submission.objects.waiting().exists()
    assert not EventPage.objects.exists()


def test_a_draft_can_be_deleted(client: Client) -> None:
    draft = begin(client)
    client.post(draft_address(draft, "delete"))
    assert not Submission.objects.exists()


def test_others_find_no_draft(client: Client) -> None:
    draft = begin(client)
    stranger = client_of(make_contact(email="toinen@yhdistys.example"))
    for page in ("what", "check", "delete", "sent", "preview/fi"):
        assert stranger.get(draft_address(draft, page)).status_code == 404


@pytest.mark.parametrize("whose", ["nobody's any more", "another contact's", "none"])
def test_what_is_written_into_a_draft_that_is_not_there_is_shown_to_be_copied(
    client: Client, organisation: Organisation, whose: str
) -> None:
    """The same for all of them: nobody learns what others have."""
    draft = begin(client)
    writer, key = client, draft.key
    if whose == "another contact's":
        writer = client_of(make_contact(email="toinen@yhdistys.example"))
    elif whose == "none":
        key = uuid4()
    else:
        Submission.objects.update(organisation=organisation)
        colleague = client_of(make_contact(organisation, "toinen@yhdistys.example"))
        colleague.post(draft_address(draft, "delete"))
    text = "Pitkä & <b>oma</b> teksti, jota on kirjoitettu tunnin verran."
    response = writer.post(
        f"{START}draft/{key}/what/", plain_what(title_fi="Vieras", body_fi=text)
    )
    assert response.status_code == 409
    assert escape(text) in response.text
    assert "jollakin toisella osoitteella" in response.text
    # The page's own form shall not send it there again.
    assert f'action="{START}draft/{key}' not in response.text
    assert not Submission.objects.filter(typed__what__title_fi=["Vieras"]).exists()


def test_sending_what_was_deleted_says_so(client: Client) -> None:
    draft = fill_in(client)
    client.post(draft_address(draft, "delete"))
    response = send(client, draft)
    assert response.status_code == 409
    assert not EventPage.objects.exists()


def test_who_wrote_for_too_long_loses_nothing(client: Client) -> None:
    """The door has closed meanwhile: what is sent is stored before it opens again."""
    draft = begin(client)
    session = client.session
    session[access.SEEN] = (timezone.now() - access.OPEN_FOR * 2).isoformat()
    session.save()
    response = client.post(draft_address(draft, "what"), plain_what())
    assert response.headers["Location"] == START
    draft.refresh_from_db()
    assert draft.typed_in("what")["title_fi"] == ["Olohuone"]


def test_who_is_not_known_any_more_keeps_it_in_the_browser(client: Client) -> None:
    draft = begin(client)
    response = Client().post(
        draft_address(draft, "what"), plain_what(body_fi="Pitkä & <b>oma</b> teksti")
    )
    assert response.status_code == 401
    assert 'name="title_fi" value="Olohuone"' in response.text
    assert "Pitkä &amp; &lt;b&gt;oma&lt;/b&gt; teksti" in response.text
    draft.refresh_from_db()
    assert draft.typed == {}


def test_another_row_keeps_what_stands_in_the_others(client: Client) -> None:
    draft = begin(client)
    client.post(draft_address(draft, "what"), plain_what())
    response = client.post(
        draft_address(draft, "when"), plain_when(add="rule", **{"rule-0-end_time": ""})
    )
    assert response.status_code == 302
    page = client.get(draft_address(draft, "when")).text
    assert 'name="rule-1-start_time"' in page
    assert 'value="13:00"' in page
    assert "pakollinen" not in page  # Nobody has had the time to fill in the new one.


# Organisations and places


def test_a_new_organisation_and_a_new_place_are_described(client: Client) -> None:
    draft = fill_in(
        client,
        what={"organisation": "Uusi kerho ry", "organisation_municipality": ""},
        where={
            "venue": "Kerhotalo",
            "street_address": "Kerhokatu 2",
            "postal_code": "48100",
            "municipality": str(town().pk),
            "step_free_entrance": "true",
        },
    )
    send(client, draft)
    draft.refresh_from_db()
    assert str(draft.organisation.name) == "Uusi kerho ry"
    assert (str(draft.venue.name), draft.venue.step_free_entrance) == (
        "Kerhotalo",
        True,
    )
    assert "Kerhotalo" not in Client().get("/fi/paikat/").text
    assert "Uusi kerho ry" not in Client().get("/fi/jarjestajat/").text


def test_a_new_place_needs_its_address(client: Client) -> None:
    draft = begin(client)
    client.post(draft_address(draft, "what"), plain_what())
    response = client.post(
        draft_address(draft, "where"), plain_where(venue="Kerhotalo")
    )
    assert response.status_code == 422
    assert 'href="#id_street_address"' in response.text


def test_a_newcomer_may_send_but_not_change_what_others_have(
    group: EventPage, venue: Venue
) -> None:
    newcomer = make_contact(email="uusi@yhdistys.example")
    client = client_of(newcomer)
    draft = fill_in(client, what={"title_fi": "Toinen ryhmä"})
    send(client, draft)
    assert not Membership.objects.get(contact=newcomer).is_approved
    assert client.get(f"{START}change/{group.pk}/").status_code == 404
    assert client.post(f"{START}change/{group.pk}/").status_code == 404


def test_a_newcomer_finds_what_they_have_sent(venue: Venue) -> None:
    client = client_of(make_contact(email="uusi@yhdistys.example"))
    draft = fill_in(client, what={"title_fi": "Toinen ryhmä"})
    send(client, draft)
    page = client.get(f"{START}groups/").text
    assert "Toinen ryhmä" in page
    assert draft_address(draft, "sent") in page


def test_a_change_that_is_asked_for_is_made_in_the_same_submission(
    client: Client,
) -> None:
    draft = fill_in(client)
    send(client, draft)
    Submission.objects.update(status=Submission.Status.CHANGE_ASKED)
    draft.refresh_from_db()
    client.post(f"{START}change/{draft.event_id}/")
    assert Submission.objects.count() == 1
    send(client, draft)
    assert EventPage.objects.count() == 1


def test_the_same_group_in_another_place(client: Client) -> None:
    draft = fill_in(client)
    send(client, draft)
    client.post(draft_address(draft, "another"))
    copy = Submission.objects.latest("pk")
    assert copy.typed_in("what") == draft.typed_in("what")
    assert copy.typed_in("where") == {}
    make_venue(name={"fi": "Toinen talo"})
    client.post(draft_address(copy, "where"), plain_where(venue="Toinen talo"))
    send(client, copy)
    assert EventPage.objects.count() == 2


def test_a_public_group_in_another_place_says_whose_it_is(
    client: Client, group: EventPage, organisation: Organisation
) -> None:
    client.post(draft_address(change(client, group), "another"))
    copy = Submission.objects.latest("pk")
    client.post(draft_address(copy, "where"), plain_where())
    client.post(draft_address(copy, "whom"), plain_whom())
    assert send(client, copy).status_code == 302
    copy.refresh_from_db()
    assert (copy.organisation, copy.is_change) == (organisation, False)


def test_what_the_organisation_always_writes_stands_there_already(
    client: Client, group: EventPage, organisation: Organisation
) -> None:
    organisation.phone = "000 111 2222"
    organisation.save()
    draft = begin(client)
    first = client.get(draft_address(draft, "what")).text
    assert 'value="Esimerkkiyhdistys ry"' in first
    client.post(draft_address(draft, "what"), plain_what())
    assert 'value="Esimerkkitalo' in client.get(draft_address(draft, "where")).text
    assert 'value="000 111 2222"' in client.get(draft_address(draft, "whom")).text


# Languages


def test_texts_in_several_languages(client: Client) -> None:
    draft = fill_in(
        client,
        what={"title_sv": "Vardagsrummet", "lead_sv": "Kaffe och sällskap."},
        whom={"price_sv": "", "first_visit_sv": "Vi möter dig."},
    )
    send(client, draft)
    draft.refresh_from_db()
    texts = {text.language: text for text in draft.revision.as_object().texts.all()}
    assert texts["sv"].title == "Vardagsrummet"
    assert texts["sv"].first_visit == "<p>Vi möter dig.</p>"


def test_one_may_write_in_swedish_only(client: Client) -> None:
    draft = fill_in(
        client,
        what={
            "main_language": "sv",
            "title_fi": "",
            "lead_fi": "",
            "title_sv": "Vardagsrummet",
            "lead_sv": "Kaffe och sällskap.",
        },
    )
    send(client, draft)
    draft.refresh_from_db()
    event = draft.revision.as_object()
    assert (event.main_language, event.title) == ("sv", "Vardagsrummet")


def test_half_a_translation_is_asked_to_be_whole(client: Client) -> None:
    draft = begin(client)
    response = client.post(
        draft_address(draft, "what"), plain_what(title_sv="Vardagsrummet")
    )
    assert response.status_code == 422
    assert 'href="#id_lead_sv"' in response.text


@pytest.mark.parametrize(
    "address", ["/sv/anmal/", "/en/submit/", "/fi-simple/ilmoita/"]
)
def test_the_door_is_in_every_language(client: Client, address: str) -> None:
    draft = fill_in(client)
    for page in ("what", "when", "where", "whom", "check", "preview/sv"):
        assert client.get(f"{address}draft/{draft.key}/{page}/").status_code == 200


# Previews


def test_the_preview_is_the_page_residents_will_see(client: Client) -> None:
    draft = fill_in(client, where={"venue": "Esimerkkitalo"})
    page = client.get(draft_address(draft, "preview/fi"))
    assert "Kahvia ja juttuseuraa kaikille." in page.text
    assert "Esimerkkitalo" in page.text
    assert draft_address(draft, "check") in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert not EventPage.objects.exists()


def test_the_preview_of_a_new_place_says_how_to_get_there(client: Client) -> None:
    draft = fill_in(
        client,
        where={
            "venue": "Kerhotalo",
            "street_address": "Kerhokatu 2",
            "municipality": str(town().pk),
            "directions": "Bussipysäkki on oven edessä.",
        },
    )
    page = client.get(draft_address(draft, "preview/fi")).text
    assert "Kerhokatu 2" in page
    assert "Bussipysäkki on oven edessä." in page
    assert not Venue.objects.named("Kerhotalo").exists()


def test_the_preview_has_what_staff_have_published_meanwhile(
    client: Client, group: EventPage
) -> None:
    draft = change(client, group)
    client.post(draft_address(draft, "what"), plain_what(title_fi="Kahvihuone"))
    event = EventPage.objects.get(pk=group.pk)
    event.contact_phone = "000 333 4444"
    event.save_revision().publish()
    page = client.get(draft_address(draft, "preview/fi")).text
    assert "Kahvihuone" in page
    assert "000 333 4444" in page


def test_an_address_is_as_long_as_it_can_be_stored_and_leads_to_the_web(
    client: Client,
) -> None:
    draft = begin(client)
    for website, told in (
        (f"https://esimerkki.example/{'a' * 300}", "200"),
        ("ftp://esimerkki.example/", "https://"),
    ):
        for step, fields in (
            ("what", plain_what(organisation_website=website)),
            ("where", plain_where(attendance="online", online_url=website)),
            ("whom", plain_whom(sign_up="required", sign_up_url=website)),
        ):
            response = client.post(draft_address(draft, step), fields)
            assert response.status_code == 422, (step, website)
            assert told in response.text


def test_what_is_written_into_what_was_sent_meanwhile_is_shown_to_be_copied(
    client: Client, group: EventPage
) -> None:
    draft = change(client, group)
    colleague = client_of(make_contact(draft.organisation, "toinen@yhdistys.example"))
    assert send(colleague, draft).status_code == 302
    lead = "Uusi johdanto, jota ei ole vielä missään muualla."
    response = client.post(draft_address(draft, "what"), plain_what(lead_fi=lead))
    assert response.status_code == 409
    assert lead in response.text
    draft.refresh_from_db()
    assert draft.typed_in("what")["lead_fi"] == ["Kahvia ja juttuseuraa."]


def test_a_submission_that_was_sent_meanwhile_is_not_deleted(client: Client) -> None:
    draft = fill_in(client)
    send(client, draft)
    Submission.objects.update(sent_at=None)
    client.post(draft_address(draft, "delete"))
    assert Submission.objects.filter(pk=draft.pk).exists()


def test_what_was_refused_is_written_anew(client: Client) -> None:
    draft = fill_in(client)
    send(client, draft)
    draft.refresh_from_db()
    moderation.reject(draft, draft.revision_id, make_administrator(), "Kenelle?")
    page = client.get(draft_address(draft, "sent")).text
    assert draft_address(draft, "anew") in page
    client.post(draft_address(draft, "anew"))
    again = Submission.objects.open().get()
    assert again.typed == draft.typed
    assert send(client, again).status_code == 302
    again.refresh_from_db()
    assert (again.status, again.event) == (Submission.Status.SENT, draft.event)
    assert EventPage.objects.count() == 1


def test_written_anew_it_follows_what_staff_have_mended_meanwhile(
    client: Client, group: EventPage
) -> None:
    draft = change(client, group)
    client.post(draft_address(draft, "what"), plain_what(title_fi="Kahvihuone"))
    send(client, draft)
    draft.refresh_from_db()
    moderation.reject(draft, draft.revision_id, make_administrator(), "Kenelle?")
    event = EventPage.objects.get(pk=group.pk)
    event.contact_hours = "ma 9–10"
    event.save_revision().publish()

    client.post(draft_address(draft, "anew"))
    again = Submission.objects.open().get()
    assert again.title == "Kahvihuone"
    assert send(client, again).status_code == 302
    again.refresh_from_db()
    assert again.revision.as_object().contact_hours == "ma 9–10"
    assert again.revision.as_object().title == "Kahvihuone"


# Changing what is public


def test_what_does_not_fit_what_staff_published_is_said_where_it_stands(
    client: Client, group: EventPage
) -> None:
    draft = change(client, group)
    client.post(draft_address(draft, "whom"), plain_whom(max_age="12"))
    event = EventPage.objects.get(pk=group.pk)
    event.min_age = 18
    event.save_revision().publish()
    response = send(client, draft)
    assert response.status_code == 422
    assert [step.key for step in response.context["missing"]] == ["whom"]
    assert "18" in client.get(draft_address(draft, "whom")).text


def test_residents_see_the_old_version_until_the_new_one_is_approved(
    client: Client, group: EventPage
) -> None:
    draft = change(client, group)
    client.post(draft_address(draft, "what"), plain_what(title_fi="Kahvihuone"))
    send(client, draft)
    draft.refresh_from_db()
    assert draft.status == Submission.Status.SENT
    assert draft.revision.as_object().title == "Kahvihuone"
    assert "Kahvihuone" not in page_of(group)
    assert "Olohuone" in page_of(group)


def test_a_group_comes_into_the_fields_as_it_is(
    client: Client, group: EventPage
) -> None:
    draft = change(client, group)
    for page in ("what", "when", "where", "whom", "check"):
        assert "is-problem" not in client.get(draft_address(draft, page)).text
    send(client, draft)
    draft.refresh_from_db()
    before, after = group, draft.revision.as_object()
    assert after.texts.get().body == "<p>Tule <b>rohkeasti</b> mukaan.</p>"
    assert [str(rule) for rule in after.rules.all()] == [
        str(rule) for rule in before.rules.all()
    ]
    assert (after.venue, after.contact_phone) == (before.venue, before.contact_phone)


def test_one_change_of_a_group_at_a_time(
    client: Client, group: EventPage, organisation: Organisation
) -> None:
    draft = change(client, group)
    send(client, draft)
    colleague = client_of(make_contact(organisation, "kollega@yhdistys.example"))
    response = colleague.post(f"{START}change/{group.pk}/")
    assert response.headers["Location"] == draft_address(draft, "sent")
    assert Submission.objects.count() == 1


def test_what_waits_can_be_taken_back(client: Client, group: EventPage) -> None:
    draft = change(client, group)
    send(client, draft)
    client.post(draft_address(draft, "withdraw"))
    draft.refresh_from_db()
    assert draft.status == Submission.Status.DRAFT
    assert not group.workflow_in_progress
    group.refresh_from_db()
    assert group.latest_revision == group.live_revision
    send(client, draft)
    draft.refresh_from_db()
    assert draft.status == Submission.Status.SENT


def test_what_waits_is_put_on_top_of_what_staff_have_published(
    client: Client, group: EventPage
) -> None:
    draft = change(client, group)
    client.post(draft_address(draft, "what"), plain_what(title_fi="Kahvihuone"))
    send(client, draft)
    event = EventPage.objects.get(pk=group.pk)
    event.led_by = ["peer"]
    event.save()
    draft.refresh_from_db()
    remake_revision(draft)
    made = draft.revision.as_object()
    assert (made.title, made.led_by) == ("Kahvihuone", ["peer"])


# Trust


@pytest.fixture
def trusted(organisation: Organisation) -> None:
    organisation.is_trusted = True
    organisation.save()


def times_changed(draft: Submission, clock: str = "15:00") -> dict[str, Any]:
    return draft.typed_in("when") | {
        "rule-0-start_time": [clock],
        "rule-0-end_time": ["17:00"],
    }


def test_a_trusted_organisation_changes_its_times_at_once(
    client: Client, group: EventPage, trusted: None
) -> None:
    draft = change(client, group)
    client.post(draft_address(draft, "when"), times_changed(draft))
    send(client, draft)
    draft.refresh_from_db()
    assert draft.status == Submission.Status.APPROVED
    assert "15.00" in page_of(group)


def test_a_new_name_waits_for_a_moderator_all_the_same(
    client: Client, group: EventPage, trusted: None
) -> None:
    draft = change(client, group)
    client.post(draft_address(draft, "when"), times_changed(draft))
    client.post(draft_address(draft, "what"), plain_what(title_fi="Kahvihuone"))
    send(client, draft)
    draft.refresh_from_db()
    assert draft.status == Submission.Status.SENT
    assert "15.00" not in page_of(group)


def test_without_trust_times_wait_too(client: Client, group: EventPage) -> None:
    draft = change(client, group)
    client.post(draft_address(draft, "when"), times_changed(draft))
    send(client, draft)
    draft.refresh_from_db()
    assert draft.status == Submission.Status.SENT


def test_a_new_group_of_a_trusted_organisation_waits(
    client: Client, trusted: None
) -> None:
    draft = fill_in(client)
    send(client, draft)
    draft.refresh_from_db()
    assert draft.status == Submission.Status.SENT


# Times


def test_single_dates_and_breaks(client: Client) -> None:
    day = timezone.localdate() + timedelta(days=30)
    draft = fill_in(
        client,
        when={
            "date-TOTAL_FORMS": "1",
            "date-0-day": day.isoformat(),
            "date-0-start_time": "10:00",
            "date-0-end_time": "12:00",
            "break-TOTAL_FORMS": "1",
            "break-0-start_date": "2027-07-01",
            "break-0-end_date": "2027-07-31",
            "break-0-reason": "Heinäkuu",
            "pauses": ["public-holidays"],
        },
    )
    send(client, draft)
    draft.refresh_from_db()
    event = draft.revision.as_object()
    assert timezone.localtime(event.extra_dates.get().starts_at).time() == time(10)
    assert event.breaks.get().start_date == date(2027, 7, 1)
    assert event.pauses == ["public-holidays"]


def test_a_row_that_is_removed_counts_for_nothing(client: Client) -> None:
    draft = begin(client)
    client.post(draft_address(draft, "what"), plain_what())
    response = client.post(
        draft_address(draft, "when"), plain_when(**{"rule-0-DELETE": "on"})
    )
    assert response.status_code == 422
    assert EventPage.objects.count() == 0


def test_public_holidays_are_named_when_times_are_entered(client: Client) -> None:
    """Independence Day of 2027 is a Monday."""
    draft = fill_in(
        client,
        when={"rule-0-weekdays": ["1"], "rule-0-end_date": "2027-12-31"},
    )
    page = client.get(draft_address(draft, "check")).text
    assert "pyhäpäiv" in page.lower()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rule-0-end_time", "12:00"),
        ("rule-0-start_date", "0001-01-01"),
        ("rule-0-start_date", "9999-12-31"),
        ("rule-0-end_date", "2026-11-01"),
        ("rule-0-count", "501"),
        ("rule-0-weekdays", "8"),
        ("rule-0-repeats", "hourly-1"),
    ],
)
def test_times_that_cannot_be_are_said_at_the_field(
    client: Client, field: str, value: str
) -> None:
    draft = begin(client)
    client.post(draft_address(draft, "what"), plain_what())
    response = client.post(draft_address(draft, "when"), plain_when(**{field: value}))
    assert response.status_code == 422
    assert "errorlist" in response.text


# Pictures


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Esimerkki Kuvaaja"
    Image.new("RGB", size, "teal").save(buffer, kind, exif=exif)
    return SimpleUploadedFile("Matti Meikalainen.jpg", buffer.getvalue(), "image/jpeg")


def test_a_picture_loses_what_it_tells_of_people(client: Client) -> None:
    draft = fill_in(
        client,
        whom={
            "image": picture(),
            "image_alt": "Kahvikuppeja pöydällä.",
            "image_rights": "on",
        },
    )
    image = draft.image
    assert "Matti" not in image.file.name
    with Image.open(image.file) as stored:
        assert not stored.getexif()
    send(client, draft)
    draft.refresh_from_db()
    event = draft.revision.as_object()
    assert (event.image, event.image_alt) == (image, "Kahvikuppeja pöydällä.")


def test_a_picture_needs_words_and_rights(client: Client) -> None:
    draft = begin(client)
    client.post(draft_address(draft, "what"), plain_what())
    response = client.post(draft_address(draft, "whom"), plain_whom(image=picture()))
    assert response.status_code == 422
    assert 'href="#id_image_alt"' in response.text
    assert 'href="#id_image_rights"' in response.text
    assert Submission.objects.get().image, "it need not be chosen again"


def test_a_picture_that_is_taken_away_is_deleted(client: Client) -> None:
    words = {"image_alt": "Kahvikuppeja.", "image_rights": "on"}
    draft = fill_in(client, whom={"image": picture(), **words})
    client.post(draft_address(draft, "whom"), plain_whom(remove_image="on"))
    draft.refresh_from_db()
    assert draft.image is None
    assert not SiteImage.objects.exists()


# What strangers must not reach


def test_a_protected_address_is_told_to_nobody_who_names_the_organisation(
    event_index: Any, venue: Venue
) -> None:
    shelter = make_organisation(name={"fi": "Esimerkkiturva ry"})
    secret = make_venue(name={"fi": "Salainen talo"}, street_address="Piilokatu 7")
    make_event(event_index, "Turvaryhmä", organisers=[shelter], venue=secret)
    EventPage.objects.update(is_address_protected=True)
    client = client_of(make_contact(email="utelias@yhdistys.example"))
    draft = begin(client)
    client.post(
        draft_address(draft, "what"), plain_what(organisation="Esimerkkiturva ry")
    )
    page = client.get(draft_address(draft, "where")).text
    assert "Piilokatu" not in page
    assert "Salainen talo" not in page
    asked = client.post(
        draft_address(draft, "where"), plain_where(venue="Salainen talo")
    )
    assert asked.status_code == 422
    assert "Piilokatu" not in asked.text


def test_the_record_of_another_organisation_is_not_rewritten(
    client: Client, organisation: Organisation
) -> None:
    other = make_organisation(name={"fi": "Hiljainen ry"}, is_trusted=True)
    draft = fill_in(client, what={"organisation": "Hiljainen ry"})
    send(client, draft)
    client.post(draft_address(draft, "withdraw"))
    client.post(
        draft_address(draft, "what"),
        plain_what(organisation="Paha ry", organisation_website="https://paha.example"),
    )
    send(client, draft)
    other.refresh_from_db()
    assert (str(other.name), other.website) == ("Hiljainen ry", "")
    draft.refresh_from_db()
    assert draft.organisation != other
    assert not draft.organisation.is_trusted


def test_what_was_described_here_can_be_described_anew(client: Client) -> None:
    draft = fill_in(client, what={"organisation": "Uusi kerho ry"})
    send(client, draft)
    client.post(draft_address(draft, "withdraw"))
    client.post(
        draft_address(draft, "what"), plain_what(organisation="Uusi kerho Kotka ry")
    )
    send(client, draft)
    assert not Organisation.objects.named("Uusi kerho ry").exists()
    assert Organisation.objects.named("Uusi kerho Kotka ry").count() == 1


@pytest.mark.parametrize(
    ("step", "changes"),
    [
        ("whom", {"sign_up_url": ["https://paha.example"]}),
        ("whom", {"sign_up_info_fi": ["Ilmoittaudu: paha.example.com/lomake"]}),
        ("whom", {"contact_email": ["paha@paha.example"]}),
        ("whom", {"contact_phone": ["000 999 9999"]}),
        ("whom", {"is_sensitive": ["", "on"]}),
        ("what", {"title_fi": ["Olohuone", "Paha"]}),
        ("what", {"title_sv": ["Dålig"], "lead_sv": ["Dålig."]}),
    ],
)
def test_trust_does_not_reach_names_links_and_contacts(
    client: Client, group: EventPage, trusted: None, step: str, changes: dict[str, Any]
) -> None:
    draft = change(client, group)
    client.post(draft_address(draft, step), draft.typed_in(step) | changes)
    send(client, draft)
    draft.refresh_from_db()
    assert draft.status == Submission.Status.SENT


def test_trust_reaches_what_a_browser_sends_along(
    client: Client, group: EventPage, trusted: None
) -> None:
    """It sends every field, also those that say nothing."""
    draft = change(client, group)
    where = draft.typed_in("where") | {"step_free_entrance": ["unknown"], "ramp": [""]}
    client.post(draft_address(draft, "where"), where)
    client.post(draft_address(draft, "when"), times_changed(draft))
    send(client, draft)
    draft.refresh_from_db()
    assert draft.status == Submission.Status.APPROVED


# Places, phones, names as people write them


@pytest.mark.parametrize(
    "name", ["Talo, joka on punainen", "Esimerkkikirjasto, pääsali"]
)
def test_a_place_with_a_comma_in_its_name_is_known(client: Client, name: str) -> None:
    place = make_venue(name={"fi": name})
    draft = fill_in(client, where={"venue": f"{name}, Esimerkkikatu 1, Kotka"})
    send(client, draft)
    draft.refresh_from_db()
    assert draft.revision.as_object().venue == place


def test_phones_are_written_in_many_ways(client: Client) -> None:
    draft = fill_in(client, whom={"contact_phone": "(044) 123-4567"})
    assert send(client, draft).status_code == 302
    draft.refresh_from_db()
    assert draft.revision.as_object().contact_phone == "044 123 4567"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contact_phone", "puh. 044 1234567"),
        ("buddy_phone", "Pekka 044 123"),
        ("max_age", "150"),
        ("min_age", "9" * 20),
    ],
)
def test_what_cannot_be_is_said_before_it_is_sent(
    client: Client, name: str, value: str
) -> None:
    draft = begin(client)
    client.post(draft_address(draft, "what"), plain_what())
    response = client.post(draft_address(draft, "whom"), plain_whom(**{name: value}))
    assert response.status_code == 422
    assert f'href="#id_{name}"' in response.text


def test_a_name_of_signs_only_gets_an_address(client: Client) -> None:
    draft = fill_in(client, what={"title_fi": "!!!"})
    assert send(client, draft).status_code == 302
    assert EventPage.objects.get().slug


def test_a_step_does_not_fill_the_disk(client: Client) -> None:
    draft = begin(client)
    client.post(
        draft_address(draft, "what"),
        plain_what(**{f"muu_{number}": "x" * 9000 for number in range(100)}),
    )
    draft.refresh_from_db()
    assert len(str(draft.typed)) < 250_000
    assert draft.typed_in("what")["title_fi"] == ["Olohuone"]


# What staff have mended meanwhile


def test_a_change_takes_nothing_back_that_staff_have_published(
    client: Client, group: EventPage
) -> None:
    draft = change(client, group)
    client.post(draft_address(draft, "what"), plain_what(title_fi="Kahvihuone"))
    send(client, draft)
    event = EventPage.objects.get(pk=group.pk)
    event.contact_phone = "000 333 4444"
    event.save_revision().publish()
    draft.refresh_from_db()
    remake_revision(draft)
    made = draft.revision.as_object()
    assert (made.title, made.contact_phone) == ("Kahvihuone", "000 333 4444")


def test_an_old_draft_takes_nothing_back_either(
    client: Client, group: EventPage, trusted: None
) -> None:
    """Not even where an organisation publishes its times at once."""
    draft = change(client, group)
    client.post(draft_address(draft, "when"), times_changed(draft))
    event = EventPage.objects.get(pk=group.pk)
    event.contact_hours = "ma 9-10"
    event.save_revision().publish()
    send(client, draft)
    event = EventPage.objects.get(pk=group.pk)
    assert event.contact_hours == "ma 9-10"
    assert event.rules.get().start_time == time(15)


def test_what_staff_mended_in_a_new_group_stays_when_it_is_sent_again(
    client: Client,
) -> None:
    draft = fill_in(client)
    send(client, draft)
    draft.refresh_from_db()
    event = draft.event.get_latest_revision_as_object()
    event.contact_hours = "ma 9-10"
    draft.revision = event.save_revision()
    draft.status = Submission.Status.CHANGE_ASKED
    draft.save()
    client.post(draft_address(draft, "what"), plain_what(title_fi="Kahvihuone"))
    send(client, draft)
    draft.refresh_from_db()
    made = draft.revision.as_object()
    assert (made.title, made.contact_hours) == ("Kahvihuone", "ma 9-10")
