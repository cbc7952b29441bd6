"""What an editor says of an easy page; each is checked against how it stands now."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ..models import EasySource
from ..models.easy import version_of


class UpToDateForm(forms.Form):
    """Names the version that the editor has read, so that no other is marked."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, source: Page, page: Page, *args: Any, **kwargs: Any) -> None:
        self.source, self.page = source, page
        kwargs["initial"] = {"version": version_of(source)}
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.page.live and self.page.has_unpublished_changes:
            raise ValidationError(
                _("Publish the easy page first: readers still see its older text.")
            )
        if self.cleaned_data.get("version") != version_of(self.source):
            raise ValidationError(
                _("The Finnish page has changed again. Read what is new, then mark.")
            )


class SelkoReviewForm(forms.ModelForm):
    """Both fields empty: not reviewed, and the word selkokieli is not shown."""

    class Meta:
        model = EasySource
        fields = ("reviewed_by", "reviewed_on")
        widgets = {
            "reviewed_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reviewed_by") and not self.instance.page.live:
            raise ValidationError(_("Publish the page first: the review is of that."))
        return cleaned

    def save(self, commit: bool = True) -> EasySource:
        """The review is of the text as readers see it now."""
        self.instance.reviewed_revision = (
            self.instance.page.live_revision_id if self.instance.reviewed_by else None
        )
        return super().save(commit)
