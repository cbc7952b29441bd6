"""What staff decide, and what Wagtail's own pages do to what waits."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, WorkflowPage, WorkflowState

from accounts.models import User
from accounts.roles import (
    MODERATORS,
    make_group_workflow,
    make_roles,
)
from events import moderation
from events.door import sending
from events.door.drafts import change_of
from events.models import (
    EventPage,
    EventState,
    Membership,
    OccurrenceChange,
    Organisation,
    Submission,
)
from tests.editing import edit_address, filled, send, staff_client

from .door import START, client_of
from .door import make_contact as make_colleague
from .door import send as send_at_door
from .sent import make_contact, make_public, send_change, send_new, typed

pytestmark = [
    pytest.mark.django_db,
    # Wagtail's mail to moderators still asks Django for a connection in the old way.
    pytest.mark.filterwarnings("ignore:get_connection"),
]


@pytest.fixture
def index(event_index):
    """As `setup_site` leaves it."""
    make_roles()
    make_group_workflow(event_index)
    return event_index


@pytest.fixture
def user(administrator):
    return administrator


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """What is posted to organisations while something is done."""

    def posted(do, *args, **kwargs):
        del mail.outbox[:]
        with django_capture_on_commit_callbacks(execute=True):
            do(*args, **kwargs)
        return [letter for letter in mail.outbox if ".example" in letter.to[0]]

    return posted


def title_for_residents(client, event):
    page = client.get(event.path_in("fi"))
    return page.context["text"].title if page.status_code == 200 else page.status_code


def actions(event):
    return list(
        PageLogEntry.objects.filter(page=event.pk, action__startswith="events.")
        .order_by("pk")
        .values_list("action", flat=True)
    )


# Deciding


def test_an_approved_group_is_public_and_confirmed_and_its_sender_reads_it(
    client, index, user, letters
):
    sent = send_new("Olohuone")
    assert title_for_residents(client, sent.event) == 404

    [letter] = letters(moderation.approve, sent, sent.revision_id, user)

    sent.refresh_from_db()
    assert title_for_residents(client, sent.event) == "Olohuone"
    assert (sent.status, sent.decided_by) == ("approved", user)
    assert EventState.objects.get().confirmed_on == timezone.localdate()
    assert letter.to == [sent.contact.email]
    assert "Olohuone" not in letter.subject
    assert sent.event.path_in("fi") in letter.body
    assert actions(sent.event)[-1] == "events.approve_submission"
    assert sent.event.current_workflow_state is None


def test_residents_see_the_last_approved_version_while_a_change_waits(
    client, index, user
):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    assert title_for_residents(client, event) == "Perhekahvila"

    moderation.approve(sent, sent.revision_id, user)

    assert title_for_residents(client, event) == "Vauvakahvila"


def test_a_date_that_was_cancelled_meanwhile_stays_cancelled(index, user):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    first = event.upcoming_dates()[0]
    OccurrenceChange.objects.create(
        event=event, original_start=first.original_start, kind="cancelled"
    )

    moderation.approve(sent, sent.revision_id, user)

    assert event.upcoming_dates()[0].is_cancelled


def test_without_a_workflow_it_is_published_all_the_same(client, event_index, user):
    WorkflowPage.objects.all().delete()
    sent = send_new("Olohuone")
    assert sent.event.current_workflow_state is None

    moderation.approve(sent, sent.revision_id, user)

    assert title_for_residents(client, sent.event) == "Olohuone"


def test_only_the_version_that_was_read_is_published(client, index, user):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    read = sent.revision_id
    sending.take_back(sent, sent.contact)
    send_change(event, sent.contact, title_fi="Taaperokahvila")

    with pytest.raises(moderation.OtherVersionError):
        moderation.approve(sent, read, user)

    sent.refresh_from_db()
    assert sent.status == "sent"
    assert title_for_residents(client, event) == "Perhekahvila"


def test_a_draft_that_a_colleague_saved_on_top_is_not_published(client, index, user):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    event.texts.set([])
    event.save_revision(user=user, clean=False)

    with pytest.raises(moderation.OtherVersionError):
        moderation.approve(sent, sent.revision_id, user)

    assert title_for_residents(client, event) == "Perhekahvila"


def test_the_second_moderator_is_told_who_decided(index, user):
    sent = send_new("Olohuone")
    other = User.objects.create_user("toinen@example.org", "salasana-testeihin")
    moderation.approve(sent, sent.revision_id, user)

    with pytest.raises(moderation.DecidedAlreadyError) as refusal:
        moderation.reject(sent, sent.revision_id, other, "Ei sovi.")

    assert str(user) in str(refusal.value)
    sent.refresh_from_db()
    assert sent.status == "approved"


def test_the_sender_of_an_approved_group_may_act_for_the_organisation(index, user):
    sent = send_new("Olohuone")
    assert not Membership.objects.get().is_approved

    moderation.approve(sent, sent.revision_id, user, admits_sender=True)

    assert Membership.objects.get().is_approved


def test_a_change_is_asked_for_with_an_answer_in_the_senders_language(
    client, index, user, letters
):
    sent = send_new("Olohuone", language="sv")
    sent.staff_note = "Soita ennen julkaisua."
    sent.save()

    [letter] = letters(
        moderation.ask_for_change, sent, sent.revision_id, user, "Lägg till en tid."
    )

    sent.refresh_from_db()
    assert (sent.status, sent.answer) == ("change-asked", "Lägg till en tid.")
    assert "Lägg till en tid." in letter.body
    assert f"/sv/anmal/draft/{sent.key}/check/" in letter.body
    assert "Soita" not in letter.body
    assert title_for_residents(client, sent.event) == 404
    assert sent.event.current_workflow_state.status == "needs_changes"


def test_what_was_asked_for_is_sent_again_and_published(client, index, user):
    sent = send_new("Olohuone")
    moderation.ask_for_change(sent, sent.revision_id, user, "Lisää aika.")
    sent.refresh_from_db()
    sent.typed["what"]["title_fi"] = ["Yhteinen olohuone"]
    sent.save()

    again = sending.send(sent, sent.contact)
    moderation.approve(again, again.revision_id, user)

    assert again.pk == sent.pk
    assert title_for_residents(client, again.event) == "Yhteinen olohuone"


def test_a_rejected_group_is_not_public_and_the_sender_reads_why(
    client, index, user, letters
):
    sent = send_new("Olohuone")

    [letter] = letters(
        moderation.reject, sent, sent.revision_id, user, "Myyntitilaisuus."
    )

    sent.refresh_from_db()
    assert sent.status == "rejected"
    assert "Myyntitilaisuus." in letter.body
    assert title_for_residents(client, sent.event) == 404
    assert sent.event.current_workflow_state is None


def test_a_rejected_change_leaves_nothing_in_the_editor(client, index, user):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Tupperkutsut")

    moderation.reject(sent, sent.revision_id, user, "Myyntitilaisuus.")

    event = EventPage.objects.get(pk=event.pk)
    assert not event.has_unpublished_changes
    assert event.get_latest_revision_as_object().title == "Perhekahvila"
    assert title_for_residents(client, event) == "Perhekahvila"


def test_a_group_that_staff_deleted_can_only_be_refused(index, user, letters):
    sent = send_new("Olohuone")
    sent.event.delete()

    with pytest.raises(moderation.DecisionRefusedError):
        moderation.approve(sent, sent.revision_id, user)
    sent.refresh_from_db()
    assert letters(moderation.reject, sent, sent.revision_id, user, "Kaksi kertaa.")


def test_a_change_of_a_group_that_staff_deleted_can_be_sent_as_a_new_group(index, user):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Isovanhempien kahvila")
    event.delete()
    sent.refresh_from_db()

    moderation.ask_for_change(sent, sent.revision_id, user, "Oliko tämä uusi ryhmä?")
    sent.refresh_from_db()
    sent.typed["what"]["organisation"] = ["Uusi yhdistys ry"]
    sent.typed["whom"] = typed()["whom"]
    sent.save()
    again = sending.send(sent, sent.contact)

    assert again.event.title == "Isovanhempien kahvila"
    assert again.event.organisers.get().name["fi"] == "Uusi yhdistys ry"


def test_a_refused_group_is_written_on_from_what_staff_corrected(index, user):
    sent = send_new("Olohuone")
    event = sent.event.get_latest_revision_as_object()
    event.contact_phone = "000 333 4444"
    event.save_revision(user=user)
    sent.refresh_from_db()
    moderation.reject(sent, sent.revision_id, user, "Kerro, kenelle ryhmä on.")

    Membership.objects.update(is_approved=True)
    draft = change_of(sent.event, sent.contact)

    assert not draft.is_change
    assert draft.typed["whom"]["contact_phone"] == ["000 333 4444"]
    draft.typed["what"]["title_fi"] = ["Olohuone miehille"]
    draft.save()
    again = sending.send(draft, sent.contact)
    assert again.event == sent.event
    page = EventPage.objects.get(pk=again.event.pk)
    waiting = page.get_latest_revision_as_object()
    assert waiting.title == "Olohuone miehille"
    assert waiting.contact_phone == "000 333 4444"


def test_a_group_has_one_unfinished_submission(index):
    event = make_public(index, "Perhekahvila")
    draft = change_of(event, make_contact())

    assert change_of(event, make_contact()) == draft
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(event=event, is_change=True)


def test_a_version_that_cannot_be_published_is_told_and_waits_on(index, user):
    sent = send_new("Olohuone")
    revision = sent.revision
    revision.content["contact_phone"] = ""
    revision.save()

    with pytest.raises(moderation.CannotBePublishedError):
        moderation.approve(sent, sent.revision_id, user)

    sent.refresh_from_db()
    assert sent.status == "sent"


def test_nobody_is_written_to_when_the_contacts_data_are_erased(index, user, letters):
    sent = send_new("Olohuone")
    sent.contact.delete()
    sent.refresh_from_db()

    assert letters(moderation.approve, sent, sent.revision_id, user) == []
    sent.refresh_from_db()
    assert sent.status == "approved"


def test_receiving_is_told_by_mail(index, letters):
    [letter] = letters(send_new, "Olohuone", contact=make_contact())

    assert "Olohuone" in letter.body


def test_staff_read_once_an_hour_that_something_waits(index, letters, settings):
    """Without a word of the sender's in it; what it is stands in the queue."""
    staff_client(MODERATORS)
    settings.MODERATORS_EMAIL = "moderaattorit@kunta.example"

    told = letters(send_new, "Osta halvalla")
    told_later = letters(send_new, "Kävely")

    [first] = [letter for letter in told if letter.to == [settings.MODERATORS_EMAIL]]
    assert "/admin/groups/waiting/" in first.body
    assert "halvalla" not in first.subject + first.body
    assert [settings.MODERATORS_EMAIL] not in [letter.to for letter in told_later]


