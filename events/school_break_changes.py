"""When staff change a school holiday, the groups that keep it follow."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from itertools import batched
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Cast, Coalesce
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_save,
    pre_delete,
)
from django.dispatch import receiver
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from .derived import refresh_dates_of
from .enums import Pause
from .models import EventPage, SchoolBreak


@dataclass
class Touched:
    """The municipalities whose groups may have other dates now."""

    towns: set[int] = field(default_factory=set)
    everywhere: bool = False
    breaks: set[int] = field(default_factory=set)
    new: set[int] = field(default_factory=set)
    """Breaks that were nobody's before."""

    def add(self, school_break_id: int) -> None:
        """As it stands; once more when the transaction's changes are done."""
        self.breaks.add(school_break_id)
        towns = SchoolBreak.municipalities.through.objects.filter(
            schoolbreak=school_break_id
        ).values_list("municipality", flat=True)
        self.towns.update(towns)
        self.everywhere |= not towns

    def groups(self) -> "models.QuerySet[EventPage]":
        """Those that keep school holidays, found in the database: there are few."""
        keeping = (
            EventPage.objects.live()
            .annotate(
                pauses_text=Cast("pauses", models.TextField()),
                town=Coalesce("venue__municipality", "municipality"),
            )
            .filter(pauses_text__contains=f'"{Pause.SCHOOL_BREAKS}"')
        )
        return keeping if self.everywhere else keeping.filter(town__in=self.towns)


AT_ONCE = 200
"""So many groups follow in the transaction that changes the holiday."""

_together: ContextVar[Touched | None] = ContextVar("together", default=None)


@contextmanager
def one_refresh() -> Iterator[None]:
    """Groups follow once, at the end, in the same transaction unless they are many.

    Without it they follow each step, and a new holiday is everybody's until its
    municipalities are set: dates that it takes away and gives back get new ids.
    """
    touched = Touched()
    token = _together.set(touched)
    try:
        with transaction.atomic():
            yield
            settle(touched)
    finally:
        _together.reset(token)


def settle(touched: Touched) -> None:
    existing = SchoolBreak.objects.filter(pk__in=touched.breaks)
    for school_break_id in existing.values_list("pk", flat=True):
        touched.add(school_break_id)
    if not (touched.towns or touched.everywhere):
        return
    groups = touched.groups()
    if groups.count() <= AT_ONCE:
        refresh_dates_of(groups)
    else:
        ids = list(groups.values_list("pk", flat=True))
        transaction.on_commit(partial(refresh_in_parts, ids))


def refresh_in_parts(event_ids: Iterable[int]) -> None:
    """Others can write in between. Saving the holiday again finishes what was cut."""
    for some in batched(event_ids, AT_ONCE):
        refresh_dates_of(EventPage.objects.live().filter(pk__in=some))


def touched_by(instance: models.Model) -> Touched:
    """Of all the changes together, or of this one from before to after."""
    together = _together.get()
    if together is None:
        together = instance.__dict__.setdefault("touched", Touched())
    return together


def settle_alone(instance: models.Model) -> None:
    if _together.get() is None:
        settle(instance.__dict__.pop("touched", Touched()))


@receiver(post_save, sender=SchoolBreak)
@transaction.atomic
def follow_saved_break(instance: SchoolBreak, created: bool, **kwargs: Any) -> None:
    touched = touched_by(instance)
    touched.breaks.add(instance.pk)
    if created:
        touched.new.add(instance.pk)
    settle_alone(instance)


@receiver(pre_delete, sender=SchoolBreak)
def remember_towns(instance: SchoolBreak, **kwargs: Any) -> None:
    """One that is over changes nothing any more: its meetings were not held."""
    if instance.end_date >= timezone.localdate():
        touched_by(instance).add(instance.pk)


@receiver(post_delete, sender=SchoolBreak)
def follow_deleted_break(instance: SchoolBreak, **kwargs: Any) -> None:
    settle_alone(instance)


@receiver(m2m_changed, sender=SchoolBreak.municipalities.through)
@transaction.atomic
def follow_towns(
    instance: models.Model,
    action: str,
    reverse: bool,
    pk_set: set[int] | None,
    **kwargs: Any,
) -> None:
    ids = {instance.pk}
    if reverse:
        breaks = SchoolBreak.objects.filter(municipalities=instance.pk)
        ids = pk_set or set(breaks.values_list("pk", flat=True))
    touched = touched_by(instance)
    for school_break_id in ids - touched.new:
        touched.add(school_break_id)
    if action.startswith("post_"):
        settle_alone(instance)


class SchoolBreakForm(WagtailAdminModelForm):
    def save(self, commit: bool = True) -> Any:
        with one_refresh():
            return super().save(commit)
