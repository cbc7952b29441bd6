"""Answering feedback by mail from here, or recording that it was answered elsewhere."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ...background import after_commit
from ...characters import storable
from ...models import Feedback, FeedbackSender
from ..tasks import mail_answer
from .access import may_answer
from .inbox import in_words
from .sorting import KindForm


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("How was it answered?"), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("Answer, or a note on where it was given"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "By mail it is sent as you write it, with a greeting before it and the"
            " feedback after it."
        ),
    )
    answered_on = forms.DateField(
        label=gettext_lazy("Answered on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Mail is always sent today."),
    )

    def __init__(self, feedback: Feedback, *args: Any, **kwargs: Any) -> None:
        self.feedback = feedback
        kwargs["initial"] = {"answered_on": timezone.localdate()}
        super().__init__(*args, **kwargs)
        # Who left an address has asked for an answer; else there is nowhere to mail.
        impossible = Feedback.Answer.NONE if feedback.email else Feedback.Answer.MAIL
        field: Any = self.fields["answer"]
        field.choices = [
            (value, label)
            for value, label in Feedback.Answer.choices
            if value != impossible
        ]

    def clean_text(self) -> str:
        return storable(self.cleaned_data["text"]).strip()

    def clean_answered_on(self) -> date:
        day: date = self.cleaned_data["answered_on"]
        sent_on = timezone.localdate(self.feedback.sent_at)
        if not sent_on <= day <= timezone.localdate():
            raise ValidationError(_("Give a day from the day it was sent to today."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == Feedback.Answer.MAIL:
            cleaned["answered_on"] = timezone.localdate()
            self.errors.pop("answered_on", None)
            if not cleaned.get("text"):
                self.add_error("text", _("Write the answer."))
        return cleaned

    @transaction.atomic
    def save(self, user: Any) -> bool:
        """False when a colleague was quicker: one answer is sent, not two."""
        still_open = Feedback.objects.open().filter(pk=self.feedback.pk)
        is_first = still_open.update(
            answer=self.cleaned_data["answer"],
            answer_text=self.cleaned_data["text"],
            answered_on=self.cleaned_data["answered_on"],
            handled_at=timezone.now(),
            handled_by=user,
        )
        if is_first and self.cleaned_data["answer"] == Feedback.Answer.MAIL:
            after_commit(mail_answer, self.feedback.pk)
        return bool(is_first)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, feedback_id: int) -> HttpResponse:
    if not may_answer(request.user):
        raise PermissionDenied
    rows = Feedback.objects.select_related("handled_by")
    feedback: Feedback = get_object_or_404(rows, pk=feedback_id)
    form = AnswerForm(feedback, request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if form.is_valid():
        if form.save(request.user):
            messages.success(request, _("The feedback is marked as handled."))
            return redirect("feedback_staff:inbox")
        feedback.refresh_from_db()
        status = HTTPStatus.CONFLICT
    elif form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(
        request,
        "home/admin/feedback.html",
        {
            "page_title": _("Feedback"),
            "header_title": _("Feedback"),
            "header_icon": "mail",
            "breadcrumbs_items": [
                {"url": reverse("feedback_staff:inbox"), "label": _("Feedback")},
                {"url": "", "label": feedback.get_kind_display()},
            ],
            "feedback": feedback,
            "sender": FeedbackSender.objects.filter(feedback=feedback).first(),
            "form": form,
            "is_late": status == HTTPStatus.CONFLICT,
            "kind_form": KindForm(feedback, auto_id="kind-%s"),
            "time_left": in_words(feedback.days_left),
        },
        status=status,
    )
