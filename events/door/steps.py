"""The four steps of describing a group, each with its forms over what was typed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..date_rows import Starts, starts_of
from ..dates_panel import Overview, overview
from ..lint import Advice, advice_for
from ..models import Submission
from ..schedules import Schedule
from ..school_holidays import SchoolHolidays
from .fields import Typed
from .what_form import WhatForm
from .when_forms import FORMSETS, PausesForm, Rows, rows_of
from .where_form import WhereForm
from .whom_form import WhomForm


class Step:
    """Over what is stored, or over `typed` instead.

    `files` are uploads of this request only: nothing of them is in `typed`.
    """

    key: ClassVar[str]
    title: ClassVar[Any]
    form: Any

    def __init__(
        self, source: Submission, files: Any = None, typed: Typed | None = None
    ) -> None:
        self.source = source
        self.typed = source.typed_in(self.key) if typed is None else typed
        self.files = files
        self.is_begun = typed is not None or self.key in source.typed
        self.data = query_of(self.typed) if self.is_begun else None

    @property
    def template(self) -> str:
        return f"events/door/step_{self.key}.html"

    @property
    def stored(self) -> Any:
        """All of the step that a colleague may have changed meanwhile."""
        return self.source.typed_in(self.key)

    def forms(self) -> list[BaseForm]:
        """All of them, also the rows of formsets that are not being removed."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        return self.is_begun and all(form.is_valid() for form in self.forms())

    def forms_with_errors(self) -> list[BaseForm]:
        if not self.typed or self.is_valid():
            return []
        return [form for form in self.forms() if form.errors]

    def advice(self) -> list[Advice]:
        return advice_for(self.key, self.typed)


class WhatStep(Step):
    key = "what"
    title = _("What")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = WhatForm(self.data, source=self.source)

    def forms(self) -> list[BaseForm]:
        return [self.form]


class WhenStep(Step):
    key = "when"
    title = _("When")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = PausesForm(self.data)
        before = self.source.typed_before.get(self.key, {})
        self.formsets: dict[str, Rows] = {
            prefix: kind(
                self.data or first_rows(prefix, self.source),
                prefix=prefix,
                before=before,
            )
            for prefix, kind in FORMSETS.items()
        }

    def forms(self) -> list[BaseForm]:
        rows = (form for formset in self.formsets.values() for form in formset.staying)
        return [self.form, *rows]

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        said = [
            message
            for formset in self.formsets.values()
            if not formset.is_valid()
            for message in formset.non_form_errors()
        ]
        if not (said or self.rows("rule") or self.rows("date")):
            said.append(_("Say when it meets: a weekly or monthly time, or a date."))
        for message in said:
            self.form.add_error(None, message)
        return not said

    def rows(self, prefix: str) -> list[Any]:
        return rows_of(self.formsets[prefix])

    def overview(self) -> Overview | None:
        """What the times come to, with public and school holidays that they meet."""
        if not self.is_valid():
            return None
        municipality = municipality_of(self.source)
        schedule = Schedule(
            rules=self.rows("rule"),
            extra_dates=self.rows("date"),
            breaks=self.rows("break"),
            pauses=self.form.cleaned_data["pauses"],
            school_breaks=SchoolHolidays.of_town(municipality).in_town(municipality),
        )
        event = self.source.event
        changes = list(event.occurrence_changes.all()) if event else []
        now = timezone.now()
        written = starts_of(event, now) if event else Starts()
        return overview(schedule, changes, written, now)


class WhereStep(Step):
    key = "where"
    title = _("Where")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = WhereForm(self.data, source=self.source)

    def forms(self) -> list[BaseForm]:
        return [self.form]


class WhomStep(Step):
    key = "whom"
    title = _("For whom")

    @property
    def stored(self) -> Any:
        return [super().stored, self.source.image_id]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = WhomForm(self.data, self.files, source=self.source)

    def forms(self) -> list[BaseForm]:
        return [self.form]


STEPS: dict[str, type[Step]] = {
    step.key: step for step in (WhatStep, WhenStep, WhereStep, WhomStep)
}
ORDER = list(STEPS)


def steps_of(source: Submission) -> list[Any]:
    return [step(source) for step in STEPS.values()]


def query_of(typed: Mapping[str, list[str]]) -> QueryDict:
    """What was typed, as a form takes it."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def first_rows(prefix: str, source: Submission) -> QueryDict:
    """One empty row of what the kind of group usually has."""
    kind = (source.typed_in("what").get("kind") or ["group"])[0]
    usual = "date" if kind == "event" else "rule"
    number = 1 if prefix == usual else 0
    start = (
        {f"{prefix}-0-start_date": [timezone.localdate().isoformat()]} if number else {}
    )
    return query_of(
        {
            f"{prefix}-TOTAL_FORMS": [str(number)],
            f"{prefix}-INITIAL_FORMS": ["0"],
            **(start if prefix == "rule" else {}),
        }
    )


def municipality_of(source: Submission) -> int | None:
    """Of the place as it was typed last; None while it is not known."""
    form = WhereStep(source).form
    if not form.is_bound or not form.is_valid():
        return None
    found = form.cleaned_data["found"]
    municipality = found.municipality if found else form.cleaned_data["municipality"]
    return municipality.pk if municipality else None
