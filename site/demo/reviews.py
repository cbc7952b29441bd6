"""Example reviewers of the guidance: one page is overdue and one is due soon."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from home.models import ReviewPerson

from .content import read
from .records import once

A_YEAR = timedelta(days=365)


class Reviews:
    """Only of the demo: a real site has people of its own."""

    def __init__(self) -> None:
        content = read("reviewers.toml")
        self.owner = self.person(content["owner"])
        people = [self.person(row) for row in content["reviewer"]]
        self.by_name = {str(person): person for person in people if person}
        self.days = {row["page"]: row["days"] for row in content["due"]}

    def person(self, row: dict[str, str]) -> ReviewPerson | None:
        make = partial(ReviewPerson.objects.create, **row)
        return once(f"reviewers/{row['email']}", make)

    def fields_of(self, key: str, reviewer: str) -> dict[str, Any]:
        """Of a page that is made now."""
        fields = {"kept_by": self.owner, "reviewed_by": self.by_name.get(reviewer)}
        if key not in self.days:
            return fields
        due_on = timezone.localdate() + timedelta(days=self.days[key])
        return fields | {"last_reviewed": due_on - A_YEAR, "next_review": due_on}
