"""On the editor's front page: what the accessibility statement still lacks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from ..languages import language_name
from ..models import StandardPage, Statement


class StatementPanel(Component):
    name = "statement"
    template_name = "home/admin/statement_panel.html"
    order = 46

    def __init__(self, statement: Statement, unpublished: list[str]) -> None:
        self.statement = statement
        self.unpublished = unpublished

    def get_context_data(self, parent_context: dict | None = None) -> dict[str, Any]:
        return {
            "statement": self.statement,
            "missing": self.statement.what_is_missing(),
            "unpublished": self.unpublished,
            "address": reverse("wagtailsettings:edit", args=["home", "statement"]),
        }


def add_statement_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Nothing when all is well."""
    if not request.user.has_perm("home.change_statement"):
        return
    statement = Statement.objects.first() or Statement()
    unpublished = languages_without_statement()
    if statement.is_review_due or statement.what_is_missing() or unpublished:
        panels.insert(0, StatementPanel(statement, unpublished))


def languages_without_statement() -> list[str]:
    """The law wants it to be found from every page."""
    pages = StandardPage.objects.live().filter(
        data=StandardPage.Data.STATEMENT, is_in_footer=True
    )
    found = set(pages.values_list("locale__language_code", flat=True))
    codes = dict(settings.LANGUAGES)
    return [language_name(code) for code in codes if code not in found]
