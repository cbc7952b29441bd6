"""The editor's side of search: words for it, and what was not found."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    CreateView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from .models import ContentTask, CrisisTopic, PromotedResult, SynonymSet
from .staff.access import may_see
from .staff.panel import add_lacks_panel


def in_languages(column: str) -> list[str]:
    return [f"{column}__{language}" for language in ("fi", "sv", "en")]


class SynonymSetViewSet(SnippetViewSet):
    model = SynonymSet
    icon = "list-ul"
    menu_label = _("Synonyms")
    search_fields = in_languages("words")
    ordering = ("-pk",)


class PromotedResultViewSet(SnippetViewSet):
    model = PromotedResult
    icon = "pick"
    menu_label = _("Promoted results")
    list_display = ("phrases", "page")
    search_fields = in_languages("phrases")

    def get_queryset(self, request: HttpRequest) -> Any:
        return PromotedResult.objects.select_related("page")


class CrisisTopicViewSet(SnippetViewSet):
    model = CrisisTopic
    icon = "warning"
    menu_label = _("Crisis topics")
    list_display = ("name", "key")
    search_fields = in_languages("words")


class TaskCreateView(CreateView):
    def save_instance(self) -> ContentTask:
        self.form.instance.created_by = self.request.user
        task: ContentTask = super().save_instance()
        return task


class ContentTaskViewSet(SnippetViewSet):
    model = ContentTask
    icon = "tasks"
    menu_label = _("Content tasks")
    add_view_class = TaskCreateView
    list_display = (
        "title",
        DateColumn("created_at", label=_("created")),
        "created_by",
        BooleanColumn("is_done", label=_("done")),
    )
    list_filter = ("is_done",)
    search_fields = ("title", "note")

    def get_queryset(self, request: HttpRequest) -> Any:
        return ContentTask.objects.select_related("created_by")


class SearchWordsGroup(SnippetViewSetGroup):
    menu_label = _("Search words")
    menu_icon = "search"
    menu_order = 215
    items = (
        SynonymSetViewSet,
        PromotedResultViewSet,
        CrisisTopicViewSet,
        ContentTaskViewSet,
    )


register_snippet(SearchWordsGroup)


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return ReportMenuItem(
        _("Searches without results"),
        reverse("search_staff:missed"),
        name="missed-searches",
        icon_name="search",
        order=660,
    )


@hooks.register("register_admin_urls")
def staff_urls() -> list[Any]:
    return [path("search-words/", include("search.staff.urls"))]


hooks.register("construct_homepage_panels", add_lacks_panel)
