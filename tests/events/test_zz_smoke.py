import pytest, io, glob
from pathlib import Path
from django.core.management import call_command
from events.models import *
FILES = sorted([*glob.glob("/work/shared/samples/le_event_*"), *glob.glob("/work/shared/samples/ical_*")])
@pytest.mark.django_db
@pytest.mark.parametrize("f", FILES)
def test_s(f, event_index):
    for i in range(2):
        out=io.StringIO(); call_command("import_events", f, stdout=out); print(out.getvalue())
    for e in EventPage.objects.all():
        print(e.live, e.slug, e.venue, e.attendance, e.is_free, e.contact_phone, [str(r) for r in e.rules.all()][:3], e.extra_dates.count(), e.occurrences.count(), list(e.breaks.all()), list(e.occurrence_changes.all()), getattr(getattr(e,'state',None),'ended_on',None))
