"""Columns of our own, and what an editor fills them in with.

Short texts in several languages stand in one column: a new language needs no
migration. Lists are JSON too, edited as checkboxes or as lines.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .languages import MAIN_LANGUAGE, current_language, fallbacks


class LocalizedText(dict[str, str]):
    """`{"fi": "Kotka", "sv": "Kotka"}`; as a string it is the reader's language."""

    def language_for(self, language: str) -> str:
        """The language of the text that a reader of `language` gets; "" if none."""
        for candidate in (*fallbacks(language), *self):
            if self.get(candidate):
                return candidate
        return ""

    def in_language(self, language: str) -> str:
        return self.get(self.language_for(language), "")

    @property
    def lang(self) -> str:
        return self.language_for(current_language())

    def __str__(self) -> str:
        return self.in_language(current_language())

    def __bool__(self) -> bool:
        return any(self.values())


def in_any_language(column: str, lookup: str, value: str) -> models.Q:
    """A `LocalizedField` looked up in every language of the site."""
    found = models.Q()
    for code, _name in settings.LANGUAGES:
        found |= models.Q(**{f"{column}__{code}__{lookup}": value})
    return found


class LocalizedWidget(forms.MultiWidget):
    template_name = "home/widgets/localized.html"

    def __init__(self, attrs: dict | None = None, *, multiline: bool = False) -> None:
        self.languages = list(settings.LANGUAGES)
        single = forms.Textarea if multiline else forms.TextInput
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            code.replace("-", "_"): single(
                attrs={"lang": code, "rows": 3} if multiline else {"lang": code}
            )
            for code, _name in self.languages
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        return [(value or {}).get(code, "") for code, _name in self.languages]

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        for subwidget, (_code, label) in zip(
            context["widget"]["subwidgets"], self.languages, strict=True
        ):
            subwidget["label"] = label
        return context


class LocalizedFormField(forms.MultiValueField):
    """One input for each language of the site; Finnish is the one required."""

    def __init__(
        self, *, multiline: bool = False, max_length: int | None = None, **kwargs: Any
    ) -> None:
        self.codes = [code for code, _name in settings.LANGUAGES]
        kwargs.setdefault("widget", LocalizedWidget(multiline=multiline))
        for name in ("encoder", "decoder"):
            kwargs.pop(name, None)
        fields = [
            forms.CharField(required=False, max_length=max_length)
            for _code in self.codes
        ]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        pairs = zip(self.codes, data_list, strict=False)
        return {code: text for code, text in pairs if text}

    def clean(self, value: Any) -> dict[str, str]:
        cleaned = super().clean(value) or {}
        if self.required and not cleaned.get(MAIN_LANGUAGE):
            raise ValidationError(_("Write this at least in Finnish."), code="required")
        return cleaned

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(
            self.widget.decompress(initial)
            if isinstance(initial, Mapping)
            else initial,
            data,
        )


class LocalizedField(models.JSONField):
    """Values are `LocalizedText`: language code to text, empty ones left out."""

    def __init__(
        self,
        *args: Any,
        multiline: bool = False,
        max_length: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.multiline = multiline
        self.text_length = max_length
        kwargs.setdefault("default", LocalizedText)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.multiline:
            kwargs["multiline"] = True
        if self.text_length:
            kwargs["max_length"] = self.text_length
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        value = super().from_db_value(value, expression, connection)
        return LocalizedText(value) if isinstance(value, dict) else value

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return LocalizedText(value) if isinstance(value, dict) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, dict) and not isinstance(value, LocalizedText):
            value = LocalizedText(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(dict(value) if isinstance(value, dict) else value)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not self.blank and not value.get(MAIN_LANGUAGE):
            raise ValidationError(_("Write this at least in Finnish."), code="required")

    def formfield(self, **kwargs: Any) -> Any:
        # JSONField would ask for its own form class; this one speaks for itself.
        kwargs.setdefault("form_class", LocalizedFormField)
        if issubclass(kwargs["form_class"], LocalizedFormField):
            kwargs.update(multiline=self.multiline, max_length=self.text_length)
        return super().formfield(**kwargs)


class CheckboxesField(forms.TypedMultipleChoiceField):
    """Checkboxes for a column that holds a JSON list."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return [str(item) for item in value or []]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return {str(item) for item in initial or []} != {
            str(item) for item in data or []
        }


class LinesField(forms.CharField):
    """One value on each line, for a column that holds a JSON list of texts."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = format_lazy(
            "{} {}", kwargs.get("help_text", ""), _("One on each line.")
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (line.strip() for line in (super().to_python(value) or "").splitlines())
        return [line for line in lines if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class ListField(models.JSONField):
    """A JSON list. `options` are the values and labels to choose from.

    Migrations see a plain JSONField: what may be chosen is not part of the schema.
    """

    def __init__(
        self,
        *args: Any,
        options: Iterable[tuple[Any, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.options = None if options is None else list(options)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        if self.options is None:
            return models.Field.formfield(
                self, show_hidden_initial=False, form_class=LinesField, **kwargs
            )
        values = {str(value): value for value, _label in self.options}
        return models.Field.formfield(
            self,
            form_class=CheckboxesField,
            show_hidden_initial=False,
            help_text="",  # It tells of codes; the boxes have words.
            choices=self.options,
            coerce=values.__getitem__,
            **kwargs,
        )


class YesNoUnknown(forms.NullBooleanSelect):
    """A fact with three values, in words that say that nothing is known."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.choices = [
            ("unknown", _("Not known")),
            ("true", pgettext_lazy("a fact", "Yes")),
            ("false", pgettext_lazy("a fact", "No")),
        ]
