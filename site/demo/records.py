"""Makes a thing once, and remembers that it was made."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from .models import DemoItem


@transaction.atomic
def once(key: str, make: Callable[[], models.Model | None]) -> Any:
    """What stands under the key; None when the user deleted it, or nothing was made."""
    item = DemoItem.objects.filter(demo_key=key).first()
    if item is not None:
        return item.made
    made = make()
    if made is not None:
        DemoItem.objects.create(
            demo_key=key,
            content_type=ContentType.objects.get_for_model(type(made)),
            object_id=made.pk,
            revision_id=getattr(made, "latest_revision_id", None),
        )
    return made


def made_as(key: str) -> Any:
    """What stands under the key, or None."""
    item = DemoItem.objects.filter(demo_key=key).first()
    return item.made if item else None


def remember_revision(key: str, page: Any, **values: Any) -> None:
    DemoItem.objects.filter(demo_key=key).update(
        revision_id=page.latest_revision_id, **values
    )


def known[T](rows: dict[Any, T], keys: list[str]) -> list[T]:
    """Those that are still there: staff may have deleted one."""
    return [rows[key] for key in keys if key in rows]
