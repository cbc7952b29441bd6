from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.search_words import LONGEST, clean_words


class SearchForm(forms.Form):
    """What somebody typed, made safe. Too long is cut, never refused."""

    q = forms.CharField(label=_("Search the site"), required=False)

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.data = {"q": clean_words(data.get("q", "")[:LONGEST])}

    @property
    def words(self) -> str:
        self.full_clean()
        return self.cleaned_data.get("q", "")
