"""A version beside another, field by field: Wagtail's comparison, in plain words."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.compare import (
    FieldComparison,
    TextDiff,
    register_comparison_class,
)
from wagtail.admin.panels import Panel
from wagtail.models import Page

from . import stream_differences  # noqa: F401  (It registers its comparisons.)
from .fields import ListField
from .languages import current_language


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
IN_WORDS = (
    *YES_NO,
    ListField,
    models.DateField,
    models.TimeField,
    models.IntegerField,
)
for column in IN_WORDS:
    register_comparison_class(column, comparison_class=ComparisonInWords)


@dataclass(frozen=True)
class Difference:
    """A field with what was taken away and added marked, or rows of such fields."""

    label: str
    html: str = ""
    rows: list["Row"] = field(default_factory=list)

    @classmethod
    def of(cls, comparison: Any) -> "Difference":
        label = str(comparison.field_label())
        if comparison.is_field:
            # Where there is nothing Wagtail would write `None`.
            is_empty = comparison.val_a is None and comparison.val_b is None
            return cls(label, "" if is_empty else heard(str(comparison.htmldiff())))
        rows = [Row.of(row) for row in comparison.get_child_comparisons()]
        return cls(label, rows=rows)


@dataclass(frozen=True)
class Row:
    fields: list[Difference]
    is_new: bool
    is_gone: bool

    @classmethod
    def of(cls, comparison: Any) -> "Row":
        fields = map(Difference.of, comparison.get_field_comparisons())
        return cls(
            [found for found in fields if found.html],
            is_new=bool(comparison.is_addition()),
            is_gone=bool(comparison.is_deletion()),
        )


WHOLE_BLOCK = re.compile(r'<div class="comparison__child-object (addition|deletion)">')


def heard(html: str) -> SafeString:
    """Wagtail marks by colour only."""
    for name, element in (("addition", "ins"), ("deletion", "del")):
        html = re.sub(
            rf'<span class="{name}">(.*?)</span>',
            rf"<{element}>\1</{element}>",
            html,
            flags=re.DOTALL,
        )
    html = WHOLE_BLOCK.sub(named_block, html)
    return mark_safe(html)  # noqa: S308  (Wagtail has escaped what was written.)


def named_block(found: re.Match[str]) -> str:
    word = _("Added") if found[1] == "addition" else _("Taken away")
    return format_html(
        '{}<strong lang="{}">{}:</strong> ',
        mark_safe(found[0]),  # noqa: S308  (It is Wagtail's own.)
        current_language(),
        word,
    )


def comparisons(
    before: Page, after: Page, request: HttpRequest, panel: Panel | None = None
) -> list[Any]:
    """Of all that the editor shows, or of what the panel does."""
    handler: Any = panel or type(after).get_edit_handler()
    bound = handler.get_bound_panel(instance=after, request=request, form=None)
    return [compare(before, after) for compare in bound.get_comparison()]


def changes(
    before: Page, after: Page, request: HttpRequest, panel: Panel | None = None
) -> list[Difference]:
    """Only the fields that are not as they were."""
    found = comparisons(before, after, request, panel)
    return [Difference.of(one) for one in found if one.has_changed()]


def all_fields(
    page: Page, request: HttpRequest, panel: Panel | None = None
) -> list[Difference]:
    """Of a new page, each field that something is written in."""
    found = comparisons(page, page, request, panel)
    written = (one for one in found if one.val_b is not False)
    fields = map(Difference.of, written)
    return [one for one in fields if one.html or one.rows]
