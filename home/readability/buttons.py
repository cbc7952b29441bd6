"""A way to the report from a translation's own view, which has no panel of checks."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail_localize.models import Translation

from ..models.locales import code_of
from ..writers import may_write_pages
from .levels import LEVELS


def buttons(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    language = code_of(page.locale_id)
    if language in LEVELS and may_write_pages(user) and is_being_translated(page):
        yield Button(
            _("Readability of the published pages"),
            reverse("readability_report", query={"language": language}),
            icon_name="glasses",
            priority=64,
        )


def is_being_translated(page: Page) -> bool:
    """Sentence by sentence; one that was stopped has the ordinary form."""
    return Translation.objects.filter(
        source__object_id=page.translation_key,
        target_locale=page.locale_id,
        enabled=True,
    ).exists()
