"""Says when the public index no longer fits the analyser."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import OperationalError, ProgrammingError

from .analysis import fingerprint
from .models import SearchIndex
from .voikko import is_installed

HINT = "Run manage.py rebuild_search: until then much is not found."


@register(Tags.database)
def index_fits_the_analyser(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Words analysed in another way than the index's find next to nothing."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        try:
            index = SearchIndex.objects.using(alias).in_use().first()
        except (OperationalError, ProgrammingError):
            continue
        now = fingerprint(is_installed())
        if index and index.fingerprint != now:
            messages.append(
                Warning(
                    "The search index was written by another analyser"
                    f" ({index.fingerprint}; here it is {now}).",
                    hint=HINT,
                    id="search.W001",
                )
            )
    return messages
