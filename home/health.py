"""Is the process alive, and can it serve?"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 when a part fails, with the part's name: never why, which is in the log."""
    parts: dict[str, Callable[[], bool]] = {
        "database": database_answers,
        "cache": cache_answers,
        "disk": disk_can_be_written,
    }
    found = {name: check() for name, check in parts.items()}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def cache_answers() -> bool:
    """The shared cache gives a miss instead of an error when it is away."""
    cache.set("readyz", "ok", 10)
    return cache.get("readyz") == "ok"


def disk_can_be_written() -> bool:
    try:
        Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=settings.VAR_DIR) as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError:
        return False
    return True
