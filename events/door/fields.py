"""Fields of the door's forms: the model's own rules, in an organisation's words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from home.fields import YesNoUnknown
from home.languages import SPOKEN_LANGUAGES

from ..models import EventText

TEXT_LANGUAGES = ("fi", "sv", "en")
"""That organisations write in; easy Finnish is written by staff."""
LONGEST_BODY = 6000

Typed = Mapping[str, list[str]]
"""A step's fields as they were typed."""


def field_of(model: type[Model], name: str, **changes: Any) -> Any:
    """The form field of a column, with its rules and another label or widget."""
    column: Any = model._meta.get_field(name)
    field: Any = column.formfield(**changes)
    if isinstance(field, forms.CharField | forms.IntegerField):
        # A form asks the column for its rules only when it saves the model itself.
        known = [type(rule) for rule in field.validators if not is_of_address(rule)]
        field.validators += [
            rule
            for rule in column.validators
            if type(rule) not in known and rule not in field.validators
        ]
    return field


def is_of_address(rule: Any) -> bool:
    """A form's own takes ftp, too."""
    return isinstance(rule, URLValidator)


def fact_field(model: type[Model], name: str) -> Any:
    return field_of(model, name, required=False, widget=YesNoUnknown)


def text_field(name: str, language: str, label: Any, **changes: Any) -> Any:
    """For a column of a group's text, in one language."""
    multiline = changes.pop("rows", 0)
    attrs = {"lang": language}
    widget: forms.Widget = forms.TextInput(attrs=attrs)
    if multiline:
        widget = forms.Textarea(attrs=attrs | {"rows": multiline})
    longest = getattr(EventText._meta.get_field(name), "max_length", None)
    kind = forms.CharField if longest else LongTextField
    return kind(
        label=label,
        required=False,
        max_length=longest or LONGEST_BODY,
        widget=widget,
        **changes,
    )


class LongTextField(forms.CharField):
    """What the group has already may be longer; what is pasted is cut by no browser."""

    known = ""

    def to_python(self, value: Any) -> str:
        # Browsers send line ends of their own kind.
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def run_validators(self, value: Any) -> None:
        if value != self.known:
            super().run_validators(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        return {name: value for name, value in attrs.items() if name != "maxlength"}


def allow_known(form: forms.Form, before: Typed) -> None:
    """`before`: the step of the group as it stood."""
    for name, field in form.fields.items():
        if isinstance(field, LongTextField):
            field.known = "".join(before.get(name, [])[-1:])


LONGEST_KEY = 18
"""Digits. Longer ones are no key of a row, and an error in the database."""


def is_key(value: Any) -> bool:
    return len(str(value)) <= LONGEST_KEY and str(value).isdecimal()


class RowField(forms.ModelChoiceField):
    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and not is_key(value):
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )
        return super().to_python(value)


class RowsField(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> Any:
        for key in value or ():
            if not is_key(key):
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": key},
                )
        return super().clean(value)


def language_words(language: str) -> Any:
    return SPOKEN_LANGUAGES[language]


class PhoneField(forms.CharField):
    """Hyphens and brackets are as good as spaces."""

    def to_python(self, value: Any) -> str:
        plain = "".join(" " if sign in "-–()/" else sign for sign in value or "")
        return super().to_python(" ".join(plain.split())) or ""


class DayInput(forms.DateInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"type": "date"} | (attrs or {}))


class ClockInput(forms.TimeInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(format="%H:%M", attrs={"type": "time"} | (attrs or {}))


class ListedInput(forms.TextInput):
    """Free text with suggestions that a browser shows by itself."""

    template_name = "events/door/listed_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggestions: list[str] = []

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = self.suggestions
        context["widget"]["attrs"]["list"] = f"{name}-suggestions"
        return context


OPTIONAL = _("Can be left empty.")
