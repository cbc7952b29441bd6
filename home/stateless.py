"""Forms on cached pages: what they send is answered and forgotten (decision 13).

A cached page is the same for everybody, so its form has no token. Nothing is stored and
nobody is signed in, so a forged one would gain nothing; it is refused all the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import (
    sensitive_post_parameters,
    sensitive_variables,
)

from .views import bad_request, permission_denied

LONGEST_POST = 64 * 1024
"""Bytes. Answers to questions are short."""
ASKING = {"GET", "HEAD", "OPTIONS"}

View = Callable[..., HttpResponse]


def own_origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def is_from_here(request: HttpRequest) -> bool:
    """A page of ours made the browser send it.

    Browsers say so in `Sec-Fetch-Site`; older ones name the `Origin` of what another
    site sends. Who names neither is no browser that another site could use.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == own_origin(request)


def is_too_long(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > LONGEST_POST


def stateless(view: View) -> View:
    """For a view whose POST stores nothing: no token, from our own pages only.

    No cache keeps the answer, and the report of an error holds nothing of what was
    sent, neither as a parameter nor as a variable.
    """

    @csrf_exempt
    @sensitive_variables()
    @sensitive_post_parameters()
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ASKING:
            return view(request, *args, **kwargs)
        if not is_from_here(request):
            response = permission_denied(request)
        elif is_too_long(request):
            response = bad_request(request)
        else:
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()  # Here: else an error in it would be reported whole.
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer
