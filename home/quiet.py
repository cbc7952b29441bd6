"""Pages whose address holds a secret."""

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers

REFERRER_POLICY = "strict-origin"
"""Of an address with a token no other request learns more than the host. With
`no-referrer` browsers would send forms with an Origin that is null: refused."""


def kept_quiet(response: HttpResponse) -> HttpResponse:
    """Never kept on the way, and no other page learns of its address."""
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = REFERRER_POLICY
    return response
