"""What staff decide about what an organisation has sent (decision 7).

Wagtail publishes a page's latest revision, whatever was read. So each decision here
names the revision that the moderator read, and another one is refused.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import PageLogEntry, Revision, TaskState

from home.background import after_commit

from . import seen
from .door.tasks import mail_decision
from .models import EventPage, Membership, Submission
from .staff import log
from .staff.state_forms import confirm_today

Status = Submission.Status

LOGGED = {
    Status.APPROVED: log.SUBMISSION_APPROVED,
    Status.CHANGE_ASKED: log.CHANGE_ASKED,
    Status.REJECTED: log.SUBMISSION_REJECTED,
}
LONGEST_ANSWER = 2000
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


class DecisionRefusedError(Exception):
    """Its text is for the moderator."""


class DecidedAlreadyError(DecisionRefusedError):
    """A colleague was quicker, or the organisation took it back."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        super().__init__(
            _("Nothing was changed: this has been decided already. %(decision)s")
            % {"decision": decision_in_words(submission)}
        )


class OtherVersionError(DecisionRefusedError):
    """What was read is not what waits, or would undo what was published meanwhile."""

    text = gettext_lazy(
        "Nothing was changed: there is a newer version than the one that you read."
        " Read it first."
    )

    def __init__(self) -> None:
        super().__init__(str(self.text))


class NoteOvertakenError(DecisionRefusedError):
    def __init__(self) -> None:
        super().__init__(
            _("The note was not saved: a colleague has written another meanwhile.")
        )


class CannotBePublishedError(DecisionRefusedError):
    def __init__(self, error: ValidationError) -> None:
        super().__init__(
            _("This version cannot be published: %(why)s")
            % {"why": " ".join(error.messages)}
        )


def decision_in_words(submission: Submission) -> str:
    """The state, with who decided on it and when."""
    status = submission.get_status_display()
    if submission.decided_by is None or submission.decided_at is None:
        return str(status)
    return _("%(status)s: %(who)s, %(when)s.") % {
        "status": status,
        "who": submission.decided_by.get_full_name() or submission.decided_by,
        "when": log.in_words(submission.decided_at.isoformat()),
    }


# What a moderator does


def approve(
    submission: Submission,
    revision_id: int,
    user: Any,
    *,
    admits_sender: bool = False,
) -> bool:
    """Publishes it. False when its workflow has a step more, which comes next."""
    try:
        with transaction.atomic():
            submission = locked_to_decide(submission, revision_id)
            event = submission.event
            if event is None or not is_on_top(submission):
                raise OtherVersionError
            if admits_sender:
                admit_sender(submission, user)
            state = task_state_of(submission)
            if state and not state.workflow_state.is_at_final_task:
                state.task.specific.on_action(state, user, "approve")
                return False
            decide(submission, Status.APPROVED, user)
            revision = waiting_revision(submission)
            drop_schedule(revision)
            if state:
                state.task.specific.on_action(state, user, "approve")
            else:
                revision.publish(user=user)
            if not is_public_in(event, revision):
                raise OtherVersionError
            confirm_today(event)
    except ValidationError as error:
        raise CannotBePublishedError(error) from error
    return True


@transaction.atomic
def ask_for_change(
    submission: Submission, revision_id: int | None, user: Any, answer: str
) -> None:
    submission = locked_to_decide(submission, revision_id)
    decide(submission, Status.CHANGE_ASKED, user, answer)
    if state := task_state_of(submission):
        state.task.specific.on_action(state, user, "reject", comment=answer)
    else:
        cancel_workflow(submission, user)
    take_off_top(submission)


@transaction.atomic
def reject(
    submission: Submission, revision_id: int | None, user: Any, answer: str
) -> None:
    """For good. A group that was never public stays a draft that only staff see."""
    submission = locked_to_decide(submission, revision_id)
    decide(submission, Status.REJECTED, user, answer)
    cancel_workflow(submission, user)
    take_off_top(submission)


# What Wagtail's own pages do: its editor, dashboard and listing


