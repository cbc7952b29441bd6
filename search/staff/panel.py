"""Says on the editor's front page what the public search lacks."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from ..checks import what_is_wrong
from ..voikko import is_installed
from .access import may_see

COMMAND = "python manage.py rebuild_search"


class LacksPanel(Component):
    name = "search-lacks"
    template_name = "search/staff/lacks_panel.html"
    order = 40

    def __init__(self, *, lacks_voikko: bool, is_outdated: bool) -> None:
        self.lacks_voikko = lacks_voikko
        self.is_outdated = is_outdated

    def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
        return {
            "lacks_voikko": self.lacks_voikko,
            "is_outdated": self.is_outdated,
            "command": COMMAND,
        }


def add_lacks_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Nothing when all is well."""
    if not may_see(request.user):
        return
    lacks_voikko = not is_installed()
    is_outdated = what_is_wrong(DEFAULT_DB_ALIAS) is not None
    if lacks_voikko or is_outdated:
        panels.insert(0, LacksPanel(lacks_voikko=lacks_voikko, is_outdated=is_outdated))
