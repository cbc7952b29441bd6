"""What reports about groups have in common."""

from home.reports import RowsReportView

from ..models import EventPage
from .access import BOARD_RIGHTS


class GroupReportView(RowsReportView):
    model = EventPage  # Whose rights they are.
    any_permission_required = BOARD_RIGHTS
