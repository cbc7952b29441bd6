"""What kinds of things the site search finds, by the value in its address."""

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "guide": (_("Guides"), ("guide", "customerpath")),
    "programme": (_("Self-care programmes"), ("programme", "programmepart")),
    "self-assessment": (_("Self-assessments"), ("selfassessment",)),
    "service": (_("Services"), ("service",)),
    "group": (_("Groups and events"), ("event",)),
    "organiser": (_("Organisers"), ("organisation",)),
}
"""Name, and types of results. What is of none of them is "page"."""

OTHER = "page"
OTHER_NAME = _("Other pages")


def kind_of(result_type: str) -> str:
    for kind, (_name, types) in KINDS.items():
        if result_type in types:
            return kind
    return OTHER


def name_of(kind: str) -> str:
    return str(KINDS[kind][0] if kind in KINDS else OTHER_NAME)
