"""The way in: an address, then a code or a link from the message."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from home.background import after_commit
from home.languages import current_language

from ..models import Contact, DoorLink
from . import limits, links
from .access import NEXT, close_door, contact_of, open_door, path_in, quiet
from .addresses import door_url, door_urls
from .sign_in_forms import AddressForm, CodeForm
from .tasks import mail_link

ASKED = "door_link"
"""The link that this browser has asked for: only here its code opens the door."""
OPENS_ALL = (links.Purpose.SIGN_IN, links.Purpose.NEW_ADDRESS, *links.INVITING)
IN_USE = gettext_lazy(
    "You have come in with this address before, so it stays apart from the other one."
    " To look after the same groups with it, come in with the other address and hand"
    " them over to this one."
)
GONE = 410
TOO_MANY = 429


@quiet
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, wanted: str = "") -> HttpResponse:
    """The same answer for an address that is known and one that is not."""
    path = path_in(wanted)
    if request.method == "GET" and contact_of(request):
        return redirect(path or request.session.pop(NEXT, "") or door_url("groups"))
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return draw(
            request, "start", {"form": form}, status=422 if form.errors else 200
        )
    if not limits.allows(limits.MAILS_FROM_READER, limits.reader_of(request)):
        return draw(request, "too_many", {}, status=TOO_MANY)
    ask_for_link(request, form.cleaned_data["email"])
    if path:
        request.session[NEXT] = path
    return redirect(door_url("code"))


def ask_for_link(
    request: HttpRequest, email: str, contact: Contact | None = None
) -> None:
    """Of a contact who has come in: to a new address of theirs, it may be.

    The message that has just been sent is enough. Else a stranger who asks three
    times would use up the messages of the day, and their owner could not come in.
    """
    purpose = links.Purpose.NEW_ADDRESS if contact else links.Purpose.SIGN_IN
    is_sent = not links.has_just_been_asked(purpose, email, contact) and (
        limits.allows_mail_by_others(email)
        if contact
        else limits.allows(limits.MAILS_TO_ADDRESS, email)
    )
    asked = DoorLink.objects.usable().filter(pk=request.session.get(ASKED, 0))
    if not is_sent and asked.filter(purpose=purpose, email=email).exists():
        return  # The code that this browser has asked for still works.
    link = links.new_link(
        purpose,
        email,
        language=current_language(),
        contact=contact,
        is_sent=is_sent,
    )
    if is_sent:
        after_commit(mail_link, link.pk)
    request.session[ASKED] = link.pk


@quiet
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    link = DoorLink.objects.usable().filter(pk=request.session.get(ASKED, 0)).first()
    if link is None:
        return redirect(door_url("start"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not limits.allows(limits.CODES_FROM_READER, limits.reader_of(request)):
            return draw(request, "too_many", {}, status=TOO_MANY)
        if links.is_right_code(link, form.cleaned_data["code"]):
            return let_in(request, link)
        form = CodeForm()
        context = {"form": form, "link": link, "is_wrong": True}
        return draw(request, "code", context, status=422)
    return draw(
        request,
        "code",
        {"form": form, "link": link},
        status=422 if form.errors else 200,
    )


@quiet
@require_http_methods(["GET", "POST"])
def key(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: programs open links to look at them."""
    link = links.link_of(token)
    if link is None or link.purpose not in OPENS_ALL:
        return draw(request, "key_gone", {}, status=GONE)
    if request.method == "POST":
        return let_in(request, link)
    return draw(request, "key", {"link": link})


def let_in(request: HttpRequest, link: DoorLink) -> HttpResponse:
    contact = links.use(link)
    if contact is None:
        return draw(request, "key_gone", {}, status=GONE)
    if link.purpose == links.Purpose.NEW_ADDRESS and contact != link.contact:
        messages.warning(request, IN_USE)
    request.session.pop(ASKED, None)
    open_door(request, contact)
    return redirect(request.session.pop(NEXT, "") or door_url("groups"))


@quiet
@require_POST
def out(request: HttpRequest) -> HttpResponse:
    close_door(request)
    return redirect(door_url("start"))


def draw(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(
        request,
        f"events/door/{name}.html",
        {"language_urls": door_urls("start"), **context},
        status=status,
    )
