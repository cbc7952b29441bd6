"""The editor's list of alerts: those that have ended stand apart."""

from typing import Any

import django_filters
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
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
        DateColumn("starts_at", label=_("Shown from")),
        DateColumn("ends_at", label=_("Shown until")),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return Alert.objects.select_related("page")
