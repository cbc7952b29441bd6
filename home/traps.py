"""What programs that fill in every form fall into, and people never see."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SALT = "home.traps"
LEAST_SECONDS = 2
MOST_SECONDS = 24 * 60 * 60


class TrapsMixin(forms.Form):
    """An empty field that stays empty, and the time at which the form was drawn.

    A form that has lain open for a day, or was sent at once, is asked to be sent
    again: nothing that was typed is lost, and a person notices little of it.
    """

    website = forms.CharField(
        required=False,
        label="",
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    drawn_at = forms.CharField(required=False, widget=forms.HiddenInput)

    trap_names = ("website", "drawn_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {**(kwargs.get("initial") or {}), "drawn_at": drawn_now()}
        super().__init__(*args, **kwargs)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What people see."""
        return [field for field in self if field.name not in self.trap_names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self.is_trapped(cleaned):
            data: Any = self.data
            self.data = data = data.copy()
            data["drawn_at"], data["website"] = drawn_now(), ""
            raise ValidationError(_("Please press the button once more."))
        return cleaned

    def is_trapped(self, cleaned: dict[str, Any]) -> bool:
        if cleaned.get("website"):
            return True
        try:
            drawn = float(signing.loads(cleaned.get("drawn_at") or "", salt=SALT))
        except (signing.BadSignature, ValueError):
            return True
        return not LEAST_SECONDS <= time.time() - drawn <= MOST_SECONDS


def drawn_now() -> str:
    return signing.dumps(time.time(), salt=SALT)
