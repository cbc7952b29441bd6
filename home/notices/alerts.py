"""Which alerts stand on a page.

A branch is the address of its page and all that begins with it: so groups, the search
and other views, which have no place in the tree, belong to the branch they stand under.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from django.http import HttpRequest

from ..models import Alert
from ..page_addresses import urls_of_page
from .window import is_on

EVERYWHERE = "/"


@dataclass(frozen=True)
class ShownAlert:
    """An alert in the reader's language."""

    level: str
    title: str
    title_lang: str
    text: str
    text_lang: str
    phone: str
    tel: str
    url: str
    starts_at: datetime
    ends_at: datetime
    branch: str
    """What the addresses begin with on which it stands."""


def read_alerts(language: str) -> tuple[ShownAlert, ...]:
    """All that are not over, for the pages of a language; the clock chooses later."""
    found = []
    for alert in Alert.objects.not_over().select_related("page"):
        if branch := branch_of(alert, language):
            found.append(
                ShownAlert(
                    **alert.in_language(language),
                    starts_at=alert.starts_at,
                    ends_at=alert.ends_at,
                    branch=branch,
                )
            )
    return tuple(found)


def branch_of(alert: Alert, language: str) -> str:
    """ "" when the alert is not for the language."""
    if alert.page is None:
        return EVERYWHERE
    page = alert.page.specific
    if alert.is_in_every_language:
        return unquote(urls_of_page(page, only_live=False).get(language, ""))
    if page.locale.language_code != language:
        return ""
    return (
        page.path_in(language) if hasattr(page, "path_in") else unquote(page.url or "")
    )


def alerts_on(request: HttpRequest, alerts: tuple[ShownAlert, ...]) -> list[ShownAlert]:
    """Those shown here and now. When the next comes or goes, the page is drawn anew."""
    return [
        alert
        for alert in alerts
        if request.path.startswith(alert.branch)
        and is_on(request, alert.starts_at, alert.ends_at)
    ]
