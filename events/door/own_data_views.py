"""A contact's own data: seen, changed, taken along, erased."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from . import limits
from .access import ContactRequest, close_door, for_contacts, organisations_of
from .addresses import door_url, door_urls
from .erasure import erased_after
from .memberships import answered_alone, hold, leave
from .own_data import erase, everything_about
from .own_data_forms import DetailsForm, EraseForm, NewAddressForm
from .sign_in_views import TOO_MANY, ask_for_link, draw


@for_contacts
@require_http_methods(["GET", "POST"])
def own_data(request: ContactRequest) -> HttpResponse:
    contact, data = request.contact, None
    action = ""
    if request.method == "POST":
        action, data = request.POST.get("action", ""), request.POST
        if action not in DEEDS:
            message = "no such change of a contact's data"
            raise BadRequest(message)
    forms: dict[str, Any] = {
        "details": DetailsForm(
            contact, data if action == "details" else None, auto_id="details-%s"
        ),
        "address": NewAddressForm(
            contact, data if action == "address" else None, auto_id="address-%s"
        ),
        "erase": EraseForm(data if action == "erase" else None, auto_id="erase-%s"),
    }
    form = forms.get(action)
    if data is not None and (form is None or form.is_valid()):
        return DEEDS[action](request, form)
    return render(
        request,
        "events/door/own_data.html",
        {
            "forms": forms,
            "has_errors": data is not None,
            "memberships": contact.memberships.select_related("organisation"),
            "submissions": contact.submissions.select_related("event")[:SHOWN],
            "alone": answered_alone(contact),
            "erased_after": erased_after(contact),
            "days": settings.CONTACT_DATA_KEPT_DAYS,
            "language_urls": door_urls("own-data"),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if data is not None else 200,
    )


@for_contacts
@require_safe
def file(request: ContactRequest) -> HttpResponse:
    response = JsonResponse(
        everything_about(request.contact),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response.headers["Content-Disposition"] = 'attachment; filename="omat-tiedot.json"'
    return response


def change_details(request: ContactRequest, form: DetailsForm) -> HttpResponse:
    form.save()
    messages.success(request, _("Your data is saved."))
    return redirect(request.path)


def ask_for_address(request: ContactRequest, form: NewAddressForm) -> HttpResponse:
    """The same answer whether or not the address is known here."""
    if not limits.allows(limits.MAILS_FROM_READER, limits.reader_of(request)):
        return draw(request, "too_many", {}, status=TOO_MANY)
    ask_for_link(request, form.cleaned_data["email"], request.contact)
    return redirect(door_url("code"))


def sign_out_everywhere(request: ContactRequest, _form: None) -> HttpResponse:
    request.contact.signed_out_at = timezone.now()
    request.contact.save(update_fields=["signed_out_at"])
    close_door(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect(door_url("start"))


@transaction.atomic
def erase_me(request: ContactRequest, _form: EraseForm) -> HttpResponse:
    hold(organisations_of(request.contact))
    for organisation in answered_alone(request.contact):
        leave(request.contact, organisation)
    erase([request.contact])
    close_door(request)
    messages.success(request, _("Your data is erased. The groups stay as they are."))
    return redirect(door_url("start"))


SHOWN = 50
DEEDS: dict[str, Callable[..., HttpResponse]] = {
    "details": change_details,
    "address": ask_for_address,
    "sign-out": sign_out_everywhere,
    "erase": erase_me,
}
