"""What the editor shows beside the form while somebody writes.

Wagtail draws the preview of the form anew at each pause; the reading comes along in it,
in the editor's language, and `js/readability.js` puts it into the panel of checks.
"""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from .levels import LEVELS
from .pages import read
from .reading import Advice, Kind, Reading

MOST_SHOWN = 15
"""Of a kind; the rest is counted."""


def in_words(reading: Reading) -> dict[str, Any]:
    """All texts of the panel: the script only puts them in their places."""
    order = list(Kind)
    found = sorted(reading.advice, key=lambda advice: order.index(advice.kind))
    return {
        "score": "–" if reading.lix is None else number_format(reading.lix, 1),
        "band": reading.band or "",
        "summary": summary(reading),
        "count": len(found),
        "groups": [
            group_in_words(kind, list(some))
            for kind, some in groupby(found, key=lambda advice: advice.kind)
        ],
    }


def summary(reading: Reading) -> str:
    if reading.lix is None or reading.band is None:
        return _("Too short to be measured: at least three sentences and 30 words.")
    aim = LEVELS[reading.language].plain
    return _("LIX %(lix)s: %(band)s. The aim is at most %(aim)s in this language.") % {
        "lix": number_format(reading.lix, 1),
        "band": reading.band.label,
        "aim": aim,
    }


def group_in_words(kind: Kind, advice: list[Advice]) -> dict[str, Any]:
    hidden = len(advice) - MOST_SHOWN
    return {
        "kind": kind.value,
        "title": f"{kind.label} ({len(advice)})",
        "items": [
            {"place": each.place, "quote": each.short_quote, "text": str(each)}
            for each in advice[:MOST_SHOWN]
        ],
        "more": ngettext("and %(number)s more", "and %(number)s more", hidden)
        % {"number": hidden}
        if hidden > 0
        else "",
    }


class ReadingItem(Component):
    """Hidden in the preview's user bar, which is drawn in the editor's language."""

    template_name = "home/admin/reading.html"

    def __init__(self, page: Any) -> None:
        self.page = page

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        reading = read(self.page)
        return {"reading": in_words(reading) if reading else None}


def add_reading(request: HttpRequest, items: list[Any], page: Any) -> None:
    is_preview = getattr(request, "in_preview_panel", False)
    if is_preview and getattr(page, "readable_fields", ()):
        items.append(ReadingItem(page))
