"""Run every few minutes: groups move on to their next date as time passes."""

from typing import Any

from django.core.management.base import BaseCommand

from events.derived import extend_horizon, roll_forward


class Command(BaseCommand):
    help = "Moves groups whose next date has passed on to the one after it."

    def handle(self, *args: Any, **options: Any) -> None:
        moved = roll_forward()
        extended = sum(1 for _event in extend_horizon())
        self.stdout.write(
            f"{moved} groups moved on to their next date, {extended} got more dates."
        )
