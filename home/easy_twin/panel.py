"""The editor's column with the Finnish source, beside the easy page's own form."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.models import Page

from ..languages import EASY_FINNISH
from ..models.easy import EasySource, Standing, easy_pages, source_of
from ..models.locales import code_of
from .rights import may_mark
from .source_text import source_text


class EasySourcePanel(Panel):
    """Shown for easy pages that have a source; the other pages are not asked about."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("The same page in ordinary Finnish"))
        kwargs.setdefault("classname", "easy-source")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/easy_source_panel.html"

        @cached_property
        def standing(self) -> str:
            """ "" for a page that is no easy page, or is not saved yet."""
            page = self.instance
            if not page.pk or code_of(page.locale_id) != EASY_FINNISH:
                return ""
            found = easy_pages().filter(pk=page.pk).values_list("standing", flat=True)
            return found.first() or ""

        @cached_property
        def source(self) -> Page | None:
            return source_of(self.instance)

        def is_shown(self) -> bool:
            return self.standing not in {"", Standing.OWN_TEXT}

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            tied = EasySource.objects.filter(page=self.instance.pk).first()
            source = self.source
            return super().get_context_data(parent_context) | {
                "page": self.instance,
                "standing": Standing(self.standing),
                "source": source,
                "tied": tied,
                "text": source_text(source, tied, self.request) if source else None,
                "may_mark": may_mark(self.request.user, self.instance),
            }
