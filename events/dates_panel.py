"""The editor's panel of dates: what the times come to, before anything is saved."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.forms.forms import BaseForm
from django.forms.widgets import Script
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel

from home.languages import current_language

from .breaks import public_holiday_name
from .date_rows import Starts, coming_dates, starts_of
from .days import day_in_words, local_day
from .enums import Pause
from .models.changes import OccurrenceChange
from .models.occurrences import Occurrence
from .recurrence import AHEAD, LOCAL, MOST_DATES, Breaks, spans_of
from .schedules import Schedule
from .school_holidays import SchoolHolidays
from .wording import listed, schedule_in_words

DATES_SHOWN = 10
DAYS_NAMED = 3


@dataclass(frozen=True)
class Overview:
    lines: list[str]
    dates: list[Occurrence]
    """The next ten."""
    total: int
    warnings: list[str]

    @property
    def is_cut(self) -> bool:
        return self.total > MOST_DATES

    @property
    def summary(self) -> str:
        if self.is_cut:
            return _("More than %(number)s dates") % {"number": MOST_DATES}
        return ngettext(
            "%(number)s date to come", "%(number)s dates to come", self.total
        ) % {"number": self.total}

    @property
    def rest(self) -> int:
        return self.total - len(self.dates)


def overview_of_form(form: Any, now: datetime) -> Overview:
    """Of what stands in the editor, whether it has been sent or just opened."""
    event = form.instance
    problems: list[str] = []
    # As they are in the page object, should the form not hold them.
    found: dict[str, Any] = {
        name: list(getattr(event, name).all())
        for name in ("rules", "extra_dates", "breaks")
    }
    pauses, venue, municipality = event.pauses, event.venue, event.municipality
    if form.is_bound:
        form.is_valid()
        for name in found:
            found[name], said = rows_of(form.formsets[name])
            problems += said
        pauses = form.cleaned_data.get("pauses", pauses)
        venue = form.cleaned_data.get("venue", venue)
        municipality = form.cleaned_data.get("municipality", municipality)
    town = (venue.municipality if venue else None) or municipality
    town_id = town.pk if town else None
    schedule = Schedule(
        **found,
        pauses=pauses,
        school_breaks=SchoolHolidays.of_town(town_id).in_town(town_id),
    )
    changes = list(event.occurrence_changes.all()) if event.pk else []
    return overview(schedule, changes, starts_of(event, now), now, problems)


def rows_of(formset: Any) -> tuple[list[Any], list[str]]:
    """The rows that can be used, and what is wrong with the others."""
    rows, problems = [], []
    number = 0
    formset.is_valid()  # An error in another formset stops the page's own check.
    for form in formset.forms:
        if formset._should_delete_form(form):
            continue
        number += 1
        if form.empty_permitted and not form.has_changed():
            continue
        if form.is_valid():
            rows.append(form.instance)
        else:
            name = capfirst(form._meta.model._meta.verbose_name)
            problems += [f"{name} {number}: {said}" for said in errors_of(form)]
    return rows, problems


def errors_of(form: BaseForm) -> list[str]:
    said = []
    for name, messages in form.errors.items():
        label = capfirst(form.fields[name].label or "") if name in form.fields else ""
        said += [f"{label}: {text}" if label else str(text) for text in messages]
    return said


def overview(
    schedule: Schedule,
    changes: Sequence[OccurrenceChange],
    written: Starts,
    now: datetime,
    problems: Iterable[str] = (),
) -> Overview:
    dates = coming_dates(schedule, changes, written, now, most=MOST_DATES + 1)
    meetings = [date for date in dates if not date.is_cancelled]
    warnings = list(problems)
    if not dates:
        warnings.append(_("There are no dates to come."))
    if len(dates) > MOST_DATES:
        warnings.append(
            _(
                "That is more than %(number)s dates. Residents see the next"
                " %(number)s; later ones are added as time passes."
            )
            % {"number": MOST_DATES}
        )
    warnings += series_cut_short(schedule, written.held, now)
    warnings += public_holidays_hit(schedule, meetings)
    warnings += school_holidays_hit(schedule, meetings)
    warnings += changes_without_a_date(changes, dates, now)
    return Overview(
        lines=schedule_in_words(schedule, now),
        dates=dates[:DATES_SHOWN],
        total=len(dates),
        warnings=warnings,
    )


def series_cut_short(
    schedule: Schedule, held: Collection[datetime], now: datetime
) -> list[str]:
    horizon = (now + AHEAD).astimezone(LOCAL).date()
    breaks = schedule.all_breaks(now)
    said = []
    for rule in schedule.rules:
        if not rule.count or not rule.end_date or rule.end_date > horizon:
            continue
        number = sum(1 for _span in spans_of(rule, breaks, rule.end_date, held=held))
        if number < rule.count:
            said.append(
                _("The last day leaves room for %(number)s of %(count)s meetings.")
                % {"number": number, "count": rule.count}
            )
    return said


def public_holidays_hit(schedule: Schedule, meetings: list[Occurrence]) -> list[str]:
    if Pause.PUBLIC_HOLIDAYS in schedule.pauses:
        return []  # Then only single dates are left, which somebody wants.
    hit = []
    for meeting in meetings:
        day = local_day(meeting.starts_at)
        if name := public_holiday_name(day, current_language()):
            hit.append(f"{day_in_words(day)} ({name})")
    if not hit:
        return []
    return [
        ngettext(
            "A date is on a public holiday; the pause “Public holidays” leaves it"
            " out: %(days)s",
            "%(number)s dates are on public holidays; the pause “Public holidays”"
            " leaves them out: %(days)s",
            len(hit),
        )
        % {"number": len(hit), "days": some_of(hit)}
    ]


def school_holidays_hit(schedule: Schedule, meetings: list[Occurrence]) -> list[str]:
    if Pause.SCHOOL_BREAKS in schedule.pauses:
        return []
    closed = Breaks(schedule.school_breaks)
    days = [local_day(meeting.starts_at) for meeting in meetings]
    hit = [day_in_words(day) for day in days if day in closed]
    if not hit:
        return []
    return [
        ngettext(
            "A date is during school holidays; the pause “School holidays” leaves it"
            " out: %(days)s",
            "%(number)s dates are during school holidays; the pause “School"
            " holidays” leaves them out: %(days)s",
            len(hit),
        )
        % {"number": len(hit), "days": some_of(hit)}
    ]


def changes_without_a_date(
    changes: Iterable[OccurrenceChange], dates: list[Occurrence], now: datetime
) -> list[str]:
    """A change waits in its table and applies again should its date return."""
    last = max((date.original_start for date in dates), default=now)
    days = {
        local_day(date.original_start)
        for date in dates
        if date.status != Occurrence.Status.SCHEDULED
    }
    lost = [
        day_in_words(change.original_start)
        for change in changes
        if now < change.original_start <= max(last, now + timedelta(days=366))
        and local_day(change.original_start) not in days
    ]
    if not lost:
        return []
    return [
        ngettext(
            "A cancelled or moved date is no longer among the dates: %(days)s",
            "%(number)s cancelled or moved dates are no longer among the dates:"
            " %(days)s",
            len(lost),
        )
        % {"number": len(lost), "days": some_of(lost)}
    ]


def some_of(days: list[str]) -> str:
    if len(days) <= DAYS_NAMED:
        return listed(days)
    return f"{', '.join(days[:DAYS_NAMED])}, …"


class DatesPanel(Panel):
    """Draws the dates when the editor opens; a script draws them anew on changes."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/staff/dates_panel.html"

        class Media:
            js = (Script("js/dates-panel.js", type="module"),)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance if self.instance.pk else self.form.parent_page
            return super().get_context_data(parent_context) | {
                "overview": overview_of_form(self.form, timezone.now()),
                "url": reverse("event_next_dates", args=[page.pk]),
            }
