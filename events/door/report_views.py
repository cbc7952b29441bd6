"""“Report an error” on a group's page, for everybody: no account, no personal data."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ..models import EventPage
from ..staff.access import locked
from . import limits
from .access import quiet
from .addresses import door_url, door_urls
from .report_forms import ReportForm
from .report_tasks import mail_about


@quiet
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, event_id: int) -> HttpResponse:
    event = public_event(event_id)
    form = ReportForm(event, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else 200
        return draw(request, "report", event, {"form": form}, status=status)
    if not may_report(request, event):
        context = {"form": form, "is_too_many": True}
        return draw(
            request, "report", event, context, status=HTTPStatus.TOO_MANY_REQUESTS
        )
    with locked(event.pk):
        if told := form.save():
            mail_about(told)
    return redirect(door_url("report-sent", event.pk))


@quiet
@require_safe
def sent(request: HttpRequest, event_id: int) -> HttpResponse:
    return draw(request, "report_sent", public_event(event_id), {})


def public_event(event_id: int) -> EventPage:
    event = EventPage.objects.live().filter(pk=event_id).first()
    if event is None or event.is_restricted:
        raise Http404
    return event


def may_report(request: HttpRequest, event: EventPage) -> bool:
    return limits.allows(
        limits.REPORTS_FROM_READER, limits.reader_of(request)
    ) and limits.allows(limits.REPORTS_OF_GROUP, str(event.pk))


def draw(
    request: HttpRequest,
    name: str,
    event: EventPage,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        f"events/door/{name}.html",
        {
            "event": event,
            "text": event.text,
            "language_urls": door_urls("report", event.pk),
            **context,
        },
        status=status,
    )
