"""Pages whose address says something that others need not know: often a secret."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

REFERRER_POLICY = "strict-origin"
"""Of an address with a token no other request learns more than the host. With
`no-referrer` browsers would send forms with an Origin that is null: refused."""

View = Callable[..., HttpResponse]


def kept_quiet(response: HttpResponse) -> HttpResponse:
    """Never kept on the way, and no other page learns of its address."""
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = REFERRER_POLICY
    return response


def quiet(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return kept_quiet(view(request, *args, **kwargs))

    return answer
