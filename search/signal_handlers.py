"""Keeps the public index in step, in the transaction that changes a page.

Wagtail's own updates are tasks: with a queue and no worker they would never come.
"""

from itertools import batched
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.search.index import SearchField

from events.models import EventPage, Organisation, Venue

from .documents import document_id_of, document_of
from .index_writer import remove_documents, write_documents
from .rebuild import write_items

GROUPS_AT_ONCE = 200


def changes_index(page: Page, update_fields: frozenset[str] | None) -> bool:
    """Whether a save may have changed what is found: a draft's leaves it as it is."""
    if update_fields is None:
        return True
    searched = {
        field.field_name
        for field in page.get_search_fields()
        if isinstance(field, SearchField)
    }
    return bool(update_fields & (searched | {"live", "locale", "locale_id"}))


@receiver(post_save)
def index_page(
    sender: type[Model],
    instance: Any,
    raw: bool,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    if (
        raw
        or not issubclass(sender, Page)
        or not changes_index(instance, update_fields)
    ):
        return
    if not instance.live:
        remove_documents([instance.pk])
        return
    # Some of Wagtail saves plain pages. A specific one is taken as it is in memory: the
    # rows of its texts come to the database only after this signal.
    page = instance if sender is instance.specific_class else instance.specific
    if type(page) is not Page:
        write_documents([document_of(page)])


@receiver(post_delete, sender=Page)
def remove_page(instance: Page, **kwargs: Any) -> None:
    """Sent for pages of every type, and for each one below a deleted page."""
    remove_documents([instance.pk])


@receiver(post_save, sender=Organisation)
def index_organiser(instance: Organisation, raw: bool, **kwargs: Any) -> None:
    if not raw:
        write_documents([document_of(instance)])
        index_groups(EventPage.objects.filter(organisers=instance))


@receiver(post_save, sender=Venue)
def index_groups_of_venue(instance: Venue, raw: bool, **kwargs: Any) -> None:
    if not raw:
        index_groups(EventPage.objects.filter(venue=instance))


def index_groups(groups: QuerySet[EventPage]) -> None:
    """They are found by the organiser's and the place's name. Those that stay as they
    were are not written."""
    keys = groups.filter(live=True).order_by("pk").values_list("pk", flat=True)
    for some in batched(keys, GROUPS_AT_ONCE):
        write_items(EventPage, some)


@receiver(pre_delete, sender=Organisation)
def remember_groups(instance: Organisation, **kwargs: Any) -> None:
    """Once it is deleted nothing tells which groups were its own."""
    keys = EventPage.objects.filter(organisers=instance).values_list("pk", flat=True)
    instance.groups_before = list(keys)  # type: ignore[attr-defined]  # Ours.


@receiver(post_delete, sender=Organisation)
def remove_organiser(instance: Any, **kwargs: Any) -> None:
    remove_documents([document_id_of(Organisation, instance.pk)])
    index_groups(EventPage.objects.filter(pk__in=instance.groups_before))
