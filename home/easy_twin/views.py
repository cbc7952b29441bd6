"""Make an easy page, mark it up to date, note its review as selkokieli."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from ..languages import EASY_FINNISH
from ..models import EasySource
from ..models.easy import Standing, easy_pages, tie
from .forms import SelkoReviewForm, UpToDateForm
from .log import MARKED, REVIEWED
from .making import make_easy_page
from .rights import may_make, may_mark
from .source_text import source_text


def page_furniture(page: Page, title: str) -> dict[str, Any]:
    """What Wagtail's base template asks for: title, icon, and the way here."""
    return {
        "page": page,
        "header_title": f"{title}: {page.title}",
        "header_icon": "wagtail-localize-language",
        "breadcrumbs_items": [
            {"url": edit_address(page), "label": page.title},
            {"url": "", "label": title},
        ],
    }


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id)
    if not may_make(request.user, page):
        raise PermissionDenied
    locale = get_object_or_404(Locale, language_code=EASY_FINNISH)
    if twin := page.get_translation_or_none(locale):
        messages.info(request, _("This page has an easy Finnish page already."))
        return redirect(edit_address(twin))
    parent = page.get_parent().get_translation_or_none(locale)
    if parent and not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    if request.method == "POST" and parent:
        made = make_easy_page(page, locale, request.user)
        messages.success(
            request,
            _("Here is a draft with the Finnish text. Write it anew in easy Finnish."),
        )
        return redirect(edit_address(made))
    return render(
        request,
        "home/admin/easy_make.html",
        page_furniture(page, _("Make an easy Finnish page"))
        | {"parent": parent, "parent_in_finnish": page.get_parent()},
    )


def easy_page(request: HttpRequest, page_id: int) -> Page:
    page = get_object_or_404(easy_pages(), pk=page_id)
    if not may_mark(request.user, page):
        raise PermissionDenied
    return page


@require_http_methods(["GET", "POST"])
def up_to_date(request: HttpRequest, page_id: int) -> HttpResponse:
    page = easy_page(request, page_id)
    source = get_object_or_404(Page, pk=page.source_id)
    form = UpToDateForm(source, page, request.POST or None)
    if form.is_valid():
        tie(page, source, request.user)
        log(instance=page.specific, action=MARKED, user=request.user)
        messages.success(request, _("Marked: the easy page is up to date."))
        return redirect(edit_address(page))
    tied = EasySource.objects.filter(page=page.pk).first()
    context = page_furniture(page, _("I have brought it up to date")) | {
        "form": form,
        "source": source,
        "text": source_text(source, tied, request),
    }
    status = 422 if form.is_bound else 200
    return render(request, "home/admin/easy_up_to_date.html", context, status=status)


@require_http_methods(["GET", "POST"])
def selko_review(request: HttpRequest, page_id: int) -> HttpResponse:
    page = easy_page(request, page_id)
    if page.standing == Standing.NOT_COMPARED:
        messages.warning(request, _("First compare the page with the Finnish one."))
        return redirect("easy_finnish:up-to-date", page.pk)
    tied = EasySource.objects.filter(page=page.pk).first()
    form = SelkoReviewForm(
        request.POST or None, instance=tied or EasySource(page_id=page.pk)
    )
    if form.is_valid():
        form.save()
        log(instance=page.specific, action=REVIEWED, user=request.user)
        messages.success(request, _("Saved."))
        return redirect(edit_address(page))
    context = page_furniture(page, _("Review as selkokieli")) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "home/admin/easy_review.html", context, status=status)
