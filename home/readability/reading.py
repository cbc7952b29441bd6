"""What was read: the measure, its band, and the advice."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from .levels import LEVELS, Band
from .lix import Measure

RULES = 1
"""Raised with every change of a rule: each row of the report says which it follows."""
LONGEST_QUOTE = 160


class Kind(models.TextChoices):
    SENTENCE = "sentence", _("Long sentences")
    PASSIVE = "passive", _("Passive voice")
    LONG_WORD = "long-word", _("Long words")
    HARD_WORD = "hard-word", _("Hard words")
    LINK = "link", _("Link texts")
    HEADING = "heading", _("Headings")
    ALT = "alt", _("Alt texts")


@dataclass(frozen=True, slots=True)
class Advice:
    kind: Kind
    place: str
    quote: str
    sentence: Any
    """What would serve better; a translatable text with `%(…)s`."""
    facts: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return str(self.sentence) % dict(self.facts)

    @property
    def short_quote(self) -> str:
        return Truncator(self.quote).chars(LONGEST_QUOTE)


@dataclass(frozen=True, slots=True)
class Reading:
    language: str
    measure: Measure
    advice: list[Advice]

    @property
    def lix(self) -> float | None:
        return self.measure.lix if self.measure.tells else None

    @property
    def band(self) -> Band | None:
        return None if self.lix is None else LEVELS[self.language].band(self.lix)

    @property
    def above_plain(self) -> float | None:
        """How far above what we aim at: the same in every language."""
        if self.lix is None:
            return None
        return round(self.lix - LEVELS[self.language].plain, 1)

    @property
    def counts(self) -> dict[str, int]:
        """Pieces of advice by kind; kinds without any are left out."""
        return dict(Counter(advice.kind.value for advice in self.advice))
