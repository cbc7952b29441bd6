"""Help for somebody who searches in distress, on any page that takes words."""

from typing import Any

from django import template
from django.core.exceptions import TooManyFieldsSent

from ..crisis import topics_asked

register = template.Library()


@register.inclusion_tag("search/crisis_answer.html", takes_context=True)
def crisis_answer(context: template.Context) -> dict[str, Any]:
    """Nothing unless the words in the address tell of distress."""
    request = context.get("request")
    try:
        is_asked = request is not None and bool(request.GET.get("q"))
    except TooManyFieldsSent:  # The page that says so is drawn like any other.
        is_asked = False
    if not is_asked:
        return {"topics": []}
    return {"topics": topics_asked(request), "crisis_page": context["c"].crisis_page}
