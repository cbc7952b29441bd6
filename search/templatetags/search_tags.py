"""Help for somebody who searches in distress, and the way to the need-finder."""

from typing import Any

from django import template
from django.core.exceptions import TooManyFieldsSent

from home.languages import current_language

from ..crisis import topics_asked
from ..need_finder.addresses import need_finder_path

register = template.Library()


@register.inclusion_tag("search/crisis_answer.html", takes_context=True)
def crisis_answer(context: template.Context) -> dict[str, Any]:
    """Nothing unless the words in the address tell of distress."""
    request = context.get("request")
    if request is None:
        return {"topics": []}
    try:
        topics = topics_asked(request)
    except TooManyFieldsSent:  # The page that says so is drawn like any other.
        topics = []
    crisis_page = context["c"].crisis_page if topics else ""
    return {"topics": topics, "crisis_page": crisis_page}


@register.simple_tag
def need_finder_url() -> str:
    return need_finder_path(current_language())
