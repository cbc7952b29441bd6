"""From when until when something is shown: to the moment, also from the page cache."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from ..page_cache import expires_by


def is_on(
    request: HttpRequest | None, starts_at: datetime | None, ends_at: datetime
) -> bool:
    """Whether it is shown now. The page is kept no longer than that is so."""
    now = timezone.now()
    if ends_at <= now:
        return False
    if starts_at is None or starts_at <= now:
        changes_at, has_begun = ends_at, True
    else:
        changes_at, has_begun = starts_at, False
    if request is not None:
        expires_by(request, changes_at)
    return has_begun
