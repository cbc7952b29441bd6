"""What a reviewer sees of a version: its text, and how it differs from the last."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, Panel
from wagtail.blocks import StreamValue
from wagtail.models import Page

from ..differences import Difference, Row, changes
from ..models import PageReview
from ..models.fingerprints import REVIEW_FIELDS, fingerprint_of
from .versions import as_page, is_latest, is_live, parts_of, reviewed_before

SHOWN_ELSEWHERE = ("seo_title", "search_description")


@dataclass(frozen=True)
class Part:
    """A field of the page: a stream as readers see it, else its words."""

    label: str
    html: str = ""
    rows: list[Row] = field(default_factory=list)
    stream: Any = None


@dataclass(frozen=True)
class PartPage:
    """A page that is reviewed with the one that was asked about."""

    title: str
    url: str
    """ "" when readers do not see it."""
    parts: list[Part]
    differences: list[Difference] | None
    is_new: bool


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
    part_pages: list[PartPage]
    taken_away: list[str]
    """Titles of parts that were there before."""
    is_other_beside: bool
    """What stands in no field has changed since the version it is compared with."""

    @property
    def has_changed(self) -> bool:
        """Of what is compared with something."""
        if self.differences or self.taken_away or self.is_other_beside:
            return True
        return any(part.is_new or part.differences for part in self.part_pages)


def shown(review: PageReview, request: HttpRequest) -> Shown:
    page = review.page.specific
    version = as_page(review)
    live = is_live(review, page)
    before = reviewed_before(review)
    panel = what_is_read(version)
    base = base_parts = None
    if before:
        base, base_parts = as_page(before), parts_of(before)
    elif page.live and not live:
        base, base_parts = page, [p for p in page.reviewed_parts() if p.live]
    part_pages = parts_of(review)
    return Shown(
        version=version,
        parts=fields_of(version, request, panel),
        differences=changes(base, version, request, panel) if base else None,
        compared_with=before,
        is_live=live,
        is_latest=is_latest(review, page),
        due_on=page.next_review,
        part_pages=[part_page(part, base_parts, request) for part in part_pages],
        taken_away=gone(base_parts or [], part_pages),
        is_other_beside=before is not None and reads_otherwise_now(before, version),
    )


def reads_otherwise_now(before: PageReview, page: Page) -> bool:
    """The same fields said something else when they were reviewed."""
    now = fingerprint_of(type(page), before.content, before.parts)
    return bool(page.beside_template) and now != before.fingerprint


def part_page(part: Any, base: list[Any] | None, request: HttpRequest) -> PartPage:
    panel = what_is_read(part)
    before = next((old for old in base or [] if old.pk == part.pk), None)
    stands = Page.objects.live().filter(pk=part.pk).first()
    return PartPage(
        title=part.title,
        url=(stands.url or "") if stands else "",
        parts=fields_of(part, request, panel),
        differences=changes(before, part, request, panel) if before else None,
        is_new=base is not None and before is None,
    )


def gone(before: list[Any], now: list[Any]) -> list[str]:
    kept = {part.pk for part in now}
    return [part.title for part in before if part.pk not in kept]


def what_is_read(page: Any) -> Panel:
    """The fields of the content without those about the review and about lists; and
    what search engines show of the page."""
    shown_elsewhere = [FieldPanel(name) for name in SHOWN_ELSEWHERE]
    panels = [*page.content_panels, *shown_elsewhere]
    content = ObjectList(panels).bind_to_model(type(page))
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


def fields_of(version: Any, request: HttpRequest, panel: Any) -> list[Part]:
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
