"""Nothing typed is lost when the site cannot take it just now.

The database may be locked, away, or its disk full. The answer then holds all that was
sent, in a page that needs no database, with a button that sends it again.
"""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 30
NOT_TYPED = {"csrfmiddlewaretoken"}
FAULTS = (DatabaseError, OSError, SessionInterrupted)
"""A session that cannot be stored counts as interrupted, whatever the cause."""

View = Callable[..., HttpResponse]


def kept_when_away(base: str) -> Callable[[View], View]:
    """For forms that need no session. `base` is the template around the page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except FAULTS as error:
                # Its text may hold what was typed.
                logger.error("A form could not be taken: %s.", type(error).__name__)
                return unavailable(request, base)

        return answer

    return decorate


def unavailable(request: HttpRequest, base: str, token: str = "") -> HttpResponse:
    response = kept_page(
        request, "home/unavailable.html", HTTPStatus.SERVICE_UNAVAILABLE, base, token
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def was_typed(request: HttpRequest) -> bool:
    return any(name not in NOT_TYPED for name in request.POST)


def kept_page(
    request: HttpRequest, template: str, status: int, base: str, token: str = ""
) -> HttpResponse:
    """What was sent, in fields that are sent again. Files cannot be kept so."""
    typed = [
        (name, value)
        for name in request.POST
        if name not in NOT_TYPED
        for value in request.POST.getlist(name)
    ]
    context = {
        "base": base,
        "is_form": request.method == "POST",
        "messages": [],  # They may stand in a session that cannot be read.
        "typed": typed,
        "long_ones": [value for _name, value in typed if len(value) > 40],
        "had_files": bool(request.FILES),
        "token": token,
        "address": request.get_full_path(),
    }
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response
