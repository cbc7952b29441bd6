"""Schedules in words: “Every second Tuesday 14:00–15:30 from 12 January”.

Weekdays are whole phrases of their own, because Finnish and Swedish bend them:
“tiistaisin”, “joka toinen tiistai”, “kuukauden ensimmäinen tiistai”.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from home.fields import LocalizedText
from home.languages import current_language

from .days import clock, time_in_words
from .enums import Pause
from .recurrence import LOCAL, Rule, first_day_of, is_over, over_at
from .recurrence import Pause as Break
from .schedules import Schedule

EVERY = {
    1: gettext_lazy("every Monday"),
    2: gettext_lazy("every Tuesday"),
    3: gettext_lazy("every Wednesday"),
    4: gettext_lazy("every Thursday"),
    5: gettext_lazy("every Friday"),
    6: gettext_lazy("every Saturday"),
    7: gettext_lazy("every Sunday"),
}
EVERY_SECOND = {
    1: gettext_lazy("every second Monday"),
    2: gettext_lazy("every second Tuesday"),
    3: gettext_lazy("every second Wednesday"),
    4: gettext_lazy("every second Thursday"),
    5: gettext_lazy("every second Friday"),
    6: gettext_lazy("every second Saturday"),
    7: gettext_lazy("every second Sunday"),
}
ON = {
    1: pgettext_lazy("on Mondays and Thursdays", "Mondays"),
    2: pgettext_lazy("on Mondays and Thursdays", "Tuesdays"),
    3: pgettext_lazy("on Mondays and Thursdays", "Wednesdays"),
    4: pgettext_lazy("on Mondays and Thursdays", "Thursdays"),
    5: pgettext_lazy("on Mondays and Thursdays", "Fridays"),
    6: pgettext_lazy("on Mondays and Thursdays", "Saturdays"),
    7: pgettext_lazy("on Mondays and Thursdays", "Sundays"),
}
OF_MONTH = {
    1: pgettext_lazy("first Monday of the month", "Monday"),
    2: pgettext_lazy("first Monday of the month", "Tuesday"),
    3: pgettext_lazy("first Monday of the month", "Wednesday"),
    4: pgettext_lazy("first Monday of the month", "Thursday"),
    5: pgettext_lazy("first Monday of the month", "Friday"),
    6: pgettext_lazy("first Monday of the month", "Saturday"),
    7: pgettext_lazy("first Monday of the month", "Sunday"),
}
WHICH = {
    1: pgettext_lazy("first Monday of the month", "first"),
    2: pgettext_lazy("first Monday of the month", "second"),
    3: pgettext_lazy("first Monday of the month", "third"),
    4: pgettext_lazy("first Monday of the month", "fourth"),
    -1: pgettext_lazy("first Monday of the month", "last"),
}
PAUSED = {
    Pause.JULY: pgettext_lazy("no meetings", "in July"),
    Pause.CHRISTMAS: pgettext_lazy(
        "no meetings", "at Christmas (21 December – 6 January)"
    ),
    Pause.SCHOOL_BREAKS: pgettext_lazy("no meetings", "during school holidays"),
    Pause.PUBLIC_HOLIDAYS: pgettext_lazy("no meetings", "on public holidays"),
}
WORKING_WEEK = [1, 2, 3, 4, 5]
WHOLE_WEEK = [1, 2, 3, 4, 5, 6, 7]

DATE_FORMATS = {"sv": "j F", "en": "j F", "fi-simple": "j. E"}
LONG_DATE_FORMATS = {"sv": "j F Y", "en": "j F Y", "fi-simple": "j. E Y"}
NEAR = timedelta(days=300)
"""A date further away is written with its year."""
MOST_DATES_NAMED = 3
MOST_BREAKS_NAMED = 4


def schedule_in_words(schedule: Schedule, now: datetime) -> list[str]:
    """A line for each rule, for what is added to them, and for the pauses."""
    if not schedule.rules:
        return []
    return [
        *rules_in_words(schedule, now),
        *extra_dates_in_words(schedule, now),
        *pauses_in_words(schedule.pauses),
        *breaks_in_words(schedule.breaks, now.astimezone(LOCAL).date()),
    ]


def rules_in_words(schedule: Schedule, now: datetime) -> list[str]:
    """Those of seasons and series that are over only when there are no others."""
    today = now.astimezone(LOCAL).date()
    breaks = schedule.all_breaks(now)
    going_on = [rule for rule in schedule.rules if not is_over(rule, breaks, today)]
    lines = [
        timed_rule_in_words(rule, breaks, today) for rule in going_on or schedule.rules
    ]
    return [line for line in lines if line]


def timed_rule_in_words(rule: Rule, breaks: Sequence[Break], today: date) -> str:
    """“Every Tuesday 14:00–15:30, 6 meetings from 12 January”"""
    days = rule_in_words(rule)
    if not days:
        return ""
    hours = clock(rule.start_time, rule.end_time)
    when = f"{days} {hours}".strip()
    first = first_day_of(rule, breaks, today)
    words = {
        "when": when,
        "clock": hours,
        "first": date_in_words(first, today),
        "last": date_in_words(rule.end_date, today) if rule.end_date else "",
        "number": rule.count,
    }
    if rule.count == 1:
        pattern = _("one meeting on %(first)s %(clock)s")
    elif rule.count and rule.end_date:
        pattern = _("%(when)s, %(number)s meetings from %(first)s to %(last)s")
    elif rule.count:
        pattern = _("%(when)s, %(number)s meetings from %(first)s")
    elif rule.end_date and first > today:
        pattern = _("%(when)s from %(first)s to %(last)s")
    elif rule.end_date:
        pattern = _("%(when)s until %(last)s")
    elif first > today:
        pattern = _("%(when)s from %(first)s")
    else:
        return when
    return capfirst((pattern % words).strip())


def rule_in_words(rule: Rule) -> str:
    """“Every second Tuesday”, “First Monday and Thursday of the month”"""
    weekdays = sorted(set(rule.weekdays))
    if not weekdays:
        return ""
    if rule.frequency == "monthly":
        return capfirst(month_in_words(rule, weekdays))
    return capfirst(week_in_words(rule.interval, weekdays))


def week_in_words(interval: int, weekdays: list[int]) -> str:
    if interval == 1 and weekdays == WHOLE_WEEK:
        return _("every day")
    if interval == 1 and weekdays == WORKING_WEEK:
        return _("from Monday to Friday")
    if len(weekdays) == 1 and interval == 1:
        return str(EVERY[weekdays[0]])
    if len(weekdays) == 1 and interval == 2:
        return str(EVERY_SECOND[weekdays[0]])
    patterns = {
        1: _("on %(days)s"),
        2: _("every second week on %(days)s"),
        3: _("every third week on %(days)s"),
        4: _("every fourth week on %(days)s"),
    }
    pattern = patterns.get(interval) or _("every %(number)s weeks on %(days)s")
    days = listed([str(ON[day]) for day in weekdays])
    return pattern % {"number": interval, "days": days}


def month_in_words(rule: Rule, weekdays: list[int]) -> str:
    patterns = {
        1: _("%(which)s %(days)s of the month"),
        2: _("%(which)s %(days)s of every second month"),
        3: _("%(which)s %(days)s of every third month"),
    }
    pattern = patterns.get(rule.interval) or _(
        "%(which)s %(days)s every %(number)s months"
    )
    return pattern % {
        "which": WHICH[rule.nth or 1],
        "days": listed([str(OF_MONTH[day]) for day in weekdays]),
        "number": rule.interval,
    }


def extra_dates_in_words(schedule: Schedule, now: datetime) -> list[str]:
    coming = sorted(
        (
            single
            for single in schedule.extra_dates
            if over_at(single.starts_at, single.ends_at) > now
        ),
        key=lambda single: single.starts_at,
    )
    if not coming:
        return []
    if len(coming) > MOST_DATES_NAMED:
        return [
            ngettext(
                "Also on %(number)s other day",
                "Also on %(number)s other days",
                len(coming),
            )
            % {"number": len(coming)}
        ]
    days = [
        time_in_words(single.starts_at, single.ends_at, single.is_all_day)
        for single in coming
    ]
    return [_("Also on %(days)s") % {"days": listed(days)}]


def pauses_in_words(pauses: Collection[str]) -> list[str]:
    """“No meetings in July or on public holidays”"""
    when = [str(words) for pause, words in PAUSED.items() if pause in pauses]
    if not when:
        return []
    either = when[0]
    if len(when) > 1:
        either = pgettext("no meetings", "%(first)s or %(last)s") % {
            "first": ", ".join(when[:-1]),
            "last": when[-1],
        }
    return [_("No meetings %(when)s") % {"when": either}]


def breaks_in_words(breaks: Sequence[Break], today: date) -> list[str]:
    """Those that are not over, the soonest first."""
    coming = sorted(
        (found for found in breaks if found.end_date >= today),
        key=lambda found: found.start_date,
    )
    return [break_in_words(found, today) for found in coming[:MOST_BREAKS_NAMED]]


def break_in_words(found: Break, today: date) -> str:
    words = {
        "first": date_in_words(found.start_date, today),
        "last": date_in_words(found.end_date, today),
    }
    line = (
        _("No meeting on %(first)s")
        if found.start_date == found.end_date
        else _("No meetings from %(first)s to %(last)s")
    ) % words
    reason = LocalizedText(getattr(found, "reason", None) or {})
    # In another language it would have to be marked as such.
    is_ours = reason.lang.partition("-")[0] == current_language().partition("-")[0]
    return f"{line} ({reason})" if reason and is_ours else line


def date_in_words(day: date, today: date) -> str:
    """“12.1.”, “12 January”; with the year when it is not near."""
    language = current_language()
    if abs(day - today) <= NEAR:
        return date_format(day, DATE_FORMATS.get(language, "j.n."))
    return date_format(day, LONG_DATE_FORMATS.get(language, "j.n.Y"))


def listed(words: Sequence[str]) -> str:
    """“Mondays, Tuesdays and Thursdays”"""
    if len(words) < 2:
        return "".join(words)
    return pgettext("a list", "%(first)s and %(last)s") % {
        "first": ", ".join(words[:-1]),
        "last": words[-1],
    }
