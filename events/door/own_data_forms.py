"""What a contact may do with the data that is stored about them."""

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Contact


class DetailsForm(forms.ModelForm):
    """Name and phone are kept by consent, which is given by writing them.

    The text of the consent stands beside them: `events/door/consent.html`.
    """

    class Meta:
        model = Contact
        fields = ("name", "phone", "language")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }

    def __init__(self, contact: Contact, data: Any = None, **kwargs: Any) -> None:
        # A form writes also what is wrong into its instance.
        super().__init__(data, instance=copy(contact), **kwargs)

    def save(self, commit: bool = True) -> Contact:
        contact = self.instance
        if not (contact.name or contact.phone):
            contact.consented_at = None
        elif contact.consented_at is None or {"name", "phone"} & {*self.changed_data}:
            contact.consented_at = timezone.now()
        # Not the columns that another device may have changed meanwhile.
        contact.save(update_fields=[*self.fields, "consented_at"])
        return contact


class NewAddressForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy(
            "We send a link and a code to it. Your old address works until you have"
            " used one of them."
        ),
    )

    def __init__(self, contact: Contact, *args: Any, **kwargs: Any) -> None:
        self.contact = contact
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email == self.contact.email:
            raise ValidationError(_("That is your address already."))
        return email


class EraseForm(forms.Form):
    is_sure = forms.BooleanField(
        label=gettext_lazy("Yes, erase my data"),
        error_messages={"required": gettext_lazy("Tick this to erase your data.")},
    )
