"""Run daily: searches without results are kept for thirteen months."""

from typing import Any

from django.core.management.base import BaseCommand

from search.misses import forget_old_searches


class Command(BaseCommand):
    help = "Deletes what is known of searches without results after thirteen months."

    def handle(self, *args: Any, **options: Any) -> None:
        number = forget_old_searches()
        if options["verbosity"]:
            self.stdout.write(f"{number} old rows are gone.")
