"""The form of a questionnaire: reads what was sent, and asks the engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.fields import LocalizedText

from .scoring import Instrument, Item, Result, score
from .scoring.instruments import Number, Skip

MISSING = gettext_lazy("Choose one of the answers.")


class NumberField(forms.CharField):
    """A number as people write it; cleaned, it is counted in its smallest steps."""

    def __init__(self, number: Number, **kwargs: Any) -> None:
        mode = "decimal" if number.decimals else "numeric"
        attrs = {"inputmode": mode, "class": "is-number"}
        super().__init__(widget=forms.TextInput(attrs), **kwargs)
        self.number = number

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        steps = self.number.steps_in(typed)
        if steps is None:
            raise ValidationError(number_message(self.number), code="invalid")
        return steps


def number_message(number: Number) -> str:
    size = 10**number.decimals
    limits = {"lowest": number.lowest // size, "highest": number.highest // size}
    if number.decimals:
        words = _("Write a number from %(lowest)s to %(highest)s, one decimal at most.")
        return words % limits
    return _("Write a whole number from %(lowest)s to %(highest)s.") % limits


@dataclass(frozen=True)
class Row:
    """One item as the page shows it."""

    place: int
    item: Item
    text: LocalizedText
    hint: LocalizedText
    field: BoundField
    skips: list[LocalizedText]
    """Where one may go on to from here."""
    has_flag: bool
    missing: str
    """What is said when there is no answer, or none that can be read."""

    @property
    def target(self) -> str:
        """What a link to the question leads to: the first thing one can choose."""
        return f"{self.field.auto_id}_0" if self.item.options else self.field.auto_id


class AssessmentForm(forms.Form):
    """Nothing is required by the fields: what is, depends on the other answers."""

    def __init__(
        self, instrument: Instrument, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data)
        self.instrument = instrument
        self.result: Result | None = None
        for item in instrument.items:
            self.fields[item.key] = field_of(item)

    def clean(self) -> dict[str, Any]:
        answers = {key: value for key, value in self.cleaned_data.items() if value}
        self.result = score(self.instrument, answers)
        if not self.result.is_first_step:
            for key in self.result.missing:
                if key not in self.errors:
                    self.add_error(key, missing_message(self.instrument.item(key)))
        return self.cleaned_data

    @property
    def first_missing(self) -> str:
        missing = self.result.missing if self.result else ()
        return next((row.target for row in self.rows if row.item.key in missing), "")

    @property
    def rows(self) -> Iterator[Row]:
        flagged = {flag.of for flag in self.instrument.flags}
        for place, item in enumerate(self.instrument.items, start=1):
            yield Row(
                place=place,
                item=item,
                text=LocalizedText(item.text),
                hint=LocalizedText(item.hint),
                field=self[item.key],
                skips=[
                    LocalizedText(skip.hint)
                    for skip in self.instrument.skips
                    if stands_after(skip, item)
                ],
                has_flag=item.key in flagged,
                missing=missing_message(item),
            )


def field_of(item: Item) -> forms.Field:
    text = str(LocalizedText(item.text))
    if item.number:
        return NumberField(
            item.number,
            label=text,
            help_text=str(LocalizedText(item.hint)),
            required=False,
            max_length=20,
        )
    return forms.ChoiceField(
        label=text,
        required=False,
        choices=[
            (option.value, str(LocalizedText(option.text))) for option in item.options
        ],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": MISSING},
    )


def missing_message(item: Item) -> str:
    return number_message(item.number) if item.number else str(MISSING)


def stands_after(skip: Skip, item: Item) -> bool:
    return skip.when_zero[-1] == item.key
