"""What other apps' templates show of the events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.languages import SPOKEN_LANGUAGES, index_path
from events.models import SearchRow
from home.languages import current_language
from home.models import Goal, Municipality, TargetGroup, Theme
from home.page_cache import expires_by

register = template.Library()

TAXONOMIES: dict[str, tuple[str, Any]] = {
    "goal": ("goals", Goal),
    "theme": ("themes", Theme),
    "target_group": ("target_groups", TargetGroup),
}


def listed(context: template.Context, rows: Iterable[SearchRow]) -> list[SearchRow]:
    """The rows as a list; the page is kept no longer than its first date."""
    found = list(rows)
    request = context.get("request")
    moments = [row.next_over for row in found if row.next_over]
    if request is not None and moments:
        expires_by(request, min(moments))
    return found


@register.simple_tag(takes_context=True)
def next_events(
    context: template.Context,
    limit: int = 3,
    goal: Any = "",
    theme: Any = "",
    target_group: Any = "",
) -> list[SearchRow]:
    """The soonest events with the goal, theme or target group, given by key or row."""
    rows = SearchRow.objects.upcoming(timezone.now())
    for name, wanted in (
        ("goal", goal),
        ("theme", theme),
        ("target_group", target_group),
    ):
        if not wanted:
            continue
        field, model = TAXONOMIES[name]
        term = wanted if isinstance(wanted, model) else None
        if term is None:
            by_key = {row.key: row for row in model.objects.in_memory()}
            term = by_key.get(wanted)
        if term is None:
            return []
        rows = rows.with_any(field, 1 << term.bit)
    return listed(context, rows.for_listing()[:limit])


@register.simple_tag(takes_context=True)
def next_events_by_municipality(
    context: template.Context, limit: int = 2
) -> list[tuple[Municipality, list[SearchRow]]]:
    """Each municipality with its soonest events. A fixed number of queries."""
    towns = Municipality.objects.in_memory()
    ids: list[int] = []
    for town in towns:
        rows = SearchRow.objects.upcoming(timezone.now()).in_municipalities([town.pk])
        ids += rows.values_list("pk", flat=True)[:limit]
    soonest = listed(
        context,
        SearchRow.objects.filter(pk__in=ids).order_by("next_start", "pk").for_listing(),
    )
    return [
        (town, [row for row in soonest if row.municipality_id == town.pk])
        for town in towns
    ]


@register.simple_tag
def event_index_url() -> str:
    return index_path(current_language())


# Days and times as people write them, by the language of the page.

DAY_FORMATS = {"sv": "D j.n", "en": "D j M", "fi-simple": "l j.n."}
LONG_DAY_FORMATS = {"sv": "l j F Y", "en": "l j F Y"}
CLOCKS = {"sv": ("kl. ", "G.i"), "en": ("", "G:i")}
MIDNIGHT = time(0)


@register.filter
def day_in_words(moment: date) -> str:
    """“ti 24.11.”, with the year when it is not near."""
    day = local_day(moment)
    pattern = DAY_FORMATS.get(current_language(), "D j.n.")
    if abs(day - timezone.localdate()) > timedelta(days=300):
        pattern = {"sv": "D j.n.Y", "en": "D j M Y"}.get(current_language(), "D j.n.Y")
    return date_format(day, pattern)


@register.filter
def long_day(moment: date) -> str:
    """“tiistai 24. marraskuuta 2026”"""
    pattern = LONG_DAY_FORMATS.get(current_language(), "l j. E Y")
    return date_format(local_day(moment), pattern)


@register.filter
def weekday_short(moment: date) -> str:
    return date_format(local_day(moment), "D")


@register.filter
def day_and_month(moment: date) -> str:
    """“24.11.”"""
    pattern = {"sv": "j.n", "en": "j M"}.get(current_language(), "j.n.")
    return date_format(local_day(moment), pattern)


def local_day(moment: date) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


@register.simple_tag
def clock(start: Any, end: Any = None, is_all_day: bool = False) -> str:
    """“klo 14.00–15.30”. Moments or times; nothing for a whole day.

    An end at midnight means that the end is not known.
    """
    if is_all_day:
        return ""
    begins = local_time(start)
    ends = local_time(end) if end else None
    if begins == MIDNIGHT and ends in {None, MIDNIGHT}:
        return ""
    before, pattern = CLOCKS.get(current_language(), ("klo ", "G.i"))
    words = before + date_format(begins, pattern)
    if ends and ends != MIDNIGHT and ends != begins:
        words += "–" + date_format(ends, pattern)
    return words


def local_time(moment: Any) -> Any:
    if isinstance(moment, datetime):
        return timezone.localtime(moment).time().replace(second=0, microsecond=0)
    return moment


@register.simple_tag
def time_in_words(
    start: datetime,
    end: datetime | None = None,
    is_all_day: bool = False,
    long: bool = False,
) -> str:
    """“ti 24.11. klo 14.00–15.30”; over several days “ti 24.11. – to 26.11.”"""
    day = long_day if long else day_in_words
    last = last_day(start, end)
    if last == local_day(start):
        return f"{day(start)} {clock(start, end, is_all_day)}".strip()
    begins = f"{day(start)} {clock(start, None, is_all_day)}".strip()
    ends = f"{day(last)} {clock(end, None, is_all_day)}".strip()
    return f"{begins} – {ends}"


def last_day(start: datetime, end: datetime | None) -> date:
    """The local day it ends on; an end at midnight belongs to the day before.

    An evening that goes on for some hours past midnight is still one day.
    """
    if end is None or end - start <= timedelta(hours=12):
        return local_day(start)
    return local_day(end - timedelta(microseconds=1))


@register.filter
def rule_in_words(rule: Any) -> str:
    """“Every second week: Tuesday, Thursday”, “Every month: first Tuesday”"""
    days = [date_format(date(2024, 1, day), "l") for day in sorted(rule.weekdays)]
    if rule.frequency == "monthly":
        how_often = (
            _("Every month")
            if rule.interval == 1
            else _("Every %(number)s months") % {"number": rule.interval}
        )
        which = rule.get_nth_display()
        days = [_("%(which)s %(day)s") % {"which": which, "day": day} for day in days]
    elif rule.interval == 1:
        how_often = _("Every week")
    elif rule.interval == 2:
        how_often = _("Every second week")
    else:
        how_often = _("Every %(number)s weeks") % {"number": rule.interval}
    return f"{how_often}: {', '.join(days)}"


@dataclass(frozen=True)
class CardFacts:
    look: str
    """The look of the first of the event's goals."""
    audience: str