@transaction.atomic
def note_published(event: EventPage, revision: Revision) -> Submission | None:
    """What has just been published may be what waited.

    A new group counts as approved also when staff mended something in the editor.
    Gives the submission that waits on, behind what staff have published. What is only
    scheduled waits on as well: nobody sees it yet.
    """
    if event.live:
        note_public(event)
    submission = locked_waiting_of(event)
    if submission is None:
        return None
    if not event.live:
        note_saved(event)
        return None
    if submission.is_change and submission.revision_id != revision.pk:
        return submission
    submission.revision = revision
    decide(submission, Status.APPROVED, publisher_of(revision))
    confirm_today(event)
    return None


def note_public(event: EventPage) -> None:
    """What was asked for, taken back or refused is a change from now on, which only
    those who act for the group may write. Its place is everybody's.
    """
    left = Submission.objects.not_approved().filter(event=event.pk, is_change=False)
    left = left.exclude(status=Status.SENT)
    if not left.exists():
        return
    EventPage.objects.locked().filter(pk=event.pk).first()  # As all do: first.
    organisers = list(event.organisers.all())
    left.exclude(organisation__in=organisers).update(
        organisation=organisers[0] if organisers else None
    )
    left.update(is_change=True, made_organisation=False, venue=None)


@transaction.atomic
def note_rejected(event: EventPage, state: TaskState, user: Any) -> None:
    submission = locked_waiting_of(event)
    if submission and submission.revision_id == state.revision_id:
        answer = state.comment[:LONGEST_ANSWER]
        decide(submission, Status.CHANGE_ASKED, user, answer)
        take_off_top(submission)


@transaction.atomic
def note_saved(event: EventPage) -> None:
    """A new group that staff correct waits on with what they wrote.

    So does its step of the workflow. Of a public group their draft is another version:
    it waits beside.
    """
    submission = locked_waiting_of(event)
    if submission is None or event.live or event.latest_revision is None:
        return
    state = task_state_of(submission)
    submission.revision = event.latest_revision
    submission.save(update_fields=["revision"])
    if state:
        state.revision = event.latest_revision
        state.save(update_fields=["revision"])


def note_deleted(event: EventPage) -> None:
    """What was written about it is kept: it can be refused, or sent as a new group."""
    EventPage.objects.locked().filter(pk=event.pk).first()  # As all do: first.
    changes = Submission.objects.unfinished().filter(event=event.pk, is_change=True)
    changes.update(is_change=False, typed_before={})


@transaction.atomic
def write_note(submission: Submission, note: str, mark: str) -> None:
    """`mark`: of the note that stood on the page (`events.seen`)."""
    rows = Submission.objects.select_for_update(no_key=True)
    stored = rows.get(pk=submission.pk).staff_note
    if seen.is_overtaken(mark, stored) and note != stored:
        raise NoteOvertakenError
    Submission.objects.filter(pk=submission.pk).update(staff_note=note)


# Parts of a decision


def locked(submissions: Any) -> Submission | None:
    """The group first, as whoever else changes it does."""
    event = EventPage.objects.locked().filter(submissions__in=submissions).first()
    rows = submissions.select_for_update(of=("self",), no_key=True)
    submission: Submission | None = rows.first()
    if submission and event and submission.event_id == event.pk:
        submission.event = event
    return submission


def locked_waiting_of(event: EventPage) -> Submission | None:
    """Asks without a lock first: most groups that are published have none."""
    waiting = Submission.objects.waiting().filter(event=event.pk)
    return locked(waiting) if waiting.exists() else None


def locked_to_decide(submission: Submission, revision_id: int | None) -> Submission:
    found = locked(Submission.objects.filter(pk=submission.pk))
    if found is None or found.status != Status.SENT:
        raise DecidedAlreadyError(found or submission)
    if found.revision_id != revision_id:
        raise OtherVersionError
    return found


def is_on_top(submission: Submission) -> bool:
    """Nothing has been saved or published since: approving it undoes nothing."""
    event, revision = submission.event, submission.revision
    if event is None or revision is None:
        return False
    published_at = event.last_published_at if event.live else None
    return event.latest_revision_id == revision.pk and not (
        published_at and published_at > revision.created_at
    )


