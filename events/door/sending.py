"""Sending: a draft becomes a revision that waits, or a small change that is public.

All in one transaction that begins by locking the draft, so that it is sent once
whatever is pressed twice, and what was acknowledged is stored (decision 7).
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import WorkflowState

from home.background import after_commit
from home.languages import MAIN_LANGUAGE

from ..enums import Attendance
from ..models import (
    Contact,
    EventIndexPage,
    EventPage,
    Membership,
    Submission,
)
from ..moderation import locked, take_off_top
from ..staff import log
from ..staff.state_forms import confirm_today
from . import building
from .described import image_described, organisation_described, venue_described
from .drafts import as_known, snapshot_of, typed_of
from .merging import merged
from .small_changes import is_small_change
from .steps import steps_of
from .tasks import mail_decision
from .waiting_mail import mail_about_queue

Status = Submission.Status


class NotReadyError(Exception):
    """Something is missing: the steps say what."""


class Checked:
    """The checked values of all steps. Raises `NotReadyError`."""

    def __init__(self, submission: Submission) -> None:
        self.steps = steps_of(submission)
        if not all(step.is_valid() for step in self.steps):
            raise NotReadyError
        what, when, where, whom = self.steps
        self.values: dict[str, Any] = {
            **what.form.cleaned_data,
            **where.form.cleaned_data,
            **whom.form.cleaned_data,
        }
        self.organisation = what.form.cleaned_data.get("found")
        self.venue = where.form.cleaned_data["found"]
        self.pauses = when.form.cleaned_data["pauses"]
        self.rows = {prefix: when.rows(prefix) for prefix in building.ROWS}

    @property
    def describes_venue(self) -> bool:
        """A place that nobody has recorded yet."""
        is_online = self.values["attendance"] == Attendance.ONLINE
        return not (self.venue or is_online) and bool(self.values["venue"].strip())

    def write_to(self, event: EventPage, submission: Submission, venue: Any) -> None:
        building.write_place(event, self.values, venue)
        building.write_texts(event, self.values)
        building.write_times(event, self.rows, self.pauses)
        building.write_audience(event, self.values, submission)
        event.kind = self.values["kind"]


@transaction.atomic
def send(submission: Submission, contact: Contact) -> Submission:
    """Gives the submission as it stands afterwards; sent before, it stays as it is."""
    submission = as_it_stands(submission)
    if not submission.is_open:
        return submission
    event = event_to_write(submission)
    bring_up_to_date(submission, event)
    checked = Checked(submission)
    submission.contact = contact
    if not submission.is_change:
        submission.organisation = organisation_described(submission, checked)
        Membership.objects.get_or_create(
            contact=contact, organisation=submission.organisation
        )
    # Asked of the live group, before anything is written to it.
    is_small = is_small_change(submission, event, contact)
    write(event, submission, checked)
    if not submission.is_change:
        submission.typed_before = snapshot_of(event)
    submission.sent_at = timezone.now()
    submission.answer = ""
    if is_small:
        publish(event, submission, contact)
    else:
        submission.status = Status.SENT
        start_workflow(event)
    submission.save()
    log.record(event, log.SENT, contact)
    after_commit(mail_decision, submission.pk, submission.status)
    if submission.status == Status.SENT:
        mail_about_queue()
    return submission


def as_it_stands(submission: Submission) -> Submission:
    """Locked. One that has been deleted meanwhile raises `Submission.DoesNotExist`."""
    found = locked(Submission.objects.filter(pk=submission.pk))
    if found is None:
        raise Submission.DoesNotExist
    return found


def event_to_write(submission: Submission) -> EventPage:
    """The live group, whatever draft stands on it; or a new page under the index."""
    if submission.event_id:
        event = EventPage.objects.locked().get(pk=submission.event_id)
        return version_to_write(submission, event)
    # Two new pages would else take the same place in the tree.
    index = EventIndexPage.objects.select_for_update(of=("self",), no_key=True).get(
        locale__language_code=MAIN_LANGUAGE
    )
    return building.new_event(index)


def version_to_write(submission: Submission, event: EventPage) -> EventPage:
    if submission.revision and not event.live:
        return event.get_latest_revision_as_object()
    return as_known(event)


def bring_up_to_date(submission: Submission, event: EventPage) -> None:
    """What the organisation has not touched is as it stands on the page now."""
    if not (event.pk and submission.typed_before):
        return
    now = snapshot_of(event)
    if submission.image_id == submission.typed_before["image"]:
        submission.image = event.image
    submission.typed = merged(
        submission.typed, submission.typed_before, typed_of(event)
    )
    submission.typed_before = now


@transaction.atomic
def take_over_changes(submission: Submission) -> Submission:
    """Stores what staff have published meanwhile among what was typed, so that the
    steps say what does not fit together any more."""
    submission = as_it_stands(submission)
    if submission.is_open:
        bring_up_to_date(submission, event_to_write(submission))
        submission.save(update_fields=["typed", "typed_before", "image", "saved_at"])
    return submission


def write(event: EventPage, submission: Submission, checked: Checked) -> None:
    """Saves a revision without a user; the group as residents see it stays."""
    venue = venue_described(submission, checked)
    image_described(submission, checked)
    checked.write_to(event, submission, venue)
    if not event.pk:
        event.organisers = [submission.organisation]
        event.previous_season = submission.previous_season
        index = EventIndexPage.objects.get(locale__language_code=MAIN_LANGUAGE)
        index.add_child(instance=event)
        submission.event = event
    elif not submission.is_change:
        event.organisers = [submission.organisation]
    submission.revision = event.save_revision()


def start_workflow(event: EventPage) -> None:
    """A workflow that runs already begins anew: it was of an older revision."""
    for state in WorkflowState.objects.active().for_instance(event):
        state.cancel()
    workflow = event.get_workflow()
    if workflow:
        workflow.start(event, user=None)


def publish(event: EventPage, submission: Submission, contact: Contact) -> None:
    """A small change of an organisation that staff trust."""
    revision: Any = submission.revision
    revision.publish(skip_permission_checks=True)
    submission.status = Status.APPROVED
    submission.decided_at = timezone.now()
    confirm_today(event)
    log.record(event, log.PUBLISHED_AT_ONCE, contact)


@transaction.atomic
def remake_revision(submission: Submission) -> None:
    """What waits is put on top of the group as it is now, and read anew."""
    event = event_to_write(submission)
    bring_up_to_date(submission, event)
    write(event, submission, Checked(submission))
    # Before the workflow is cancelled: then it is asked what has been overtaken.
    submission.save()
    start_workflow(event)


@transaction.atomic
def take_back(submission: Submission, contact: Contact) -> Submission:
    """The organisation writes on: nothing waits any more."""
    submission = as_it_stands(submission)
    if submission.status != Status.SENT:
        return submission
    take_off_top(submission)
    submission.status = Status.DRAFT
    submission.save(update_fields=["status", "saved_at"])
    if submission.event:
        for state in WorkflowState.objects.active().for_instance(submission.event):
            state.cancel()
        log.record(submission.event, log.TAKEN_BACK, contact)
    return submission
