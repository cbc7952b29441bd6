"""Who has come through the door: kept in the session, never in an address."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.core import signing
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from home.kept import was_typed
from home.quiet import kept_quiet

from ..models import Contact, EventPage, Organisation, Submission
from .addresses import door_url
from .kept import keeps_what_was_typed, kept_page

CONTACT = "door_contact"
SEEN = "door_seen"
NEXT = "door_next"
SAVED = "door_saved"
OPEN_FOR = timedelta(hours=12)
"""After the last visit."""
NOTED_EVERY = timedelta(minutes=10)
"""A visit. Else each look at a page would write to the database."""
UNAUTHORIZED = 401

View = Callable[..., HttpResponse]


class ContactRequest(HttpRequest):
    """As the views behind `for_contacts` get it."""

    contact: Contact


def open_door(request: HttpRequest, contact: Contact) -> None:
    """A new key for the session: one that somebody planted before opens nothing."""
    request.session.cycle_key()
    request.session[CONTACT] = contact.pk
    request.session[SEEN] = timezone.now().isoformat()


def close_door(request: HttpRequest) -> None:
    for key in (CONTACT, SEEN, NEXT, SAVED):
        request.session.pop(key, None)


def contact_of(request: HttpRequest) -> Contact | None:
    contact = last_contact_of(request)
    if contact is None:
        return None
    now = timezone.now()
    seen = last_seen(request)
    if now - seen > OPEN_FOR:
        return None
    if now - seen > NOTED_EVERY:
        request.session[SEEN] = now.isoformat()
    return contact


def last_contact_of(request: HttpRequest) -> Contact | None:
    """Also one who has been away for too long: what they send is kept for them.

    Not one who has signed out on every device: this one may be lost.
    """
    key = request.session.get(CONTACT)
    contact = Contact.objects.filter(pk=key).first() if key else None
    if contact and contact.signed_out_at:
        return contact if contact.signed_out_at < last_seen(request) else None
    return contact


def last_seen(request: HttpRequest) -> datetime:
    return datetime.fromisoformat(request.session[SEEN])


def quiet(view: View) -> View:
    """Never kept on the way, no other page learns of its address, nothing is lost."""
    kept = keeps_what_was_typed(view)

    @wraps(kept)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return kept_quiet(kept(request, *args, **kwargs))

    return answer


def for_contacts(view: View) -> View:
    """Others prove their address first, and are led back to where they wanted."""

    @quiet
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        contact = contact_of(request)
        if contact is None:
            if was_typed(request):
                # The browser keeps it until they have come in again.
                return kept_page(
                    request, "events/door/come_in_again.html", UNAUTHORIZED
                )
            return redirect(start_for(request.path))
        request.contact = contact  # type: ignore[attr-defined]  # Ours.
        return view(request, *args, **kwargs)

    return answer


def start_for(path: str) -> str:
    """The start page, from where they are led on to one of the door's pages.

    Its address says where to, signed: whoever only looks shall make no session.
    """
    return door_url("start", signing.dumps(path, salt=NEXT))


def path_in(wanted: str) -> str:
    try:
        return str(signing.loads(wanted, salt=NEXT))
    except signing.BadSignature:
        return ""


def organisations_of(contact: Contact) -> Any:
    """That they may change the groups of."""
    return Organisation.objects.filter(
        memberships__contact=contact, memberships__is_approved=True
    ).order_by("slug")


def events_of(contact: Contact) -> Any:
    return (
        EventPage.objects.filter(organisers__in=organisations_of(contact))
        .distinct()
        .order_by("title", "pk")
    )


def event_of(contact: Contact, event_id: int) -> EventPage:
    """404 for a group of others: nobody learns what exists."""
    event = events_of(contact).filter(pk=event_id).first()
    if event is None:
        raise Http404
    return event


def submissions_of(contact: Contact) -> Any:
    """New groups of their own and of the organisations they act for, and the next
    seasons of groups that these have together with others.

    Changes of a group that stands here are for those who act for it, and who began one
    may have left since.
    """
    groups = events_of(contact)
    shared = Q(organisation__in=organisations_of(contact))
    season = Q(previous_season__in=groups)
    new = Q(is_change=False) & (Q(contact=contact) | shared | season)
    changes = Q(is_change=True, event__in=groups)
    return Submission.objects.filter(new | changes)


def submission_of(contact: Contact, key: Any) -> Submission:
    submission = known_submission(contact, key)
    if submission is None:
        raise Http404
    return submission


def known_submission(contact: Contact, key: Any) -> Submission | None:
    """None for those of others too, as if there were none."""
    found: Submission | None = (
        submissions_of(contact).for_list().filter(key=key).first()
    )
    return found
