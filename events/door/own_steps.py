"""Who goes back to a step and saves it again overwrites nobody but themselves."""

from django.http import HttpRequest

from .. import seen
from .access import SAVED
from .steps import Step

MOST_KEPT = 20
"""Marks of a step: more often than anybody goes back."""


def note_saving(request: HttpRequest, step: Step) -> None:
    """What this browser drew the step from, and what is stored of it now.

    When somebody else's text was drawn in between, what was saved before it is no
    longer what one would go back to.
    """
    drawn_from = request.POST.get(seen.FIELD, "")[: seen.LENGTH]
    before = marks_of(request, step)
    marks = before if drawn_from in before else [drawn_from]
    key = str(step.source.key)
    saved = request.session.get(SAVED, {})
    steps = saved["steps"] if saved.get("key") == key else {}
    marks = [*marks, seen.mark_of(step.stored)][-MOST_KEPT:]
    request.session[SAVED] = {"key": key, "steps": {**steps, step.key: marks}}


def is_own(request: HttpRequest, step: Step) -> bool:
    """What is stored was saved last from this browser, and so was all since what the
    form was drawn from."""
    marks = marks_of(request, step)
    drawn_from = request.POST.get(seen.FIELD, "")
    return drawn_from in marks and marks[-1] == seen.mark_of(step.stored)


def marks_of(request: HttpRequest, step: Step) -> list[str]:
    saved = request.session.get(SAVED, {})
    if saved.get("key") != str(step.source.key):
        return []
    marks: list[str] = saved["steps"].get(step.key, [])
    return marks
