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
        contact = self.instance
        if (contact.name or contact.phone) and (
            contact.consented_at is None or self.has_changed()
        ):
            contact.consented_at = timezone.now()
        # Not the columns that another device may have changed meanwhile.
        contact.save(update_fields=[*self.fields, "consented_at"])
        return contact
