"""Cards: what a list shows of each group, read without building pages.

A page of twenty costs two queries. The cards are drawn by Jinja, which takes a tenth
of the time that Django's own templates would (`site/docs/proof-groups.md`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from home.fields import LocalizedText
from home.languages import current_language
from home.models import Goal, Municipality, TargetGroup
from home.phones import tel_link

from .days import (
    ages_in_words,
    day_and_month,
    formatted,
    local_day,
    time_in_words_on,
    weekday_short,
)
from .doubt import doubt_in_words
from .enums import Attendance, Kind, SignUp
from .languages import index_path
from .models.changes import EventState
from .models.search_rows import SearchRow
from .models.texts import EventText, text_for


class Moments(NamedTuple):
    """Of a group, as of now; `events.listing` knows them before the database does."""

    next_start: datetime | None
    next_over: datetime | None
    distance_km: float | None = None


class Text(NamedTuple):
    language: str
    title: str
    price: str


@dataclass(frozen=True, slots=True)
class Card:
    event_id: int
    url: str
    title: str
    lang: str
    """Of title and price, when it is not the reader's; else ""."""
    in_language: str
    """“In Finnish”, when the text is not in the reader's language."""
    look: str
    next_start: datetime | None
    next_over: datetime | None
    weekday: str
    day: str
    when: str
    place: str
    place_lang: str
    town: str
    """To say after the place."""
    distance_km: float | None
    distance: str
    price: str
    is_price_written: bool
    """The organiser's own words, in `lang`."""
    is_free: bool
    sign_up: str
    has_buddy: bool
    buddy_number: str
    buddy_tel: str
    audience: str
    kind: str
    is_full: bool
    confirmed: str
    doubt: str
    """Instead of `confirmed`: nobody has confirmed the group for long."""
    municipality_id: int | None


COLUMNS = {
    "slug": "event__slug",
    "title": "event__title",
    "main_language": "event__main_language",
    "kind": "kind",
    "attendance": "event__attendance",
    "municipality_id": "municipality_id",
    "venue": "venue__name",
    "venue_locality": "venue__locality",
    "venue_municipality_id": "venue__municipality_id",
    "hides_address": "event__is_address_protected",
    "venue_hides_address": "event__venue__is_address_protected",
    "is_free": "event__is_free",
    "sign_up": "event__sign_up",
    "buddy_available": "event__buddy_available",
    "buddy_phone": "event__buddy_phone",
    "contact_phone": "event__contact_phone",
    "confirmed_on": "event__state__confirmed_on",
    "is_full": "event__state__is_full",
    "stage": "event__state__stage",
    "published_at": "event__first_published_at",
    "goals": "goals",
    "target_groups": "target_groups",
    "min_age": "min_age",
    "max_age": "max_age",
}


def cards_of(moments: Mapping[int, Moments]) -> list[Card]:
    """By event id, in that order; ids of groups that are not listed are left out."""
    rows = SearchRow.objects.columns_by_id(COLUMNS, moments)
    known = {pk: value for pk, value in moments.items() if pk in rows}
    texts = texts_of(rows)
    maker = CardMaker()
    return [
        maker.card(pk, rows[pk], texts.get(pk, {}), moment)
        for pk, moment in known.items()
    ]


def cards_of_rows(rows: QuerySet[SearchRow]) -> list[Card]:
    """In the order of the rows. Three queries: one that did both the choosing and the
    joining would take PostgreSQL ten milliseconds to plan."""
    found = rows.values_list("pk", "next_start", "next_over")
    return cards_of({pk: Moments(start, over) for pk, start, over in found})


def texts_of(ids: Iterable[int]) -> dict[int, dict[str, Text]]:
    found: dict[int, dict[str, Text]] = {}
    rows = EventText.objects.filter(event__in=list(ids))
    for pk, *values in rows.values_list("event", *Text._fields):
        text = Text(*values)
        found.setdefault(pk, {})[text.language] = text
    return found


