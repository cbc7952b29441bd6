"""Run every hour or oftener: who keeps or reviews a page is told that it is due.

And the copies of texts that nobody compares with any more are forgotten.
"""

from typing import Any

from django.core.management.base import BaseCommand

from home.models import PageReview
from home.review.reminding import remind


class Command(BaseCommand):
    help = "Writes to reviewers and owners whose pages are due for a review."

    def handle(self, *args: Any, **options: Any) -> None:
        done = remind()
        PageReview.objects.forget_texts()
        self.stdout.write(f"{done.letters} letters about {done.pages} pages to review.")
