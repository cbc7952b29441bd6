"""What residents read of a group whose organiser has not confirmed it for long."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from .days import formatted, local_day


def doubt_in_words(confirmed_on: date | None, published_at: datetime | None) -> str:
    """Kindly, and with the day until which one can be sure of it."""
    day = confirmed_on or published_at
    if day is None:
        return _("The details have not been confirmed. Check with the organiser.")
    return _(
        "The details have not been confirmed since %(day)s. Check with the organiser."
    ) % {"day": formatted(local_day(day), "SHORT_DATE_FORMAT")}
