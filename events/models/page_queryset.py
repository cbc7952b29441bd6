"""Which groups: asked of their pages."""

from typing import Self

from django.db import models

from home.models.base import SitePageQuerySet

from ..enums import Kind
from ..held import LISTED_TERMS
from .changes import Stage
from .schedule import ScheduleRule


class EventPageQuerySet(SitePageQuerySet):
    def for_serving(self) -> Self:
        """Live, with what its page shows that is one row, and that no memory holds."""
        found = self.live().select_related("venue", "image", "state")
        return found.annotate(**LISTED_TERMS)

    def locked(self) -> Self:
        """The rows of the tree first: in that order Wagtail saves, too.

        Both of them, else a row that waited for the lock would be half of before.
        Not a key lock: a row that is written elsewhere for the group may go on.
        """
        return self.select_for_update(of=("page_ptr", "self"), no_key=True)

    def findable(self) -> Self:
        return super().findable().exclude(state__stage=Stage.HIDDEN)

    def under_contract(self) -> Self:
        """Whose organiser has to say now and then that they meet (`events.freshness`).

        A course or an event is so only when its schedule has no end.
        """
        endless = ScheduleRule.objects.filter(
            event=models.OuterRef("pk"), end_date=None, count=None
        )
        goes_on = models.Q(kind__in=(Kind.GROUP, Kind.VOLUNTEERING))
        return self.live().filter(goes_on | models.Exists(endless), imported=None)
