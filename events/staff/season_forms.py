"""A group copied for its next season: only the first and last days are asked."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.actions.copy_page import CopyPageAction
from wagtail.coreutils import find_available_slug

from ..models import EventPage, ScheduleRule
from ..models.schedule import validate_year
from ..recurrence import AHEAD, days_of
from . import log
from .terms import next_term

STAYS_BEHIND = ["extra_dates", "breaks", "previous_season"]


class DateInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"type": "date"})


class RuleForm(forms.Form):
    """The new days of one rule. A series of n meetings ends by itself."""

    first_day = forms.DateField(
        label=gettext_lazy("First day"), validators=[validate_year], widget=DateInput
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        validators=[validate_year],
        widget=DateInput,
        help_text=gettext_lazy("Without one the group goes on for the time being."),
        required=False,
    )

    def __init__(self, rule: ScheduleRule, *args: Any, **kwargs: Any) -> None:
        self.rule = rule
        first, last = next_term(rule.weekdays, rule.end_date, timezone.localdate())
        kwargs["prefix"] = f"rule-{rule.pk}"
        kwargs["initial"] = {
            "first_day": first,
            "last_day": last if rule.end_date else None,
        }
        super().__init__(*args, **kwargs)
        if rule.count:
            del self.fields["last_day"]

    def clean(self) -> None:
        super().clean()
        first = self.cleaned_data.get("first_day")
        last = self.cleaned_data.get("last_day")
        if first is None or "last_day" in self.errors:
            return
        horizon = timezone.localdate() + AHEAD
        if first > horizon:
            self.add_error("first_day", _("Give a day within two years."))
        elif last and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        elif next(days_of(self.moved(), last or horizon), None) is None:
            self.add_error(None, _("The group does not meet between these days."))

    def moved(self) -> ScheduleRule:
        """The rule in its new season. Saved nowhere."""
        names = ("frequency", "interval", "weekdays", "nth", "count")
        return ScheduleRule(
            **{name: getattr(self.rule, name) for name in names},
            start_time=self.rule.start_time,
            end_time=self.rule.end_time,
            start_date=self.cleaned_data["first_day"],
            end_date=self.cleaned_data.get("last_day"),
        )


class SeasonForm:
    """The forms of a group's rules as one."""

    def __init__(self, event: EventPage, data: Any = None) -> None:
        self.event = event
        self.rules = [RuleForm(rule, data) for rule in event.rules.all()]

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.rules)

    def save(self, user: Any) -> EventPage:
        """A draft beside the group, with the rules' new days."""
        index = self.event.get_parent()
        new_rules = iter([form.moved() for form in self.rules])

        def set_days(_source: Any, _copy: Any, relation: Any, child: Any) -> None:
            # They come in the order in which the group has them.
            if relation.get_accessor_name() == "rules":
                rule = next(new_rules)
                child.start_date, child.end_date = rule.start_date, rule.end_date

        copy = CopyPageAction(
            self.event,
            to=index,
            update_attrs={
                # Into the revision only: the row's own is written below.
                "previous_season": self.event,
                "slug": find_available_slug(index, self.new_slug()),
                "sign_up_until": None,
                "go_live_at": None,
                "expire_at": None,
                "locked": False,
                "locked_at": None,
                "locked_by": None,
            },
            exclude_fields=STAYS_BEHIND,
            copy_revisions=False,
            keep_live=False,
            user=user,
            process_child_object=set_days,
            log_action=None,
        ).execute(skip_permission_checks=True)
        log.record(copy, log.NEXT_SEASON, user, source=self.event.title)
        EventPage.objects.filter(pk=copy.pk).update(previous_season=self.event)
        return copy

    def new_slug(self) -> str:
        """“perhekahvila-2027”: the year tells the seasons' addresses apart."""
        first = min(
            (form.cleaned_data["first_day"] for form in self.rules),
            default=timezone.localdate(),
        )
        return slugify(f"{without_year(self.event.slug)}-{first.year}")


def without_year(slug: str) -> str:
    return re.sub(r"(?<=.)-20\d\d$", "", slug)
