"""What happens to every request before and after the views."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import get_language_from_path

from . import page_cache
from .models import ContentVersion

GetResponse = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(self),"
    " gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(),"
    " browsing-topics=()"
)


class PageCacheMiddleware:
    """Answers with a stored page before anything else does work."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not page_cache.is_public(request):
            return self.get_response(request)
        page_cache.with_known_keys(request)
        stores = settings.PAGE_CACHE_SECONDS > 0
        try:
            version = ContentVersion.current()
        except DatabaseError:
            # The view will fail too, inside the middlewares that make the answer whole.
            return self.get_response(request)
        coding = page_cache.coding_for(request)
        page = page_cache.read(request, version, coding) if stores else None
        if page is None:
            response = self.get_response(request)
            if (
                response.streaming
                or response.cookies
                or response.has_header("Content-Encoding")
            ):
                return response
            storable = page_cache.may_be_stored(response)
            if not storable:
                response.headers.setdefault("Cache-Control", "no-store")
            page = page_cache.StoredPage.of(response, version, coding)
            if stores and storable:
                page_cache.store(request, page, version, coding)
        return page.answer(request)


class SecurityHeadersMiddleware:
    """Beside what Django's own middlewares set."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class BadRequestMiddleware:
    """A NUL in an address would be an error in the database, and a body in an odd
    coding one in whatever view reads it. Browsers send UTF-8, as our pages are."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            message = "The address has a NUL character."
            raise BadRequest(message)
        params = request.content_params or {}
        if params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            message = "A form is sent in UTF-8."
            raise BadRequest(message)
        return self.get_response(request)


class PathLocaleMiddleware(LocaleMiddleware):
    """The language stands in the path; cookies and headers do not change it."""

    def process_request(self, request: HttpRequest) -> None:
        language = get_language_from_path(request.path_info)
        translation.activate(language or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
