"""An exercise that is done, not written: breathing at a given pace."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .answers import ExerciseBlock
from .exercises import intro_block, title_block

LONGEST_BREATH = 20
MOST_ROUNDS = 60


class BreathingBlock(ExerciseBlock):
    """A pace to breathe in: as a text, and with scripts as a circle that follows it."""

    title = title_block()
    intro = intro_block(required=True)
    breathe_in = blocks.IntegerBlock(
        label=_("Breathe in, seconds"), min_value=1, max_value=LONGEST_BREATH, default=4
    )
    hold = blocks.IntegerBlock(
        label=_("Hold, seconds"),
        help_text=_("0: no pause."),
        min_value=0,
        max_value=LONGEST_BREATH,
        default=0,
    )
    breathe_out = blocks.IntegerBlock(
        label=_("Breathe out, seconds"),
        min_value=1,
        max_value=LONGEST_BREATH,
        default=6,
    )
    rounds = blocks.IntegerBlock(
        label=_("Rounds"), min_value=1, max_value=MOST_ROUNDS, default=10
    )
    text = blocks.RichTextBlock(
        label=_("Text to follow without the circle"),
        features=["bold", "italic", "ol", "ul"],
    )

    class Meta:
        icon = "history"
        label = _("Breathing")
        group = _("Exercises")
        description = _("A calm pace to breathe in, as a text and as a circle.")
        template = "guides/exercises/breathing.html"
        preview_value = {
            "title": "Rauhallinen hengitys",
            "intro": "<p>Istu mukavasti.</p>",
            "breathe_in": 4,
            "hold": 0,
            "breathe_out": 6,
            "rounds": 10,
            "text": "<p>Hengitä sisään ja laske neljään.</p>",
        }
