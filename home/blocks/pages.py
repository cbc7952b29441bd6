from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ChosenPageBlock(blocks.PageChooserBlock):
    """A page of the site; the picker shows one that exists."""

    class Meta:
        description = _("A page of the site, with its title as the link.")

    @property
    def is_previewable(self) -> bool:
        return True

    def get_preview_value(self) -> Any:
        for model in self.target_models:
            if page := model.objects.live().order_by("pk").first():
                return page
        return None

    def deconstruct(self) -> tuple:
        """In migrations it is the plain block: what is stored is the same."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs
