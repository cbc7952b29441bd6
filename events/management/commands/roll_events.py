"""Run every few minutes: what time alone changes about groups.

They move on to their next date, and their organisers are asked whether they still meet.
"""

from typing import Any

from django.core.management.base import BaseCommand

from events.asking import keep_fresh
from events.derived import (
    extend_horizon,
    forget_removed_rows,
    rewrite_old_rows,
    roll_forward,
)
from events.door.erasure import forget_what_is_old


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
        letters, unanswered = keep_fresh()
        self.stdout.write(
            f"{letters} letters ask whether groups still meet, {unanswered} groups that"
            " nobody answered for moved on to their next stage."
        )
        forget_what_is_old()
