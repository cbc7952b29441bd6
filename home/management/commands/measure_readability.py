"""Measures the readability of all public pages anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from home.readability.rows import measure_all

SECONDS_BETWEEN_LINES = 2.0


class Command(BaseCommand):
    help = "Measures all public pages for the report of readability."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = told = time.monotonic()
        done = total = 0
        for done, total in measure_all():
            now = time.monotonic()
            if options["verbosity"] and now - told > SECONDS_BETWEEN_LINES:
                told = now
                self.stdout.write(f"{done} of {total} pages ({100 * done // total} %)")
        if options["verbosity"]:
            seconds = time.monotonic() - begun
            self.stdout.write(f"{done} pages are measured ({seconds:.0f} s).")
