"""Measures a page in the transaction that publishes it."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page

from ..models import BasePage, PageReadability
from .rows import write_rows

OTHER_FIELDS = {"live", "title", "locale", "locale_id"}


@receiver(post_save, dispatch_uid="readability_of_page")
def measure_page(
    sender: type[Model],
    instance: Any,
    raw: bool,
    created: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """A draft's save names other fields than ours and changes nothing."""
    if raw or not issubclass(sender, Page):
        return
    model = instance.specific_class
    if model is None or not issubclass(model, BasePage) or not model.readable_fields:
        return
    if update_fields is not None and not (
        update_fields & {*OTHER_FIELDS, *model.readable_fields}
    ):
        return
    # Some of Wagtail saves plain pages.
    if instance.live and write_rows([instance.specific]):
        return
    if not created:
        PageReadability.objects.filter(pk=instance.pk).delete()
