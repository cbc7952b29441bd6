"""What an editor writes of an event."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from .enums import Leader
from .languages import SPOKEN_LANGUAGES


class ChoicesFromJSON(forms.TypedMultipleChoiceField):
    """Checkboxes for a column that holds a JSON list."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return [str(item) for item in value or []]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return {str(item) for item in initial or []} != {
            str(item) for item in data or []
        }


class EventPageForm(WagtailAdminPageForm):
    spoken_languages = ChoicesFromJSON(
        label=_("languages spoken"), choices=SPOKEN_LANGUAGES.items(), required=False
    )
    led_by = ChoicesFromJSON(label=_("led by"), choices=Leader.choices, required=False)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        texts = self.formsets.get("texts")
        if texts is None or not texts.is_valid():
            return cleaned
        languages = [
            form.cleaned_data["language"]
            for form in texts.forms
            if form.cleaned_data.get("title") and not form.cleaned_data.get("DELETE")
        ]
        if cleaned.get("main_language") not in languages:
            message = _("There is no text in the main language.")
            self.add_error("main_language", ValidationError(message))
        return cleaned
