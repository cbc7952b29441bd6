"""Run every few minutes: groups move on to their next date as time passes."""

from typing import Any

from django.core.management.base import BaseCommand

from events.derived import (
    extend_horizon,
    forget_removed_rows,
    rewrite_old_rows,
    roll_forward,
)


class Command(BaseCommand):
    help = "Moves groups whose next date has passed on to the one after it."

    def handle(self, *args: Any, **options: Any) -> None:
        for number, _event in enumerate(rewrite_old_rows(), start=1):
            if number % 1000 == 0:
                self.stdout.write(f"{number} old rows written anew")
        moved = roll_forward()
        forget_removed_rows()
        extended = sum(1 for _event in extend_horizon())
        self.stdout.write(
            f"{moved} groups moved on to their next date, {extended} got more dates."
        )
