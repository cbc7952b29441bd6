from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .care import CareCardBlock, ContactBlock
from .lists import INLINE_FEATURES, DoDontBlock, KeyPointsBlock, StepsBlock
from .notice import NoticeBlock
from .picture import PictureBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class SourceBlock(blocks.StructBlock):
    publisher = blocks.CharBlock(label=_("Publisher"), max_length=120)
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = blocks.URLBlock(label=_("Web address"), required=False)
    year = blocks.IntegerBlock(
        label=_("Year"), required=False, min_value=1950, max_value=2100
    )

    class Meta:
        icon = "openquote"
        label = _("Source")
        description = _("Where a fact comes from.")
        template = "home/blocks/source.html"
        preview_value = {
            "publisher": "Käypä hoito",
            "title": "Unettomuus",
            "year": 2020,
        }


class BodyBlocks(blocks.StreamBlock):
    """What a page's body is made of. Editors never choose a heading's level."""

    text = blocks.RichTextBlock(
        label=_("Text"),
        features=TEXT_FEATURES,
        template="home/blocks/text.html",
        description=_("Headings, paragraphs and lists."),
        preview_value="<h2>Väliotsikko</h2><p>Lyhyitä virkkeitä.</p>",
    )
    key_points = KeyPointsBlock()
    steps = StepsBlock()
    do_dont = DoDontBlock()
    care_card = CareCardBlock()
    contact = ContactBlock()
    inset = blocks.RichTextBlock(
        label=_("Inset"),
        icon="info-circle",
        features=INLINE_FEATURES,
        template="home/blocks/inset.html",
        description=_("A short note that stands out. At most one or two on a page."),
        preview_value="<p>Voit kysyä myös nimettömänä.</p>",
    )
    picture = PictureBlock()
    notice = NoticeBlock()

    class Meta:
        block_counts: dict = {}