def test_moderators_have_no_mail_of_wagtails_about_it(index, letters):
    moderator = staff_client(MODERATORS)
    contact = make_contact()

    letters(send_new, "Kävely", contact=contact)

    assert [letter.to for letter in mail.outbox] == [[contact.email]]
    assert "Kävely" in moderator.get("/admin/groups/waiting/").text


# Wagtail's own ways


def workflow_address(event, action):
    state = event.current_workflow_task_state
    return reverse(
        "wagtailadmin_pages:workflow_action", args=[event.pk, action, state.pk]
    )


def test_approving_on_wagtails_dashboard_approves_what_was_sent(client, index, letters):
    sent = send_new("Olohuone")
    moderator = staff_client(MODERATORS)
    address = workflow_address(sent.event, "approve")

    [letter] = letters(moderator.post, address, {"comment": ""})

    sent.refresh_from_db()
    assert sent.status == "approved"
    assert sent.decided_by.groups.get().name == MODERATORS
    assert letter.to == [sent.contact.email]
    assert title_for_residents(client, sent.event) == "Olohuone"


def test_rejecting_on_wagtails_dashboard_asks_for_a_change(index, letters):
    sent = send_new("Olohuone")
    moderator = staff_client(MODERATORS)
    address = workflow_address(sent.event, "reject")

    [letter] = letters(moderator.post, address, {"comment": "Lisää puhelin."})

    sent.refresh_from_db()
    assert (sent.status, sent.answer) == ("change-asked", "Lisää puhelin.")
    assert "Lisää puhelin." in letter.body


