"""The report of searches that found nothing, and two ways to act on it.

Addresses have a row's number and never its words: they stand in access logs.
"""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from ..models import MissedSearch
from .access import MAKES_SET, may_make_task, may_see
from .counts import BY_FILTERS, BY_WORDS, counts, number_without_words, rows_of
from .forms import ReportForm, SynonymForm, TaskForm

ROWS_ON_A_PAGE = 50


@require_safe
def missed_searches(request: HttpRequest) -> HttpResponse:
    only_for(may_see(request.user))
    form = ReportForm(request.GET)
    asked = form.asked
    by, month, where = asked["by"], asked["month"], asked["where"]
    page = Paginator(counts(month, by, where), ROWS_ON_A_PAGE).get_page(
        request.GET.get("p")
    )
    title = _("Searches without results")
    context = {
        "header_title": title,
        "header_icon": "search",
        "breadcrumbs_items": [{"url": "", "label": title}],
        "form": form,
        "by": by,
        "tabs": [
            (BY_WORDS, _("By words"), by == BY_WORDS),
            (BY_FILTERS, _("By filters"), by == BY_FILTERS),
        ],
        "rows": rows_of(page, by),
        "page": page,
        "elided_page_range": page.paginator.get_elided_page_range(page.number),
        "without_words": number_without_words(month, where),
        "is_this_month": month == timezone.localdate().replace(day=1),
        "may_make_task": may_make_task(request.user),
    }
    return render(request, "search/staff/missed.html", context)


@require_http_methods(["GET", "POST"])
def add_synonym(request: HttpRequest, miss_id: int) -> HttpResponse:
    only_for(may_see(request.user) and request.user.has_perm(MAKES_SET))
    miss = get_object_or_404(MissedSearch.objects.exclude(lemmas=""), pk=miss_id)
    form = SynonymForm(miss, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        synonyms = form.save(request.user)
        messages.success(
            request, _("These mean the same now: %(words)s") % {"words": synonyms}
        )
        return redirect(way_back(request))
    title = _("Add as a synonym")
    context: dict[str, Any] = {
        "header_title": title,
        "header_icon": "search",
        "breadcrumbs_items": [
            {
                "url": reverse("search_staff:missed"),
                "label": _("Searches without results"),
            },
            {"url": "", "label": title},
        ],
        "form": form,
        "miss": miss,
        "next": way_back(request),
    }
    return render(
        request,
        "search/staff/add_synonym.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else 200,
    )


@require_POST
def make_task(request: HttpRequest, miss_id: int) -> HttpResponse:
    only_for(may_see(request.user) and may_make_task(request.user))
    miss = get_object_or_404(MissedSearch, pk=miss_id)
    form = TaskForm(miss, request.POST)
    if not form.is_valid():
        message = "no such kind of a task"
        raise BadRequest(message)
    task, title = form.save(request.user)
    if task:
        text = _("The task “%(title)s” is on the list of content tasks.")
        messages.success(request, text % {"title": title})
    else:
        text = _("There is an open task “%(title)s” already.")
        messages.warning(request, text % {"title": title})
    return redirect(way_back(request))


def only_for(is_allowed: bool) -> None:
    if not is_allowed:
        raise PermissionDenied


def way_back(request: HttpRequest) -> str:
    return get_valid_next_url_from_request(request) or reverse("search_staff:missed")
