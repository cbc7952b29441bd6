"""What a page costs before it does anything: the bases to compare with."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template import engines

PAGE = engines["django"].from_string((Path(__file__).parent / "rows.html").read_text())
ROWS = [
    {"title": f"Kävelyryhmä {number}", "place": "Kotka", "time": "ti klo 14–15.30"}
    for number in range(20)
]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def rows(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE.render({"rows": ROWS}, request))