def title_in_editor(client, event):
    return client.get(edit_address(event)).context["page"].title


def test_the_editor_of_a_public_group_opens_what_residents_see(index):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    moderator = staff_client(MODERATORS)

    page = moderator.get(edit_address(event))

    assert page.context["page"].title == "Perhekahvila"
    assert reverse("event_staff:submission", args=[sent.pk]) in page.text
    assert "action-workflow-action" not in page.text


def test_what_was_sent_back_or_refused_is_not_in_the_editor_either(index, user):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    sending.take_back(sent, sent.contact)

    assert title_in_editor(staff_client(MODERATORS), event) == "Perhekahvila"


def test_the_preview_in_the_editor_knows_the_rows_that_stand_in_its_form(index):
    event = make_public(index, "Perhekahvila")
    send_change(event, title_fi="Vauvakahvila")
    moderator = staff_client(MODERATORS)
    form = filled(moderator, edit_address(event))

    address = reverse("wagtailadmin_pages:preview_on_edit", args=[event.pk])
    answer = moderator.post(address, form).json()

    assert answer == {"is_valid": True, "is_available": True}
    assert "Vauvakahvila" not in moderator.get(address).text


def test_a_draft_that_saves_itself_does_not_get_in_its_own_way(index):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    moderator = staff_client(MODERATORS)
    form = filled(moderator, edit_address(event), {"slug": "kahvila"})

    for _pause in range(2):
        saved = moderator.post(
            edit_address(event), form, headers={"Accept": "application/json"}
        ).json()
        assert saved["success"]
        form["overwrite_revision_id"] = saved["revision_id"]

    sent.refresh_from_db()
    assert sent.revision_id != saved["revision_id"]
    assert moderator.get(edit_address(event)).context["page"].slug == "kahvila"


