"""Real payloads of others, where `shared/samples` stands beside the project."""

from pathlib import Path

import pytest

from events.models import EventPage, ImportedEvent, Occurrence

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
FILES = [
    *sorted(SAMPLES.glob("le_event_*.json")),
    *sorted(SAMPLES.glob("ical_*.ics")),
]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not SAMPLES.is_dir(), reason=f"{SAMPLES} does not stand beside this project"
    ),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_sample_is_taken_and_a_second_run_changes_nothing(run, file):
    first = run(file)
    rows = sorted(Occurrence.objects.values_list("event", "original_start", "status"))
    number = EventPage.objects.count()

    second = run(file)

    assert number == ImportedEvent.objects.count() >= 1
    assert "     0  skipped" in first
    assert "     0  refused" in first
    assert f"{number:>6}  new" in first
    assert f"{number:>6}  unchanged" in second
    assert EventPage.objects.count() == number
    assert rows == sorted(
        Occurrence.objects.values_list("event", "original_start", "status")
    )


def test_all_samples_together_are_taken_from_their_folder(run):
    """Places and keywords are read for reference; what is no event is skipped."""
    run(SAMPLES)
    number = EventPage.objects.count()
    run(SAMPLES)

    assert EventPage.objects.count() == number == ImportedEvent.objects.count()
