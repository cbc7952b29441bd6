"""What is stored about a contact person: shown, changed, taken along, erased."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageLogEntry

from events.door import erasure, limits, links
from events.door.drafts import draft_of, new_draft
from events.door.pictures import put_away
from events.models import (
    Contact,
    DoorLink,
    EventPage,
    Membership,
    OccurrenceChange,
    Organisation,
    Submission,
)
from home import traps
from home.models import ContentVersion, LimitCount, SiteImage
from tests import factories
from tests.editing import messages_of

from .door import (
    START,
    client_of,
    last_code,
    last_token,
    make_contact,
    plain_what,
)
from .sent import send_new

OWN_DATA = f"{START}own-data/"
NAME, PHONE = "Esimerkki Henkilö", "000 111 2222"
NEW = "uusi.osoite@yhdistys.example"


@pytest.fixture
def organisation(db):
    return factories.make_organisation(name={"fi": "Kotkan Esimerkki ry"})


@pytest.fixture
def contact(organisation):
    return make_contact(organisation, name=NAME, phone=PHONE)


@pytest.fixture
def event(event_index, organisation):
    return factories.make_event(
        event_index, "Perhekahvila", slug="perhekahvila", organisers=[organisation]
    )


@pytest.fixture
def press(django_capture_on_commit_callbacks):
    """Mail leaves when all is stored."""

    def run(client, action, address=OWN_DATA, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, {"action": action} | fields)

    return run


def details(**fields):
    return {"name": NAME, "phone": PHONE, "language": "fi"} | fields


# Seeing it and taking it along


def test_all_that_is_stored_is_shown(person, contact, event, organisation):
    draft_of(event, contact, organisation)

    page = person.get(OWN_DATA)

    assert page.status_code == 200
    for text in (contact.email, NAME, PHONE, "Kotkan Esimerkki ry", "Perhekahvila"):
        assert text in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_it_is_taken_along_as_a_file(person, contact, event, organisation):
    draft_of(event, contact, organisation)
    person.post(f"{START}groups/{event.pk}/", {"action": "full"})
    stranger = make_contact(organisation, "muu@yhdistys.example", name="Joku Muu")
    new_draft(stranger, {"what": {"title_fi": ["Muun luonnos"]}})

    response = person.get(f"{OWN_DATA}file/")

    assert response.headers["Content-Disposition"].startswith("attachment")
    data = json.loads(response.content)
    assert (data["email"], data["name"], data["phone"]) == (contact.email, NAME, PHONE)
    assert data["memberships"][0]["organisation"] == "Kotkan Esimerkki ry"
    assert data["submissions"][0]["typed"]["what"]["title_fi"] == ["Perhekahvila"]
    assert [change["action"] for change in data["changes"]] == ["events.full"]
    assert "Joku Muu" not in response.text
    assert "Muun luonnos" not in response.text
    columns = {field.name for field in Contact._meta.concrete_fields}
    assert columns - {"id"} <= set(data)


def test_nobody_else_sees_it(db):
    for path in (OWN_DATA, f"{OWN_DATA}file/"):
        assert Client().get(path).status_code == 302


def test_the_page_costs_the_same_however_much_there_is(
    person, contact, event, organisation, settled
):
    def cost():
        settled()
        person.get(OWN_DATA)
        with CaptureQueriesContext(connection) as queries:
            person.get(OWN_DATA)
        return len(queries)

    draft_of(event, contact, organisation)
    few = cost()
    for _number in range(3):
        draft_of(event, contact, organisation)
        Membership.objects.create(
            contact=contact, organisation=factories.make_organisation()
        )

    assert cost() == few


# Changing it


def test_name_phone_and_language_are_changed(person, contact, press):
    response = press(
        person, "details", **details(name="Toinen Nimi", phone="", language="sv")
    )

    assert response.status_code == 302
    contact.refresh_from_db()
    assert (contact.name, contact.phone) == ("Toinen Nimi", "")
    assert contact.language == "sv"
    assert contact.consented_at


def test_the_consent_stands_beside_the_fields_and_ends_with_them(
    person, contact, press
):
    press(person, "details", **details(phone="000 111 3333"))
    contact.refresh_from_db()
    assert contact.consented_at

    press(person, "details", **details(name="", phone=""))

    contact.refresh_from_db()
    assert contact.consented_at is None
    page = person.get(OWN_DATA).text
    assert "180" in page[: page.index('name="phone"')]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "a" * 101),
        ("name", "a\x00b"),
        ("phone", "soita <script>"),
        ("language", "de"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_changes(
    person, contact, press, field, value
):
    response = press(person, "details", **details(**{field: value}))

    assert response.status_code == 422
    assert list(response.context["forms"]["details"].errors) == [field]
    contact.refresh_from_db()
    assert (contact.name, contact.phone, contact.language) == (NAME, PHONE, "fi")


def test_a_hostile_name_is_plain_text(person, press):
    press(person, "details", **details(name="<script>alert(1)</script>"))

    assert "<script>alert" not in person.get(OWN_DATA).text


def test_an_unknown_deed_is_a_bad_request(person, press):
    for action in ("", "delete", "erase\x00"):
        assert press(person, action).status_code == 400, action


# Another address


def test_another_address_is_proved_before_it_counts(person, contact, press):
    response = press(person, "address", email=NEW.upper())

    assert response.url == f"{START}code/"
    contact.refresh_from_db()
    assert contact.email == "yhteys@yhdistys.example"
    (letter,) = mail.outbox
    assert letter.to == [NEW]


@pytest.mark.parametrize("way", ["link", "code"])
def test_the_new_address_closes_what_was_open_under_the_old(
    person, contact, organisation, press, way
):
    elsewhere = client_of(contact)
    links.new_link(links.Purpose.SIGN_IN, contact.email)
    press(person, "address", email=NEW)

    if way == "link":
        browser = Client()
        response = browser.post(f"{START}key/{last_token()}/")
    else:
        browser = person
        response = browser.post(f"{START}code/", {"code": last_code()})

    assert response.status_code == 302
    contact.refresh_from_db()
    assert contact.email == NEW
    assert contact.memberships.get().organisation == organisation
    assert browser.get(OWN_DATA).status_code == 200
    assert elsewhere.get(OWN_DATA).status_code == 302
    assert not DoorLink.objects.filter(email="yhteys@yhdistys.example").exists()


def test_opening_the_link_changes_nothing(person, contact, press):
    press(person, "address", email=NEW)

    page = Client().get(f"{START}key/{last_token()}/")

    assert NEW in page.text
    contact.refresh_from_db()
    assert contact.email != NEW


def test_the_answer_is_the_same_for_an_address_that_is_known(person, press):
    make_contact(email="tuttu@example.org")

    answers = [
        (response.status_code, response.url)
        for response in (
            press(person, "address", email=address)
            for address in ("tuttu@example.org", "outo@example.org")
        )
    ]

    assert answers[0] == answers[1]
    assert len(mail.outbox) == 2


def test_strangers_cannot_use_up_the_messages_of_somebody_elses_address(
    press, contact, organisation, monkeypatch
):
    """Whoever has come in may write any address, their own or not."""
    monkeypatch.setattr(traps, "LEAST_SECONDS", 0)
    for stranger in range(3):
        browser = client_of(make_contact(email=f"vieras-{stranger}@example.org"))
        for _time in range(3):
            response = press(browser, "address", email=contact.email)
            assert response.url == f"{START}code/"
        inviting = client_of(
            make_contact(factories.make_organisation(), f"toinen-{stranger}@x.example")
        )
        own = Organisation.objects.latest("pk").slug
        press(
            inviting,
            "invite",
            address=f"{START}organisations/{own}/people/",
            email=contact.email,
            role="contact",
        )
    assert len(mail.outbox) == 2

    owner = Client()
    press(
        owner,
        "",
        address=START,
        email=contact.email,
        website="",
        drawn_at=traps.drawn_now(),
    )

    assert len(mail.outbox) == 3
    assert owner.post(f"{START}code/", {"code": last_code()}).status_code == 302
    assert owner.get(OWN_DATA).context["forms"]["details"].instance == contact


def test_who_asks_twice_for_the_new_address_uses_the_code_that_has_come(
    person, contact, press
):
    for _time in range(2):
        press(person, "address", email=NEW)
    assert len(mail.outbox) == 1

    assert person.post(f"{START}code/", {"code": last_code()}).status_code == 302
    contact.refresh_from_db()
    assert contact.email == NEW


def test_who_has_come_in_with_the_new_address_before_stays_who_they_are(
    person, contact, organisation, press
):
    other = factories.make_organisation()
    double = make_contact(other, NEW)
    draft = new_draft(double)
    press(person, "address", email=NEW)

    browser = Client()
    response = browser.post(f"{START}key/{last_token()}/", follow=True)

    assert len(messages_of(response)) == 1
    assert browser.get(OWN_DATA).context["forms"]["details"].instance == double
    contact.refresh_from_db()
    assert contact.email == "yhteys@yhdistys.example"
    assert contact.memberships.get().organisation == organisation
    assert double.memberships.get().organisation == other
    draft.refresh_from_db()
    assert draft.contact == double
    assert person.get(OWN_DATA).status_code == 200


@pytest.mark.parametrize("is_known", [True, False])
def test_who_proves_an_address_that_a_stranger_asked_for_loses_nothing(
    press, organisation, is_known
):
    """The stranger asked for two changes: theirs would come after the victim's."""
    stranger = make_contact(email="vieras@example.org")
    if is_known:
        make_contact(organisation, "uhri@yhdistys.example")
    browser = client_of(stranger)
    press(browser, "address", email="uhri@yhdistys.example")
    token = last_token()
    press(browser, "address", email="toinen@example.org")
    strangers_token = last_token()

    victim = Client()
    assert victim.post(f"{START}key/{token}/").status_code == 302
    second = Client()
    second.post(f"{START}key/{strangers_token}/")

    page = victim.get(OWN_DATA)
    assert page.context["forms"]["details"].instance.email == "uhri@yhdistys.example"
    for client in (browser, second):
        page = client.get(OWN_DATA)
        assert page.status_code == 302 or "uhri@" not in page.text
        assert "Kotkan Esimerkki ry" not in client.get(f"{START}groups/").text