class CardMaker:
    """Holds what the cards of a list have in common, in the reader's language."""

    def __init__(self) -> None:
        language = current_language()
        self.language = language
        self.today = timezone.localdate()
        self.path = index_path(language)
        self.towns = {town.pk: town for town in Municipality.objects.in_memory()}
        self.looks = [(goal.bit, goal.look) for goal in Goal.objects.in_memory()]
        self.groups = [
            (group.bit, group.name.in_language(language))
            for group in TargetGroup.objects.in_memory()
        ]
        self.kinds = {kind.value: str(kind.label) for kind in Kind}
        self.sign_ups = {way.value: str(way.label) for way in SignUp}

    def card(
        self, pk: int, row: dict[str, Any], texts: Mapping[str, Text], moments: Moments
    ) -> Card:
        text = text_for(texts, self.language, row["main_language"])
        lang = text.language if text and text.language != self.language else ""
        start, over = moments.next_start, moments.next_over
        day = local_day(start) if start else None
        hides_address = row["hides_address"] or row["venue_hides_address"]
        place, place_lang, town = self.place_of(row, hides_address)
        number = row["buddy_phone"] or row["contact_phone"]
        distance_km = None if hides_address else moments.distance_km
        price, is_price_written = price_of(row["is_free"], text.price if text else "")
        confirmed_on, doubt = row["confirmed_on"], ""
        if row["stage"] in EventState.IN_DOUBT:
            doubt = doubt_in_words(confirmed_on, row["published_at"])
        return Card(
            event_id=pk,
            url=f"{self.path}{row['slug']}/",
            title=text.title if text else row["title"],
            lang=lang,
            in_language=in_language(lang),
            look=self.look_of(row["goals"]),
            next_start=start,
            next_over=over,
            weekday=weekday_short(day) if day else "",
            day=day_and_month(day) if day else "",
            when=self.when(start, over) if start else _("Dates not known yet"),
            place=place,
            place_lang=place_lang,
            town=town,
            distance_km=distance_km,
            distance=distance_in_words(distance_km),
            price=price,
            is_price_written=is_price_written,
            is_free=bool(row["is_free"]),
            sign_up=self.sign_ups[row["sign_up"]],
            has_buddy=bool(row["buddy_available"]),
            buddy_number=number,
            buddy_tel=tel_link(number) if row["buddy_available"] else "",
            audience=self.audience_of(row),
            kind=self.kinds[row["kind"]],
            is_full=bool(row["is_full"]),
            confirmed="" if doubt else confirmed_in_words(confirmed_on),
            doubt=doubt,
            municipality_id=row["municipality_id"],
        )

    def when(self, start: datetime, over: datetime | None) -> str:
        return time_in_words_on(self.today, self.language, start, over)

    def place_of(
        self, row: dict[str, Any], hides_address: bool
    ) -> tuple[str, str, str]:
        """The place, its language when it is not the reader's, and a town to add."""
        venue, municipality = row["venue"], self.towns.get(row["municipality_id"])
        if venue is not None:
            name, lang = self.words_and_lang(venue)
            venue_town = self.towns.get(row["venue_municipality_id"])
            town = row["venue_locality"]
            if venue_town and not town:
                town = venue_town.name.in_language(self.language)
            return name, lang, town if venue_town and town not in name else ""
        if hides_address and municipality is None:
            return _("Ask the organiser for the place"), "", ""
        if municipality is None or row["attendance"] == Attendance.ONLINE:
            return str(Attendance(row["attendance"]).label), "", ""
        return *self.words_and_lang(municipality.name), ""

    def words_and_lang(self, name: LocalizedText) -> tuple[str, str]:
        lang = name.language_for(self.language)
        return name.get(lang, ""), "" if lang == self.language else lang

    def look_of(self, goals: int) -> str:
        """Of the first of the goals."""
        for bit, look in self.looks:
            if goals >> bit & 1:
                return look
        return Goal.Look.TOGETHER

    def audience_of(self, row: dict[str, Any]) -> str:
        groups = row["target_groups"]
        names = [name for bit, name in self.groups if groups >> bit & 1]
        parts = [", ".join(names[:3]), ages_in_words(row["min_age"], row["max_age"])]
        return capfirst(" · ".join(part for part in parts if part))


def price_of(is_free: bool | None, written: str) -> tuple[str, bool]:
    if is_free:
        return _("Free of charge"), False
    if written:
        return written, True
    if is_free is None:
        return _("Ask the organiser about the cost"), False
    return _("Fee charged"), False


def confirmed_in_words(day: date | None) -> str:
    if day is None:
        return ""
    return _("Confirmed %(day)s") % {"day": formatted(day, "SHORT_DATE_FORMAT")}


def distance_in_words(kilometres: float | None) -> str:
    """“(about 4 km away)”"""
    if kilometres is None:
        return ""
    if kilometres < 1:
        return _("(less than 1 km away)")
    return _("(about %(number)d km away)") % {"number": round(kilometres)}


def in_language(code: str) -> str:
    """“In Finnish”, in the reader's language."""
    if not code:
        return ""
    return {
        "fi": _("In Finnish"),
        "sv": _("In Swedish"),
        "en": _("In English"),
        "fi-simple": _("In easy Finnish"),
    }.get(code, code)


def soonest_over(cards: Sequence[Card]) -> datetime | None:
    """When the first date that the cards show is over."""
    return min((card.next_over for card in cards if card.next_over), default=None)
