"""The buttons that change a group's state, which is never in a revision."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..days import long_day
from ..models import EventPage, EventState
from ..models.schedule import validate_year
from ..recurrence import AHEAD
from . import log


class StateForm(forms.Form):
    """A button, and what pressing it means. `save` says what was done."""

    action: ClassVar[str]
    label: ClassVar[Any]
    explanation: ClassVar[Any]
    log_action: ClassVar[str]
    done: ClassVar[Any]

    def __init__(self, event: EventPage, *args: Any, **kwargs: Any) -> None:
        self.event = event
        kwargs["auto_id"] = f"{self.action}-%s"
        super().__init__(*args, **kwargs)

    @classmethod
    def is_offered(cls, state: EventState, today: date) -> bool:
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """The state's columns as they shall be."""
        raise NotImplementedError

    def save(self, actor: Any) -> str:
        state = state_of(self.event)
        values = self.values()
        if any(getattr(state, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(state, name, value)
            state.save()
            log.record(self.event, self.log_action, actor, **self.cleaned_data)
        return self.what_was_done()

    def what_was_done(self) -> str:
        return str(self.done)


def state_of(event: EventPage) -> EventState:
    """As the database has it now; a group that nothing happened to has no row."""
    return EventState.objects.filter(event=event).first() or EventState(event=event)


def confirm_today(event: EventPage) -> None:
    """The organiser has just said what is right."""
    state = state_of(event)
    state.confirmed_on = timezone.localdate()
    state.save()


class ConfirmForm(StateForm):
    action = "confirm"
    label = gettext_lazy("Confirm today")
    explanation = gettext_lazy(
        "Confirm when you know that the group still meets and its details are right."
        " Residents see the day."
    )
    log_action = log.CONFIRMED
    done = gettext_lazy("The group is confirmed today.")

    @classmethod
    def is_offered(cls, state: EventState, today: date) -> bool:
        return state.confirmed_on != today

    def values(self) -> dict[str, Any]:
        return {"confirmed_on": timezone.localdate()}


class PauseForm(StateForm):
    action = "pause"
    label = gettext_lazy("Put on a break")
    explanation = gettext_lazy(
        "The group leaves the lists at once. Its own page says that it is on a break."
    )
    log_action = log.PAUSED
    done = gettext_lazy("The group is on a break.")

    @classmethod
    def is_offered(cls, state: EventState, today: date) -> bool:
        return not state.is_paused and state.ended_on is None

    def values(self) -> dict[str, Any]:
        return {"is_paused": True}


class ResumeForm(StateForm):
    action = "resume"
    label = gettext_lazy("End the break")
    explanation = gettext_lazy("The group is back in the lists at once.")
    log_action = log.RESUMED
    done = gettext_lazy("The group's break is over.")

    @classmethod
    def is_offered(cls, state: EventState, today: date) -> bool:
        return state.is_paused

    def values(self) -> dict[str, Any]:
        """Who says that the group meets again has answered whether it does."""
        return {"is_paused": False, "confirmed_on": timezone.localdate()}


class FullForm(StateForm):
    action = "full"
    label = gettext_lazy("Mark as full")
    explanation = gettext_lazy(
        "Residents see that there is no room for newcomers just now, and groups like"
        " this one."
    )
    log_action = log.FULL
    done = gettext_lazy("The group is marked as full.")

    @classmethod
    def is_offered(cls, state: EventState, today: date) -> bool:
        return not state.is_full and state.ended_on is None

    def values(self) -> dict[str, Any]:
        return {"is_full": True}


class RoomForm(StateForm):
    action = "room"
    label = gettext_lazy("There is room again")
    explanation = gettext_lazy("Residents no longer see that the group is full.")
    log_action = log.ROOM
    done = gettext_lazy("There is room in the group again.")

    @classmethod
    def is_offered(cls, state: EventState, today: date) -> bool:
        return state.is_full

    def values(self) -> dict[str, Any]:
        return {"is_full": False}


class EndForm(StateForm):
    action = "end"
    label = gettext_lazy("End the group")
    explanation = gettext_lazy(
        "Dates after the last day are taken away. After it the group leaves the lists,"
        " and its page says that it has ended."
    )
    log_action = log.ENDED
    done = gettext_lazy("The group's last day is %(day)s.")

    day = forms.DateField(
        label=gettext_lazy("Last day"),
        validators=[validate_year],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"day": timezone.localdate()}
        super().__init__(*args, **kwargs)

    @classmethod
    def is_offered(cls, state: EventState, today: date) -> bool:
        return state.ended_on is None

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate() + AHEAD:
            raise ValidationError(_("Give a day within two years."))
        return day

    def values(self) -> dict[str, Any]:
        return {"ended_on": self.cleaned_data["day"]}

    def what_was_done(self) -> str:
        return str(self.done) % {"day": long_day(self.cleaned_data["day"])}


class GoOnForm(StateForm):
    action = "go-on"
    label = gettext_lazy("It goes on after all")
    explanation = gettext_lazy(
        "The group has no last day any more, and its dates come back."
    )
    log_action = log.WENT_ON
    done = gettext_lazy("The group goes on.")

    @classmethod
    def is_offered(cls, state: EventState, today: date) -> bool:
        return state.ended_on is not None

    def values(self) -> dict[str, Any]:
        return {"ended_on": None}


STATE_FORMS: dict[str, type[StateForm]] = {
    form.action: form
    for form in (
        ConfirmForm,
        PauseForm,
        ResumeForm,
        FullForm,
        RoomForm,
        EndForm,
        GoOnForm,
    )
}