def test_when_staff_publish_what_waits_is_made_anew_on_top(client, index, user):
    event = make_public(index, "Perhekahvila", contact_hours="")
    sent = send_change(event, title_fi="Vauvakahvila")
    first = sent.revision_id

    send(staff_client(MODERATORS), edit_address(event), "publish", {"slug": "kahvila"})

    event = EventPage.objects.get(pk=event.pk)
    sent.refresh_from_db()
    assert (event.title, event.slug) == ("Perhekahvila", "kahvila")
    assert sent.status == "sent"
    assert sent.revision_id == event.latest_revision_id != first
    assert event.current_workflow_task_state.revision_id == sent.revision_id
    moderation.approve(sent, sent.revision_id, user)
    event = EventPage.objects.get(pk=event.pk)
    assert (event.title, event.slug) == ("Vauvakahvila", "kahvila")


@pytest.mark.parametrize("how", ["asked", "taken back", "refused"])
def test_what_is_left_of_a_group_that_staff_publish_is_a_change(index, user, how):
    """Its sender, whom nobody has approved, writes no public group."""
    sent = send_new("Olohuone")
    if how == "asked":
        moderation.ask_for_change(sent, sent.revision_id, user, "Kenelle?")
    elif how == "refused":
        moderation.reject(sent, sent.revision_id, user, "Kenelle?")
    else:
        sending.take_back(sent, sent.contact)
    other = Organisation.objects.create(name={"fi": "Oikea ry"}, slug="oikea")
    version = sent.event.get_latest_revision_as_object()
    version.organisers = [other]
    version.contact_hours = "ma 9–10"
    version.save_revision(user=user).publish(user=user)

    sent.refresh_from_db()
    assert (sent.is_change, sent.organisation) == (True, other)
    page = f"{START}draft/{sent.key}/preview/fi/"
    assert client_of(sent.contact).get(page).status_code == 404
    assert client_of(make_colleague(other)).get(page).status_code == 200


