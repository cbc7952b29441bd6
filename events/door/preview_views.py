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
from .described import write_organisation, write_venue
from .sending import Checked, NotReadyError, bring_up_to_date, version_to_write


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
    """As sending would make it, and saved nowhere."""
    if submission.event:
        event = version_to_write(submission, submission.event)
        bring_up_to_date(submission, event)
    else:
        index = EventIndexPage.objects.get(locale__language_code=MAIN_LANGUAGE)
        event = building.new_event(index)
        event.slug = "-"
    checked = Checked(submission)
    checked.write_to(event, submission, venue_shown(checked))
    event.take_title_from_text()
    if not submission.is_change:
        event.organisers = [organisation_shown(checked)]
    return event


def organisation_shown(checked: Checked) -> Organisation:
    if checked.organisation:
        return checked.organisation
    organisation = Organisation(slug="-")
    write_organisation(organisation, checked.values)
    return organisation


def venue_shown(checked: Checked) -> Venue | None:
    if not checked.describes_venue:
        return checked.venue
    venue = Venue(slug="-")
    write_venue(venue, checked.values)
    return venue
