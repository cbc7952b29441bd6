"""Writes one incoming event as a page, in one transaction: all of it or nothing."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import PageLogEntry

from home.languages import MAIN_LANGUAGE
from home.models import Goal

from ..enums import Attendance, SignUp
from ..models import (
    Break,
    EventIndexPage,
    EventPage,
    EventState,
    EventText,
    ExtraDate,
    ImportedEvent,
    ScheduleRule,
)
from ..models.pages import PLAIN_LETTERS
from ..recurrence import LOCAL
from .changes import write_changes
from .duplicates import DuplicateFinder
from .organisers import find_or_make_organisation
from .places import find_or_make_venue, municipality_of
from .records import IncomingEvent, Note, NoteKind, Withdrawal
from .report import Entry, Outcome
from .schedule import RENEW_BEFORE, Plan, last_day, plan_dates
from .topics import TopicFinder, Topics

logger = logging.getLogger(__name__)

WITHDRAWN = "withdrawn"
"""Stands for the fingerprint of what its source has taken back."""
BY_PEOPLE = ("wagtail.edit", "wagtail.publish", "wagtail.unpublish", "wagtail.revert")


class NoPlaceForEventsError(Exception):
    """There is no event index yet."""


@dataclass
class Writer:
    """One run. With `is_dry` everything is done and undone again."""

    default_goal: Goal
    is_dry: bool = False
    now: datetime = field(default_factory=timezone.now)

    def __post_init__(self) -> None:
        self.topics = TopicFinder(self.default_goal)
        self.duplicates = DuplicateFinder()
        index = EventIndexPage.objects.filter(
            locale__language_code=MAIN_LANGUAGE
        ).first()
        if index is None:
            message = "There is no Finnish event index page to put events under."
            raise NoPlaceForEventsError(message)
        self.index_pk = index.pk

    def take(self, event: IncomingEvent) -> Entry:
        try:
            with transaction.atomic():
                entry = self.write(event)
                if self.is_dry:
                    transaction.set_rollback(True)
        except ValidationError as error:
            return self.refused(event, "; ".join(error.messages))
        except (
            DatabaseError,
            TypeError,
            ValueError,
            LookupError,
            OverflowError,
        ) as error:
            logger.exception(
                "Event cannot be imported", extra={"external_id": event.external_id}
            )
            return self.refused(
                event, f"it could not be written ({type(error).__name__})"
            )
        return entry

    def refused(self, event: IncomingEvent, reason: str) -> Entry:
        return self.entry(event, Outcome.REFUSED, reason=reason)

    def entry(self, event: IncomingEvent, outcome: Outcome, **more: Any) -> Entry:
        return Entry(outcome, event.title, event.external_id, event.source, **more)

    def write(self, event: IncomingEvent) -> Entry:
        imported = find_import(event.source, event.external_id)
        page = imported.event if imported else None
        topics = self.topics.find(event.keywords)
        fingerprint = event.fingerprint(*topics.keys())
        if imported and edited_here(imported):
            reason = "cancelled in the source" if event.is_cancelled else ""
            return self.entry(event, Outcome.EDITED_HERE, reason=reason)
        plan = plan_dates(event, self.now)
        if (
            imported
            and imported.fingerprint == fingerprint
            and not (plan.is_cut and runs_out(imported.event, self.now))
        ):
            told = self.duplicates.of(event, plan, page, look_back=False)
            return self.entry(event, Outcome.UNCHANGED, notes=tuple(told))
        if not plan.has_dates and not event.is_postponed:
            return self.entry(event, Outcome.SKIPPED, reason="it has no date")
        outcome = Outcome.UPDATED if page else Outcome.CREATED
        page = page or EventPage(slug=free_slug(event.title), live=False)
        notes = [*event.notes, *plan.notes]
        is_live = self.fill(page, event, plan, topics, notes)
        self.publish(page, is_live, event, plan, fingerprint, notes)
        notes += self.absorb(event)
        notes += self.duplicates.of(event, plan, page)
        return self.entry(event, outcome, is_live=is_live, notes=tuple(notes))

    def fill(
        self,
        page: EventPage,
        event: IncomingEvent,
        plan: Plan,
        topics: Topics,
        notes: list[Note],
    ) -> bool:
        """All that belongs to the revision; gives whether it may be published."""
        page.kind = event.kind
        page.main_language = event.main_language
        page.title = event.title
        fill_rows(page, event, plan)
        organiser = find_or_make_organisation(event.organiser)
        page.organisers = [organiser] if organiser else []
        if organiser is None:
            notes.append(Note(NoteKind.ORGANISER, "no organiser is named"))
        self.fill_place(page, event, notes)
        page.goals, page.themes = topics.goals, topics.themes
        page.target_groups = topics.target_groups
        if topics.is_default:
            sentence = f"no keyword of a goal: listed under {self.default_goal.key}"
            notes.append(Note(NoteKind.GOAL, sentence))
        page.is_free = event.is_free
        page.sign_up = SignUp.REQUIRED if event.needs_sign_up else SignUp.NONE
        page.sign_up_url = event.sign_up_url
        page.sign_up_until = event.sign_up_until
        page.capacity = event.capacity
        page.min_age, page.max_age = event.min_age, event.max_age
        page.spoken_languages = list(event.spoken_languages)
        if (
            event.sign_up_until
            and event.sign_up_until < self.now.astimezone(LOCAL).date()
        ):
            sentence = f"registration closed on {event.sign_up_until}"
            notes.append(Note(NoteKind.SIGN_UP, sentence))
        page.contact_phone = event.phone
        page.contact_email = event.email
        page.is_walk_in = not event.phone and not event.needs_sign_up
        return may_be_live(page, event, notes)

    def fill_place(
        self, page: EventPage, event: IncomingEvent, notes: list[Note]
    ) -> None:
        page.attendance = event.attendance
        page.online_url = event.online_url
        page.venue, page.municipality = None, None
        place = event.place
        if place is None or event.attendance == Attendance.ONLINE:
            return
        if is_only_a_town(event):
            page.municipality = municipality_of(place)
        if page.municipality is None:
            page.venue, more = find_or_make_venue(place)
            notes += more

    def publish(
        self,
        page: EventPage,
        is_live: bool,
        event: IncomingEvent,
        plan: Plan,
        fingerprint: str,
        notes: list[Note],
    ) -> None:
        """The page, then what no revision holds, then the revision goes live."""
        if page.pk is None:
            # Read anew: its count of children may stem from an undone transaction.
            index = EventIndexPage.objects.get(pk=self.index_pk)
            page.locale_id = index.locale_id
            index.add_child(instance=page)
            ImportedEvent.objects.create(
                event=page,
                source=event.source[:100],
                external_id=event.external_id,
                fingerprint=fingerprint,
            )
        elif page.live and not is_live:
            page.unpublish()
        elif not page.live:
            page.save()
        imported = ImportedEvent.objects.get(pk=page.pk)
        changed_rows, more = write_changes(page.pk, plan, imported.imported_at)
        notes += more
        previous_end = last_known_day(page)
        revision = page.save_revision()
        if is_live:
            revision.publish()
        notes += write_state(page.pk, plan, previous_end)
        # One moment for all: by it the next run knows its own rows, and revisions
        # made after it are somebody else's.
        moment = timezone.now()
        changed_rows.update(changed_at=moment)
        ImportedEvent.objects.filter(pk=page.pk).update(
            fingerprint=fingerprint, imported_at=moment
        )

    def absorb(self, event: IncomingEvent) -> list[Note]:
        """Children once taken as events of their own are dates of this one now."""
        rows = ImportedEvent.objects.filter(
            source=event.source[:100], external_id__in=event.absorbed
        ).select_related("event")
        notes = []
        for imported in rows if event.absorbed else []:
            if edited_here(imported) or imported.event.pk is None:
                continue
            if take_off(imported):
                sentence = f"{imported.external_id} is a date of this now: taken off"
                notes.append(Note(NoteKind.DATES, sentence))
        return notes

    def withdraw(self, gone: Withdrawal, incoming_ids: set[str]) -> Entry:
        """Off the site; when its successor comes in this run, it keeps the page."""
        entry = self.entry_of(gone, Outcome.SKIPPED, "deleted in the source")
        with transaction.atomic():
            imported = find_import(gone.source, gone.external_id)
            if imported is None:
                pass
            elif edited_here(imported):
                entry = self.entry_of(
                    gone, Outcome.EDITED_HERE, "deleted in the source: look at it"
                )
            elif gone.replaced_by in incoming_ids and not find_import(
                gone.source, gone.replaced_by
            ):
                imported.external_id = gone.replaced_by
                imported.save(update_fields=["external_id"])
                entry = self.entry_of(
                    gone, Outcome.UPDATED, f"its page is now that of {gone.replaced_by}"
                )
            elif take_off(imported):
                entry = self.entry_of(gone, Outcome.WITHDRAWN, "deleted in the source")
            else:
                entry = self.entry_of(gone, Outcome.UNCHANGED, "off the site already")
            if self.is_dry:
                transaction.set_rollback(True)
        return entry

    def entry_of(self, gone: Withdrawal, outcome: Outcome, reason: str) -> Entry:
        if gone.replaced_by and "now that of" not in reason:
            reason = f"replaced by {gone.replaced_by} in the source"
        return Entry(outcome, gone.title, gone.external_id, gone.source, reason)


# Who did what


def find_import(source: str, external_id: str) -> ImportedEvent | None:
    return (
        ImportedEvent.objects.select_related("event")
        .filter(source=source[:100], external_id=external_id)
        .first()
    )


def edited_here(imported: ImportedEvent) -> bool:
    """Somebody has a revision of the page, or has taken it off or put it back.

    A revision after the import that has no user is an organisation's own.
    """
    page = imported.event
    by_others = Q(created_at__gt=imported.imported_at) | Q(user__isnull=False)
    if page.revisions.filter(by_others).exists():
        return True
    return (
        PageLogEntry.objects.filter(page=page.pk, action__in=BY_PEOPLE)
        .exclude(user=None)
        .exists()
    )


def take_off(imported: ImportedEvent) -> bool:
    """Unpublishes; False when it was off already. If it comes back, it is changed."""
    ImportedEvent.objects.filter(pk=imported.pk).update(fingerprint=WITHDRAWN)
    if not imported.event.live:
        return False
    imported.event.unpublish()
    return True


def runs_out(page: EventPage, now: datetime) -> bool:
    """Less than half a year is left of what was cut short."""
    return not page.occurrences.filter(over_at__gt=now + RENEW_BEFORE).exists()


# The page


def fill_rows(page: EventPage, event: IncomingEvent, plan: Plan) -> None:
    """Texts keep their rows; dates are written anew (occurrences keep their ids)."""
    known = {text.language: text.pk for text in page.texts.all()}
    page.texts.set(
        [
            EventText(
                pk=known.get(text.language),
                language=text.language,
                title=text.title,
                lead=text.lead,
                body=text.body,
                price=text.price,
                place_note=text.place_note,
            )
            for text in event.texts
        ]
    )
    page.rules.set(
        [
            ScheduleRule(
                frequency=rule.frequency,
                interval=rule.interval,
                weekdays=rule.weekdays,
                nth=rule.nth,
                start_date=rule.start_date,
                end_date=rule.end_date,
                count=rule.count,
                start_time=rule.start_time,
                end_time=rule.end_time,
            )
            for rule in plan.rules
        ]
    )
    page.extra_dates.set(
        [
            ExtraDate(
                starts_at=span.starts_at,
                ends_at=span.ends_at,
                is_all_day=span.is_all_day,
            )
            for span in plan.dates
        ]
    )
    page.breaks.set(
        [
            Break(start_date=pause.start_date, end_date=pause.end_date)
            for pause in event.breaks
        ]
    )
    for row in (
        *page.texts.all(),
        *page.rules.all(),
        *page.extra_dates.all(),
        *page.breaks.all(),
    ):
        row.full_clean(
            exclude=["event"], validate_unique=False, validate_constraints=False
        )


def may_be_live(page: EventPage, event: IncomingEvent, notes: list[Note]) -> bool:
    if event.is_draft:
        notes.append(Note(NoteKind.DRAFT, "a draft in the source: saved unpublished"))
        return False
    if not (page.contact_phone or page.is_walk_in):
        sentence = "no phone route: it asks to register and gives no number"
        notes.append(Note(NoteKind.NO_PHONE, f"{sentence}; saved unpublished"))
        return False
    if page.is_walk_in:
        sentence = "no phone number and no registration: one can just walk in"
        notes.append(Note(NoteKind.WALK_IN, sentence))
    return True


def is_only_a_town(event: IncomingEvent) -> bool:
    """A calendar's place that is the name of a town and nothing more."""
    place = event.place
    return bool(
        place
        and not place.external_id
        and not place.street_address
        and not place.postal_code
        and set(place.name.values()) <= set(place.localities)
    )


def free_slug(title: str) -> str:
    base = slugify(title.translate(PLAIN_LETTERS))[:80].strip("-") or "tapahtuma"
    taken = set(
        EventPage.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def last_known_day(page: EventPage) -> date | None:
    """The local day of the last date written so far."""
    last = page.occurrences.order_by("over_at").last()
    return last_day(last.over_at) if last else None


def write_state(page_pk: int, plan: Plan, previous_end: date | None) -> list[Note]:
    """Ended when wholly past; an end that somebody here has set stays."""
    state = EventState.objects.filter(pk=page_pk).first()
    ended_on = state.ended_on if state else None
    if ended_on == plan.ended_on:
        if state is None and plan.ended_on is None:
            return []
    elif ended_on is not None and ended_on != previous_end:
        return [Note(NoteKind.CHECK, f"ended here on {ended_on}: left so")]
    state = state or EventState(event_id=page_pk)
    state.ended_on = plan.ended_on
    state.save()
    return []
