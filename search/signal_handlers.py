"""Keeps the public index in step, in the transaction that changes a page.

Wagtail's own updates are tasks: with a queue and no worker they would never come.
"""

from itertools import batched
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.search.index import SearchField
from wagtail.signals import post_page_move

from events.models import EventPage, EventState, Organisation, Stage, Venue
from home.models import Keyword, TopicMixin

from .documents import document_id_of, document_of, page_models, searched_items
from .index_writer import remove_documents, write_documents
from .models import IndexedDocument
from .rebuild import write_in_parts, write_items

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
    if (
        not instance.live
        or instance.get_view_restrictions().exists()
        or is_hidden(instance)
    ):
        remove_documents([instance.pk])
        return
    # Some of Wagtail saves plain pages. A specific one is taken as it is in memory: the
    # rows of its texts come to the database only after this signal.
    page = instance if sender is instance.specific_class else instance.specific
    if type(page) is not Page:
        write_documents([document_of(page)])


def is_hidden(page: Page) -> bool:
    """A group that nobody has confirmed for long keeps its page, and nothing else."""
    hidden = EventState.objects.filter(pk=page.pk, stage=Stage.HIDDEN)
    return issubclass(page.specific_class, EventPage) and hidden.exists()


@receiver(post_save, sender=EventState)
def index_group_of_state(instance: EventState, raw: bool, **kwargs: Any) -> None:
    """It is hidden, or it is back."""
    if raw:
        return
    is_indexed = IndexedDocument.objects.filter(document_id=instance.pk).exists()
    if instance.is_hidden and is_indexed:
        remove_documents([instance.pk])
    elif not (instance.is_hidden or is_indexed):
        index_groups(EventPage.objects.filter(pk=instance.pk))


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


@receiver((post_save, post_delete), sender=PageViewRestriction)
def index_restricted_pages(instance: PageViewRestriction, **kwargs: Any) -> None:
    """What asks for a password is in no index: even its words would tell of it."""
    if not kwargs.get("raw"):
        index_subtree(instance.page)


@receiver(post_page_move)
def index_moved_pages(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    was, is_now = (
        parent.get_view_restrictions().exists()
        for parent in (parent_page_before, parent_page_after)
    )
    if was or is_now:
        index_subtree(instance)


def index_subtree(page: Page) -> None:
    """Again all that is live at the page and below, without what is restricted."""
    pages = Page.objects.descendant_of(page, inclusive=True)
    hidden = pages.exclude(pk__in=pages.live().public().values("pk"))
    remove_documents(list(hidden.values_list("pk", flat=True)))
    for model in page_models():
        found = searched_items(model).filter(path__startswith=page.path)
        write_in_parts(model, list(found.order_by("pk").values_list("pk", flat=True)))


# Keywords, which are found by all their names


@receiver(post_save, sender=Keyword)
def index_pages_of_keyword(instance: Keyword, raw: bool, **kwargs: Any) -> None:
    if not raw:
        for model, keys in pages_with(instance).items():
            write_in_parts(model, keys)


@receiver(pre_delete, sender=Keyword)
def remember_pages(instance: Keyword, **kwargs: Any) -> None:
    instance.pages_before = pages_with(instance)  # type: ignore[attr-defined]  # Ours.


@receiver(post_delete, sender=Keyword)
def index_pages_without_keyword(instance: Any, **kwargs: Any) -> None:
    for model, keys in instance.pages_before.items():
        write_in_parts(model, keys)


def pages_with(keyword: Keyword) -> dict[type[Page], list[int]]:
    """Ids in their order."""
    return {
        model: list(
            searched_items(model)
            .filter(keywords=keyword)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for model in page_models()
        if issubclass(model, TopicMixin)
    }
