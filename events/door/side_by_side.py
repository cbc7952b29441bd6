"""What a colleague has saved of a step, field by field, beside what was typed now."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from .steps import Step

ROWS = {
    "rule": _("Weekly or monthly time"),
    "date": _("Single date"),
    "break": _("Break"),
}
"""As the form calls them."""


@dataclass(frozen=True)
class StoredField:
    """`words` is empty when nothing is stored in it."""

    label: Any
    words: str
    language: str


def stored_otherwise(stored: Step, typed: Step) -> list[StoredField]:
    """The fields that hold something else than what was typed."""
    mine = {field.html_name: in_words(field) for field in fields_of(typed)}
    theirs = {field.html_name: field for field in fields_of(stored)}
    gone = [field for field in fields_of(typed) if field.html_name not in theirs]
    changed = [
        StoredField(label_of(field), words, language_of(field))
        for name, field in theirs.items()
        if (words := in_words(field)) != mine.get(name, "")
    ]
    return changed + [
        StoredField(label_of(field), "", "") for field in gone if in_words(field)
    ]


def fields_of(step: Step) -> list[forms.BoundField]:
    """Those that people see. A picture is shown by the form itself."""
    return [
        field
        for form in step.forms()
        for field in form
        if not (field.is_hidden or field.name == "DELETE")
        and not isinstance(field.field, forms.FileField)
    ]


def in_words(field: forms.BoundField) -> str:
    widget: Any = field.field.widget
    choices = {
        str(key): str(label) for key, label in getattr(widget, "choices", ()) if key
    }
    value = field.value()
    if isinstance(value, bool) and not choices:
        return pgettext("a fact", "Yes") if value else ""
    values = value if isinstance(value, list) else [value]
    known = (str(each).replace("\r\n", "\n").strip() for each in values if each)
    return ", ".join(choices.get(each, each) for each in known)


def label_of(field: forms.BoundField) -> Any:
    """Of rows with what they are and their number, from one."""
    kind, _hyphen, row = (field.form.prefix or "").partition("-")
    if kind not in ROWS:
        return field.label
    return format_lazy(
        "{row} {number}: {label}",
        row=ROWS[kind],
        number=int(row) + 1,
        label=field.label,
    )


def language_of(field: forms.BoundField) -> str:
    return str(field.field.widget.attrs.get("lang", ""))
