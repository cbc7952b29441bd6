"""Says when the public index does not fit the site or the analyser."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import OperationalError, ProgrammingError
from wagtail.models import Page

from .analysis import fingerprint
from .models import SearchIndex
from .voikko import is_installed

HINT = "Run manage.py rebuild_search."


@register(Tags.database)
def index_fits(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Words analysed in another way than the index's find next to nothing."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        try:
            if message := what_is_wrong(alias):
                messages.append(message)
        except (OperationalError, ProgrammingError):
            continue
    return messages


def what_is_wrong(alias: str) -> CheckMessage | None:
    index = SearchIndex.objects.using(alias).in_use().first()
    if index is None:
        # A new database has pages of Wagtail's own; nobody searches those.
        pages = Page.objects.using(alias).filter(live=True)
        if pages.exclude(content_type__model="page").exists():
            message = "The pages of the site are not in the search index."
            return Warning(message, hint=HINT, id="search.W002")
        return None
    now = fingerprint(is_installed())
    if index.fingerprint == now:
        return None
    message = (
        f"The search index was written by another analyser ({index.fingerprint};"
        f" here it is {now}): until it is rebuilt much is not found."
    )
    return Warning(message, hint=HINT, id="search.W001")
