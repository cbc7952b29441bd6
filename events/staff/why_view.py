"""“Why is it not shown?”, for staff: the same answer as the organisation gets."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import EventPage
from ..visibility import why_not_shown
from .access import may_change, may_write
from .views import page_furniture


@require_safe
def why(request: HttpRequest, event_id: int) -> HttpResponse:
    event = get_object_or_404(EventPage, pk=event_id)
    if not may_write(request.user, event):
        raise PermissionDenied
    return render(
        request,
        "events/staff/why.html",
        page_furniture(event, _("Why is it not shown?"), "help")
        | {
            "answer": why_not_shown(event),
            "may_change": may_change(request.user, event),
        },
    )
