"""`manage.py import_events SOURCE`: groups and events from other systems."""

import argparse
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.importing.documents import (
    Document,
    Fetcher,
    UnreadableError,
    open_documents,
)
from events.importing.icalendar import read_calendar
from events.importing.linked_events import LinkedEventsReader
from events.importing.records import Reading, Skipped
from events.importing.report import Report
from events.importing.writer import NoPlaceForEventsError, Writer
from home.models import Goal

DEFAULT_GOAL = "meaningful-life"
LONG_RUN = 10


class Command(BaseCommand):
    help = (
        "Imports groups and events from a Linked Events list or an iCalendar file: a"
        " file, a folder of such files, or an address. Running it again changes only"
        " what has changed in the source, and nothing that was edited here."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("source", metavar="SOURCE", help="file, folder or address")
        parser.add_argument(
            "--source",
            dest="source_name",
            default="",
            metavar="NAME",
            help=(
                "name of the source; otherwise Linked Events' data source, or the"
                " calendar's host or file name"
            ),
        )
        parser.add_argument(
            "--goal",
            default=DEFAULT_GOAL,
            metavar="KEY",
            help="for events whose keywords name no goal (default: %(default)s)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell everything, write nothing"
        )
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="also read addresses of this machine and of private networks",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_quiet = options["verbosity"] == 0
        writer = self.writer(options["goal"], is_dry=options["dry_run"])
        fetcher = Fetcher(allow_private=options["allow_private"])
        reading = self.read(options["source"], options["source_name"][:100], fetcher)
        with quiet_wagtail():
            report = self.write(reading, writer)
        for line in report.lines():
            self.say(line)
        for line in report.summary():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("A dry run: nothing was written.")

    def writer(self, goal_key: str, *, is_dry: bool) -> Writer:
        goals = {goal.key: goal for goal in Goal.objects.all()}
        if goal_key not in goals:
            known = ", ".join(goals) or "none yet"
            message = f"There is no goal {goal_key}; the goals are: {known}."
            raise CommandError(message)
        try:
            return Writer(goals[goal_key], is_dry=is_dry)
        except NoPlaceForEventsError as error:
            raise CommandError(str(error)) from error

    def read(self, source: str, name: str, fetcher: Fetcher) -> Reading:
        """All documents; fails only when none could be read at all."""
        try:
            documents = open_documents(source, fetcher)
        except UnreadableError as error:
            raise CommandError(str(error)) from error
        reader = LinkedEventsReader(fetcher, source=name, say=self.say)
        others = [document for document in documents if not document.is_calendar]
        reading = reader.read(others)
        for document in documents:
            if document.is_calendar:
                reading.add(self.read_calendar(document, name))
        if not reading.documents:
            reasons = [skipped.reason for skipped in reading.skipped]
            raise CommandError(reasons[0] if reasons else "Nothing could be read.")
        return reading

    def read_calendar(self, document: Document, name: str) -> Reading:
        try:
            return read_calendar(document, name)
        except UnreadableError as error:
            return Reading(skipped=[Skipped("", document.name, str(error))])

    def write(self, reading: Reading, writer: Writer) -> Report:
        report = Report(notes=list(reading.notes))
        for skipped in reading.skipped:
            report.skip(skipped)
        incoming_ids = {event.external_id for event in reading.events}
        # First what is gone: a successor may take over its page.
        for gone in reading.withdrawals:
            report.add(writer.withdraw(gone, incoming_ids))
        total = len(reading.events)
        for number, event in enumerate(reading.events, start=1):
            if total >= LONG_RUN:
                self.say(f"[{number}/{total}] {event.title}")
            report.add(writer.take(event))
        return report

    def say(self, sentence: str) -> None:
        """Flushed, so that it is seen while it runs; not with `--verbosity 0`."""
        if not self.is_quiet:
            self.stdout.write(sentence)
            self.stdout.flush()


@contextmanager
def quiet_wagtail() -> Iterator[None]:
    """Wagtail logs each publication; the report says the same and more."""
    wagtail = logging.getLogger("wagtail")
    level = wagtail.level
    wagtail.setLevel(logging.WARNING)
    try:
        yield
    finally:
        wagtail.setLevel(level)
