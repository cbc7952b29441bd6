"""Who looks after an organisation's groups: inviting, handing over, leaving."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from events.door import limits
from events.door.drafts import change_of, new_draft
from events.models import Contact, DoorLink, Membership, Submission
from tests import factories
from tests.editing import messages_of, staff_client

from .door import START, client_of, last_token, make_contact, plain_what

COLLEAGUE = "kollega@yhdistys.example"


@pytest.fixture
def organisation(db):
    return factories.make_organisation(
        name={"fi": "Kotkan Esimerkki ry"}, slug="esimerkki"
    )


@pytest.fixture
def event(event_index, organisation):
    return factories.make_event(event_index, "Perhekahvila", organisers=[organisation])


PEOPLE = f"{START}organisations/esimerkki/people/"


def press(client, action, **fields):
    return client.post(PEOPLE, {"action": action} | fields)


@pytest.fixture
def mailing(django_capture_on_commit_callbacks):
    """Mail leaves when all is stored."""

    def run(client, action, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return press(client, action, **fields)

    return run


def invite(mailing, client, email=COLLEAGUE, **fields):
    return mailing(client, "invite", **{"email": email, "role": "contact"} | fields)


def accept(token):
    """As the colleague does: opens the link, presses the button."""
    client = Client()
    response = client.post(f"{START}key/{token}/")
    assert response.status_code == 302, response.text
    return client


def members(organisation):
    approved = organisation.memberships.filter(is_approved=True)
    return set(approved.values_list("contact__email", flat=True))


# Seeing each other


def test_members_see_each_other_and_nobody_else_does(person, organisation):
    colleague = make_contact(organisation, COLLEAGUE, name="Esimerkki Kollega")
    waiting = make_contact(email="odottaa@yhdistys.example")
    Membership.objects.create(contact=waiting, organisation=organisation)
    stranger = make_contact(factories.make_organisation(), "vieras@example.org")

    page = person.get(PEOPLE)

    assert page.status_code == 200
    assert colleague.email in page.text
    assert "Esimerkki Kollega" in page.text
    assert waiting.email not in page.text
    for outsider in (waiting, stranger):
        assert client_of(outsider).get(PEOPLE).status_code == 404
        assert press(client_of(outsider), "leave").status_code == 404
    assert Client().get(PEOPLE).status_code == 302


def test_the_list_costs_the_same_however_many_they_are(person, organisation, settled):
    def cost():
        settled()
        person.get(PEOPLE)
        with CaptureQueriesContext(connection) as queries:
            person.get(PEOPLE)
        return len(queries)

    few = cost()
    for number in range(4):
        make_contact(organisation, f"kollega-{number}@yhdistys.example")

    assert cost() == few


# Inviting


def test_an_invited_colleague_gets_a_link_and_looks_after_the_groups(
    person, event, mailing
):
    response = invite(mailing, person)

    assert response.status_code == 302
    (letter,) = mail.outbox
    assert letter.to == [COLLEAGUE]
    assert "Kotkan Esimerkki ry" not in letter.subject
    assert members(event.organisers.get()) == {"yhteys@yhdistys.example"}
    colleague = accept(last_token())
    assert colleague.get(f"{START}groups/{event.pk}/").status_code == 200
    assert Membership.objects.get(contact__email=COLLEAGUE).role == "contact"
    assert COLLEAGUE in person.get(PEOPLE).text


def test_opening_the_invitation_changes_nothing(person, organisation, mailing):
    invite(mailing, person)

    page = Client().get(f"{START}key/{last_token()}/")

    assert page.status_code == 200
    assert "Kotkan Esimerkki ry" in page.text
    assert members(organisation) == {"yhteys@yhdistys.example"}


def test_the_answer_is_the_same_for_an_address_that_is_known(person, mailing):
    make_contact(factories.make_organisation(), "tuttu@example.org")

    said = []
    for address in ("tuttu@example.org", "outo@example.org"):
        response = invite(mailing, person, address)
        page = person.get(response.url)
        said.append([text.replace(address, "") for text in messages_of(page)])

    assert said[0] == said[1]
    assert len(mail.outbox) == 2


def test_at_most_two_invitations_go_to_one_address(person, mailing):
    answers = [invite(mailing, person).status_code for _time in range(5)]

    assert answers == [302] * 5
    assert len(mail.outbox) == 2  # The third of the day is left to its owner.
    assert limits.allows(limits.MAILS_TO_ADDRESS, COLLEAGUE)
    assert DoorLink.objects.count() == 1  # Each took the place of the one before.


def test_the_last_invitation_works_when_no_more_messages_go(
    person, organisation, mailing
):
    for _time in range(2):
        (said,) = messages_of(person.get(invite(mailing, person).url))

    response = invite(mailing, person)

    assert messages_of(person.get(response.url)) != [said]
    accept(last_token())
    assert COLLEAGUE in members(organisation)


def test_no_invitation_is_listed_that_was_never_sent(person, mailing):
    for _time in range(3):
        assert limits.allows(limits.MAILS_TO_ADDRESS, COLLEAGUE)

    invite(mailing, person)

    assert not mail.outbox
    assert not DoorLink.objects.exists()


def test_a_network_helper_is_invited_as_one(person, mailing):
    invite(mailing, person, role="network-helper")
    accept(last_token())

    assert Membership.objects.get(contact__email=COLLEAGUE).role == "network-helper"


@pytest.mark.parametrize(
    "email", ["", "ei osoite", "a@b\r\nBcc: c@example.org", "yhteys@yhdistys.example"]
)
def test_an_address_that_cannot_be_invited_is_told_at_its_field(person, mailing, email):
    response = invite(mailing, person, email)

    assert response.status_code == 422
    form = response.context["forms"][0]
    assert list(form.errors) == ["email"]
    assert not mail.outbox


def test_an_invitation_can_be_withdrawn(person, organisation, mailing):
    invite(mailing, person)
    link = DoorLink.objects.get()
    assert COLLEAGUE in person.get(PEOPLE).text

    assert press(person, "withdraw", invitation=link.pk).status_code == 302

    assert COLLEAGUE not in person.get(PEOPLE).text
    assert Client().post(f"{START}key/{last_token()}/").status_code == 410
    assert members(organisation) == {"yhteys@yhdistys.example"}


def test_invitations_of_other_organisations_are_not_withdrawn(person, mailing):
    other = factories.make_organisation(slug="toinen")
    stranger = client_of(make_contact(other, "vieras@example.org"))
    stranger.post(
        f"{START}organisations/toinen/people/",
        {"action": "invite", "email": COLLEAGUE, "role": "contact"},
    )

    press(person, "withdraw", invitation=DoorLink.objects.get().pk)

    assert DoorLink.objects.count() == 1


def test_an_invitation_is_void_when_who_invited_acts_no_more(
    person, organisation, contact, mailing
):
    invite(mailing, person)
    contact.memberships.update(is_approved=False)

    accept(last_token())

    assert members(organisation) == set()


def test_an_unknown_deed_is_a_bad_request(person):
    for action in ("", "approve", "leave\x00"):
        assert press(person, action).status_code == 400, action


# Handing over and leaving


def test_who_hands_over_leaves_when_the_other_has_accepted(
    person, event, organisation, mailing
):
    response = mailing(person, "hand-over", email=COLLEAGUE)
    assert response.status_code == 302
    assert members(organisation) == {"yhteys@yhdistys.example"}
    assert person.get(f"{START}groups/{event.pk}/").status_code == 200

    accept(last_token())

    assert members(organisation) == {COLLEAGUE}
    assert person.get(f"{START}groups/{event.pk}/").status_code == 404


def test_one_of_several_leaves_without_further_ado(person, event, organisation):
    make_contact(organisation, COLLEAGUE)

    assert press(person, "leave").url == f"{START}groups/"

    assert members(organisation) == {COLLEAGUE}
    assert not ModelLogEntry.objects.filter(action="events.left_to_staff").exists()


def test_the_last_one_is_kindly_refused(person, event, organisation):
    response = press(person, "leave")

    assert response.status_code == 422
    form = response.context["forms"][2]
    assert list(form.errors) == ["staff_take_over"]
    assert members(organisation) == {"yhteys@yhdistys.example"}


def test_a_colleague_whose_mail_comes_back_does_not_count(person, event, organisation):
    colleague = make_contact(organisation, COLLEAGUE)
    Contact.objects.filter(pk=colleague.pk).update(bounced_at=colleague.created_at)

    assert press(person, "leave").status_code == 422


def test_the_last_one_leaves_when_staff_take_over(person, event, organisation, contact):
    response = press(person, "leave", staff_take_over="on")

    assert response.status_code == 302
    assert members(organisation) == set()
    entry = ModelLogEntry.objects.get(action="events.left_to_staff")
    assert entry.data == {"contact": contact.pk}
    assert entry.object_id == str(organisation.pk)
    event.refresh_from_db()
    assert event.live


def test_the_last_one_leaves_an_organisation_without_public_groups(
    person, event, organisation
):
    event.unpublish()

    assert press(person, "leave").status_code == 302
    assert members(organisation) == set()


def test_who_left_changes_nothing_that_stands_here(person, event, contact):
    """Not even what they began. A new group of their own is theirs still."""
    change, own = change_of(event, contact), new_draft(contact)
    Submission.objects.filter(pk=own.pk).update(organisation=change.organisation)
    addresses = {draft: f"{START}draft/{draft.key}/what/" for draft in (change, own)}
    for address in addresses.values():
        assert person.get(address).status_code == 200

    press(person, "leave", staff_take_over="on")

    for page in ("what", "check", "delete", "preview/fi"):
        address = f"{START}draft/{change.key}/{page}/"
        assert person.get(address).status_code == 404, page
    response = person.post(addresses[change], plain_what(title_fi="Vieraan sana"))
    assert response.status_code == 409
    assert "Perhekahvila" not in response.text
    change.refresh_from_db()
    assert change.typed_in("what")["title_fi"] == ["Perhekahvila"]
    assert person.get(addresses[own]).status_code == 200


def test_a_colleague_goes_on_with_a_change(person, event, organisation, contact):
    colleague = client_of(make_contact(organisation, COLLEAGUE))
    change = change_of(event, contact)
    press(person, "leave")

    assert colleague.get(f"{START}draft/{change.key}/what/").status_code == 200


def test_who_leaves_takes_the_invitations_along(person, organisation, mailing):
    invite(mailing, person)

    press(person, "leave")

    assert not DoorLink.objects.exists()


# Staff


@pytest.mark.parametrize(
    ("role", "may"),
    [(EDITORS, False), (MODERATORS, True), (REVIEWERS, False), (ADMINISTRATORS, True)],
)
def test_contacts_are_for_those_who_need_them(contact, role, may):
    client = staff_client(role)
    membership = contact.memberships.get()

    for model, key in (("contact", contact.pk), ("membership", membership.pk)):
        listing = client.get(reverse(f"wagtailsnippets_events_{model}:list"))
        assert (listing.status_code == 200) == may
        assert (contact.email in listing.text) == may
        view = "inspect" if model == "contact" else "edit"
        one = client.get(reverse(f"wagtailsnippets_events_{model}:{view}", args=[key]))
        assert (one.status_code == 200) == may
    assert client.get(
        reverse("wagtailsnippets_events_contact:edit", args=[contact.pk])
    ).status_code in (302, 403)


def test_staff_let_somebody_act_and_they_get_a_letter(
    organisation, event, django_capture_on_commit_callbacks
):
    newcomer = make_contact(email="uusi@yhdistys.example")
    membership = Membership.objects.create(contact=newcomer, organisation=organisation)
    address = reverse("wagtailsnippets_events_membership:edit", args=[membership.pk])
    moderator = staff_client(MODERATORS)
    assert newcomer.email in moderator.get(address).text

    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            data = {"role": "contact", "is_approved": "on"}
            assert moderator.post(address, data).status_code == 302

    (letter,) = mail.outbox
    assert letter.to == [newcomer.email]
    assert client_of(newcomer).get(f"{START}groups/{event.pk}/").status_code == 200


def test_the_log_of_what_staff_do_holds_no_name_and_no_address(organisation, contact):
    Contact.objects.update(name="Esimerkki Henkilö")
    moderator = staff_client(MODERATORS)

    response = moderator.post(
        reverse("wagtailsnippets_events_contact:delete", args=[contact.pk])
    )

    assert response.status_code == 302
    assert not Contact.objects.exists()
    (entry,) = ModelLogEntry.objects.filter(action="wagtail.delete")
    kept = f"{entry.label} {entry.data}"
    assert "Esimerkki" not in kept
    assert "@" not in kept
