"""The group's page just as residents will see it, before anything is sent."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_safe

from home.languages import MAIN_LANGUAGE

from ..models import EventIndexPage, EventPage, Submission, Venue
from . import building
from .access import for_contacts, submission_of
from .addresses import door_url
from .sending import Checked, NotReadyError


@for_contacts
@require_safe
def preview(request: Any, key: UUID, code: str) -> HttpResponse:
    """In the language `code`."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    submission = submission_of(request.contact, key)
    back = door_url("check", key)
    try:
        event = event_shown(submission)
    except NotReadyError:
        return redirect(back)
    event.is_previewed = True
    event.preview_return = back
    with translation.override(code):
        request.LANGUAGE_CODE = translation.get_language()
        return event.serve(request, language=code).render()


def event_shown(submission: Submission) -> EventPage:
    """Saved nowhere; new records are those that sending would make."""
    checked = Checked(submission)
    if submission.event and submission.event.live:
        event = EventPage.objects.get(pk=submission.event_id)
    else:
        index = EventIndexPage.objects.get(locale__language_code=MAIN_LANGUAGE)
        event = building.new_event(index)
        event.slug = "-"
    checked.write_to(event, submission, venue_shown(checked))
    event.take_title_from_text()
    if submission.organisation and not event.organisers.all():
        event.organisers = [submission.organisation]
    return event


def venue_shown(checked: Checked) -> Venue | None:
    values = checked.values
    if checked.venue or not values["venue"].strip():
        return checked.venue
    name, _comma, _rest = values["venue"].partition(",")
    return Venue(
        name=building.localized(name.strip(), values["main_language"]),
        slug="-",
        street_address=values["street_address"],
        postal_code=values["postal_code"],
        municipality=values["municipality"],
        **{fact: values[fact] for fact in Venue.ACCESS_FACTS},
    )
