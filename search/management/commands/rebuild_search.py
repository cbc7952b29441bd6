"""Builds the public search index anew, beside the one that is asked meanwhile."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from search.rebuild import rebuild

SECONDS_BETWEEN_LINES = 2.0


class Command(BaseCommand):
    help = "Builds the index of the public search anew; searching goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        told = begun

        def tell(done: int, total: int) -> None:
            nonlocal told
            now = time.monotonic()
            if done == total or now - told > SECONDS_BETWEEN_LINES:
                told = now
                share = 100 * done // max(total, 1)
                self.stdout.write(f"{done} of {total} pages ({share} %)")

        number = rebuild(tell if options["verbosity"] else None)
        if options["verbosity"]:
            seconds = time.monotonic() - begun
            self.stdout.write(f"{number} pages can be found now ({seconds:.0f} s).")
