"""Beginning and putting away drafts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import moderation
from ..models import Submission
from . import drafts, limits
from .access import event_of, for_contacts, submission_of
from .addresses import door_url, door_urls
from .pictures import delete_drafts
from .steps import ORDER

STEP = ORDER[0]
TOO_MANY = 429


@for_contacts
@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """A draft is stored when somebody writes, not when they look."""
    if request.method == "GET":
        return render(
            request,
            "events/door/new.html",
            {
                "language_urls": door_urls("new"),
                "drafts": Submission.objects.open()
                .filter(contact=request.contact, is_change=False)
                .for_list()[:5],
            },
        )
    if not limits.allows(limits.DRAFTS_OF_CONTACT, str(request.contact.pk)):
        return render(request, "events/door/too_many.html", status=TOO_MANY)
    draft = drafts.new_draft(request.contact)
    return redirect(door_url("step", draft.key, STEP))


@for_contacts
@require_http_methods(["GET", "POST"])
def change(request: Any, event_id: int) -> HttpResponse:
    event = event_of(request.contact, event_id)
    if request.method == "GET":
        context = {"event": event, "language_urls": door_urls("change", event_id)}
        return render(request, "events/door/change.html", context)
    submission = drafts.change_of(event, request.contact)
    if not submission.is_open:
        return redirect(door_url("sent", submission.key))
    return redirect(door_url("step", submission.key, STEP))


@for_contacts
@require_POST
def another(request: Any, key: UUID) -> HttpResponse:
    """The same group in another place."""
    submission = submission_of(request.contact, key)
    if not limits.allows(limits.DRAFTS_OF_CONTACT, str(request.contact.pk)):
        return render(request, "events/door/too_many.html", status=TOO_MANY)
    draft = drafts.another_place(submission, request.contact)
    messages.info(request, _("This is a copy. Say where it meets."))
    return redirect(door_url("step", draft.key, "where"))


@for_contacts
@require_POST
def anew(request: Any, key: UUID) -> HttpResponse:
    """What was refused, once more."""
    submission = submission_of(request.contact, key)
    if submission.status != Submission.Status.REJECTED:
        return redirect(door_url("sent", key))
    if not limits.allows(limits.DRAFTS_OF_CONTACT, str(request.contact.pk)):
        return render(request, "events/door/too_many.html", status=TOO_MANY)
    draft = drafts.anew(submission, request.contact)
    return redirect(door_url("check", draft.key))


@for_contacts
@require_http_methods(["GET", "POST"])
def delete(request: Any, key: UUID) -> HttpResponse:
    submission = submission_of(request.contact, key)
    if not submission.is_open or submission.sent_at:
        raise Http404  # What staff have answered stays readable.
    if request.method == "POST":
        drafts_now = Submission.objects.open().filter(pk=submission.pk, sent_at=None)
        # Sent in this very moment, it is no draft any more.
        if moderation.locked(drafts_now) is None:
            return redirect(door_url("sent", key))
        delete_drafts(drafts_now)
        messages.success(request, _("The draft is deleted."))
        return redirect(door_url("groups"))
    context = {"submission": submission, "language_urls": door_urls("delete", key)}
    return render(request, "events/door/delete.html", context)
