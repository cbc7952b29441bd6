"""Several submissions decided on at once, each in the version that was listed."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import moderation
from ..models import Submission
from .access import may_change
from .decision_forms import answer_field

MOST = 50
"""A page of the queue."""


class BulkForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("approve", gettext_lazy("Publish all of them")),
            ("ask", gettext_lazy("Ask for a change of all of them")),
            ("reject", gettext_lazy("Publish none of them")),
        ],
        widget=forms.RadioSelect,
    )
    answer = answer_field(
        gettext_lazy("Why are they not published, or what should be changed?"),
        gettext_lazy("Each sender reads this. Empty when you publish them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = False
        self.chosen: list[tuple[Submission, int]] = []
        self.refused: list[str] = []

    def choose(self, data: Any) -> None:
        """`pk:revision` for each, as the queue listed it."""
        pairs = (value.partition(":") for value in data.getlist("chosen")[:MOST])
        named = {
            int(key): int(revision)
            for key, _colon, revision in pairs
            if is_number(key) and is_number(revision)
        }
        rows = Submission.objects.waiting().for_staff().filter(pk__in=named)
        self.chosen = [(row, named[row.pk]) for row in rows]

    def clean(self) -> None:
        cleaned = super().clean() or {}
        if cleaned.get("decision") != "approve" and not cleaned.get("answer"):
            self.add_error("answer", _("Write a reason: the senders read it."))

    def save(self, user: Any) -> Iterator[str]:
        """Each in a transaction of its own: one that is refused stops no other."""
        for submission, revision in self.chosen:
            title = submission.title
            if not (submission.event and may_change(user, submission.event)):
                self.refused.append(f"{title}: {_('You may not decide about it.')}")
                continue
            try:
                yield self.decide(submission, revision, user) % {"title": title}
            except moderation.DecisionRefusedError as refusal:
                self.refused.append(f"{title}: {refusal}")

    def decide(self, submission: Submission, revision: int, user: Any) -> str:
        answer = self.cleaned_data["answer"]
        if self.cleaned_data["decision"] == "ask":
            moderation.ask_for_change(submission, revision, user, answer)
            return _("A change of %(title)s is asked for.")
        if self.cleaned_data["decision"] == "reject":
            moderation.reject(submission, revision, user, answer)
            return _("%(title)s is not published.")
        if moderation.approve(submission, revision, user):
            return _("%(title)s is published.")
        return _("%(title)s is approved. Its workflow goes on to the next step.")


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len(str(2**63))
