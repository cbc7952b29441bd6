"""Wagtail's letters to staff about workflows, written in the background.

By itself it talks with the mail server inside the request: one that hangs would hold
the transaction that sends a group to the moderators, one that refuses would undo it.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.dispatch import Signal
from django.tasks import task
from wagtail import signals
from wagtail.admin import signal_handlers
from wagtail.models import TaskState, WorkflowState

from .background import after_commit

NOTICES: dict[str, tuple[Signal, type[Model], Any]] = {
    "group_approval_task_submitted": (
        signals.task_submitted,
        TaskState,
        signal_handlers.task_submission_email_notifier,
    ),
    "workflow_state_submitted": (
        signals.workflow_submitted,
        WorkflowState,
        signal_handlers.workflow_submission_email_notifier,
    ),
    "workflow_state_rejected": (
        signals.workflow_rejected,
        WorkflowState,
        signal_handlers.workflow_rejection_email_notifier,
    ),
    "workflow_state_approved": (
        signals.workflow_approved,
        WorkflowState,
        signal_handlers.workflow_approval_email_notifier,
    ),
}
"""By Wagtail's own names: what is connected under them first is what stays."""


def connect() -> None:
    """To be called before Wagtail's editor is ready."""
    for name, (signal, sender, _notifier) in NOTICES.items():
        signal.connect(
            write_later, sender=sender, dispatch_uid=f"{name}_email_notification"
        )


def write_later(instance: Any, signal: Signal, user: Any = None, **_: Any) -> None:
    workflow_state = getattr(instance, "workflow_state", instance)
    if workflow_state.requested_by_id is None:
        # Begun by no member of staff: whoever lets such pages in gives notice of them.
        return
    name = next(name for name, notice in NOTICES.items() if notice[0] is signal)
    after_commit(mail_staff, name, instance.pk, user.pk if user else None)


@task()
def mail_staff(name: str, state_id: int, user_id: int | None) -> None:
    _signal, model, notifier = NOTICES[name]
    state: Any = model._default_manager.filter(pk=state_id).first()
    workflow_state = getattr(state, "workflow_state", state)
    # Of a page that has been deleted meanwhile there is nothing to read.
    if workflow_state and workflow_state.content_object:
        user = get_user_model().objects.filter(pk=user_id or 0).first()
        notifier(instance=state, user=user)
