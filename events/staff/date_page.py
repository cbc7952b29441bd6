"""A group's state and dates with the forms that change them.

Staff and the organisation see the same, each on a page of their own.
"""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.utils import timezone

from ..models import EventPage
from .date_forms import DATE_FORMS, DateForm
from .rows import rows_of
from .state_forms import STATE_FORMS, StateForm, state_of

DATES_ON_A_PAGE = 15
PAST_DATES = 3


def form_of(event: EventPage, data: Any) -> DateForm | StateForm:
    action = data.get("action", "")
    if action in DATE_FORMS:
        return DATE_FORMS[action](event, data)
    if action in STATE_FORMS:
        return STATE_FORMS[action](event, data)
    message = "no such change of a group"
    raise BadRequest(message)


def context_of_dates(
    event: EventPage, sent: DateForm | StateForm | None, page_number: str | None
) -> dict[str, Any]:
    now, today, state = timezone.now(), timezone.localdate(), state_of(event)
    sent_date = sent if isinstance(sent, DateForm) else None
    coming = Paginator(event.upcoming_dates(now), DATES_ON_A_PAGE).get_page(page_number)
    past = event.occurrences.filter(over_at__lte=now).order_by("-starts_at")
    rows = rows_of(event, coming, sent_date)
    state_forms = [
        sent if sent and sent.action == form.action else form(event)
        for form in STATE_FORMS.values()
        if form.is_offered(state, today)
    ]
    return {
        "state": state,
        "state_forms": state_forms,
        "sent": sent,
        "coming": coming,
        "rows": rows,
        "past": rows_of(event, reversed(past[:PAST_DATES]), None)
        if coming.number == 1
        else [],
        # The date has gone from the list: what was written is shown above it.
        "lost": sent_date if not any(row.is_open for row in rows) else None,
    }
