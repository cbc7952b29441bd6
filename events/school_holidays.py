"""School holidays by municipality, and all that says when a group meets."""

from collections import defaultdict
from typing import TYPE_CHECKING, Self

from django.db import models

from .breaks import StandingBreak
from .enums import Pause
from .models.school_breaks import SchoolBreak
from .schedules import Schedule

if TYPE_CHECKING:
    from .models import EventPage


class SchoolHolidays:
    """Read at once for any number of groups."""

    def __init__(self) -> None:
        self.everywhere: list[StandingBreak] = []
        self.by_town: dict[int, list[StandingBreak]] = defaultdict(list)

    @classmethod
    def of_all_towns(cls) -> Self:
        return cls().read(SchoolBreak.objects.all())

    @classmethod
    def of_town(cls, town_id: int | None) -> Self:
        return cls().read(SchoolBreak.objects.in_town(town_id))

    def read(self, breaks: "models.QuerySet[SchoolBreak]") -> Self:
        rows = breaks.values_list("start_date", "end_date", "municipalities")
        for first, last, town_id in rows:
            found = StandingBreak(first, last)
            if town_id is None:
                self.everywhere.append(found)
            else:
                self.by_town[town_id].append(found)
        return self

    def in_town(self, town_id: int | None) -> list[StandingBreak]:
        return self.everywhere + (self.by_town.get(town_id, []) if town_id else [])


def keeps_school_holidays(event: "EventPage") -> bool:
    return Pause.SCHOOL_BREAKS in event.pauses


def schedule_of(event: "EventPage", school: SchoolHolidays | None = None) -> Schedule:
    """As it stands on the page, which may be a draft."""
    town = event.effective_municipality if keeps_school_holidays(event) else None
    if keeps_school_holidays(event) and school is None:
        school = SchoolHolidays.of_town(town.pk if town else None)
    return Schedule(
        rules=list(event.rules.all()),
        extra_dates=list(event.extra_dates.all()),
        breaks=list(event.breaks.all()),
        pauses=event.pauses,
        school_breaks=school.in_town(town.pk if town else None) if school else (),
    )
