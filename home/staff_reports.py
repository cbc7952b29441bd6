"""What reports to staff have in common."""

from typing import Any

from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


class HandledColumn(Column):
    """The button that takes a row off the list; none without a `handled_address`."""

    cell_template_name = "home/admin/handled_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        return context | {
            "address": instance.handled_address,
            "title": instance.title,
            "csrf_token": get_token(parent_context["request"]),
        }


class PlainReportView(ReportView):
    """Rows in a whole order, and a spreadsheet that runs nothing."""

    # Wagtail's own sentence has no Finnish, and our nouns would stand in it.
    no_results_message = gettext_lazy("Nothing to show.")

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


class RowsReportView(PlainReportView):
    """Shows rows that are made of what was found, in the table and the spreadsheet."""

    def rows_of(self, found: list[Any]) -> list[Any]:
        """As the table and the spreadsheet show what was found."""
        raise NotImplementedError

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple:
        paginator, page, found, more = super().paginate_queryset(queryset, page_size)
        page.object_list = self.rows_of(list(found))
        return paginator, page, page.object_list, more

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        rows = self.rows_of(list(queryset))
        return super().as_spreadsheet(rows, spreadsheet_format)
