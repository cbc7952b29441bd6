"""The freshness contract begins for the groups that are public already."""

from datetime import timedelta
from itertools import batched
from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

ROWS_AT_ONCE = 1000


def start_clocks(apps: Any, schema_editor: Any) -> None:
    """Those that are silent already are asked at the first run, and not hidden."""
    events, states = (
        apps.get_model("events", name) for name in ("EventPage", "EventState")
    )
    endless = apps.get_model("events", "ScheduleRule").objects.filter(
        event=models.OuterRef("pk"), end_date=None, count=None
    )
    goes_on = models.Q(kind__in=("group", "volunteering")) | models.Exists(endless)
    under_contract = events.objects.filter(
        goes_on, live=True, imported=None, state__ended_on=None
    )
    rows = under_contract.values_list("pk", "first_published_at", "state__confirmed_on")
    until_asked = timedelta(days=settings.FRESHNESS["asked"])
    for some in batched(list(rows), ROWS_AT_ONCE):
        states.objects.bulk_create(
            [
                states(
                    event_id=pk,
                    next_step_on=until_asked
                    + (confirmed or timezone.localdate(published or timezone.now())),
                )
                for pk, published, confirmed in some
            ],
            update_conflicts=True,
            unique_fields=["event"],
            update_fields=["next_step_on"],
        )


class Migration(migrations.Migration):
    dependencies = [("events", "0005_ngo_door")]
    operations = [migrations.RunPython(start_clocks, migrations.RunPython.noop)]
