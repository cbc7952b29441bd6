"""What reports about groups have in common."""

from home.staff_reports import RowsReportView

from ..models import EventPage
from .access import BOARD_RIGHTS


class GroupReportView(RowsReportView):
    """Shows rows of columns only: making pages would take minutes for a spreadsheet."""

    model = EventPage  # Whose rights they are.
    any_permission_required = BOARD_RIGHTS