def test_a_group_that_staff_published_is_changed_by_its_organisation(index, user):
    sent = send_new("Olohuone")
    sending.take_back(sent, sent.contact)
    version = sent.event.get_latest_revision_as_object()
    version.contact_hours = "ma 9–10"
    version.save_revision(user=user).publish(user=user)
    Membership.objects.update(is_approved=True)
    client = client_of(sent.contact)
    what = sent.typed_in("what") | {"lead_fi": ["Tervetuloa kaikki."]}
    client.post(f"{START}draft/{sent.key}/what/", what)
    assert send_at_door(client, sent).status_code == 302

    # Staff publish something else: what waits is not what they have published.
    event = EventPage.objects.get(pk=sent.event_id)
    event.capacity = 12
    event.save_revision(user=user).publish(user=user)

    sent.refresh_from_db()
    assert sent.status == "sent"
    waiting = sent.revision.as_object()
    assert waiting.texts.get().lead == "Tervetuloa kaikki."
    assert (waiting.contact_hours, waiting.capacity) == ("ma 9–10", 12)


def test_a_draft_of_staff_waits_beside_and_a_moderator_puts_the_change_on_top(index):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    moderator = staff_client(MODERATORS)
    send(moderator, edit_address(event), "", {"slug": "kahvila"})
    assert moderator.get(edit_address(event)).context["page"].slug == "kahvila"
    address = reverse("event_staff:submission", args=[sent.pk])
    offered = [form.action for form in moderator.get(address).context["forms"]]
    assert offered == ["ask", "reject", "anew"]

    moderator.post(address, {"action": "anew", "revision": sent.revision_id})

    sent.refresh_from_db()
    assert moderation.is_on_top(sent)
    offered = [form.action for form in moderator.get(address).context["forms"]]
    assert offered == ["approve", "ask", "reject"]


def test_a_new_group_waits_on_as_staff_have_corrected_it(client, index, user):
    sent = send_new("Olohuone")
    moderator = staff_client(MODERATORS)
    send(moderator, edit_address(sent.event), "", {"contact_hours": "ma 9-12"})
    sent.refresh_from_db()

    moderation.approve(sent, sent.revision_id, user)

    event = EventPage.objects.get(pk=sent.event_id)
    assert (event.live, event.contact_hours) == (True, "ma 9-12")
    sent.refresh_from_db()
    assert sent.status == "approved"


def test_publishing_a_new_group_in_the_editor_approves_it(client, index, letters):
    sent = send_new("Olohuone")
    moderator = staff_client(MODERATORS)

    assert len(letters(send, moderator, edit_address(sent.event), "publish")) == 1

    sent.refresh_from_db()
    assert sent.status == "approved"
    assert title_for_residents(client, sent.event) == "Olohuone"


def test_the_editors_own_approval_leads_to_the_page_that_shows_what_was_sent(
    client, index
):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    moderator = staff_client(MODERATORS)

    response = send(
        moderator,
        edit_address(event),
        "workflow-action",
        {"workflow-action-name": "approve"},
    )

    assert response.url == reverse("event_staff:submission", args=[sent.pk])
    assert title_for_residents(client, event) == "Perhekahvila"


def test_a_change_that_does_not_fit_any_more_cannot_undo_what_staff_published(
    index, user
):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    sent.typed["what"]["title_fi"] = [""]
    sent.save()

    send(staff_client(MODERATORS), edit_address(event), "publish", {"slug": "kahvila"})

    sent.refresh_from_db()
    with pytest.raises(moderation.OtherVersionError):
        moderation.approve(sent, sent.revision_id, user)
    assert EventPage.objects.get(pk=event.pk).slug == "kahvila"


def test_putting_it_on_top_is_refused_in_words_when_it_does_not_fit(index):
    event = make_public(index, "Perhekahvila")
    sent = send_change(event, title_fi="Vauvakahvila")
    sent.typed["what"]["title_fi"] = [""]
    sent.save()
    moderator = staff_client(MODERATORS)
    send(moderator, edit_address(event), "publish", {"slug": "kahvila"})
    sent.refresh_from_db()
    address = reverse("event_staff:submission", args=[sent.pk])

    response = moderator.post(address, {"action": "anew", "revision": sent.revision_id})

    assert response.status_code == 409
    assert "ei sovi" in response.text


def bulk_publish(client, page, **form):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    listing = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    return client.post(f"{address}?id={page.pk}&next={listing}", form, follow=True)


