"""“Why is my group not shown?”, for the organisation."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..visibility import why_not_shown
from .access import ContactRequest, event_of, for_contacts
from .addresses import door_urls


@for_contacts
@require_safe
def why(request: ContactRequest, event_id: int) -> HttpResponse:
    event = event_of(request.contact, event_id)
    context = {
        "event": event,
        "answer": why_not_shown(event),
        "language_urls": door_urls("why", event.pk),
    }
    return render(request, "events/door/why.html", context)
