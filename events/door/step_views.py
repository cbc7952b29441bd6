"""One page for each step. Whatever is sent is stored, right or wrong."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import moderation, seen
from ..models import Submission
from . import drafts, own_steps
from .access import for_contacts, known_submission, submission_of
from .addresses import door_url, door_urls
from .kept import closed_page
from .late import kept_for_late_contacts
from .pictures import take_picture
from .side_by_side import stored_otherwise
from .steps import ORDER, STEPS
from .when_forms import FORMSETS


@kept_for_late_contacts
@for_contacts
@require_http_methods(["GET", "POST"])
def step(request: Any, key: UUID, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    if request.method == "GET":
        submission = submission_of(request.contact, key)
        if not submission.is_open:
            return redirect(door_url("sent", key))
        return draw(request, STEPS[step](submission))
    known = known_submission(request.contact, key)
    # A colleague may send or delete it, or save another step, in this very moment.
    found = known and moderation.locked(Submission.objects.filter(pk=known.pk))
    if found is None or not found.is_open:
        return closed_page(request)
    submission = found
    is_overtaken = drafts.is_overtaken(submission, step, request.POST)
    if is_overtaken and not own_steps.is_own(request, STEPS[step](submission)):
        mine = STEPS[step](submission, typed=drafts.typed_from(request.POST))
        return draw(request, mine, status=HTTPStatus.CONFLICT)
    drafts.keep(submission, step, request.POST)
    if (prefix := request.POST.get("add", "")) in FORMSETS:
        drafts.add_row(submission, prefix)
        own_steps.note_saving(request, STEPS[step](submission))
        return redirect(f"{request.path}#{prefix}-rows")
    files = request.FILES if step == "whom" else None
    shown = STEPS[step](submission, files)
    is_valid = shown.is_valid()
    if step == "whom" and shown.form.is_bound:
        take_picture(submission, shown.form, request.contact)
    own_steps.note_saving(request, STEPS[step](submission))
    if request.POST.get("go") == "later":
        messages.success(request, _("Saved. You can go on when it suits you."))
        return redirect(door_url("groups"))
    if not is_valid:
        return draw(request, shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(after(submission, step, to_check=request.POST.get("go") == "check"))


def after(submission: Any, step: str, *, to_check: bool) -> str:
    """The next step; the last page when one came back from there."""
    place = ORDER.index(step) + 1
    if to_check or place == len(ORDER):
        return door_url("check", submission.key)
    return door_url("step", submission.key, ORDER[place])


def draw(request: Any, shown: Any, *, status: int = 200) -> HttpResponse:
    submission = shown.source
    place = ORDER.index(shown.key)
    context = {
        "submission": submission,
        "step": shown,
        "number": place + 1,
        "ways": [(key, STEPS[key].title, key == shown.key) for key in ORDER],
        "is_filled": all(submission.typed_in(key) for key in ORDER),
        "advice": shown.advice(),
        "seen": seen.mark_of(shown.stored),
        "language_urls": door_urls("step", submission.key, shown.key),
    }
    if status == HTTPStatus.CONFLICT:
        stored = STEPS[shown.key](submission)
        context["colleague"] = {"fields": stored_otherwise(stored, shown)}
    return render(request, shown.template, context, status=status)
