from typing import Any

from django.db import models


def fact(label: Any) -> models.BooleanField:
    """A fact with three values: yes, no, and not known (None)."""
    return models.BooleanField(label, null=True, blank=True)
