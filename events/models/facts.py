from typing import Any

from django.db import models


def fact(label: Any) -> models.BooleanField:
    """A fact with three values: yes, no, and not known (None)."""
    return models.BooleanField(label, null=True, blank=True)


FIRST_VISIT_FACTS = (
    "come_alone_ok",
    "may_only_listen",
    "may_bring_someone",
    "may_leave_early",
    "first_contact_by_text",
    "call_back",
    "buddy_available",
)
