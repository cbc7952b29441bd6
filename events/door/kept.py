"""Nothing typed is lost when the site cannot store it just now.

The database may be locked or its disk full. The answer then holds all that was sent,
in a page that needs no database, with a button that sends it again.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

RETRY_AFTER_SECONDS = 30
UNAVAILABLE = 503
NOT_TYPED = {"csrfmiddlewaretoken"}


def keeps_what_was_typed(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except (DatabaseError, OSError):
            return unavailable(request)

    return answer


def unavailable(request: HttpRequest) -> HttpResponse:
    response = kept_page(request, "events/door/unavailable.html", UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def kept_page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """What was sent, in fields that are sent again. Files cannot be kept so."""
    typed = [
        (name, value)
        for name in request.POST
        if name not in NOT_TYPED
        for value in request.POST.getlist(name)
    ]
    context = {
        "typed": typed,
        "long_ones": [value for _name, value in typed if len(value) > 40],
        "had_files": bool(request.FILES),
        "token": get_token(request),
        "address": request.path,
    }
    return render(request, template, context, status=status)
