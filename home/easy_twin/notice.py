"""What readers of an easy page are told about its text."""

from dataclasses import dataclass
from datetime import date

from wagtail.models import Page

from ..languages import EASY_FINNISH
from ..models.easy import FRONT_PAGE_DEPTH, Standing, easy_pages, source_of
from ..models.locales import code_of


@dataclass(frozen=True)
class EasyNotice:
    is_old: bool
    """Nobody has said that it still says the same as its source."""
    source_url: str
    """Where the newest text is; "" when it is not on the site."""
    reviewed_by: str
    """As selkokieli; "" when it was not, or the text has changed since."""
    reviewed_on: date | None


COLUMNS = (
    "standing",
    "live_revision",
    "easy_source__reviewed_by",
    "easy_source__reviewed_on",
    "easy_source__reviewed_revision",
)
OLD = {Standing.STALE, Standing.SOURCE_OFF, Standing.SOURCE_GONE}


def may_be_easy(page: Page) -> bool:
    return bool(
        page.pk
        and page.depth > FRONT_PAGE_DEPTH
        and getattr(page, "is_translated_as_page", False)
        and code_of(page.locale_id) == EASY_FINNISH
    )


def easy_notice_for(page: Page) -> EasyNotice | None:
    """One query for an easy page, some more when its text is old, else none."""
    if not may_be_easy(page):
        return None
    row = easy_pages().filter(pk=page.pk).values_list(*COLUMNS).first()
    if row is None:
        return None
    standing, live_revision, reviewed_by, reviewed_on, reviewed_revision = row
    source = source_of(page) if standing == Standing.STALE else None
    is_reviewed = bool(reviewed_by) and reviewed_revision == live_revision
    return EasyNotice(
        is_old=standing in OLD,
        source_url=(source.url or "") if source else "",
        reviewed_by=reviewed_by if is_reviewed else "",
        reviewed_on=reviewed_on if is_reviewed else None,
    )
