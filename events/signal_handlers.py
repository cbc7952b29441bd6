"""Keeps derived rows right when something outside the page changes."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Revision, WorkflowState
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    workflow_cancelled,
    workflow_rejected,
)

from home.languages import MAIN_LANGUAGE
from home.models import ContentVersion

from . import moderation, overtaken
from .date_rows import refresh_occurrences
from .derived import refresh_derived_rows, refresh_search_row
from .freshness import settle, start
from .languages import INDEX_SLUGS, index_path
from .models import (
    EventPage,
    EventState,
    OccurrenceChange,
    RemovedRow,
    SearchRow,
    Venue,
)
from .school_holidays import keeps_school_holidays


@receiver([post_save, post_delete], sender=OccurrenceChange)
@receiver([post_save, post_delete], sender=EventState)
def refresh_event(instance: OccurrenceChange | EventState, **kwargs: Any) -> None:
    """Asks the database for the event: what the instance holds may be older."""
    if event := EventPage.objects.filter(pk=instance.event_id).first():
        refresh_derived_rows(event)


@receiver(pre_save, sender=EventState)
def keep_the_clock(instance: EventState, raw: bool, **kwargs: Any) -> None:
    if not raw:
        settle(instance)


@receiver(page_published)
def start_the_clock(instance: Page, **kwargs: Any) -> None:
    if issubclass(instance.specific_class, EventPage):
        start(EventPage.objects.get(pk=instance.pk))


@receiver(page_unpublished)
def stop_the_clock(instance: Page, **kwargs: Any) -> None:
    """Sent for pages that are being deleted as well."""
    EventState.objects.filter(pk=instance.pk).update(next_step_on=None)


@receiver([page_published, page_unpublished])
def refresh_when_taken_on_or_off(instance: Page, **kwargs: Any) -> None:
    """`publish_scheduled` unpublishes pages as plain `Page`s, past our `save`."""
    if issubclass(instance.specific_class, EventPage):
        event = EventPage.objects.get(pk=instance.pk)
        refresh_derived_rows(event)


@receiver(pre_delete, sender=EventPage)
def let_go_of_what_waited(instance: EventPage, **kwargs: Any) -> None:
    moderation.note_deleted(instance)


@receiver(page_published, sender=EventPage)
def note_what_waited(instance: EventPage, revision: Revision, **kwargs: Any) -> None:
    """A workflow that still runs Wagtail cancels right after this: see below."""
    behind = moderation.note_published(instance, revision)
    if behind and not instance.current_workflow_state:
        overtaken.make_anew_for(instance, revision.user)


@receiver(workflow_cancelled)
def make_anew_what_was_overtaken(
    instance: WorkflowState, user: Any, **kwargs: Any
) -> None:
    """Also by the clock, without a user. What is on top, or was taken back, stays."""
    if event := event_of(instance):
        overtaken.make_anew_for(event, user)


@receiver(workflow_rejected)
def note_rejection(instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    if event := event_of(instance):
        moderation.note_rejected(event, instance.current_task_state, user)


def event_of(state: WorkflowState) -> EventPage | None:
    if not issubclass(state.content_type.model_class() or Page, EventPage):
        return None
    return EventPage.objects.filter(pk=state.object_id).first()


@receiver([post_save, post_delete], sender=PageViewRestriction)
def refresh_when_restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A group that not everybody may see is in no list."""
    if event := EventPage.objects.filter(pk=instance.page_id).first():
        refresh_search_row(event)


@receiver(post_save, sender=Venue)
@transaction.atomic
def refresh_rows_of_venue(instance: Venue, created: bool, **kwargs: Any) -> None:
    """A venue's municipality and entrance are in the rows of its events."""
    if created:
        return
    events = EventPage.objects.live().filter(venue=instance)
    for event in events.select_related("venue__municipality", "municipality"):
        if keeps_school_holidays(event):
            refresh_occurrences(event)  # Another town's schools, perhaps.
        refresh_search_row(event)


@receiver(post_delete, sender=SearchRow)
def tell_that_row_is_gone(instance: SearchRow, **kwargs: Any) -> None:
    """However it went: taken off the site, or deleted with its page."""
    RemovedRow.objects.update_or_create(
        pk=instance.pk, defaults={"version": ContentVersion.raise_and_read()}
    )


@receiver(page_slug_changed, sender=EventPage)
def redirect_in_every_language(
    instance: EventPage, instance_before: EventPage, **kwargs: Any
) -> None:
    """Wagtail does it under the Finnish index, where the page stands in the tree."""
    for language in INDEX_SLUGS:
        if language == MAIN_LANGUAGE:
            continue
        new = instance.path_in(language)
        old = Redirect.normalise_path(f"{index_path(language)}{instance_before.slug}/")
        made = Redirect.objects.filter(site=None, automatically_created=True)
        # What led to the address of before leads on at once; nothing leads to itself.
        made.filter(redirect_link=instance_before.path_in(language)).update(
            redirect_link=new
        )
        made.filter(old_path=Redirect.normalise_path(new)).delete()
        Redirect.objects.update_or_create(
            old_path=old,
            site=None,
            defaults={"redirect_link": new, "automatically_created": True},
        )
