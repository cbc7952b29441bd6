"""What readers may write. What tells who somebody is goes back with advice."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..characters import storable
from ..languages import current_language
from ..models import Feedback, FeedbackSender, PageComment
from ..personal_data import Kind, kinds_in
from ..traps import TrapsMixin

TOLD_ALREADY = timedelta(hours=1)
"""The same within this time was sent by a button that was pressed twice."""

ADVICE = {
    Kind.IDENTITY_CODE: _(
        "There seems to be a personal identity code in the text. Take it out: we must"
        " not keep it. Matters of your own are dealt with by the service itself."
    ),
    Kind.MAIL: _(
        "There seems to be an e-mail address in the text. Take it out: we do not keep"
        " such details with what you write."
    ),
    Kind.PHONE: _(
        "There seems to be a phone number in the text. Take it out. If a number on the"
        " page is wrong, tell whose number it is."
    ),
    Kind.ADDRESS: _(
        "There seems to be a street address in the text. Take the number of the house"
        " out: the name of the place is enough."
    ),
}


def without_personal_data(text: str) -> str:
    """The text as it is stored; else says what to take out of it."""
    plain = storable(text).strip()
    if kinds := kinds_in(plain):
        raise ValidationError([ADVICE[kind] for kind in kinds])
    return plain


class CommentForm(TrapsMixin, forms.Form):
    text = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Do not write names, phone numbers or anything about somebody's health:"
            " we need only what is wrong on the page."
        ),
    )

    def __init__(self, *args: Any, was_useful: bool, **kwargs: Any) -> None:
        self.was_useful = was_useful
        super().__init__(*args, **kwargs)
        self.fields["text"].label = (
            _("What was useful?") if was_useful else _("What was missing or unclear?")
        )

    def clean_text(self) -> str:
        return without_personal_data(self.cleaned_data["text"])

    @property
    def is_empty(self) -> bool:
        """Nothing was written: there is nothing to store, and nothing to scold."""
        return not self.cleaned_data["text"]

    def save(self, page: Any) -> None:
        """Once, however often the button is pressed."""
        comment = {
            "page_id": page.pk,
            "was_useful": self.was_useful,
            "text": self.cleaned_data["text"],
            "sent_on": timezone.localdate(),
        }
        if not PageComment.objects.open().filter(**comment).exists():
            PageComment.objects.create(language=current_language(), **comment)


class FeedbackForm(TrapsMixin, forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Feedback.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    place = forms.CharField(
        label=_("Which page?"),
        max_length=300,
        required=False,
        help_text=_("Its name or address, if it is about one page."),
    )
    text = forms.CharField(
        label=_("Your feedback"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "In accessibility feedback tell what you tried to do and what you use, for"
            " example a screen reader. Do not write names, phone numbers or anything"
            " about your health."
        ),
        error_messages={"required": _("Write what you want to tell us.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if you want an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_place(self) -> str:
        return without_personal_data(self.cleaned_data["place"])

    def clean_text(self) -> str:
        return without_personal_data(self.cleaned_data["text"])

    @transaction.atomic
    def save(self) -> Feedback | None:
        """None when the same has just been told, by the same person as far as known."""
        told = {name: self.cleaned_data[name] for name in ("kind", "place", "text")}
        email = self.cleaned_data["email"]
        since = timezone.now() - TOLD_ALREADY
        known: Any = Feedback.objects.open().filter(sent_at__gte=since, **told)
        if email:
            known = FeedbackSender.objects.filter(feedback__in=known, email=email)
        if known.exists():
            return None
        feedback = Feedback.objects.create(language=current_language(), **told)
        if email:
            FeedbackSender.objects.create(feedback=feedback, email=email)
        return feedback


def days_contact_is_kept() -> int:
    return settings.FEEDBACK_CONTACT_KEPT_DAYS
