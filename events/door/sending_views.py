"""The last page: what is missing, how it will look, who sends it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ..models import Submission
from . import limits
from .access import for_contacts, known_submission, submission_of
from .addresses import door_url, door_urls
from .kept import closed_page
from .sender_form import SenderForm
from .sending import NotReadyError, send, take_back, take_over_changes
from .steps import WhenStep, steps_of
from .what_form import languages_written


@for_contacts
@require_http_methods(["GET", "POST"])
def check(request: Any, key: UUID) -> HttpResponse:
    submission = known_submission(request.contact, key)
    if submission is None and request.method == "POST":
        return closed_page(request)
    if submission is None:
        raise Http404
    if not submission.is_open:
        return redirect(door_url("sent", key))
    form = SenderForm(
        request.POST if request.method == "POST" else None, instance=request.contact
    )
    if request.method == "POST" and form.is_valid():
        if not limits.allows(limits.SENDINGS_OF_CONTACT, str(request.contact.pk)):
            return render(request, "events/door/too_many.html", status=429)
        try:
            with transaction.atomic():
                send(submission, request.contact)
                form.save()  # Second: the group is locked before the contact.
        except NotReadyError:
            # The page says what is missing, or does not fit what staff published.
            submission = take_over_changes(submission)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except Submission.DoesNotExist:
            return closed_page(request)  # Deleted in another tab.
        else:
            return redirect(door_url("sent", key))
    return draw_check(request, submission, form)


def draw_check(request: Any, submission: Any, form: SenderForm) -> HttpResponse:
    steps = steps_of(submission)
    missing = [step for step in steps if not step.is_valid()]
    when = next(step for step in steps if isinstance(step, WhenStep))
    context = {
        "submission": submission,
        "form": form,
        "days": settings.CONTACT_DATA_KEPT_DAYS,
        "missing": missing,
        "overview": when.overview(),
        "advice": [each for step in steps for each in step.advice()],
        "written_in": languages_written(submission.typed_in("what")),
        "language_urls": door_urls("check", submission.key),
    }
    is_bad = request.method == "POST"
    return render(
        request,
        "events/door/check.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_bad else 200,
    )


@for_contacts
@require_safe
def sent(request: Any, key: UUID) -> HttpResponse:
    """What has become of it. May be looked at again and again."""
    submission = submission_of(request.contact, key)
    if submission.status == submission.Status.DRAFT:
        return redirect(door_url("check", key))
    context = {"submission": submission, "language_urls": door_urls("sent", key)}
    return render(request, "events/door/sent.html", context)


@for_contacts
@require_POST
def withdraw(request: Any, key: UUID) -> HttpResponse:
    submission = submission_of(request.contact, key)
    if take_back(submission, request.contact).is_open:
        messages.success(
            request,
            _("The moderators do not read it any more. Change it and send it again."),
        )
        return redirect(door_url("step", key, "what"))
    messages.info(request, _("It has been decided already."))
    return redirect(door_url("sent", key))
