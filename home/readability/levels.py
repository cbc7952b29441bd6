"""What is long and what is heavy in each language."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Band(models.TextChoices):
    EASY = "easy", _("easy to read")
    PLAIN = "plain", _("plain")
    HEAVY = "heavy", _("heavy")
    VERY_HEAVY = "very-heavy", _("very heavy")


@dataclass(frozen=True, slots=True)
class Level:
    """Up to each of the three figures, of LIX, the text is still in the band."""

    easy: int
    plain: int
    heavy: int
    longest_sentence: int
    """Words; a longer one gets advice."""
    longest_word: int
    """Letters of the longest part between hyphens."""

    def band(self, lix: float) -> Band:
        if lix <= self.easy:
            return Band.EASY
        if lix <= self.plain:
            return Band.PLAIN
        return Band.HEAVY if lix <= self.heavy else Band.VERY_HEAVY


LEVELS = {
    "fi": Level(50, 60, 70, longest_sentence=20, longest_word=20),
    "fi-simple": Level(35, 45, 55, longest_sentence=11, longest_word=17),
    "sv": Level(30, 40, 50, longest_sentence=25, longest_word=20),
    "en": Level(30, 40, 50, longest_sentence=25, longest_word=16),
}
"""A Finnish text has a higher LIX than the same text in Swedish or English: its words
are longer, for what others say with small words it says with endings. `plain` is what
we aim at."""

LEAST_WORDS = 30
LEAST_SENTENCES = 3
"""Of a shorter text the measure tells nothing: one long word would decide."""
