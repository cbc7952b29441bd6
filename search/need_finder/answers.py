"""The answers of one request, read from its form and never kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms

from home.models import Goal, Municipality, TargetGroup, Theme
from home.models.taxonomies import Term

from .options import Option
from .questions import QUESTIONS, Question


class AnswersField(forms.MultipleChoiceField):
    """What is not among the choices was not chosen on our page: it is left out."""

    def __init__(self, options: Sequence[Option]) -> None:
        choices = [(option.key, str(option.label)) for option in options]
        super().__init__(choices=choices, required=False)
        self.keys = [option.key for option in options]

    def to_python(self, value: Any) -> list[str]:
        sent = set(super().to_python(value))
        return [key for key in self.keys if key in sent]


class Row(NamedTuple):
    """A question as the page draws it: its options, and whether each is chosen."""

    question: Question
    options: list[tuple[Option, bool]]


class NeedFinderForm(forms.Form):
    """Every question may be skipped, so nothing that is sent is wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = {question.key: question.options for question in QUESTIONS}
        for key, options in self.options.items():
            self.fields[key] = AnswersField(options)

    @property
    def answers(self) -> "Answers":
        sent = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Answers(
            {
                key: [each for each in options if each.key in sent.get(key, ())]
                for key, options in self.options.items()
            }
        )

    def rows(self) -> list[Row]:
        chosen = self.answers.chosen
        return [
            Row(
                question,
                [
                    (option, option in chosen[question.key])
                    for option in self.options[question.key]
                ],
            )
            for question in QUESTIONS
        ]


@dataclass(frozen=True)
class Answers:
    chosen: Mapping[str, Sequence[Option]]
    """By the question's key, every question."""

    def __iter__(self) -> Iterator[tuple[str, Option]]:
        return ((key, option) for key in self.chosen for option in self.chosen[key])

    @property
    def is_empty(self) -> bool:
        return not any(self.chosen.values())

    @property
    def themes(self) -> list[Theme]:
        keys = [key for each in self.chosen["worry"] for key in each.themes]
        return rows_named(Theme, keys)

    @property
    def target_groups(self) -> list[TargetGroup]:
        keys = [key for each in self.chosen["life"] for key in each.target_groups]
        return rows_named(TargetGroup, keys)

    @property
    def goals(self) -> list[Goal]:
        """Of the themes."""
        ids = {theme.goal_id for theme in self.themes}
        return [goal for goal in Goal.objects.current_in_memory() if goal.pk in ids]

    @property
    def towns(self) -> list[Municipality]:
        return rows_named(
            Municipality, [each.municipality for each in self.chosen["place"]]
        )

    @property
    def kinds(self) -> list[str]:
        """Of results, as the reader would like to get support."""
        return [kind for each in self.chosen["way"] for kind in each.kinds]

    @property
    def crisis(self) -> list[str]:
        return [each.crisis for each in self.chosen["worry"] if each.crisis]


def rows_named[T: Term](model: type[T], keys: Sequence[str]) -> list[T]:
    """Rows that staff have taken away are no longer meant."""
    rows: list[T] = model._default_manager.in_memory()  # type: ignore[attr-defined]
    return [row for row in rows if row.key in keys]
