"""The group's page just as residents will see it, before anything is sent."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_safe

from home.languages import MAIN_LANGUAGE

from ..models import EventIndexPage, EventPage, Organisation, Submission, Venue
from . import building
from .access import for_contacts, submission_of
from .addresses import door_url
from .sending import Checked, NotReadyError
from .where_form import described_name


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
    if not submission.is_change:
        event.organisers = [organisation_shown(checked)]
    return event


def organisation_shown(checked: Checked) -> Organisation:
    """As it will stand there; one that is new is not made before it is sent."""
    values = checked.values
    return checked.organisation or Organisation(
        name=building.localized(values["organisation"], values["main_language"]),
        slug="-",
        website=values["organisation_website"],
    )


def venue_shown(checked: Checked) -> Venue | None:
    values = checked.values
    if checked.venue or not values["venue"].strip():
        return checked.venue
    name = described_name(values["venue"], values["street_address"])
    return Venue(
        name=building.localized(name, values["main_language"]),
        slug="-",
        street_address=values["street_address"],
        postal_code=values["postal_code"],
        municipality=values["municipality"],
        **{fact: values[fact] for fact in Venue.ACCESS_FACTS},
    )