def test_a_change_of_address_voids_all_that_was_asked_for_before(
    person, contact, press
):
    press(person, "address", email="toinen@example.org")
    other = last_token()
    press(person, "address", email=NEW)

    Client().post(f"{START}key/{last_token()}/")

    assert Client().post(f"{START}key/{other}/").status_code == 410
    contact.refresh_from_db()
    assert contact.email == NEW


@pytest.mark.parametrize("email", ["", "ei osoite", "yhteys@yhdistys.example"])
def test_an_address_that_cannot_be_taken_is_told_at_its_field(person, press, email):
    response = press(person, "address", email=email)

    assert response.status_code == 422
    assert list(response.context["forms"]["address"].errors) == ["email"]
    assert not mail.outbox


# Signing out


def test_signing_out_everywhere_closes_every_device(person, contact, press):
    elsewhere = client_of(contact)

    assert press(person, "sign-out").url == START

    for client in (person, elsewhere):
        assert client.get(OWN_DATA).status_code == 302
    assert client_of(contact).get(OWN_DATA).status_code == 200


def test_a_device_that_was_signed_out_writes_nothing_any_more(person, contact, press):
    """It may be lost. What was typed stays in its page, not in the draft."""
    lost = client_of(contact)
    draft = new_draft(contact)
    address = f"{START}draft/{draft.key}/what/"
    assert lost.post(address, plain_what(title_fi="Ensin")).status_code == 302
    press(person, "sign-out")

    response = lost.post(address, plain_what(title_fi="Jälkeenpäin"))

    assert response.status_code == 401
    assert 'value="Jälkeenpäin"' in response.text
    draft.refresh_from_db()
    assert draft.typed_in("what")["title_fi"] == ["Ensin"]


