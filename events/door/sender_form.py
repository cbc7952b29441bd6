"""Who sends it: asked once, and kept apart from what residents see."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Contact
from .fields import PhoneField


class SenderForm(forms.ModelForm):
    class Meta:
        model = Contact
        fields = ("name", "phone")
        field_classes = {"phone": PhoneField}
        labels = {"name": _("Your name"), "phone": _("Your phone number")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"

    def save(self, commit: bool = True) -> Contact:
        """Sending is the moment of consent: the text stands beside the fields."""
        tells = self.instance.name or self.instance.phone
        if tells and self.instance.consented_at is None:
            self.instance.consented_at = timezone.now()
        return super().save(commit)
