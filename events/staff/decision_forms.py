"""What a moderator can do with what an organisation has sent."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import moderation, overtaken
from ..models import Membership, Submission
from ..seen import mark_of


class DecisionForm(forms.Form):
    """A button, and what pressing it means. `save` says what was done."""

    action: ClassVar[str]
    label: ClassVar[Any]
    explanation: ClassVar[Any]

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """That was on the page that the moderator read."""

    def __init__(self, submission: Submission, *args: Any, **kwargs: Any) -> None:
        self.submission = submission
        kwargs["auto_id"] = f"{self.action}-%s"
        kwargs["initial"] = {"revision": submission.revision_id}
        super().__init__(*args, **kwargs)

    @property
    def is_offered(self) -> bool:
        return True

    def save(self, user: Any) -> str:
        raise NotImplementedError

    def read_again(self, submission: Submission) -> None:
        """It was refused: what was written is drawn beside the version of now."""
        self.submission = submission
        data: Any = self.data
        self.data = data = data.copy()
        data["revision"] = submission.revision_id or ""


def answer_field(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=moderation.LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ApproveForm(DecisionForm):
    action = "approve"
    label = gettext_lazy("Publish")
    explanation = gettext_lazy(
        "Residents see it at once. The sender gets a letter. The group counts as"
        " confirmed today."
    )

    admits_sender = forms.BooleanField(
        label=gettext_lazy("The sender may act for this organisation from now on"),
        required=False,
        help_text=gettext_lazy(
            "They can change its groups and cancel dates. Choose it when you know"
            " that they are from the organisation."
        ),
    )

    def __init__(self, submission: Submission, *args: Any, **kwargs: Any) -> None:
        super().__init__(submission, *args, **kwargs)
        if not (submission.contact_id and submission.organisation_id):
            del self.fields["admits_sender"]
            return
        membership = Membership.objects.filter(
            contact=submission.contact_id, organisation=submission.organisation_id
        ).first()
        if membership and membership.is_approved:
            del self.fields["admits_sender"]
        else:
            # Anybody can write the name of one that was here before.
            self.fields["admits_sender"].initial = submission.made_organisation

    @property
    def is_offered(self) -> bool:
        return moderation.is_on_top(self.submission)

    def save(self, user: Any) -> str:
        is_published = moderation.approve(
            self.submission,
            self.cleaned_data["revision"],
            user,
            admits_sender=self.cleaned_data.get("admits_sender", False),
        )
        if is_published:
            return _("%(title)s is published.") % {"title": self.submission.title}
        return _("Approved. Its workflow goes on to the next step.")


class AskForm(DecisionForm):
    action = "ask"
    label = gettext_lazy("Ask for a change")
    explanation = gettext_lazy(
        "The organisation gets your words by mail, changes what it wrote and sends it"
        " again."
    )

    answer = answer_field(
        gettext_lazy("What should be changed?"),
        gettext_lazy("The sender reads this. Write kindly and in plain words."),
    )

    def save(self, user: Any) -> str:
        moderation.ask_for_change(
            self.submission,
            self.cleaned_data["revision"],
            user,
            self.cleaned_data["answer"],
        )
        return _("The organisation is asked for a change.")


class RejectForm(DecisionForm):
    action = "reject"
    label = gettext_lazy("Do not publish")
    explanation = gettext_lazy(
        "For good. A group that is public stays as it is; a new one is not published."
    )

    answer = answer_field(
        gettext_lazy("Why is it not published?"),
        gettext_lazy("The sender reads this reason."),
    )

    def save(self, user: Any) -> str:
        moderation.reject(
            self.submission,
            self.cleaned_data["revision"],
            user,
            self.cleaned_data["answer"],
        )
        return _("It is not published. The organisation reads why.")


class AnewForm(DecisionForm):
    action = "anew"
    label = gettext_lazy("Put on top")
    explanation = gettext_lazy(
        "The group has another draft, or was published meanwhile. The organisation's"
        " change is made anew on top of the group as residents see it. The draft"
        " stays in the history."
    )

    @property
    def is_offered(self) -> bool:
        event = self.submission.event
        return event is not None and not moderation.is_on_top(self.submission)

    def save(self, user: Any) -> str:
        overtaken.make_anew(self.submission, self.cleaned_data["revision"], user)
        return _(
            "The organisation's change is on top again. Read it before you decide."
        )


class NoteForm(DecisionForm):
    action = "note"
    label = gettext_lazy("Save the note")
    explanation = gettext_lazy("For colleagues only: nobody else ever sees it.")

    staff_note = forms.CharField(
        label=gettext_lazy("Note among staff"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, submission: Submission, *args: Any, **kwargs: Any) -> None:
        super().__init__(submission, *args, **kwargs)
        self.initial["staff_note"] = submission.staff_note
        self.initial["seen"] = mark_of(submission.staff_note)
        self.is_overtaken = False

    def save(self, user: Any) -> str:
        moderation.write_note(
            self.submission, self.cleaned_data["staff_note"], self.cleaned_data["seen"]
        )
        return _("The note is saved.")

    def read_again(self, submission: Submission) -> None:
        super().read_again(submission)
        self.is_overtaken = True
        data: Any = self.data
        data["seen"] = mark_of(submission.staff_note)


DECISION_FORMS: dict[str, type[DecisionForm]] = {
    form.action: form for form in (ApproveForm, AskForm, RejectForm, AnewForm)
}
