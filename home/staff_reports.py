"""What the reports of staff have in common."""

from typing import Any

from wagtail.admin.views.reports import ReportView

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


class PlainReportView(ReportView):
    """Rows in a whole order, and a spreadsheet that runs nothing."""

    def order_queryset(self, queryset: Any) -> Any:
        """Whole in itself, so that pages do not overlap."""
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "pk")

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """A name that begins like a formula is text: a spreadsheet would run it."""
        value = super().preprocess_field_value(field, value, export_format)
        if isinstance(value, str) and value.startswith(FORMULA_BEGINS):
            return f"'{value}"
        return value
