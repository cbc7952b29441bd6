"""Looking for one among many groups."""

from django import forms
from django.utils.translation import gettext_lazy


class GroupSearchForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Name of the group"), max_length=100, required=False
    )
