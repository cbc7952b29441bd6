"""The six questions. Each may be left without an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from home.models import Municipality

from .options import AT_HOME, EASE, LIFE, TIME, WAY, WORRY, Option


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    text: Any
    hint: Any
    fixed: tuple[Option, ...]

    @property
    def options(self) -> Sequence[Option]:
        return [*towns(), *self.fixed] if self.key == "place" else self.fixed


def towns() -> list[Option]:
    return [
        Option(town.key, str(town.name), municipality=town.key)
        for town in Municipality.objects.in_memory()
    ]


SEVERAL = _("You can choose several.")
QUESTIONS = (
    Question("life", _("What is your life like now?"), SEVERAL, LIFE),
    Question("worry", _("What weighs on you, or what would you like?"), SEVERAL, WORRY),
    Question("place", _("Where would you like to get support?"), SEVERAL, (AT_HOME,)),
    Question("time", _("When does it suit you?"), SEVERAL, TIME),
    Question("way", _("How would you like to get support?"), SEVERAL, WAY),
    Question("ease", _("What would make it easier to come along?"), SEVERAL, EASE),
)
