"""A report: easy pages, and how each stands to its Finnish source."""

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Page

from ..models.easy import Standing, easy_pages
from ..staff_reports import PlainReportView
from ..writers import WRITERS_RIGHTS, pages_written_by
from .buttons import edit_address


def standing_in_words(page: Any) -> str:
    return str(Standing(page.standing).label)


def is_public(page: Any) -> str:
    return str(_("public") if page.live else _("not public"))


def marked(page: Any) -> str:
    """When it was last said to be up to date, and by whom."""
    tied = getattr(page, "easy_source", None)
    if tied is None:
        return ""
    day = date_format(timezone.localdate(tied.marked_at), "SHORT_DATE_FORMAT")
    return f"{day} {tied.marked_by or ''}".strip()


def reviewed(page: Any) -> str:
    tied = getattr(page, "easy_source", None)
    if tied is None or not tied.reviewed_on:
        return str(_("no"))
    day = date_format(tied.reviewed_on, "SHORT_DATE_FORMAT")
    if tied.reviewed_revision != page.live_revision_id:
        return str(_("%(day)s, the text has changed since") % {"day": day})
    return f"{day} {tied.reviewed_by}"


class EasyPagesFilterSet(WagtailFilterSet):
    standing = django_filters.ChoiceFilter(
        choices=Standing.choices, label=_("State"), field_name="standing"
    )

    class Meta:
        model = Page
        fields = ["live"]


class EasyPagesView(PlainReportView):
    model = Page  # Whose rights they are.
    any_permission_required = WRITERS_RIGHTS
    page_title = _("Easy Finnish pages")
    header_icon = "wagtail-localize-language"
    index_url_name = "easy_finnish:report"
    index_results_url_name = "easy_finnish:report-results"
    filterset_class = EasyPagesFilterSet
    verbose_name_plural = _("easy Finnish pages")
    default_ordering = "title"
    is_searchable = False
    columns = [
        TitleColumn(
            "title", label=_("Easy page"), get_url=edit_address, sort_key="title"
        ),
        Column("state", label=_("State"), accessor=standing_in_words),
        Column("source_title", label=_("Finnish page")),
        Column("public", label=_("On the site"), accessor=is_public),
        Column("marked", label=_("Last marked up to date"), accessor=marked),
        Column("reviewed", label=_("Reviewed as selkokieli"), accessor=reviewed),
    ]
    export_headings = {
        "title": _("Easy page"),
        "standing": _("State"),
        "source_title": _("Finnish page"),
        "live": _("On the site"),
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> Any:
        """Of pages that the user has a part in."""
        pages = pages_written_by(self.request.user)
        found = easy_pages().filter(pk__in=pages.values("pk"))
        return found.select_related("easy_source__marked_by")

    def get_filename(self) -> str:
        return f"selkeat-sivut-{timezone.localdate().isoformat()}"
