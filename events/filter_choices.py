"""What the index page offers to choose from, with live counts beside each value."""

from dataclasses import dataclass
from typing import Any

from .filters import EventFilterForm
from .listing import Sort


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    value: str
    label: str
    is_chosen: bool
    count: int
    """The groups that it would give beside the other filters."""


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Check boxes under one heading."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> int:
        return sum(option.is_chosen for option in self.options)


class FilterChoices:
    """The form's filters as check boxes. Reads nothing from the database."""

    def __init__(self, form: EventFilterForm) -> None:
        self.form = form

    def option_groups(self) -> list[OptionGroup]:
        return [
            OptionGroup(
                name=name,
                label=str(self.form.fields[name].label),
                options=[
                    Option(name, value, label, value in chosen, counts[value])
                    for value, label in self.form.choices_of(name).items()
                ],
            )
            for name in self.form.GROUPS
            for chosen in [self.form.query.getlist(name)]
            for counts in [self.counts_of(name)]
        ]

    def counts_of(self, name: str) -> dict[str, int]:
        """By value."""
        found = self.form.found
        terms: dict[str, dict[str, Any]] = {
            "goal": self.form.goals,
            "group": self.form.target_groups,
        }
        fields = {"goal": "goals", "group": "target_groups", "type": "kind"}
        if name in terms:
            by_bit = found.counts(fields[name])
            return {key: by_bit[term.bit] for key, term in terms[name].items()}
        counts = {
            "weekday": found.weekday_counts,
            "time": found.time_counts,
            "language": lambda: found.counts("languages"),
            "municipality": lambda: found.counts("municipality"),
            "type": lambda: found.counts("kind"),
        }[name]()
        return dict(zip(self.form.choices_of(name), counts, strict=True))

    def feature_options(self) -> list[Option]:
        form = self.form
        return [
            Option(
                name,
                "1",
                str(form.fields[name].label),
                bool(form.query.get(name)),
                form.found.feature_count(feature),
            )
            for name, feature in form.FEATURES.items()
        ]

    def sort_options(self) -> list[tuple[str, str, bool]]:
        """Those that make sense now: value, label, whether it is in use."""
        possible = [Sort.SOONEST, Sort.NAME]
        if self.form.query.get("near"):
            possible.insert(1, Sort.NEAR)
        if self.form.query.get("q"):
            possible.insert(1, Sort.RELEVANCE)
        return [(sort, str(sort.label), sort == self.form.order) for sort in possible]

    def day_fields(self) -> list[tuple[str, str, str]]:
        """Name, label and ISO day. Templates cannot ask for a field named “from”."""
        return [
            (name, str(self.form.fields[name].label), self.form.query.get(name, ""))
            for name in ("from", "to")
        ]
