"""What an organiser answers when it is asked whether its groups still meet.

Every answer starts the clock of the freshness contract anew (`events.freshness`).
"""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Contact, DoorLink, EventPage, EventState
from ..staff.state_forms import (
    ConfirmForm,
    EndForm,
    PauseForm,
    ResumeForm,
    StateForm,
)
from .access import events_of
from .fields import RowField
from .links import made_on

GROUPS_AT_ONCE = 20
"""On a page of its own, and by name in the letter."""


def unanswered_of(contact: Contact) -> QuerySet[EventPage]:
    """The groups that the contact is asked about."""
    found = events_of(contact).filter(live=True, state__stage__in=EventState.UNANSWERED)
    return found.select_related("state")


def asked_by(link: DoorLink) -> QuerySet[EventPage]:
    """The groups that the letter with the link is about, and that still wait.

    One that is asked about again has a link of its own, in a later letter.
    """
    if link.contact is None or link.used_at:
        return EventPage.objects.none()
    return unanswered_of(link.contact).filter(
        ~Exists(link.answers.filter(event=OuterRef("pk"))),
        state__asked_on__lte=made_on(link),
    )


class AskedForm(forms.Form):
    """Which of the contact's groups an answer is about."""

    group = RowField(EventPage.objects.none())

    def __init__(self, contact: Contact, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.queryset = events_of(contact)


class Answer(StateForm):
    """A page has the same button for several groups: each has ids of its own."""

    def __init__(self, event: EventPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(event, *args, **kwargs)
        self.auto_id = f"{self.action}-{event.pk}-%s"

    def values(self) -> dict[str, Any]:
        return super().values() | {"confirmed_on": timezone.localdate()}


class RunningForm(Answer, ConfirmForm):
    label = _("It is still running")
    explanation = _("Choose this when the group meets and its details are right.")
    done = _("Thank you. Residents see that the group was confirmed today.")

    @classmethod
    def is_offered(cls, state: EventState, today: date) -> bool:
        return not state.is_paused


class StillOnBreakForm(Answer, ConfirmForm):
    action = "still-on-break"
    label = _("The break goes on")
    explanation = _("The group's page says that it is on a break.")
    done = _("Thank you. The break goes on, and we ask again after some months.")

    @classmethod
    def is_offered(cls, state: EventState, today: date) -> bool:
        return state.is_paused


class MeetsAgainForm(Answer, ResumeForm):
    label = _("The group meets again")
    explanation = _("The group is back in the lists at once.")
    done = _("Thank you. The group is in the lists again.")


class OnBreakForm(Answer, PauseForm):
    label = _("It is on a break")
    explanation = _(
        "The group leaves the lists until you end the break. Its own page says that it"
        " is on a break."
    )
    done = _("Thank you. The group is on a break.")


class EndedForm(Answer, EndForm):
    label = _("It has ended")
    explanation = _(
        "Give the last day. After it the group leaves the lists, and its page says that"
        " it has ended."
    )
    done = _("Thank you. The group's last day is %(day)s.")


ANSWERS: dict[str, type[Answer]] = {
    form.action: form
    for form in (RunningForm, MeetsAgainForm, StillOnBreakForm, OnBreakForm, EndedForm)
}
