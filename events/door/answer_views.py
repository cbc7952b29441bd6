"""The page behind the link that asks whether groups still meet."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..models import Contact, DoorLink, EventPage, EventState
from ..staff.access import locked
from ..staff.state_forms import state_of
from . import links
from .access import events_of, quiet
from .addresses import door_urls
from .answers import ANSWERS, GROUPS_AT_ONCE, Answer, AskedForm, asked_by
from .sign_in_views import GONE, draw


@quiet
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing: programs open links to look at them.

    It opens nothing else of the door, and takes one answer for each group that the
    letter asked about. After that it says what was answered.
    """
    # Two answers by one link come one after the other.
    link = links.confirmation_of(token, is_locked=request.method == "POST")
    if link is None:
        return draw(request, "confirm_gone", {}, status=GONE)
    sent = None
    if request.method == "POST":
        sent = take_answer(request, link)
        if sent is None:
            return redirect(request.get_full_path())
    groups = Paginator(asked_by(link), GROUPS_AT_ONCE)
    page = groups.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows_of(page, sent),
        "answered": answered_by(link),
        "has_errors": sent is not None,
        "language_urls": door_urls("confirm", token),
    }
    return draw(
        request,
        "confirm",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if sent is not None else 200,
    )


def take_answer(request: HttpRequest, link: DoorLink) -> Answer | None:
    """The form when something in it is not right; None when all is done."""
    action = request.POST.get("action", "")
    if action not in ANSWERS:
        message = "no such answer"
        raise BadRequest(message)
    asked = AskedForm(cast("Contact", link.contact), request.POST)
    if not asked.is_valid():
        messages.info(request, _("This group has been answered for already."))
        return None
    with locked(asked.cleaned_data["group"].pk) as event:
        if not asked_by(link).filter(pk=event.pk).exists():
            # Whoever pressed the button twice reads on the page what they answered.
            if not link.answers.filter(event=event, action=action).exists():
                messages.info(request, _("This group has been answered for already."))
            return None
        state = state_of(event)
        if not ANSWERS[action].is_offered(state, timezone.localdate()):
            messages.warning(request, f"{event.title}: {as_it_is(state)}")
            return None
        form = ANSWERS[action](event, request.POST)
        if not form.is_valid():
            return form
        messages.success(request, f"{event.title}: {form.save(link.contact)}")
        link.answers.create(event=event, action=action)
    if not asked_by(link).exists():
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
    return None


def as_it_is(state: EventState) -> str:
    """For whom the page did not show it: it has been changed in My groups since."""
    if state.is_paused:
        return _("Nothing was changed. The group is on a break now: answer below.")
    return _("Nothing was changed. The group is not on a break now: answer below.")


def answered_by(link: DoorLink) -> list[dict[str, Any]]:
    """Of groups that the contact still looks after."""
    theirs = events_of(cast("Contact", link.contact))
    answers = link.answers.filter(event__in=theirs.order_by()).select_related("event")
    return [
        {
            "event": answer.event,
            "answer": ANSWERS[answer.action].label,
            "when": answer.answered_at,
        }
        for answer in answers
        if answer.action in ANSWERS
    ]


def rows_of(page: Page, sent: Answer | None) -> list[dict[str, Any]]:
    """Each group with its buttons. A fixed number of queries."""
    today = timezone.localdate()
    groups = list(page)
    prefetch_related_objects(groups, "rules")
    return [
        {
            "event": event,
            "state": event.state,
            "forms": [
                sent if is_sent(sent, event, form) else form(event)
                for form in ANSWERS.values()
                if form.is_offered(event.state, today)
            ],
        }
        for event in groups
    ]


def is_sent(sent: Answer | None, event: EventPage, form: type[Answer]) -> bool:
    return sent is not None and type(sent) is form and sent.event.pk == event.pk
