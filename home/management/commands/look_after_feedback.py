"""Run every hour: staff are reminded of late feedback, and what is old is erased."""

from typing import Any

from django.core.management.base import BaseCommand

from home.feedback.clock import forget_old_feedback, remind_of_late


class Command(BaseCommand):
    help = "Reminds staff of accessibility feedback and erases what is old."

    def handle(self, *args: Any, **options: Any) -> None:
        reminders, gone = remind_of_late(), forget_old_feedback()
        if options["verbosity"]:
            self.stdout.write(f"{reminders} reminders, {gone} old rows are gone.")
