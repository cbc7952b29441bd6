"""What a visitor asks of the event index."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from home.models import Goal, Municipality, TargetGroup, Term
from home.search_words import clean_words

from .enums import Feature, Kind, TimeOfDay, Weekday
from .languages import LANGUAGE_BITS, SPOKEN_LANGUAGES
from .masks import mask
from .models.search_rows import TIME_BITS, SearchRow, SearchRowQuerySet

EVENTS_ON_A_PAGE = 20
LONGEST_SHOWN = 40
"""Of a value that nobody knows, when the page says that it was ignored."""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class OptionGroup:
    """Check boxes under one heading."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> int:
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the list, and the query string without it."""

    label: str
    query: str


class EventFilterForm(forms.Form):
    """What a visitor asks of the list. An empty form asks for everything.

    The keys are public (architecture.md, addresses). A value nobody knows is
    ignored and named in `ignored`, so that an old link still gives a list.
    """

    q = forms.CharField(label=_("Search words"), max_length=200, required=False)
    type = forms.MultipleChoiceField(
        label=_("Kind"), choices=Kind.choices, required=False
    )
    goal = forms.MultipleChoiceField(label=_("Goal"), required=False)
    group = forms.MultipleChoiceField(label=_("For whom"), required=False)
    municipality = forms.MultipleChoiceField(label=_("Municipality"), required=False)
    weekday = forms.MultipleChoiceField(
        label=_("Weekday"), choices=Weekday.choices, required=False
    )
    time = forms.MultipleChoiceField(
        label=_("Time of day"), choices=TimeOfDay.choices, required=False
    )
    language = forms.MultipleChoiceField(
        label=_("Language"), choices=SPOKEN_LANGUAGES.items(), required=False
    )
    free = forms.BooleanField(label=Feature.FREE.label, required=False)
    remote = forms.BooleanField(label=Feature.REMOTE.label, required=False)
    step_free = forms.BooleanField(label=Feature.STEP_FREE.label, required=False)
    no_signup = forms.BooleanField(label=Feature.NO_SIGN_UP.label, required=False)
    buddy = forms.BooleanField(label=Feature.BUDDY.label, required=False)

    FEATURES = {
        "free": Feature.FREE,
        "remote": Feature.REMOTE,
        "step_free": Feature.STEP_FREE,
        "no_signup": Feature.NO_SIGN_UP,
        "buddy": Feature.BUDDY,
    }
    REPEATABLE = (
        "type",
        "goal",
        "group",
        "municipality",
        "weekday",
        "time",
        "language",
    )

    def __init__(self, data: QueryDict, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.goals = self.offer("goal", Goal.objects.current_in_memory())
        self.target_groups = self.offer("group", TargetGroup.objects.in_memory())
        self.municipalities = self.offer(
            "municipality", Municipality.objects.in_memory()
        )
        self.ignored: list[str] = []
        self.query = self.without_unknown_values(data)
        self.data = self.query

    def offer(self, name: str, terms: Any) -> dict[str, Term]:
        """The taxonomy's rows are the field's choices; gives them by key."""
        by_key = {term.key: term for term in terms}
        field: Any = self.fields[name]
        field.choices = [(key, str(term)) for key, term in by_key.items()]
        return by_key

    def choices_of(self, name: str) -> dict[str, str]:
        """Labels by value, in the order they are shown."""
        field: Any = self.fields[name]
        return {str(value): capfirst(str(label)) for value, label in field.choices}

    def without_unknown_values(self, data: QueryDict) -> QueryDict:
        known = QueryDict(mutable=True)
        for name in self.fields:
            values = list(dict.fromkeys(data.getlist(name)))[:100]
            if name in self.REPEATABLE:
                choices = self.choices_of(name)
                unknown = [value for value in values if value not in choices]
                self.ignored += [value[:LONGEST_SHOWN] for value in unknown[:5]]
                values = [value for value in values if value in choices]
            elif name == "q":
                values = [clean_words(value) for value in values[:1]]
            else:
                values = [value for value in values[:1] if value == "1"]
            known.setlist(name, [value for value in values if value])
        return known

    @cached_property
    def asked(self) -> dict[str, Any]:
        """The cleaned values; every one is known by now."""
        self.full_clean()
        return self.cleaned_data

    @property
    def is_narrowed(self) -> bool:
        return any(self.asked.values())

    def option_groups(self) -> list[OptionGroup]:
        """The check boxes in the order in which people tend to choose."""
        order = ("municipality", "weekday", "time", "group", "goal", "type", "language")
        return [
            OptionGroup(
                name=name,
                label=str(self.fields[name].label),
                options=[
                    Option(value, label, value in self.query.getlist(name))
                    for value, label in self.choices_of(name).items()
                ],
            )
            for name in order
        ]

    def feature_options(self) -> list[tuple[str, Option]]:
        return [
            (name, Option("1", str(self.fields[name].label), bool(self.data.get(name))))
            for name in self.FEATURES
        ]

    def chips(self) -> list[Chip]:
        chips = []
        for name in self.fields:
            labels = self.choices_of(name) if name in self.REPEATABLE else {}
            for value in self.query.getlist(name):
                label = (
                    value if name == "q" else labels.get(value, self.fields[name].label)
                )
                chips.append(
                    Chip(str(label), self.canonical_query(without=(name, value)))
                )
        return chips

    def canonical_query(
        self, without: tuple[str, str] | None = None, page: int = 1
    ) -> str:
        """The query string in the one order of keys, without what is not asked."""
        query = QueryDict(mutable=True)
        for name in self.fields:
            values = [
                value for value in self.query.getlist(name) if (name, value) != without
            ]
            if name in self.REPEATABLE:
                order = list(self.choices_of(name))
                values = sorted(values, key=order.index)
            query.setlist(name, values)
        if page > 1:
            query["page"] = str(page)
        return query.urlencode()

    def narrow(self, rows: SearchRowQuerySet) -> SearchRowQuerySet:
        asked = self.asked
        if asked["q"]:
            rows = rows.matching(asked["q"])
        if asked["type"]:
            rows = rows.of_kinds(asked["type"])
        if asked["municipality"]:
            chosen = [self.municipalities[key].pk for key in asked["municipality"]]
            rows = rows.in_municipalities(chosen)
        masks = {
            "goals": [self.goals[key].bit for key in asked["goal"]],
            "target_groups": [self.target_groups[key].bit for key in asked["group"]],
            "weekdays": [int(day) for day in asked["weekday"]],
            "times": [TIME_BITS[TimeOfDay(time)] for time in asked["time"]],
            "languages": [LANGUAGE_BITS[code] for code in asked["language"]],
        }
        for field, bits in masks.items():
            if bits:
                rows = rows.with_any(field, mask(bits))
        for name, feature in self.FEATURES.items():
            if asked[name]:
                rows = rows.with_feature(feature)
        return rows

    def page_of_results(self, number: str | None) -> Page:
        """The asked page of the narrowed list; 404 when there is no such page."""
        rows = self.narrow(SearchRow.objects.upcoming()).for_listing()
        try:
            return Paginator(rows, EVENTS_ON_A_PAGE).page(number or 1)
        except InvalidPage as error:
            raise Http404 from error
