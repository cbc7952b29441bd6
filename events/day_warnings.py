"""What to think of before a group meets on a day: public and school holidays."""

from datetime import date

from django.utils.translation import gettext as _

from home.languages import current_language

from .breaks import public_holiday_name
from .days import long_day
from .models import SchoolBreak


def warning_of(day: date, town_id: int | None) -> str:
    """A sentence; empty on an ordinary day."""
    if name := public_holiday_name(day, current_language()):
        return _("%(day)s is a public holiday (%(name)s).") % {
            "day": long_day(day),
            "name": name,
        }
    if school_break := SchoolBreak.objects.in_town(town_id).on(day).first():
        return _("Schools are on holiday on %(day)s (%(name)s).") % {
            "day": long_day(day),
            "name": school_break.name,
        }
    return ""
