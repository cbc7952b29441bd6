"""What the Finnish page says now, with what is new since the easy text was made."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page, Revision

from ..differences import heard
from ..models.easy import EasySource

NOT_READ = {
    *("slug", "seo_title", "search_description", "text_language"),
    *("content_owner", "reviewer", "sources"),
}
"""Texts that an easy page does not repeat, or that the editor fills in anew."""
WHOLE_BLOCK = '<div class="comparison__child-object {}">'
MARKS = (
    *("<ins>", "<del>"),
    *(WHOLE_BLOCK.format("addition"), WHOLE_BLOCK.format("deletion")),
)


@dataclass(frozen=True)
class Passage:
    label: str
    html: SafeString
    has_changed: bool


@dataclass(frozen=True)
class SourceText:
    passages: list[Passage]
    is_compared: bool
    """False: the version that the easy text follows is not kept any more."""

    @property
    def has_changed(self) -> bool:
        return any(passage.has_changed for passage in self.passages)


def source_text(
    source: Page, tied: EasySource | None, request: HttpRequest
) -> SourceText:
    now = source.specific
    before = version_seen(tied)
    panel = now.get_edit_handler().get_bound_panel(
        instance=now, request=request, form=None
    )
    compared = (compare(before or now, now) for compare in panel.get_comparison())
    texts = [one for one in compared if is_read(one)]
    return SourceText(
        [passage_of(one) for one in texts if one.val_a or one.val_b],
        is_compared=before is not None,
    )


def version_seen(tied: EasySource | None) -> Any:
    """None when nobody has compared the two, or the revision has been purged."""
    if tied is None or tied.seen_revision is None:
        return None
    revision = Revision.objects.filter(pk=tied.seen_revision).first()
    return revision.as_object() if revision else None


def is_read(comparison: Any) -> bool:
    """Texts, and neither choices nor rows of other tables."""
    if not comparison.is_field or comparison.field.is_relation:
        return False
    kind = comparison.field.get_internal_type()
    is_text = kind in {"CharField", "TextField", "JSONField"}
    has_choices = bool(getattr(comparison.field, "choices", None))
    return is_text and not has_choices and comparison.field.name not in NOT_READ


def passage_of(comparison: Any) -> Passage:
    html = heard(str(comparison.htmldiff()))
    return Passage(
        label=str(comparison.field_label()),
        html=html,
        # By its words: a revision's blocks are never quite equal to the page's.
        has_changed=any(mark in html for mark in MARKS),
    )
