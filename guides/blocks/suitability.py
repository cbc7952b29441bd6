"""What one reads before a programme: whom it suits."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.lists import INLINE_FEATURES

from .exercises import lines_block


class SuitabilityBlock(blocks.StructBlock):
    """“Is this for me?”: whom the programme suits, and who asks somebody first."""

    suits = lines_block(_("It suits you if"), _("Reason"))
    ask_first = lines_block(_("Ask a professional first if"), _("Reason"), min_num=0)
    text = blocks.RichTextBlock(
        label=_("Text"), features=[*INLINE_FEATURES, "ul"], required=False
    )

    class Meta:
        icon = "user"
        label = _("Is this for me?")
        description = _("Whom the programme suits, and who asks a professional first.")
        template = "guides/blocks/is_this_for_me.html"
        preview_value = {
            "suits": ["Olet nukkunut huonosti viikkoja."],
            "ask_first": ["Nukahdat päivällä kesken tekemisen."],
            "text": "<p>Voit aloittaa milloin vain.</p>",
        }
