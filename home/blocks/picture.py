from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from .texts import OptionalTextBlock


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = OptionalTextBlock(label=_("Caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with its alt text, in the width of the text.")
        template = "home/blocks/picture.html"
        preview_template = "home/blocks/picture_preview.html"
