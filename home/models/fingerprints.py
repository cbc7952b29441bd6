"""Tells whether two versions of a page say the same to its readers.

The number of a version does not: every press of “Publish” makes a new one, and the
editor saves over the last one while somebody types.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page

READ_OF_EVERY_PAGE = ("title", "seo_title", "search_description")
REVIEW_FIELDS = (
    "content_owner",
    "reviewer",
    "kept_by",
    "reviewed_by",
    "last_reviewed",
    "next_review",
    "changed_since_review",
)
"""About the review, not what is reviewed."""
EDITORS_MARKS = re.compile(r' data-block-key=\\*"[^"\\]*\\*"')
"""The editor gives each paragraph a new one."""

SPACE = re.compile(r"[ \t\n\f\r]+")
AROUND_PARTS = re.compile(
    r" ?(</?(?:p|ul|ol|li|h[1-6]|hr|br|blockquote|table|t[rdh]|dl|d[td]|div)\b[^<>]*>)"
    r" ?"
)
RENAMED = (
    *(("<strong>", "<b>"), ("</strong>", "</b>"), ("<em>", "<i>"), ("</em>", "</i>")),
    *(("<br>", "<br/>"), ("<br />", "<br/>"), ("<hr>", "<hr/>"), ("<hr />", "<hr/>")),
)


def fingerprint_of(
    model: type[Page], content: dict[str, Any], parts: Iterable[dict[str, Any]] = ()
) -> str:
    """Of a version as it is stored, with the pages that are parts of it in their order.
    Where a page is listed does not count."""
    read: Any = what_is_read(model, content)
    if of_parts := [what_is_read(model_of(part), part) for part in parts]:
        read = [read, *of_parts]
    text = json.dumps(settled(read), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def model_of(content: dict[str, Any]) -> Any:
    """The type of a page whose version is stored apart from it."""
    return ContentType.objects.get_for_id(content["content_type"]).model_class()


def what_is_read(model: Any, content: dict[str, Any]) -> dict[str, Any]:
    read = {name: content.get(name) for name in READ_OF_EVERY_PAGE}
    for field in model._meta.concrete_fields:
        if field.model is Page or field.primary_key or field.name in REVIEW_FIELDS:
            continue
        value = content.get(field.name)
        if isinstance(field, StreamField) and isinstance(value, str):
            value = without_ids(json.loads(value or "[]"))
        read[field.name] = value
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name != COMMENTS_RELATION_NAME:
            read[name] = [without_key(row) for row in content.get(name, [])]
    if beside := model.read_beside(content):
        read["beside"] = beside
    return read


def without_ids(value: Any) -> Any:
    """Blocks as they say the same: the editor gives numbers to them and to the items of
    their lists, and writes out what is empty."""
    if isinstance(value, list):
        return [without_ids(item) for item in value]
    if isinstance(value, dict):
        if value.get("type") == "item" and {"type", "value"} <= set(value):
            return without_ids(value["value"])
        is_block = {"type", "value", "id"} == set(value)
        return {
            name: without_ids(item)
            for name, item in value.items()
            if not (is_block and name == "id") and not is_nothing(item)
        }
    return value


def is_nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", [])


def settled(value: Any) -> Any:
    """Markup as the editor saves it: nothing between the tags of paragraphs and lists.
    What has been written otherwise reads the same."""
    if isinstance(value, list):
        return [settled(item) for item in value]
    if isinstance(value, dict):
        return {name: settled(item) for name, item in value.items()}
    if isinstance(value, str) and "</" in value:
        for written, saved in RENAMED:
            value = value.replace(written, saved)
        value = EDITORS_MARKS.sub("", value)
        return AROUND_PARTS.sub(r"\1", SPACE.sub(" ", value)).strip(" ")
    return value


def without_key(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "pk"}
