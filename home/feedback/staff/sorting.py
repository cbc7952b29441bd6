"""Saying what feedback is about: a reader may have chosen another kind than the law's.

The law's time is counted from when it was sent, whenever it is put right.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ...models import Feedback
from ..tasks import tell_staff
from . import log
from .access import may_answer


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is about"),
        choices=Feedback.Kind.choices,
        help_text=gettext_lazy(
            "If it is about accessibility, the law's 14 days are counted from the day"
            " it was sent."
        ),
    )

    def __init__(self, feedback: Feedback, *args: Any, **kwargs: Any) -> None:
        self.feedback = feedback
        kwargs["initial"] = {"kind": feedback.kind}
        super().__init__(*args, **kwargs)

    @transaction.atomic
    def save(self, user: Any) -> bool:
        """False when a colleague has answered it meanwhile."""
        rows = Feedback.objects.open().select_for_update(no_key=True)
        feedback = rows.filter(pk=self.feedback.pk).first()
        if feedback is None:
            return False
        before, feedback.kind = feedback.kind, self.cleaned_data["kind"]
        if feedback.kind != before:
            feedback.save(update_fields=["kind"])
            log.record_kind(feedback, before, user)
            tell_staff(feedback)
        return True


@require_POST
def change_kind(request: HttpRequest, feedback_id: int) -> HttpResponse:
    if not may_answer(request.user):
        raise PermissionDenied
    form = KindForm(get_object_or_404(Feedback, pk=feedback_id), request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what it is about."))
    elif form.save(request.user):
        messages.success(request, _("What the feedback is about is changed."))
    else:
        messages.warning(request, _("A colleague has dealt with it already."))
    return redirect("feedback_staff:answer", feedback_id)
