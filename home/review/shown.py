"""What a reviewer sees of a version: its text, and how it differs from the last."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import InlinePanel, ObjectList, Panel
from wagtail.blocks import StreamValue

from ..differences import Difference, Row, changes
from ..models import PageReview
from ..models.fingerprints import REVIEW_FIELDS
from .versions import as_page, is_latest, is_live, reviewed_before


@dataclass(frozen=True)
class Part:
    """A field of the page: a stream as readers see it, else its words."""

    label: str
    html: str = ""
    rows: list[Row] = field(default_factory=list)
    stream: Any = None


@dataclass(frozen=True)
class Shown:
    version: Any
    parts: list[Part]
    differences: list[Difference] | None
    """None: there is nothing to compare with."""
    compared_with: PageReview | None
    """None with differences: with what readers see now."""
    is_live: bool
    is_latest: bool
    due_on: date | None
    parts_of_page: list[Any]
    """Pages under this one, which have links of their own."""


def shown(review: PageReview, request: HttpRequest) -> Shown:
    page = review.page.specific
    version = as_page(review)
    live = is_live(review, page)
    before = reviewed_before(review)
    panel = what_is_read(version)
    base = as_page(before) if before else page if page.live and not live else None
    return Shown(
        version=version,
        parts=parts_of(version, request, panel),
        differences=changes(base, version, request, panel) if base else None,
        compared_with=before,
        is_live=live,
        is_latest=is_latest(review, page),
        due_on=page.next_review,
        parts_of_page=list(page.get_children().live().order_by("path")),
    )


def what_is_read(page: Any) -> Panel:
    """The fields of the content without those about the review and about lists."""
    content = ObjectList(page.content_panels).bind_to_model(type(page))
    panels = [panel for panel in flat(content.children) if is_read(page, panel)]
    return ObjectList(panels).bind_to_model(type(page))


def flat(panels: list[Any]) -> list[Any]:
    found: list[Any] = []
    for panel in panels:
        children = getattr(panel, "children", None)
        found += flat(children) if children else [panel]
    return found


def is_read(page: Any, panel: Any) -> bool:
    if isinstance(panel, InlinePanel):
        return True
    name = getattr(panel, "field_name", "")
    if not name or name in REVIEW_FIELDS:
        return False
    return not page._meta.get_field(name).many_to_many


def parts_of(version: Any, request: HttpRequest, panel: Any) -> list[Part]:
    """In the editor's order; what is empty is left out. The title stands above."""
    bound = panel.get_bound_panel(instance=version, request=request, form=None)
    parts = []
    for child in bound.children:
        name = getattr(child, "field_name", "") or child.relation_name
        value = getattr(version, name)
        for compare in child.get_comparison():
            found = Difference.of(compare(version, version))
            if isinstance(value, StreamValue):
                parts.append(Part(found.label, stream=value))
            elif name != "title":
                parts.append(Part(found.label, found.html, rows=found.rows))
    return [part for part in parts if part.html or part.rows or part.stream]