# Erasing


def test_who_asks_is_erased_and_the_groups_stay(
    person, contact, event, organisation, press
):
    shared = draft_of(event, contact, organisation)
    alone = new_draft(contact)
    links.new_link(links.Purpose.SIGN_IN, contact.email)

    response = press(person, "erase", is_sure="on")

    assert response.url == START
    assert not Contact.objects.exists()
    assert not Membership.objects.exists()
    assert not DoorLink.objects.exists()
    shared.refresh_from_db()
    assert shared.contact is None
    assert not Submission.objects.filter(pk=alone.pk).exists()
    assert EventPage.objects.get(pk=event.pk).live
    assert person.get(OWN_DATA).status_code == 302


def test_erasing_is_confirmed(person, press):
    response = press(person, "erase")

    assert response.status_code == 422
    assert Contact.objects.exists()


def test_who_answers_alone_is_told_so_first(person, event, organisation):
    assert f"organisations/{organisation.slug}/people/" in person.get(OWN_DATA).text

    make_contact(organisation, "kollega@yhdistys.example")

    assert f"organisations/{organisation.slug}/people/" not in person.get(OWN_DATA).text


# Never public


def test_nothing_of_a_contact_is_public(person, contact, event, client):
    row = event.upcoming_dates()[0]
    person.post(
        f"{START}groups/{event.pk}/",
        {"action": "cancel", "date": row.pk, "note_fi": "Sairaana"},
    )
    assert OccurrenceChange.objects.exists()
    index = "/fi/tapahtumat/"

    for path in (
        event.path_in("fi"),
        index,
        f"{index}perhekahvila.ics",
        f"{index}feed.json",
        f"{index}feed.ics",
        f"{index}feed.rss",
        event.organisers.get().path_in("fi"),
        "/fi/haku/?q=Esimerkki",
    ):
        response = client.get(path)
        assert response.status_code == 200, path
        for secret in (NAME, PHONE, contact.email):
            assert secret not in response.text, path


