"""A version beside another, field by field: Wagtail's comparison, in plain words."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.compare import (
    FieldComparison,
    TextDiff,
    register_comparison_class,
)

from home.fields import ListField

from ..models import EventPage


class ComparisonInWords(FieldComparison):
    """Wagtail would write `True`, `14:00:00` and `['fi']`."""

    def htmldiff(self) -> Any:
        before, after = self.words(self.val_a), self.words(self.val_b)
        if before == after:
            return escape(after)
        changes = [("deletion", before), ("addition", after)]
        return TextDiff([change for change in changes if change[1]]).to_html()

    def words(self, value: Any) -> str:
        if value is None:
            return _("Not known") if isinstance(self.field, YES_NO) else ""
        if isinstance(value, bool):
            return pgettext("a fact", "Yes") if value else pgettext("a fact", "No")
        if isinstance(value, list):
            return ", ".join(self.label(item) for item in value)
        if isinstance(value, datetime):
            return str(date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT"))
        if isinstance(value, date):
            return str(date_format(value, "SHORT_DATE_FORMAT"))
        if isinstance(value, time):
            return str(time_format(value, "TIME_FORMAT"))
        return str(value)

    def label(self, item: Any) -> str:
        return str(dict(self.field.options or []).get(item, item))


YES_NO = (models.BooleanField,)
for column in (*YES_NO, ListField, models.DateField, models.TimeField):
    register_comparison_class(column, comparison_class=ComparisonInWords)


def comparisons(before: EventPage, after: EventPage, request: HttpRequest) -> list[Any]:
    panel = EventPage.get_edit_handler().get_bound_panel(
        instance=after, request=request, form=None
    )
    return [compare(before, after) for compare in panel.get_comparison()]


def changes(before: EventPage, after: EventPage, request: HttpRequest) -> list[Any]:
    """Only the fields that are not as they were."""
    found = comparisons(before, after, request)
    return [comparison for comparison in found if comparison.has_changed()]


def all_fields(event: EventPage, request: HttpRequest) -> Iterator[Any]:
    """Of a new group, each field that something is written in."""
    for comparison in comparisons(event, event, request):
        value = comparison.val_b
        is_filled = (
            value.exists()
            if comparison.is_child_relation
            else value not in (None, "", False) and value != []
        )
        if is_filled:
            yield comparison
