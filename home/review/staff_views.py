"""The reviews of one page in the editor: what was answered, and asking anew."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ..models import PageReview
from . import log
from .access import may_ask, page_to_ask_about
from .asking import ask
from .forms import AskForm
from .versions import latest_version, live_version


@require_http_methods(["GET", "POST"])
def page_reviews(request: HttpRequest, page_id: int) -> HttpResponse:
    page = page_to_ask_about(request.user, page_id)
    form = AskForm(request.POST or None, initial={"person": page.reviewed_by_id})
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        ask(page, person, request.user, form.cleaned_data["message"])
        messages.success(
            request, _("A letter with a link goes to %(person)s.") % {"person": person}
        )
        return redirect("review_staff:page", page.pk)
    title = _("Reviews of the page")
    context = {
        "header_title": title,
        "header_icon": "clipboard-list",
        "breadcrumbs_items": [
            {"url": reverse("review_staff:report"), "label": _("Reviews of pages")},
            {
                "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                "label": page.get_admin_display_title(),
            },
            {"url": "", "label": title},
        ],
        "page": page,
        "form": form,
        **history_of(page),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else 200
    return render(request, "home/review/staff/page.html", context, status=status)


def history_of(page: Any) -> dict[str, Any]:
    """Each answer with what has become of the version; those who have not answered."""
    rows = PageReview.objects.filter(page=page.pk).without_text()
    live = live_version(page).fingerprint(page) if page.live else ""
    latest = latest_version(page).fingerprint(page)
    approved = set(rows.standing().values_list("pk", flat=True))
    return {
        "is_draft": latest != live,
        "answers": [
            {
                "review": review,
                "is_live": review.fingerprint == live,
                "is_latest": review.fingerprint == latest,
                "is_approved": review.pk in approved,
            }
            for review in rows.answered()
        ],
        "open": rows.usable().select_related("person", "asked_by"),
    }


@require_POST
def withdraw(request: HttpRequest, review_id: int) -> HttpResponse:
    review = PageReview.objects.filter(pk=review_id).select_related("page").first()
    if review is None or not may_ask(request.user, review.page):
        raise PermissionDenied
    if PageReview.objects.usable().filter(pk=review.pk).withdraw():
        person = str(review.person)
        log.record(review.page, log.WITHDRAWN, request.user, person=person)
        messages.success(request, _("The link no longer works."))
    else:
        messages.warning(request, _("It has been answered or taken back already."))
    return redirect("review_staff:page", review.page_id)
