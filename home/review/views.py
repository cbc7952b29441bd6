"""The pages behind the link of a letter. No account, no cookie, no token of a form.

Opening them changes nothing: programs open links to look at them.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ..kept import kept_when_away
from ..models import PageReview
from ..quiet import quiet
from ..stateless import is_from_here, stateless
from ..views import permission_denied
from .addresses import REVIEW_SLUGS, review_url
from .answering import take_answer
from .forms import VerdictForm, usual_months
from .shown import shown
from .versions import as_page


@csrf_exempt
@quiet
@kept_when_away("home/review/base.html")
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Who knows the address may answer; another site does not know it, and is refused
    all the same."""
    found = PageReview.objects.with_token(token).first()
    if found is None or not found.is_usable:
        return gone(request, found)
    form = VerdictForm(initial=initial_of(found))
    if request.method == "POST":
        if not is_from_here(request):
            return permission_denied(request)
        form = VerdictForm(request.POST)
        if form.is_valid():
            if not take_answer(found, form.answer):
                found.refresh_from_db()
                return gone(request, found)
            return redirect(review_url("thanks"))
    return draw(
        request,
        "review",
        {
            "review": found,
            "shown": shown(found, request),
            "form": form,
            "page_url": review_url("page", token),
            "language_urls": urls_of("review", token),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else 200,
    )


@quiet
@stateless
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The version as readers will see it, or see it now: in its own language, and with
    a form that answers when the page has one."""
    found = PageReview.objects.with_token(token).first()
    if found is None or not found.is_usable:
        return gone(request, found)
    version = as_page(found)
    if request.method not in version.allowed_http_methods:
        return HttpResponseNotAllowed(version.allowed_http_methods)
    with translation.override(version.language):
        response = version.serve(request)
        if isinstance(response, TemplateResponse):
            response.render()
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@quiet
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return draw(request, "thanks", {"language_urls": urls_of("thanks")})


def gone(request: HttpRequest, found: PageReview | None) -> HttpResponse:
    """Used, expired, taken back or never made: kindly, and nothing changes. What was
    typed meanwhile is given back."""
    typed = request.POST.get("comment", "")
    is_taken = found is not None and typed.split() == found.comment.split()
    return draw(
        request,
        "gone",
        {
            "review": found,
            "typed": "" if is_taken else typed,
            "language_urls": urls_of("thanks"),
        },
        status=HTTPStatus.GONE,
    )


def initial_of(found: PageReview) -> dict[str, Any]:
    return {"name": str(found.person), "months": usual_months(found.page.specific)}


def urls_of(name: str, *args: str) -> dict[str, str]:
    """The same page in every language, for the language menu."""
    return {
        language: review_url(name, *args, language=language)
        for language in REVIEW_SLUGS
    }


def draw(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(request, f"home/review/{name}.html", context, status=status)
