"""Open and handled: what both lists are filtered by."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

OPEN, HANDLED = "open", "handled"


class StateFilterSet(WagtailFilterSet):
    """What is open, unless somebody asks for what has been handled."""

    state = django_filters.ChoiceFilter(
        choices=[
            (OPEN, pgettext_lazy("state", "Open")),
            (HANDLED, pgettext_lazy("state", "Handled")),
        ],
        label=_("State"),
        method="in_state",
    )

    def in_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(handled_at__isnull=value == OPEN)

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("state"):
            rows = rows.open()
        return rows
