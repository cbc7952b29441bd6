from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.cards import soonest_over
from events.languages import index_path
from home.empty_searches import found_nothing
from home.languages import current_language
from home.page_cache import expires_by
from home.wellknown import search_paths

from .crisis import topics_asked
from .kinds import KINDS, OTHER, name_of
from .models import MissedSearch
from .results import Result, results_of
from .search_query import SearchQuery
from .site_search import Findings, search_site

RESULTS_ON_A_PAGE = 20
IN_JSON = ("id", "type", "title", "url", "lang")


@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    language = current_language()
    query = SearchQuery(request.GET)
    findings = search_site(
        query.words, language, left_as_words=query.plain, as_typed=query.exact
    )
    if query.words and not findings.hits:
        found_nothing(request, MissedSearch.Where.SITE, query.typed)
    page = page_of(request, findings.of_kind(query.kind))
    results = results_of(findings, list(page), language)
    if request.GET.get("format") == "json":
        topics_asked(request)  # It keeps the answer out of caches.
        return JsonResponse(as_json(page.paginator.count, results))
    if over := soonest_over([result.card for result in results if result.card]):
        expires_by(request, over)
    context = {
        "words": query.words,
        "page_of_results": page,
        "results": results,
        "query": query.address(),
        "corrected": findings.corrected,
        "all_query": query.address(type=""),
        "exact_query": query.address(exact="1"),
        "chips": chips(query, findings),
        "ignores_filters": findings.ignores_filters,
        "kinds": kinds(query, findings),
        "kind": query.kind,
        "groups_url": groups_url(query.words, findings, language),
        "language_urls": {code: f"/{code}/{slug}/" for code, slug in search_paths()},
    }
    return render(request, "search/search.html", context)


def page_of(request: HttpRequest, hits: list[Any]) -> Page:
    try:
        return Paginator(hits, RESULTS_ON_A_PAGE).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404 from error


def as_json(total: int, results: list[Result]) -> dict[str, Any]:
    """A page of the results; `page` asks for another."""
    rows = ({name: getattr(result, name) for name in IN_JSON} for result in results)
    return {"total": total, "results": list(rows)}


def chips(query: SearchQuery, findings: Findings) -> list[tuple[str, str]]:
    """What was understood as a filter, and the query string without it."""
    return [
        (each.label, query.without(each.key)) for each in findings.understood.filters
    ]


def kinds(query: SearchQuery, findings: Findings) -> list[tuple[str, int, str, bool]]:
    """Name, number, query string, and whether it is chosen; those with results."""
    counts = findings.counts()
    return [
        (name_of(kind), counts[kind], query.address(type=kind), kind == query.kind)
        for kind in (*KINDS, OTHER)
        if counts[kind]
    ]


def groups_url(words: str, findings: Findings, language: str) -> str:
    """The same question in the group index, which has more filters; "" if no group."""
    if not findings.counts()["group"]:
        return ""
    if findings.ignores_filters:
        question = QueryDict(mutable=True)
        question["q"] = findings.corrected or words
    else:
        question = findings.understood.query()
    return f"{index_path(language)}?{question.urlencode()}"
