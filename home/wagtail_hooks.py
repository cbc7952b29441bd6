"""The editor: taxonomies, crisis contacts, reviews, and what its front page shows."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.contrib.settings.models import register_setting
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from . import translation
from .easy_twin import buttons as easy_buttons
from .easy_twin import log as easy_log
from .feedback.staff import log as feedback_log
from .feedback.staff import menus
from .feedback.staff.panel import add_feedback_panel
from .languages import MAIN_LANGUAGE
from .models import (
    CrisisContact,
    Goal,
    GoalPage,
    Keyword,
    Municipality,
    ReviewPerson,
    Statement,
    TargetGroup,
    Theme,
)
from .notices.staff import AlertViewSet
from .readability import content_checks, panel, report
from .review import buttons, log
from .review.panel import add_reviews_panel
from .rich_text import RememberingPageLinkHandler
from .statement.panel import add_statement_panel


class CrisisContactViewSet(SnippetViewSet):
    model = CrisisContact
    icon = "warning"
    menu_label = _("Crisis contacts")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ("name", "number", "checked_on", "on_every_page")
    list_filter = ("on_every_page",)
    ordering = ("order", "pk")


class ReviewPersonViewSet(SnippetViewSet):
    model = ReviewPerson
    icon = "user"
    menu_label = _("Reviewers and owners")
    menu_order = 212
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ("name", "title", "email", "language", "bounced_at")
    list_filter = {"language": ["exact"], "bounced_at": ["isnull"]}
    search_fields = ("name", "title", "email")
    ordering = ("name", "pk")


class GoalViewSet(SnippetViewSet):
    model = Goal
    icon = "tick-inverse"
    menu_label = _("Goals")
    list_display = ("name", "key", "valid_from", "valid_until")


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    list_display = ("name", "key", "goal")
    list_filter = ("goal",)


class TargetGroupViewSet(SnippetViewSet):
    model = TargetGroup
    icon = "group"
    menu_label = _("Target groups")
    list_display = ("name", "key")


class MunicipalityViewSet(SnippetViewSet):
    model = Municipality
    icon = "site"
    menu_label = _("Municipalities")
    list_display = ("name", "key", "code")


class KeywordViewSet(SnippetViewSet):
    model = Keyword
    icon = "tag"
    menu_label = _("Keywords")
    list_display = ("name", "other_names", "yso_id")
    search_fields = ("name__fi", "name__sv", "name__en", "yso_id")


class TaxonomyGroup(SnippetViewSetGroup):
    menu_label = _("Classifications")
    menu_icon = "tag"
    menu_order = 220
    items = (
        GoalViewSet,
        ThemeViewSet,
        TargetGroupViewSet,
        MunicipalityViewSet,
        KeywordViewSet,
    )


register_snippet(AlertViewSet)
register_snippet(CrisisContactViewSet)
register_snippet(ReviewPersonViewSet)
register_snippet(TaxonomyGroup)


@hooks.register("insert_global_admin_css")
def editor_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/editor.css"))


@hooks.register("insert_editor_js")
def readability_script() -> SafeString:
    address = static("js/readability.js")
    return format_html('<script type="module" src="{}"></script>', address)


@hooks.register("register_admin_urls")
def report_urls() -> list[Any]:
    view = report.ReadabilityReportView
    return [
        path("reports/readability/", view.as_view(), name="readability_report"),
        path(
            "reports/readability/results/",
            view.as_view(results_only=True),
            name="readability_report_results",
        ),
    ]


hooks.register("register_reports_menu_item", report.menu_item)
hooks.register("construct_wagtail_userbar", content_checks.use_our_checks)
hooks.register("construct_wagtail_userbar", panel.add_reading)


@hooks.register("register_rich_text_features", order=100)
def register_links(features: Any) -> None:
    """After Wagtail's own, which it takes the place of."""
    features.register_link_type(RememberingPageLinkHandler)


@hooks.register("before_bulk_action")
def publish_only_what_is_ready(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """A page that lacks something would stop the whole action with an error."""
    if request.method != "POST" or action_type != "publish":
        return None
    unready = [page for page in objects if not may_be_published(page)]
    if not unready:
        return None
    titles = ", ".join(page.get_admin_display_title() for page in unready)
    messages.error(
        request,
        _("Nothing was published. Open these first, something is missing: %(titles)s")
        % {"titles": titles},
    )
    return redirect(action.next_url or "wagtailadmin_home")


def may_be_published(page: Any) -> bool:
    draft = page.get_latest_revision_as_object()
    draft.live = True
    if translation.untranslated(draft):
        return False
    try:
        draft.full_clean()
    except ValidationError:
        return False
    return True


class GoalsPanel(Component):
    """The four goals: what editors' work is for, with a way to each page."""

    name = "goals"
    template_name = "home/admin/goals_panel.html"
    order = 50

    def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
        goals = list(Goal.objects.current())
        pages = GoalPage.objects.filter(
            goal__in=goals, locale__language_code=MAIN_LANGUAGE
        )
        by_goal = {page.goal_id: page for page in pages}
        return {"goals": [(goal, by_goal.get(goal.pk)) for goal in goals]}


translation.replace_buttons()
translation.remove_synchronisation()
hooks.register("register_admin_urls", translation.admin_urls, order=-1)
hooks.register("construct_page_action_menu", translation.tidy_action_menu)
hooks.register("before_edit_page", translation.publish_when_translated, order=-1)

# Easy Finnish pages beside their Finnish sources.
hooks.register("register_page_header_buttons", easy_buttons.header_buttons)
hooks.register("register_page_listing_more_buttons", easy_buttons.listing_buttons)
hooks.register("register_reports_menu_item", easy_buttons.report_menu_item)
hooks.register("register_log_actions", easy_log.register)
for happened in ("publish", "unpublish", "delete"):
    hooks.register(f"after_{happened}_page", easy_buttons.tell_of_easy_page)


@hooks.register("register_admin_urls")
def easy_finnish_urls() -> list[Any]:
    return [path("easy-finnish/", include("home.easy_twin.urls"))]


@hooks.register("construct_homepage_panels")
def add_goals_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.insert(0, GoalsPanel())


# Reviews of guidance: asking, the report, what is due.
hooks.register("register_page_header_buttons", buttons.buttons)
hooks.register("register_page_listing_more_buttons", buttons.buttons)
hooks.register("register_page_action_menu_item", buttons.AskMenuItem)
hooks.register("register_reports_menu_item", buttons.report_menu_item)
hooks.register("register_log_actions", log.register)
hooks.register("construct_homepage_panels", add_reviews_panel)


@hooks.register("register_admin_urls")
def review_urls() -> list[Any]:
    return [path("reviews/", include("home.review.admin_urls"))]


register_setting(Statement, icon="circle-check")
hooks.register("construct_homepage_panels", add_statement_panel)
hooks.register("construct_homepage_panels", add_feedback_panel)
hooks.register("register_admin_menu_item", menus.inbox_menu_item)
hooks.register("register_reports_menu_item", menus.opinions_menu_item)
hooks.register("register_reports_menu_item", menus.comments_menu_item)
hooks.register("register_log_actions", feedback_log.register)


@hooks.register("register_admin_urls")
def feedback_urls() -> list[Any]:
    return [path("feedback/", include("home.feedback.staff.urls"))]
