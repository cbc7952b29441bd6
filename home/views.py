"""Error pages: with the site's look, help in a crisis, and a way on."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token
from wagtail.models import Page

from .languages import language_name


def offered_elsewhere(path: str) -> list[dict[str, str]]:
    """The same page in the languages that have it.

    The path's last part is looked for under every language; its translations too.
    """
    parts = [part for part in path.split("/") if part][1:]
    if not parts or "\x00" in path:
        return []
    found = Page.objects.live().public().filter(slug=parts[-1], depth__gt=2)[:5]
    keys = {page.translation_key for page in found}
    pages = (
        Page.objects.live()
        .public()
        .filter(translation_key__in=keys)
        .select_related("locale")
    )
    return [
        {
            "title": page.title,
            "url": page.url,
            "lang": page.locale.language_code,
            "language": language_name(page.locale.language_code),
        }
        for page in pages
        if page.url
    ]


@requires_csrf_token
def page_not_found(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    context = {"offered": offered_elsewhere(request.path)}
    return HttpResponse(render_to_string("404.html", context, request), status=404)


def bad_request(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    return HttpResponse(render_to_string("400.html", {}, request), status=400)


def permission_denied(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    return HttpResponse(render_to_string("403.html", {}, request), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Shows help even when the database is away."""
    return HttpResponse(render_to_string("500.html", {}, request), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent from elsewhere, or to a page that takes none.

    A view may have an answer of its own, as an attribute: one that loses nothing.
    """
    match = request.resolver_match
    answer = getattr(match.func, "csrf_failure", None) if match else None
    return answer(request) if answer else permission_denied(request)
