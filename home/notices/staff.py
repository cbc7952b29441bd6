"""The editor's list of alerts: those that have ended stand apart."""

from datetime import datetime
from typing import Any

import django_filters
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import Alert


class AlertFilterSet(WagtailFilterSet):
    """What is shown or to come, unless somebody asks for what has ended."""

    state = django_filters.ChoiceFilter(
        choices=[
            ("shown", _("Shown now")),
            ("to_come", _("To come")),
            ("over", _("Ended")),
        ],
        label=_("State"),
        method="in_state",
    )

    class Meta:
        model = Alert
        fields = ("level",)

    def in_state(self, alerts: Any, _name: str, value: str) -> Any:
        return getattr(alerts, value)()

    def filter_queryset(self, queryset: Any) -> Any:
        alerts = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("state"):
            alerts = alerts.not_over()
        return alerts


def branch_in_words(alert: Alert) -> Any:
    return alert.page.get_admin_display_title() if alert.page else _("The whole site")


def starts(alert: Alert) -> str:
    return in_words(alert.starts_at)


def ends(alert: Alert) -> str:
    return in_words(alert.ends_at)


def in_words(moment: datetime) -> str:
    """The moment itself: how long ago it was tells little of one to come."""
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


class AlertViewSet(SnippetViewSet):
    model = Alert
    icon = "warning"
    menu_label = _("Alerts")
    menu_order = 208
    add_to_admin_menu = True
    filterset_class = AlertFilterSet
    list_display = (
        "title",
        "level",
        Column("state", label=_("State")),
        Column("branch", _("Branch"), branch_in_words),
        Column("starts_at", _("Shown from"), starts, sort_key="starts_at"),
        Column("ends_at", _("Shown until"), ends, sort_key="ends_at"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return Alert.objects.select_related("page")
