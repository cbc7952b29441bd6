"""Keeps derived rows right when something outside the page changes."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .derived import refresh_derived_rows, refresh_search_row
from .models import EventPage, EventState, OccurrenceChange, Venue


@receiver([post_save, post_delete], sender=OccurrenceChange)
def refresh_dates(instance: OccurrenceChange, **kwargs: Any) -> None:
    if event := EventPage.objects.filter(pk=instance.event_id).first():
        refresh_derived_rows(event)


@receiver(post_save, sender=EventState)
def refresh_row(instance: EventState, **kwargs: Any) -> None:
    refresh_search_row(instance.event)


@receiver(post_save, sender=Venue)
def refresh_rows_of_venue(instance: Venue, created: bool, **kwargs: Any) -> None:
    """A venue's municipality and entrance are in the rows of its events."""
    if created:
        return
    for event in EventPage.objects.live().filter(venue=instance):
        refresh_search_row(event)
