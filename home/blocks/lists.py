"""Short lists that are read at a glance."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .texts import OptionalTextBlock

INLINE_FEATURES = ["bold", "italic", "link"]


class KeyPointsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    points = blocks.ListBlock(
        blocks.CharBlock(label=_("Point"), max_length=250), label=_("Points"), min_num=1
    )

    class Meta:
        icon = "list-ul"
        label = _("Key points")
        description = _("A box at the top: three to five points to remember.")
        template = "home/blocks/key_points.html"
        preview_value = {
            "title": "Lyhyesti",
            "points": ["Kävele joka päivä.", "Muutamakin minuutti auttaa."],
        }


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(
        label=_("Text"), features=[*INLINE_FEATURES, "ul"], required=False
    )

    class Meta:
        icon = "arrow-right"
        label = _("Step")
        description = _("What to do in one step.")


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Numbered steps, done in this order.")
        template = "home/blocks/steps.html"
        preview_value = {
            "title": "Näin pääset alkuun",
            "steps": [
                {"title": "Valitse päivä", "text": "<p>Kirjoita se kalenteriin.</p>"},
                {"title": "Kerro läheiselle", "text": "<p>Tuki auttaa.</p>"},
            ],
        }


class DoDontBlock(blocks.StructBlock):
    do_title = blocks.CharBlock(label=_("Heading of what to do"), max_length=80)
    do_items = blocks.ListBlock(
        blocks.CharBlock(label=_("Do this"), max_length=250), label=_("Do this")
    )
    dont_title = OptionalTextBlock(
        label=_("Heading of what to avoid"), max_length=80, required=False
    )
    dont_items = blocks.ListBlock(
        blocks.CharBlock(label=_("Avoid this"), max_length=250),
        label=_("Avoid this"),
        min_num=0,
        default=[],
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Do and avoid")
        description = _("Two short lists side by side: what helps and what does not.")
        template = "home/blocks/do_dont.html"
        preview_value = {
            "do_title": "Tee näin",
            "do_items": ["Nouse samaan aikaan joka aamu."],
            "dont_title": "Vältä tätä",
            "dont_items": ["Kahvia iltapäivän jälkeen."],
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned  # A draft may be half-written.
        if len(cleaned["dont_items"]) and not cleaned["dont_title"]:
            message = _("Give the list of what to avoid a heading.")
            raise blocks.StructBlockValidationError(
                {"dont_title": ValidationError(message)}
            )
        return cleaned