# Erased when nothing is to come


def long_ago(days=181):
    return timezone.now() - timedelta(days=days)


def last_seen(contact, days):
    Contact.objects.filter(pk=contact.pk).update(last_seen_at=long_ago(days))


def held(event_index, organisation, days):
    """A single date so many days ago, as it stays in the table."""
    event = factories.make_event(
        event_index,
        dates=[factories.single_date(timezone.now() + timedelta(days=1))],
        organisers=[organisation],
    )
    event.occurrences.update(starts_at=long_ago(days), over_at=long_ago(days))
    return event


@pytest.mark.parametrize(
    ("seen", "met", "stays"),
    [
        (181, 181, False),
        (179, 181, True),
        (181, 179, True),
        (181, None, False),
        (179, None, True),
    ],
)
def test_contacts_are_kept_for_half_a_year_after_the_last_date_or_visit(
    event_index, organisation, contact, seen, met, stays
):
    if met:
        held(event_index, organisation, met)
    last_seen(contact, seen)

    call_command("roll_events")

    assert Contact.objects.exists() == stays


def test_a_group_that_goes_on_keeps_its_contact(event, contact):
    last_seen(contact, 1000)

    call_command("roll_events")

    assert Contact.objects.exists()


def test_dates_after_a_group_went_off_the_site_keep_nobody(event, person, contact):
    """They stay in the table, and become past without anybody having met."""
    event.unpublish()
    assert event.occurrences.filter(over_at__gt=timezone.now()).count() > 10
    last_seen(contact, 30)
    held_last = event.occurrences.filter(over_at__lt=timezone.now()).latest("over_at")
    erased_at = held_last.over_at + timedelta(days=180)

    shown = person.get(OWN_DATA).context["erased_after"]

    assert shown == timezone.localdate(erased_at)
    assert erasure.erase_old_contacts(erased_at - timedelta(hours=1)) == 0
    assert erasure.erase_old_contacts(erased_at + timedelta(hours=1)) == 1


def test_a_group_that_went_off_keeps_its_contact_for_half_a_year_after_it_met(
    event_index, organisation, contact
):
    event = held(event_index, organisation, 179)
    event.unpublish()
    last_seen(contact, 1000)

    call_command("roll_events")
    assert Contact.objects.exists()

    PageLogEntry.objects.filter(page=event.pk).update(timestamp=long_ago(180))
    call_command("roll_events")
    assert not Contact.objects.exists()


def test_groups_of_an_organisation_keep_only_who_acts_for_it(event, contact):
    last_seen(contact, 1000)
    contact.memberships.update(is_approved=False)

    call_command("roll_events")

    assert not Contact.objects.exists()


def test_a_change_that_was_asked_for_is_waited_for_a_year(contact):
    last_seen(contact, 1000)
    asked = Submission.objects.create(
        contact=contact, language="fi", status="change-asked"
    )
    Submission.objects.update(saved_at=long_ago(360), decided_at=long_ago(364))
    call_command("roll_events")
    assert Contact.objects.exists()

    Submission.objects.update(saved_at=long_ago(367), decided_at=long_ago(366))
    call_command("roll_events")

    assert not Contact.objects.exists()
    assert not Submission.objects.filter(pk=asked.pk).exists()


@pytest.mark.parametrize("status", ["sent", "change-asked"])
def test_nobody_is_erased_while_something_waits(contact, status):
    last_seen(contact, 1000)
    waiting = Submission.objects.create(contact=contact, language="fi", status=status)

    call_command("roll_events")
    assert Contact.objects.exists()

    waiting.status = "approved"
    waiting.save()
    call_command("roll_events")
    assert not Contact.objects.exists()


def test_the_number_of_days_is_a_setting(contact, settings):
    last_seen(contact, 181)
    settings.CONTACT_DATA_KEPT_DAYS = 200

    call_command("roll_events")

    assert Contact.objects.exists()


