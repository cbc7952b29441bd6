"""The box of a queue, wherever editors put it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.blocks import SnippetChooserBlock


class WhileYouWaitBlock(SnippetChooserBlock):
    """What the box shows is edited in the queue, once for all pages."""

    class Meta:
        icon = "time"
        label = _("While you wait")
        description = _("Programmes, groups and a number for those who are in a queue.")
        template = "guides/blocks/while_you_wait.html"

    @property
    def is_previewable(self) -> bool:
        return True

    def get_preview_value(self) -> Any:
        return self.target_model.objects.first()

    def deconstruct(self) -> tuple:
        """In migrations it is the plain block: what is stored is the same."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.snippets.blocks.SnippetChooserBlock", args, kwargs
