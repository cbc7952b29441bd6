"""The editor's side of groups: records, and a listing that stays quick when long."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import EventIndexPage, EventPage, Organisation, Venue

BY_TREE_POSITION = "ord"


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 200
    add_to_admin_menu = True
    list_display = ("name", "kind", "municipality")
    list_filter = ("kind", "municipality")
    search_fields = ("slug", "email")


class VenueViewSet(SnippetViewSet):
    model = Venue
    icon = "site"
    menu_label = _("Venues")
    menu_order = 205
    add_to_admin_menu = True
    list_display = ("name", "kind", "municipality", "step_free_entrance")
    list_filter = ("kind", "municipality")
    search_fields = ("slug", "street_address")


register_snippet(OrganisationViewSet)
register_snippet(VenueViewSet)


class EventFilterSet(WagtailFilterSet):
    """No filter by owner or editor: their choices would read every page's log."""

    class Meta:
        model = EventPage
        fields = ("kind", "live", "venue__municipality", "is_sensitive")


class EventListingView(ExplorableIndexView):
    def get_valid_orderings(self) -> list[str]:
        """Tree position switches paging off in Wagtail: not with 200,000 children."""
        return [
            ordering
            for ordering in super().get_valid_orderings()
            if ordering.lstrip("-") != BY_TREE_POSITION
        ]


class EventPageViewSet(PageViewSet):
    model = EventPage
    index_view_class = EventListingView
    filterset_class = EventFilterSet
    parent_models = [EventIndexPage]


@hooks.register("register_admin_viewset")
def register_event_pages() -> Any:
    return EventPageViewSet()
