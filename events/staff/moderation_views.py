"""A submission's page, and deciding on several at once."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from home.differences import all_fields, changes

from ..date_rows import dates_of_draft
from ..models import EventPage, Membership, Submission
from ..moderation import DecisionRefusedError, decision_in_words
from .access import may_change, may_publish_groups, may_see_board
from .bulk_form import BulkForm
from .decision_forms import DECISION_FORMS, DecisionForm, NoteForm
from .duplicates import alike, alike_organisations

Status = Submission.Status

DATES_SHOWN = 5
A_MINUTE = timedelta(minutes=1)
STILL_READING = 30 * A_MINUTE
QUEUE = "event_staff:queue"


@require_http_methods(["GET", "POST"])
def submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    found = submission_to_read(request.user, submission_id)
    may_decide = may_decide_on(request.user, found)
    sent, status = None, 200
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        sent, status = form_of(found, request.POST), HTTPStatus.UNPROCESSABLE_ENTITY
        if sent.is_valid():
            try:
                messages.success(request, sent.save(request.user))
                return redirect(QUEUE if leaves_queue(sent) else request.path)
            except DecisionRefusedError as refusal:
                messages.error(request, str(refusal))
                found = submission_to_read(request.user, submission_id)
                sent.read_again(found)
                status = HTTPStatus.CONFLICT
    return render(
        request,
        "events/staff/submission.html",
        furniture(found.title)
        | context_of(request, found, sent, may_decide=may_decide),
        status=status,
    )


def leaves_queue(form: DecisionForm) -> bool:
    return form.action not in ("note", "anew")


def submission_to_read(user: Any, submission_id: int) -> Submission:
    """What is still being written is nobody's but the writer's."""
    if not may_see_board(user):
        raise PermissionDenied
    rows = Submission.objects.exclude(sent_at=None).exclude(status=Status.DRAFT)
    found = rows.for_staff().filter(pk=submission_id).first()
    if found is None:
        raise Http404
    return found


def may_decide_on(user: Any, found: Submission) -> bool:
    """Of a group that has been deleted there is only the answer to be given."""
    return may_change(user, found.event) if found.event else may_publish_groups(user)


def form_of(found: Submission, data: Any) -> DecisionForm:
    forms = DECISION_FORMS | {NoteForm.action: NoteForm}
    form = forms.get(data.get("action", ""))
    if form is None:
        message = "no such decision"
        raise BadRequest(message)
    return form(found, data)


def context_of(
    request: HttpRequest,
    found: Submission,
    sent: DecisionForm | None,
    *,
    may_decide: bool,
) -> dict[str, Any]:
    waits = found.status == Status.SENT
    return {
        "submission": found,
        "waits": waits,
        "decision": "" if waits else decision_in_words(found),
        "may_decide": may_decide,
        "other_reader": note_reader(request.user, found) if may_decide else None,
        "forms": forms_of(found, sent) if waits and may_decide else [],
        "note_form": (sent if isinstance(sent, NoteForm) else NoteForm(found)),
        # It cannot be sent any more: what was written is shown to be copied.
        "lost": sent.data.get("answer", "") if sent and not waits else "",
        **sender_of(found),
        **organisation_of(found),
        **version_of(request, found),
    }


def forms_of(found: Submission, sent: DecisionForm | None) -> list[DecisionForm]:
    forms = (
        sent if sent and sent.action == form.action else form(found)
        for form in DECISION_FORMS.values()
    )
    return [form for form in forms if form.is_offered]


def note_reader(user: Any, found: Submission) -> Any:
    """Who else has it open, as far as one can know; and now it is this one."""
    now = timezone.now()
    Submission.objects.filter(pk=found.pk).update(opened_at=now, opened_by=user)
    if found.opened_by in (None, user) or found.opened_at is None:
        return None
    age = now - found.opened_at
    if age > STILL_READING:
        return None
    return {"who": found.opened_by, "minutes": max(1, age // A_MINUTE)}


def sender_of(found: Submission) -> dict[str, Any]:
    contact = found.contact
    if contact is None:
        return {}
    return {
        "contact": contact,
        "membership": Membership.objects.filter(
            contact=contact, organisation=found.organisation_id
        ).first(),
        "published_before": contact.submissions.filter(status=Status.APPROVED)
        .exclude(pk=found.pk)
        .count(),
    }


def organisation_of(found: Submission) -> dict[str, Any]:
    """One that was described here is published with the group."""
    organisation = found.organisation
    if organisation is None or not found.made_organisation:
        return {}
    return {
        "new_organisation": organisation,
        "alike_organisations": alike_organisations(organisation),
    }


def version_of(request: HttpRequest, found: Submission) -> dict[str, Any]:
    """What was sent: its changes beside the published version, or all of it."""
    event, revision = found.event, found.revision
    if event is None or revision is None:
        return {}
    version: EventPage = revision.as_object()
    return {
        "event": event,
        "version": version,
        "differences": (
            changes(event, version, request)
            if found.is_change
            else all_fields(version, request)
        ),
        "dates": dates_of_draft(version, timezone.now())[:DATES_SHOWN],
        "alike": [] if found.is_change else alike(version),
        # A place that was described here, unless another was chosen since.
        "new_venue": version.venue if version.venue_id == found.venue_id else None,
    }


@require_http_methods(["GET", "POST"])
def submissions(request: HttpRequest) -> HttpResponse:
    """Those that were chosen in the queue: all published, or all refused."""
    if not may_publish_groups(request.user):
        raise PermissionDenied
    form = BulkForm(request.POST if request.method == "POST" else None)
    form.choose(request.POST or request.GET)
    if form.is_bound and form.is_valid():
        for done in form.save(request.user):
            messages.success(request, done)
        for refused in form.refused:
            messages.error(request, refused)
        return redirect(QUEUE)
    if not form.chosen:
        messages.warning(request, _("Choose at least one group that waits."))
        return redirect(QUEUE)
    return render(
        request,
        "events/staff/submissions.html",
        furniture(_("Decide about several")) | {"form": form},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else 200,
    )


def furniture(title: str) -> dict[str, Any]:
    """What Wagtail's base template asks for."""
    return {
        "header_title": title,
        "header_icon": "clipboard-list",
        "breadcrumbs_items": [
            {"url": reverse(QUEUE), "label": _("Groups waiting")},
            {"url": "", "label": title},
        ],
    }
