"""What reports about groups have in common."""

from typing import Any

from home.staff_reports import PlainReportView

from ..models import EventPage
from .access import BOARD_RIGHTS


class GroupReportView(PlainReportView):
    """Shows rows of columns only: making pages would take minutes for a spreadsheet."""

    model = EventPage  # Whose rights they are.
    any_permission_required = BOARD_RIGHTS

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
