"""Small files that other machines look for at fixed addresses."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

DAY = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """Search results and filtered lists are not for crawlers; pages are."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        *(f"Disallow: /{code}/{slug}/" for code, slug in search_paths()),
        "Disallow: /*?",
        "Allow: /*?page=",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def search_paths() -> list[tuple[str, str]]:
    return [("fi", "haku"), ("sv", "sok"), ("en", "search"), ("fi-simple", "haku")]


@require_safe
@cache_control(public=True, max_age=DAY)
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: fi, sv, en",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
