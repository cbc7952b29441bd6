"""The two pages of the need-finder, at one address: what is sent stands in no link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from home.stateless import stateless

from .addresses import need_finder_paths
from .answers import NeedFinderForm
from .results import results_for

CHANGE = "change"
"""The button of the result page that leads back to the questions."""


@stateless
@require_http_methods(["GET", "HEAD", "POST"])
def need_finder(request: HttpRequest) -> HttpResponse:
    """The questions, and as an answer to a POST what fits; nothing is kept of it."""
    form = NeedFinderForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "language_urls": need_finder_paths()}
    if not form.is_bound or CHANGE in request.POST:
        return render(request, "search/need_finder/questions.html", context)
    answers = form.answers
    context |= {"answers": answers, "results": results_for(answers)}
    return render(request, "search/need_finder/result.html", context)