def waiting_revision(submission: Submission) -> Revision:
    if submission.revision is None:
        raise OtherVersionError
    return submission.revision


def task_state_of(submission: Submission) -> Any:
    """The step in progress, if it is about the version that waits."""
    state = submission.event and submission.event.current_workflow_task_state
    return state if state and state.revision_id == submission.revision_id else None


def decide(
    submission: Submission, status: Submission.Status, user: Any, answer: str = ""
) -> None:
    submission.status = status
    submission.decided_at = timezone.now()
    submission.decided_by = user
    submission.answer = answer
    submission.save(
        update_fields=["status", "decided_at", "decided_by", "answer", "revision"]
    )
    if submission.event:
        log.record(submission.event, LOGGED[status], user, submission=submission.pk)
    after_commit(mail_decision, submission.pk, status.value)


def admit_sender(submission: Submission, user: Any) -> None:
    """From now on they may change the groups of the organisation."""
    if not (submission.contact and submission.organisation):
        return
    Membership.objects.update_or_create(
        contact=submission.contact,
        organisation=submission.organisation,
        defaults={"is_approved": True},
    )
    log.record(
        submission.organisation, log.ADMITTED, user, person=submission.contact_id
    )


def drop_schedule(revision: Revision) -> None:
    """Approving publishes at once, as its button says: a later day is forgotten.

    An organisation cannot choose one. Staff who correct its group can, but what they
    schedule they publish in the editor.
    """
    if revision.content.get("go_live_at"):
        revision.content["go_live_at"] = None
        revision.save(update_fields=["content"])


def is_public_in(event: EventPage, revision: Revision) -> bool:
    """A workflow publishes whatever is latest when its last step is done."""
    public = EventPage.objects.live().filter(live_revision=revision)
    return public.filter(pk=event.pk).exists()


def cancel_workflow(submission: Submission, user: Any) -> None:
    workflow_state = submission.event and submission.event.current_workflow_state
    if workflow_state:
        workflow_state.cancel(user=user)


def take_off_top(submission: Submission) -> None:
    """What was not approved is not what staff go on editing.

    Otherwise it would stay the page's latest revision, one press from being published.
    A group that has never been public has no other version.
    """
    event = submission.event
    if event is None or event.latest_revision_id != submission.revision_id:
        return
    if not (event.live or event.first_published_at):
        return
    public = event.live_revision or last_published(event)
    draft = draft_before(submission, event, public)
    # Without any revision Wagtail edits the page as it stands.
    latest = draft or public
    EventPage.objects.filter(pk=event.pk).update(
        latest_revision=latest,
        has_unpublished_changes=bool(draft) or not event.live,
        draft_title=latest.content["title"] if latest else event.title,
    )


def last_published(event: EventPage) -> Revision | None:
    """Of a group off the site. Its own row holds whatever was saved since."""
    entries = PageLogEntry.objects.filter(page=event.pk, action__in=PUBLISHED)
    entry = entries.exclude(revision=None).order_by("timestamp", "pk").last()
    return entry.revision if entry else None


def draft_before(
    submission: Submission, event: EventPage, public: Revision | None
) -> Revision | None:
    """The last that staff saved since the group was published; the door has no user.

    What they saved of a group that is off the site, while something waited, corrects
    that: it is no draft of their own.
    """
    drafts = event.revisions.exclude(user=None)
    if public:
        drafts = drafts.filter(created_at__gt=public.created_at)
    if not event.live:
        drafts = drafts.filter(created_at__lt=submission.created_at)
    draft: Revision | None = drafts.order_by("created_at", "pk").last()
    return draft


def publisher_of(revision: Revision) -> Any:
    """Wagtail's signal does not say who: the one who approved it, or who wrote it."""
    states = TaskState.objects.filter(revision=revision, status="approved")
    approved = states.select_related("finished_by").order_by("-finished_at").first()
    return approved.finished_by if approved else revision.user