def test_what_nobody_has_read_is_not_published_with_others(client, index):
    event = make_public(index, "Perhekahvila")
    send_change(event, title_fi="Vauvakahvila")
    other = make_public(index, "Kuoro")
    other.slug = "kuorolaulu"
    other.save_revision()
    moderator = staff_client(MODERATORS)

    page = bulk_publish(moderator, event)
    bulk_publish(moderator, other)

    assert title_for_residents(client, event) == "Perhekahvila"
    assert reverse("event_staff:queue") in page.text
    assert EventPage.objects.get(pk=other.pk).slug == "kuorolaulu"


def test_nor_with_all_that_is_below_the_index(client, index):
    sent = send_new("Olohuone")

    bulk_publish(staff_client(MODERATORS), index, include_descendants="on")

    assert title_for_residents(client, sent.event) == 404


def test_a_copy_in_the_explorer_is_of_what_residents_see(index):
    event = make_public(index, "Perhekahvila")
    send_change(event, title_fi="Vauvakahvila")
    moderator = staff_client(MODERATORS)

    moderator.post(
        reverse("wagtailadmin_pages:copy", args=[event.pk]),
        {"new_title": "Kopio", "new_slug": "kopio", "new_parent_page": index.pk},
    )

    copy = EventPage.objects.get(slug="kopio")
    page = moderator.get(edit_address(copy)).context["page"]
    assert [text.title for text in page.texts.all()] == ["Perhekahvila"]


def days_from_now(days):
    return timezone.now() + timedelta(days=days)


def schedule(event, user, **fields):
    """As the editor does; the day has not come."""
    for name, value in ({"go_live_at": days_from_now(30)} | fields).items():
        setattr(event, name, value)
    event.save_revision(user=user).publish(user=user)
    return EventPage.objects.get(pk=event.pk)


def the_day_comes(event):
    """Of what is scheduled."""
    revision = event.scheduled_revision
    revision.content["go_live_at"] = days_from_now(-1).isoformat()
    revision.approved_go_live_at = days_from_now(-1)
    revision.save()
    call_command("publish_scheduled")
    return EventPage.objects.get(pk=event.pk)


def test_a_group_that_is_only_scheduled_waits_until_its_day(client, index, user):
    sent = send_new("Olohuone")

    event = schedule(sent.event, user, contact_hours="ma 9-12")

    sent.refresh_from_db()
    assert (sent.status, sent.revision_id) == ("sent", event.latest_revision_id)
    the_day_comes(event)
    sent.refresh_from_db()
    assert sent.status == "approved"
    assert title_for_residents(client, event) == "Olohuone"


def test_approving_publishes_now_also_what_staff_have_scheduled(client, index, user):
    sent = send_new("Olohuone")
    schedule(sent.event, user)
    sent.refresh_from_db()

    moderation.approve(sent, sent.revision_id, user)

    assert title_for_residents(client, sent.event) == "Olohuone"
    assert not EventPage.objects.get(pk=sent.event_id).scheduled_revision


def test_what_the_clock_publishes_leaves_nothing_behind(index, user):
    event = schedule(make_public(index, "Perhekahvila"), user, slug="kahvila")
    sent = send_change(event, title_fi="Vauvakahvila")

    event = the_day_comes(event)

    sent.refresh_from_db()
    assert event.slug == "kahvila"
    assert moderation.is_on_top(sent)
    assert event.current_workflow_task_state.revision_id == sent.revision_id


@pytest.mark.parametrize("decide", [moderation.ask_for_change, moderation.reject])
def test_what_is_refused_gives_the_draft_of_staff_back(index, user, decide):
    event = make_public(index, "Perhekahvila")
    moderator = staff_client(MODERATORS)
    send(moderator, edit_address(event), "", {"slug": "kahvila"})
    sent = send_change(event, title_fi="Vauvakahvila")

    decide(sent, sent.revision_id, user, "Ei näin.")

    page = moderator.get(edit_address(event)).context["page"]
    assert (page.title, page.slug) == ("Perhekahvila", "kahvila")
    assert EventPage.objects.get(pk=event.pk).has_unpublished_changes