def test_what_was_not_published_is_forgotten_after_a_year(event_index):
    """Its page names who answers for the group, and was never public."""
    refused, asked, public = (send_new(title) for title in ("A", "B", "C"))
    index = refused.event.get_parent()
    for sent, status in ((refused, "rejected"), (asked, "change-asked")):
        Submission.objects.filter(pk=sent.pk).update(status=status)
    public.revision.publish()
    Submission.objects.filter(pk=public.pk).update(status="rejected")
    Submission.objects.update(saved_at=long_ago(366), decided_at=long_ago(364))
    call_command("roll_events")
    assert Submission.objects.count() == 3

    Submission.objects.update(decided_at=long_ago(366))
    call_command("roll_events")
    assert Submission.objects.count() == 2  # Staff may be writing in their pages.

    EventPage.objects.update(latest_revision_created_at=long_ago(366))
    call_command("roll_events")

    assert not Submission.objects.exists()
    assert [page.title for page in index.get_children()] == ["C"]


def test_a_new_group_that_was_taken_back_is_forgotten_with_its_page(event_index):
    sent, lately = send_new("Olohuone"), send_new("Kuoro")
    for submission in (sent, lately):
        client = client_of(submission.contact)
        client.post(f"{START}draft/{submission.key}/withdraw/")
    Submission.objects.filter(pk=sent.pk).update(saved_at=long_ago(366))
    EventPage.objects.update(latest_revision_created_at=long_ago(366))

    call_command("roll_events")

    assert list(Submission.objects.all()) == [lately]
    assert [page.title for page in EventPage.objects.all()] == ["Kuoro"]


def test_many_are_erased_with_a_fixed_number_of_queries(db, settled):
    def cost(number):
        settled()
        for place in range(number):
            last_seen(make_contact(email=f"vanha-{place}@example.org"), 400)
        with CaptureQueriesContext(connection) as queries:
            assert erasure.erase_old_contacts(timezone.now()) == number
        return len(queries)

    assert cost(1) == cost(7)


def test_the_day_of_erasure_is_shown(person, event, contact):
    last = event.occurrences.latest("over_at").over_at

    shown = person.get(OWN_DATA).context["erased_after"]

    assert shown == timezone.localdate(last + timedelta(days=180))


def test_what_else_grows_old_is_forgotten(contact):
    old = new_draft(contact)
    fresh = new_draft(contact)
    Submission.objects.filter(pk=old.pk).update(saved_at=long_ago(366))
    links.new_link(links.Purpose.SIGN_IN, "joku@example.org", now=long_ago(3))
    kept = links.new_link(links.Purpose.SIGN_IN, "joku@example.org")
    limits.allows(limits.MAILS_TO_ADDRESS, "joku@example.org", long_ago(4))
    limits.allows(limits.MAILS_TO_ADDRESS, "joku@example.org")

    call_command("roll_events")

    assert list(Submission.objects.all()) == [fresh]
    assert list(DoorLink.objects.all()) == [kept]
    assert LimitCount.objects.count() == 1


def picture(title):
    file = get_test_image_file(filename=f"{title}.png")
    return SiteImage.objects.create(title=title, file=file)


def test_pictures_of_drafts_go_with_them_and_those_of_groups_stay(
    person, contact, event, organisation, press
):
    EventPage.objects.filter(pk=event.pk).update(image=picture("ryhma"))
    event.refresh_from_db()
    copied = draft_of(event, contact, organisation)
    written = new_draft(contact)
    Submission.objects.filter(pk=written.pk).update(image=picture("luonnos"))
    assert copied.image == event.image

    Submission.objects.update(saved_at=long_ago(366))
    call_command("roll_events")

    assert not Submission.objects.exists()
    assert [image.title for image in SiteImage.objects.all()] == ["ryhma"]


def test_putting_away_the_copied_picture_leaves_the_groups_own(
    contact, event, organisation
):
    EventPage.objects.filter(pk=event.pk).update(image=picture("ryhma"))
    event.refresh_from_db()

    put_away(draft_of(event, contact, organisation))

    event.refresh_from_db()
    assert event.image


def test_what_residents_never_see_leaves_their_pages_in_the_cache(contact):
    version = ContentVersion.objects.get().number

    contact.save()
    contact.memberships.get().save()
    new_draft(contact)
    links.new_link(links.Purpose.SIGN_IN, contact.email)
    contact.delete()

    assert ContentVersion.objects.get().number == version
