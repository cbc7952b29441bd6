"""Wagtail's editor of a group, where an organisation's own change may be waiting.

A public group is edited as residents see it, never as what waits (decision 7).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import (
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    WorkflowMenuItem,
)
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.preview import PreviewOnEditView

from .. import moderation
from ..models import EventPage, Submission

DECIDED_ELSEWHERE = (WorkflowMenuItem, CancelWorkflowMenuItem, RestartWorkflowMenuItem)


def version_to_edit(page: Any) -> Any:
    """The draft of staff, if there is one; what was not approved is none of theirs."""
    latest = page.latest_revision_id
    if page.live and Submission.objects.not_approved().filter(revision=latest).exists():
        return page.specific
    return page.get_latest_revision_as_object()


def waiting_for(event: EventPage) -> Submission | None:
    return Submission.objects.waiting().filter(event=event.pk).first()


def submission_address(submission: Submission) -> str:
    return reverse("event_staff:submission", args=[submission.pk])


class GroupEditView(EditView):
    def get_object(self) -> Any:
        return version_to_edit(self.real_page_record)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if waiting := waiting_for(self.page):
            self.warn_of(waiting)
        return super().get(request, *args, **kwargs)

    def warn_of(self, waiting: Submission) -> None:
        text = _(
            "A change by the organisation waits for a decision. Here you edit the"
            " group as residents see it. When you publish, the organisation's change"
            " is put on top of yours and waits on."
        )
        if not self.page.live:
            text = _(
                "The organisation has sent this group and waits for a decision. You"
                " edit what it sent. When you publish, that is the decision."
            )
        button = messages.button(submission_address(waiting), _("Decide about it"))
        messages.warning(self.request, text, buttons=[button])

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        moderation.note_saved(EventPage.objects.get(pk=self.page.pk))
        return response

    def perform_workflow_action(self) -> HttpResponse:
        """It would decide about what waits, which is not what stands in the editor."""
        return self.decide_there() or super().perform_workflow_action()

    def restart_workflow_action(self) -> HttpResponse:
        return self.decide_there() or super().restart_workflow_action()

    def decide_there(self) -> HttpResponse | None:
        waiting = waiting_for(self.page)
        if waiting is None:
            return None
        text = _("Nothing was changed. Read what the organisation sent first.")
        messages.warning(self.request, text)
        return redirect(submission_address(waiting))

    def get_action_menu(self) -> Any:
        menu = super().get_action_menu()
        if waiting_for(self.page):
            menu.menu_items = [
                item
                for item in menu.menu_items
                if not isinstance(item, DECIDED_ELSEWHERE)
            ]
        return menu


class GroupPreviewView(PreviewOnEditView):
    """The form's rows are those of the version that the editor was opened with."""

    def get_object(self) -> Any:
        super().get_object()  # Asks for the rights.
        return version_to_edit(EventPage.objects.get(pk=self.kwargs["page_id"]))
