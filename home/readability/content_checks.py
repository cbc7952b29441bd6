"""Our rules among Wagtail's content checks, which run in the preview beside the form.

The patterns come from `structure`; `js/content-checks.js` knows how to look.
"""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.userbar import ContentCheckerItem

from . import structure

MAIN = "main"
LINKS = f"{MAIN} .prose a[href]"
HEADINGS = f"{MAIN} :is(h2, h3, h4)"
PARAGRAPHS = f"{MAIN} .prose p"
PICTURES = f"{MAIN} img[alt]"


def rule(name: str, selector: str) -> dict[str, Any]:
    return {
        "id": name,
        "impact": "moderate",
        "selector": selector,
        "tags": ["best-practice"],
        "any": [f"check-{name}"],
        "enabled": True,
    }


def unlike(pattern: str) -> dict[str, Any]:
    return {"pattern": pattern}


def at_most(letters: int) -> dict[str, Any]:
    return {"longest": letters}


SELECTORS = {
    "vague-link-text": LINKS,
    "bare-address": LINKS,
    "long-heading": HEADINGS,
    "bold-paragraph": PARAGRAPHS,
    "alt-text-prefix": PICTURES,
    "long-alt-text": PICTURES,
}
OPTIONS = {
    "vague-link-text": unlike(structure.VAGUE_LINK),
    "bare-address": unlike(structure.BARE_ADDRESS),
    "long-heading": at_most(structure.LONGEST_HEADING),
    "bold-paragraph": {},
    "alt-text-prefix": unlike(structure.ALT_PREFIX),
    "long-alt-text": at_most(structure.LONGEST_ALT),
}
WAGTAILS_ALT_CHECK = {
    "id": "check-image-alt-text",
    "options": {"pattern": structure.FILE_NAME},
}
MESSAGES = {
    "vague-link-text": (
        _("Link text does not tell where it leads"),
        structure.TELL_WHERE,
    ),
    "bare-address": (_("A web address as a link text"), structure.NO_ADDRESS),
    "long-heading": (
        _("Long heading"),
        _("Make it shorter: it is read in lists of headings, too."),
    ),
    "bold-paragraph": (_("A paragraph in bold"), structure.BOLD_HEADING),
    "alt-text-prefix": (_("Alt text begins with “picture”"), structure.PREFIXED_ALT),
    "long-alt-text": (
        _("Long alt text"),
        _("Say what matters here; the rest belongs to the text."),
    ),
}


class SiteContentChecks(ContentCheckerItem):
    """Looks at what editors write: not at the header and the footer around it."""

    axe_include = [MAIN]
    axe_run_only = [*ContentCheckerItem.axe_run_only, *SELECTORS]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(rule(name, selector) for name, selector in SELECTORS.items()),
    ]
    axe_custom_checks = [
        *(
            check
            for check in ContentCheckerItem.axe_custom_checks
            if check["id"] != WAGTAILS_ALT_CHECK["id"]
        ),
        WAGTAILS_ALT_CHECK,
        *({"id": f"check-{name}", "options": each} for name, each in OPTIONS.items()),
    ]
    axe_messages = ContentCheckerItem.axe_messages | {
        name: {"error_name": title, "help_text": advice}
        for name, (title, advice) in MESSAGES.items()
    }

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[versioned_static("js/content-checks.js")])


def use_our_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    """In Wagtail's place."""
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[number] = SiteContentChecks(in_editor=item.in_editor)
