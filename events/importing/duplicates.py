"""The same event from two sources: told, never merged."""

from django.utils.text import slugify

from ..models import EventPage
from ..models.pages import PLAIN_LETTERS
from .records import IncomingEvent, Note, NoteKind
from .schedule import Plan

MOST_LOOKED_AT = 30


class DuplicateFinder:
    """Same title, same start, same name of the place, another source.

    Those of the run are remembered; earlier ones are found by their slugs, which
    for the same title differ only in a number.
    """

    def __init__(self) -> None:
        self.seen: dict[tuple, tuple[str, str]] = {}

    def of(
        self,
        event: IncomingEvent,
        plan: Plan,
        page: EventPage | None,
        *,
        look_back: bool = True,
    ) -> list[Note]:
        place = place_name(event)
        title = event.title.casefold()
        own = (event.source, event.external_id)
        found: list[tuple[str, str]] = []
        starts: set[object] = {span.starts_at for span in plan.dates}
        starts |= {(rule.start_date, rule.start_time) for rule in plan.rules}
        for start in starts:
            other = self.seen.setdefault((title, start, place), own)
            if other != own and other[0] != own[0]:
                found.append(other)
        if not found and look_back and page is not None:
            found = self.earlier(event, plan, page, place)
        return [
            Note(NoteKind.DUPLICATE, f"possible duplicate of {name} ({source})")
            for source, name in dict.fromkeys(found)
        ]

    def earlier(
        self, event: IncomingEvent, plan: Plan, page: EventPage, place: str
    ) -> list[tuple[str, str]]:
        base = slugify(event.title.translate(PLAIN_LETTERS))[:80].strip("-")
        slugs = [base, *(f"{base}-{number}" for number in range(2, MOST_LOOKED_AT))]
        others = (
            EventPage.objects.filter(slug__in=slugs)
            .exclude(pk=page.pk)
            .select_related("venue", "imported")
        )
        starts = {span.starts_at for span in plan.dates}
        clocks = {(rule.start_date, rule.start_time) for rule in plan.rules}
        found = []
        for other in others:
            imported = getattr(other, "imported", None)
            source = imported.source if imported else "this site"
            if (
                source != event.source
                and other.title.casefold() == event.title.casefold()
                and place in venue_names(other)
                and (
                    starts & set(other.extra_dates.values_list("starts_at", flat=True))
                    or starts
                    & set(other.occurrences.values_list("original_start", flat=True))
                    or clocks & set(other.rules.values_list("start_date", "start_time"))
                )
            ):
                found.append((source, imported.external_id if imported else other.slug))
        return found


def place_name(event: IncomingEvent) -> str:
    names = event.place.name if event.place else {}
    return next(iter(names.values()), "").casefold()


def venue_names(page: EventPage) -> set[str]:
    if page.venue is None:
        return {""}
    return {name.casefold() for name in page.venue.name.values()}
