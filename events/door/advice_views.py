"""Advice while somebody writes. Nothing of what is sent here is stored or logged."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from ..lint import STEPS, advice_for
from .access import contact_of, quiet

FORBIDDEN = 403


@quiet
@require_POST
def advice(request: HttpRequest, step: str) -> HttpResponse:
    """Asked by a script: who is not signed in is not led to another page."""
    if step not in STEPS.values():
        raise Http404
    if contact_of(request) is None:
        return JsonResponse({"advice": []}, status=FORBIDDEN)
    found = advice_for(step, dict(request.POST.lists()))
    rows = [
        {
            "field": each.field,
            "key": each.key,
            "text": str(each),
            "step": each.better_step,
        }
        for each in found
    ]
    return JsonResponse({"advice": rows})
