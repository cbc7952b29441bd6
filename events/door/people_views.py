"""Who looks after an organisation's groups: only they see each other."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..models import Contact, DoorLink, Membership, Organisation
from . import limits
from .access import ContactRequest, for_contacts
from .addresses import door_url, door_urls
from .memberships import hold
from .people_forms import PEOPLE_FORMS, SHOWN, PeopleForm
from .sign_in_views import TOO_MANY, draw


@for_contacts
@require_http_methods(["GET", "POST"])
def people(request: ContactRequest, slug: str) -> HttpResponse:
    membership = membership_of(request.contact, slug)
    sent = None
    if request.method == "POST":
        with transaction.atomic():
            hold(Organisation.objects.filter(pk=membership.organisation_id))
            sent = form_of(membership, request.POST)
            if sent.is_valid():
                if sent.sends_mail and not may_send(request):
                    return draw(request, "too_many", {}, status=TOO_MANY)
                messages.success(request, sent.save())
                return redirect(
                    door_url("groups") if sent.is_last_deed else request.path
                )
    organisation = membership.organisation
    members = organisation.memberships.filter(is_approved=True)
    return render(
        request,
        "events/door/people.html",
        {
            "organisation": organisation,
            "has_errors": sent is not None,
            "members": members.select_related("contact"),
            "invitations": DoorLink.objects.invitations().filter(
                organisation=organisation
            ),
            "forms": [
                sent if sent and sent.action == form.action else form(membership)
                for form in SHOWN
            ],
            "language_urls": door_urls("people", slug),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if sent else 200,
    )


def membership_of(contact: Contact, slug: str) -> Membership:
    """404 for organisations of others, and while staff have not approved it."""
    membership = (
        contact.memberships.filter(organisation__slug=slug, is_approved=True)
        .select_related("contact", "organisation")
        .first()
    )
    if membership is None:
        raise Http404
    return membership


def may_send(request: ContactRequest) -> bool:
    return limits.allows(limits.MAILS_FROM_READER, limits.reader_of(request))


def form_of(membership: Membership, data: dict[str, str]) -> PeopleForm:
    action = data.get("action", "")
    if action not in PEOPLE_FORMS:
        message = "no such change of an organisation's people"
        raise BadRequest(message)
    return PEOPLE_FORMS[action](membership, data)
