"""“Report an error”: what is wrong, and if one likes, in one's own words."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.characters import storable
from home.languages import current_language
from home.traps import TrapsMixin

from ..models import ErrorReport, EventPage
from .fields import field_of

TOLD_ALREADY = timedelta(hours=1)
"""The same within this time was sent by a button that was pressed twice."""


class ReportForm(TrapsMixin, forms.Form):
    kind = field_of(
        ErrorReport,
        "kind",
        label=_("What is wrong?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = field_of(
        ErrorReport,
        "text",
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Do not write names, phone numbers or anything about somebody's health:"
            " we need only what is wrong on the page."
        ),
    )

    def __init__(self, event: EventPage, *args: Any, **kwargs: Any) -> None:
        self.event = event
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = ErrorReport.Kind.choices  # None is chosen beforehand.

    def clean_text(self) -> str:
        return storable(self.cleaned_data["text"])

    def save(self) -> ErrorReport | None:
        """None when the same has just been told. Call it with the group locked."""
        told = {name: self.cleaned_data[name] for name in ("kind", "text")}
        since = timezone.now() - TOLD_ALREADY
        known = self.event.error_reports.open().filter(reported_at__gte=since, **told)
        if known.exists():
            return None
        return ErrorReport.objects.create(
            event=self.event, language=current_language(), **told
        )
