from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.languages import current_language
from home.wellknown import search_paths

from .forms import SearchForm
from .queries import find

RESULTS_ON_A_PAGE = 20


@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    language = current_language()
    form = SearchForm(request.GET)
    results = find(form.words, language)
    if request.GET.get("format") == "json":
        return JsonResponse(
            {"total": len(results), "results": [vars(result) for result in results]}
        )
    try:
        page = Paginator(results, RESULTS_ON_A_PAGE).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404 from error
    context = {
        "form": form,
        "words": form.words,
        "results": page,
        "language_urls": {code: f"/{code}/{slug}/" for code, slug in search_paths()},
    }
    return render(request, "search/search.html", context)
