"""Nothing typed is lost when the site cannot take it just now.

As `home.kept`, and for forms with a session: the browser may have sent no cookie.
"""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.messages.storage import default_storage
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from home import kept
from home.kept import FAULTS
from home.stateless import own_origin
from home.views import permission_denied

logger = logging.getLogger(__name__)

FORBIDDEN = 403
BASE = "events/door/base.html"
SESSIONS = SessionMiddleware(lambda request: HttpResponse())


def keeps_what_was_typed(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """What a form changes is stored as a whole, the session too, or not at all."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.method != "POST":
                return looked_at(request, view(request, *args, **kwargs))
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                store_session(request, response)
                return response
        except FAULTS as error:
            # Its text may hold what was typed.
            logger.error("The door could not answer: %s.", type(error).__name__)
            return unavailable(request)

    answer.csrf_failure = kept_without_token  # type: ignore[attr-defined]  # Ours.
    return answer


def looked_at(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page that can be shown is shown, also when the visit cannot be noted down."""
    try:
        store_session(request, response)
    except FAULTS:
        request.session.modified = False
    return response


def store_session(request: HttpRequest, response: HttpResponse) -> None:
    """Here, and not after the view, where nothing could be taken back any more."""
    SESSIONS.process_response(request, response)
    request.session.modified = False


def unavailable(request: HttpRequest) -> HttpResponse:
    request.session.modified = False
    # What the view had to say is not so.
    request._messages = default_storage(request)  # type: ignore[attr-defined]
    return kept.unavailable(request, BASE, get_token(request))


def kept_without_token(request: HttpRequest) -> HttpResponse:
    """The cookie of a form of ours is gone: the page brings another.

    Only of ours: what another site makes a browser send is not put before its reader
    with a button that makes it right.
    """
    if request.headers.get("Origin") != own_origin(request):
        return permission_denied(request)
    return kept_page(request, "events/door/without_cookie.html", FORBIDDEN)


def closed_page(request: HttpRequest) -> HttpResponse:
    """What was typed, to be copied: there is nothing any more that it can be saved in.

    The same for what was sent, what was deleted, what is somebody else's and what
    never was: nobody learns what exists.
    """
    return kept_page(request, "events/door/closed.html", HTTPStatus.CONFLICT)


def kept_page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    return kept.kept_page(request, template, status, BASE, get_token(request))
