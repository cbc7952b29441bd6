"""“Was this useful?”, a comment on it, and the feedback page."""

import logging
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from ..limits import Limit, allows, reader_of
from ..models import Feedback, PageOpinion
from ..quiet import kept_quiet, quiet
from ..stateless import own_origin, stateless
from ..views import permission_denied
from . import limits
from .addresses import feedback_url, feedback_urls
from .forms import CommentForm, FeedbackForm, days_contact_is_kept
from .tasks import tell_staff

logger = logging.getLogger(__name__)


def asking_page(page_id: int) -> Any:
    """A public page that asks whether it was useful; 404 for every other."""
    found = Page.objects.live().public().filter(pk=page_id).first()
    page = found.specific if found else None
    if page is None or not getattr(page, "asks_if_useful", False):
        raise Http404
    return page


@stateless
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, page_id: int) -> HttpResponse:
    page = asking_page(page_id)
    verdict = request.POST.get("useful")
    if request.method != "POST" or verdict not in {"yes", "no"}:
        return redirect(page.url)
    try:
        count(request, page, was_useful=verdict == "yes")
    except DatabaseError as error:
        # Who pressed the button is asked for a comment all the same.
        logger.warning("An opinion was not counted: %s.", type(error).__name__)
    return redirect(feedback_url("comment", page.pk, verdict))


def count(request: HttpRequest, page: Any, *, was_useful: bool) -> None:
    """One that is one too many is thanked for like the others, and not counted."""
    reader = reader_of(request)
    if allows(limits.OPINION_OF_PAGE, f"{page.pk} {reader}") and allows(
        limits.OPINIONS_FROM_READER, reader
    ):
        PageOpinion.objects.count_one(page, was_useful=was_useful)


@stateless
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, page_id: int, verdict: str) -> HttpResponse:
    page = asking_page(page_id)
    data = request.POST if request.method == "POST" else None
    form = CommentForm(data, was_useful=verdict == "yes")

    def draw(status: int = 200, fault: str = "") -> HttpResponse:
        context = {"form": form, "page_read": page, "fault": fault}
        return render(request, "home/feedback/comment.html", context, status=status)

    if not form.is_valid():
        return draw(HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else 200)
    if not form.is_empty:
        try:
            if not both_allow(
                request, limits.COMMENTS_FROM_READER, limits.COMMENTS_OF_PAGE, page.pk
            ):
                return draw(HTTPStatus.TOO_MANY_REQUESTS, "many")
            form.save(page)
        except DatabaseError as error:
            # Its text may hold what was typed.
            logger.error("A comment was not stored: %s.", type(error).__name__)
            return draw(HTTPStatus.SERVICE_UNAVAILABLE, "away")
    return redirect(feedback_url("comment-sent", page.pk))


@quiet
@require_safe
def comment_sent(request: HttpRequest, page_id: int) -> HttpResponse:
    context = {"page_read": asking_page(page_id)}
    return render(request, "home/feedback/comment_sent.html", context)


@sensitive_variables()
@sensitive_post_parameters()
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, kind: str = "") -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = FeedbackForm(data, initial={"kind": kind})
    if not form.is_valid():
        return draw_feedback(
            request, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else 200
        )
    try:
        if not both_allow(
            request, limits.FEEDBACK_FROM_READER, limits.FEEDBACK_OF_DAY, "all"
        ):
            return draw_feedback(request, form, HTTPStatus.TOO_MANY_REQUESTS, "many")
        if told := form.save():
            tell_staff(told)
    except DatabaseError as error:
        # Its text may hold what was typed.
        logger.error("Feedback was not stored: %s.", type(error).__name__)
        return draw_feedback(request, form, HTTPStatus.SERVICE_UNAVAILABLE, "away")
    wants_answer = bool(form.cleaned_data["email"])
    return redirect(feedback_url("sent-to-answer" if wants_answer else "sent"))


def feedback_without_token(request: HttpRequest) -> HttpResponse:
    """The cookie of our own form is gone: the page brings another, and all is kept.

    Only of ours: what another site makes a browser send is not put before its reader
    with a button that makes it right.
    """
    if request.headers.get("Origin") != own_origin(request):
        return permission_denied(request)
    form = FeedbackForm(request.POST)
    form.is_valid()
    return kept_quiet(draw_feedback(request, form, HTTPStatus.FORBIDDEN, "cookie"))


feedback.csrf_failure = feedback_without_token  # type: ignore[attr-defined]  # Ours.


def draw_feedback(
    request: HttpRequest, form: FeedbackForm, status: int, fault: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "fault": fault,
        "days": days_contact_is_kept(),
        "accessibility": Feedback.Kind.ACCESSIBILITY,
        "language_urls": feedback_urls(),
    }
    return render(request, "home/feedback/form.html", context, status=status)


@quiet
@require_safe
def sent(request: HttpRequest, *, wants_answer: bool = False) -> HttpResponse:
    context = {"wants_answer": wants_answer, "language_urls": feedback_urls()}
    return render(request, "home/feedback/sent.html", context)


def both_allow(
    request: HttpRequest, of_reader: Limit, of_all: Limit, what: object
) -> bool:
    return allows(of_reader, reader_of(request)) and allows(of_all, str(what))