@register.simple_tag
def card_facts(row: SearchRow) -> CardFacts:
    """What a card shows of the row's masks, without a query."""
    goals = Goal.objects.in_memory()
    groups = TargetGroup.objects.in_memory()
    looks = [goal.look for goal in goals if row.goals >> goal.bit & 1]
    names = [
        group.name.in_language(current_language())
        for group in groups
        if row.target_groups >> group.bit & 1
    ]
    parts = [", ".join(names[:3]), ages_in_words(row.min_age, row.max_age)]
    return CardFacts(
        look=looks[0] if looks else Goal.Look.TOGETHER,
        audience=" · ".join(part for part in parts if part),
    )


@register.simple_tag
def ages_in_words(youngest: int | None, oldest: int | None) -> str:
    if youngest and oldest:
        return _("ages %(youngest)s–%(oldest)s") % {
            "youngest": youngest,
            "oldest": oldest,
        }
    if youngest:
        return _("from %(youngest)s years on") % {"youngest": youngest}
    if oldest:
        return _("up to %(oldest)s years") % {"oldest": oldest}
    return ""


@register.filter
def spoken_language(code: str) -> str:
    """The language's name in the reader's language."""
    return str(SPOKEN_LANGUAGES.get(code, code))


@register.simple_tag
def main_language_path(event: Any) -> str:
    """Where the text stands in its own language."""
    return event.path_in(event.main_language)
