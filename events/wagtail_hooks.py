"""The editor's side of groups: records, and a listing that stays quick when long."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .dates_view import next_dates
from .models import EventIndexPage, EventPage, Organisation, SchoolBreak, Venue
from .school_break_changes import SchoolBreakForm
from .staff import buttons, contacts, log, queue, unread
from .staff.group_editor import GroupEditView, GroupPreviewView

BY_TREE_POSITION = "ord"
NEWEST_FIRST = "-pk"


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


def municipalities_of(school_break: SchoolBreak) -> str:
    names = [str(municipality) for municipality in school_break.municipalities.all()]
    return ", ".join(names) or gettext("All of them")


class SchoolBreakViewSet(SnippetViewSet):
    model = SchoolBreak
    icon = "calendar"
    menu_label = _("School holidays")
    menu_order = 207
    add_to_admin_menu = True
    list_display = (
        "name",
        "start_date",
        "end_date",
        Column("municipalities", _("Municipalities"), municipalities_of),
    )
    list_filter = ("municipalities",)
    ordering = ("-start_date", "pk")
    edit_handler = ObjectList(SchoolBreak.panels, base_form_class=SchoolBreakForm)

    def get_queryset(self, request: HttpRequest) -> Any:
        return SchoolBreak.objects.prefetch_related("municipalities")


register_snippet(OrganisationViewSet)
register_snippet(VenueViewSet)
register_snippet(SchoolBreakViewSet)
register_snippet(contacts.ContactViewSet)
register_snippet(contacts.MembershipViewSet)
hooks.register("after_delete_snippet", contacts.forget_erased)


class EventFilterSet(WagtailFilterSet):
    """No filter by owner or editor: their choices would read every page's log."""

    class Meta:
        model = EventPage
        fields = ("kind", "live", "venue__municipality", "is_sensitive")


class EventPaginator(WagtailPaginator):
    known_count: int | None = None
    """The number of rows where the tree knows it already."""

    @cached_property
    def count(self) -> int:
        return super().count if self.known_count is None else self.known_count


class EventListingView(ExplorableIndexView):
    """Wagtail's explorer, as quick with 200,000 groups as with twenty.

    Wagtail sorts, counts and annotates all children to show fifty. Here a narrow query
    finds the fifty and only they are annotated; figures: `docs/proof-explorer.md`.
    """

    default_ordering = NEWEST_FIRST
    paginator_class = EventPaginator

    def get_valid_orderings(self) -> list[str]:
        """Tree position switches paging off in Wagtail: not with 200,000 children."""
        return [
            ordering
            for ordering in super().get_valid_orderings()
            if ordering.lstrip("-") != BY_TREE_POSITION
        ]

    def get_base_queryset(self) -> Any:
        # All groups stand under the main index: no need to ask each row's place.
        events = EventPage.objects.all()
        if not self.parent_page.is_main:
            events = events.child_of(self.parent_page)
        if not self.sees_all_children():
            seen = self.permission_policy.explorable_instances(self.request.user)
            events = events.filter(pk__in=seen.values("pk"))
        return events.only("pk")

    def sees_all_children(self) -> bool:
        """Rights are inherited: who has one on the index has it on every group."""
        return (
            self.permission_policy.instances_user_has_any_permission_for(
                self.request.user, self.any_permission_required
            )
            .filter(pk=self.parent_page.pk)
            .exists()
        )

    def search_queryset(self, queryset: Any) -> Any:
        """By date rather than by relevance, which SQLite would reckon for each row."""
        if not self.is_searching:
            return queryset
        if not self.is_explicitly_ordered:
            queryset = queryset.order_by()  # The newest first then, too.
        return queryset.autocomplete(self.search_query, order_by_relevance=False)

    def get_paginator(self, *args: Any, **kwargs: Any) -> Any:
        paginator = super().get_paginator(*args, **kwargs)
        if not (self.is_searching or self.is_filtering) and self.sees_all_children():
            paginator.known_count = self.parent_page.numchild
        return paginator

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple:
        paginator, page, _found, more = super().paginate_queryset(queryset, page_size)
        keys = [event.pk for event in page.object_list]
        events = {
            event.pk: event
            for event in self.annotate_queryset(EventPage.objects.filter(pk__in=keys))
        }
        page.object_list = [events[key] for key in keys if key in events]
        return paginator, page, page.object_list, more


class EventPageViewSet(PageViewSet):
    model = EventPage
    index_view_class = EventListingView
    edit_view_class = GroupEditView
    preview_on_edit_view_class = GroupPreviewView
    filterset_class = EventFilterSet
    list_per_page = 25  # Drawing a row costs more than finding it.
    parent_models = [EventIndexPage]


@hooks.register("register_admin_viewset")
def register_event_pages() -> Any:
    return EventPageViewSet()


# What staff do to one group: its dates and state, its next season.
hooks.register("register_page_header_buttons", buttons.buttons)
hooks.register("register_page_listing_more_buttons", buttons.buttons)
hooks.register("register_page_action_menu_item", buttons.DatesMenuItem)
hooks.register("register_reports_menu_item", buttons.board_menu_item)
hooks.register("register_reports_menu_item", buttons.reports_menu_item)
hooks.register("register_reports_menu_item", buttons.silent_menu_item)
hooks.register("register_admin_menu_item", queue.queue_menu_item)
hooks.register("register_log_actions", log.register)
hooks.register("before_bulk_action", unread.leave_out_unread)
hooks.register("before_copy_page", unread.copy_as_it_was_public)


@hooks.register("register_admin_urls")
def staff_urls() -> list[Any]:
    return [
        path("groups/", include("events.staff.urls")),
        path("next-dates/<row:page_id>/", next_dates, name="event_next_dates"),
    ]
