"""What is true for a time only, and goes away by itself."""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..notices.window import is_on
from .lists import INLINE_FEATURES


class NoticeBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=[*INLINE_FEATURES, "ul"])
    starts_at = blocks.DateTimeBlock(
        label=_("Shown from"),
        required=False,
        help_text=_("Empty: as soon as the page is published."),
    )
    ends_at = blocks.DateTimeBlock(
        label=_("Shown until"), help_text=_("From this moment on nobody sees it.")
    )

    class Meta:
        icon = "time"
        label = _("Notice for a time")
        description = _(
            "Exceptional hours, a moved group: it comes and goes by itself."
        )
        template = "home/blocks/notice.html"
        preview_value = {
            "title": "Neuvonta on kiinni 6.12.",
            "text": "<p>Palvelemme taas maanantaina.</p>",
            "ends_at": datetime(2100, 1, 1, tzinfo=UTC),
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        starts_at, ends_at = cleaned["starts_at"], cleaned["ends_at"]
        if starts_at and ends_at and ends_at <= starts_at:
            message = _("The end has to be after the start.")
            raise blocks.StructBlockValidationError(
                {"ends_at": ValidationError(message)}
            )
        return cleaned

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        request = (parent_context or {}).get("request")
        ends_at = value.get("ends_at")  # A draft may lack it.
        context["is_on"] = bool(ends_at) and is_on(
            request, value.get("starts_at"), ends_at
        )
        # Who approves the page has read what is still to come.
        context["for_review"] = bool((parent_context or {}).get("for_review"))
        return context

    def get_searchable_content(self, value: Any) -> list[str]:
        """The search would find it before its time, and after."""
        return []
