"""The accessibility statement as pages draw it: read once for each content version."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Statement
from ..models.memory import Memory

HEADINGS = {
    "status": _("How accessible the service is"),
    "faults": _("Content that is not accessible"),
    "feedback": _("Did you notice an accessibility problem?"),
    "supervision": _("Supervision of accessibility"),
    "tests": _("How we tested"),
    "dates": _("When the statement was made and reviewed"),
}
"""In the order of the Finnish templates (domain.md 8.2)."""

REASONS = {
    "fault": _("Content that does not meet the requirements yet"),
    "burden": _("Content whose mending would be a disproportionate burden"),
    "outside": _("Content that the law does not cover"),
}

_memory = Memory[Statement]()


def statement_in_memory() -> Statement:
    """Before anybody has filled it in: an empty one, which promises nothing."""
    return _memory.get("statement", read)


def read() -> Statement:
    found = Statement.objects.prefetch_related("faults", "tests").first()
    return found or Statement()


def faults_by_reason(statement: Statement) -> list[tuple[Any, list[Any]]]:
    """The three reasons of the law, those that have faults."""
    faults = list(statement.faults.all())
    grouped = (
        (heading, [fault for fault in faults if fault.reason == reason])
        for reason, heading in REASONS.items()
    )
    return [(heading, some) for heading, some in grouped if some]