def test_a_group_off_the_site_is_edited_as_it_was_public(index, user):
    event = make_public(index, "Perhekahvila")
    event.unpublish()
    sent = send_change(EventPage.objects.get(pk=event.pk), title_fi="Vauvakahvila")
    moderator = staff_client(MODERATORS)
    send(moderator, edit_address(event), "", {"contact_hours": "ma 9-12"})
    sent.refresh_from_db()

    moderation.reject(sent, sent.revision_id, user, "Ei näin.")

    assert title_in_editor(moderator, event) == "Perhekahvila"


def test_a_small_change_does_not_go_past_a_draft_of_staff(index):
    event = make_public(index, "Perhekahvila", contact_hours="ma 9-12")
    organisation = event.organisers.get()
    Organisation.objects.update(is_trusted=True)
    contact = make_contact()
    Membership.objects.create(
        contact=contact, organisation=organisation, is_approved=True
    )

    def send_hours(hours):
        draft = change_of(EventPage.objects.get(pk=event.pk), contact)
        draft.typed["whom"]["contact_hours"] = [hours]
        draft.save()
        return sending.send(draft, contact).status

    assert send_hours("ti 9-12") == "approved"
    send(staff_client(MODERATORS), edit_address(event), "", {"slug": "kahvila"})
    assert send_hours("ke 9-12") == "sent"


# The workflow


def test_groups_take_one_step_and_guides_two(index, guide_index):
    assert [task.name for task in index.get_workflow().tasks] == ["Ryhmän julkaisu"]
    assert guide_index.get_workflow().tasks.count() == 2


def test_the_workflow_that_an_administrator_chose_stays(index):
    root_workflow = WorkflowPage.objects.exclude(page=index).get().workflow
    WorkflowPage.objects.filter(page=index).update(workflow=root_workflow)

    make_group_workflow(index)

    assert index.get_workflow() == root_workflow


def test_with_a_longer_workflow_each_step_is_approved(client, index, user):
    root_workflow = WorkflowPage.objects.exclude(page=index).get().workflow
    WorkflowPage.objects.filter(page=index).update(workflow=root_workflow)
    sent = send_new("Olohuone")

    assert not moderation.approve(sent, sent.revision_id, user)
    sent.refresh_from_db()
    assert sent.status == "sent"
    assert title_for_residents(client, sent.event) == 404
    assert moderation.approve(sent, sent.revision_id, user)

    assert title_for_residents(client, sent.event) == "Olohuone"


def test_what_staff_correct_skips_no_step(client, index, user):
    root_workflow = WorkflowPage.objects.exclude(page=index).get().workflow
    WorkflowPage.objects.filter(page=index).update(workflow=root_workflow)
    sent = send_new("Olohuone")
    moderator = staff_client(MODERATORS)
    send(moderator, edit_address(sent.event), "", {"contact_hours": "ma 9-12"})
    sent.refresh_from_db()

    assert not moderation.approve(sent, sent.revision_id, user)

    assert title_for_residents(client, sent.event) == 404


def test_no_step_goes_on_when_a_change_is_asked_of_what_staff_corrected(index, user):
    sent = send_new("Olohuone")
    moderator = staff_client(MODERATORS)
    send(moderator, edit_address(sent.event), "", {"contact_hours": "ma 9-12"})
    sent.refresh_from_db()

    moderation.ask_for_change(sent, sent.revision_id, user, "Lisää aika.")

    assert not EventPage.objects.get(pk=sent.event_id).workflow_in_progress


def test_approved_is_only_what_has_become_public(client, index, user, monkeypatch):
    """What the end of a workflow does is a setting of Wagtail's."""
    sent = send_change(make_public(index, "Perhekahvila"), title_fi="Vauvakahvila")
    monkeypatch.setattr(WorkflowState, "on_finish", lambda state, user: None)

    with pytest.raises(moderation.OtherVersionError):
        moderation.approve(sent, sent.revision_id, user)

    sent.refresh_from_db()
    assert sent.status == "sent"
    assert sent.event.workflow_in_progress


def test_sending_on_the_day_after_staff_published_is_no_older_version(index, user):
    event = make_public(index, "Perhekahvila")
    EventPage.objects.filter(pk=event.pk).update(
        last_published_at=timezone.now() - timedelta(days=1)
    )
    sent = send_change(event, title_fi="Vauvakahvila")
    sent.refresh_from_db()

    assert moderation.is_on_top(sent)
