"""The report of pages that are heaviest to read."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Page

from ..languages import language_name
from ..models import PageReadability
from ..staff_reports import PlainReportView
from ..writers import WRITERS_RIGHTS, may_write_pages, pages_written_by
from .levels import LEVELS, Band
from .reading import Kind

HEAVIEST_FIRST = "-above_plain"


class ReadabilityFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        choices=[pair for pair in settings.LANGUAGES if pair[0] in LEVELS],
        label=_("Language"),
    )
    band = django_filters.ChoiceFilter(choices=Band.choices, label=_("Readability"))

    class Meta:
        model = PageReadability
        fields: list[str] = []


def edit_address(row: PageReadability) -> str:
    return reverse("wagtailadmin_pages:edit", args=[row.pk])


def figure(row: PageReadability) -> str:
    return "–" if row.lix is None else number_format(row.lix, 1)


def band_in_words(band: str) -> str:
    return str(Band(band).label) if band else str(_("too short to tell"))


IN_WORDS = {"language": language_name, "band": band_in_words}
"""What is stored as a code and read as a word."""


def advice_in_words(row: PageReadability) -> str:
    """“Long sentences 3, Hard words 2”."""
    return ", ".join(
        f"{kind.label} {row.advice_by_kind[kind]}"
        for kind in Kind
        if kind in row.advice_by_kind
    )


class ReadabilityReportView(PlainReportView):
    page_title = _("Readability")
    header_icon = "glasses"
    index_url_name = "readability_report"
    index_results_url_name = "readability_report_results"
    model = Page  # Whose rights they are.
    any_permission_required = WRITERS_RIGHTS
    filterset_class = ReadabilityFilterSet
    verbose_name_plural = _("pages with a reading")
    default_ordering = HEAVIEST_FIRST
    is_searchable = False
    columns = [
        TitleColumn(
            "title",
            label=_("Page"),
            accessor="page.title",
            get_url=edit_address,
            sort_key="page__title",
        ),
        Column(
            "language",
            label=_("Language"),
            accessor=lambda row: language_name(row.language),
            sort_key="language",
        ),
        Column("lix", label=_("LIX"), accessor=figure, sort_key="lix"),
        Column(
            "band",
            label=_("Readability"),
            accessor=lambda row: band_in_words(row.band),
            sort_key="above_plain",
        ),
        Column("words", label=_("Words"), sort_key="words"),
        Column("advice", label=_("Pieces of advice"), sort_key="advice"),
        Column("kinds", label=_("Advice on"), accessor=advice_in_words),
    ]
    export_headings = {
        "page.title": _("Page"),
        "language": _("Language"),
        "lix": _("LIX"),
        "band": _("Readability"),
        "words": _("Words"),
        "sentences": _("Sentences"),
        "advice": _("Pieces of advice"),
        **{f"number_of.{kind.value}": kind.label for kind in Kind},
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[PageReadability]:
        """Of pages that the user has a part in."""
        pages = pages_written_by(self.request.user)
        return PageReadability.objects.of_pages(pages).select_related("page")

    def order_queryset(self, queryset: Any) -> Any:
        """What is too short to be measured comes last, whichever way one sorts."""
        if self.ordering in {HEAVIEST_FIRST, "-lix"}:
            column = F(self.ordering.removeprefix("-"))
            return queryset.order_by(column.desc(nulls_last=True), "pk")
        return super().order_queryset(queryset)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if field in IN_WORDS:
            value = IN_WORDS[field](value)
        return super().preprocess_field_value(field, value, export_format)

    def get_filename(self) -> str:
        return f"luettavuus-{timezone.localdate().isoformat()}"


class ReadabilityMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_write_pages(request.user)


def menu_item() -> MenuItem:
    return ReadabilityMenuItem(
        _("Readability"),
        reverse("readability_report"),
        name="readability",
        icon_name="glasses",
        order=640,
    )
