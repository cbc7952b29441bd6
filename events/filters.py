"""What a visitor asks of the event index."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.languages import current_language
from home.models import Goal, Municipality, TargetGroup, Term, Theme
from home.search_words import clean_words

from .days import day_in_words
from .enums import Feature, Kind, TimeOfDay, Weekday
from .languages import LANGUAGE_BITS, SPOKEN_LANGUAGES
from .listing import Found, FoundCards, Point, Question, Sort, find, matches_of
from .postal_codes import centre_of
from .recurrence import AHEAD

EVENTS_ON_A_PAGE = 20
LONGEST_SHOWN = 40
"""Of a value that nobody knows, when the page says that it was ignored."""
MOST_VALUES = 100
OLDEST = 120
ENGLISH_NAMES = {
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    *("Finnish", "Swedish", "English", "Russian", "Ukrainian", "Estonian", "Arabic"),
    *("Somali", "Persian", "Kurdish", "French"),
}
KEYS = (
    *("q", "type", "goal", "theme", "group", "municipality", "near", "weekday"),
    *("time", "from", "to", "language", "age", "free", "remote", "step_free"),
    *("no_signup", "buddy", "sort"),
)
"""In the one order of addresses (architecture.md)."""


FIXED_CHOICES: dict[str, list[tuple[Any, Any]]] = {
    "type": Kind.choices,
    "weekday": Weekday.choices,
    "time": TimeOfDay.choices,
    "language": list(SPOKEN_LANGUAGES.items()),
}


@lru_cache
def labels_in(language: str, name: str) -> dict[str, str]:
    """Labels by value, in the language, which has to be the active one."""
    return {str(value): capfirst(str(label)) for value, label in FIXED_CHOICES[name]}


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the list, and the query string without it."""

    label: str
    query: str


class EventFilterForm(forms.Form):
    """What a visitor asks of the list. An empty form asks for everything.

    The keys are public (architecture.md, addresses). A value nobody knows is
    ignored: `ignored` names it, or `explanations` say why, so that an old link
    still gives a list.
    """

    q = forms.CharField(label=_("Search words"), max_length=200, required=False)
    type = forms.MultipleChoiceField(
        label=_("Kind"), choices=FIXED_CHOICES["type"], required=False
    )
    goal = forms.MultipleChoiceField(label=_("Goal"), required=False)
    theme = forms.MultipleChoiceField(label=_("Theme"), required=False)
    group = forms.MultipleChoiceField(label=_("For whom"), required=False)
    municipality = forms.MultipleChoiceField(label=_("Municipality"), required=False)
    near = forms.CharField(label=_("Near a postal code"), required=False)
    weekday = forms.MultipleChoiceField(
        label=_("Weekday"), choices=FIXED_CHOICES["weekday"], required=False
    )
    time = forms.MultipleChoiceField(
        label=_("Time of day"), choices=FIXED_CHOICES["time"], required=False
    )
    to = forms.DateField(label=_("Last day"), required=False)
    language = forms.MultipleChoiceField(
        label=_("Language"), choices=FIXED_CHOICES["language"], required=False
    )
    age = forms.IntegerField(label=_("Age"), required=False)
    free = forms.BooleanField(label=Feature.FREE.label, required=False)
    remote = forms.BooleanField(label=Feature.REMOTE.label, required=False)
    step_free = forms.BooleanField(label=Feature.STEP_FREE.label, required=False)
    no_signup = forms.BooleanField(label=Feature.NO_SIGN_UP.label, required=False)
    buddy = forms.BooleanField(label=Feature.BUDDY.label, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=Sort.choices, required=False)

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
        "theme",
        "group",
        "municipality",
        "weekday",
        "time",
        "language",
    )
    INDEXED = ("municipality", "goal", "group", "type")
    PROPER = ("municipality", "goal", "q")
    """What keeps its capital in the middle of a sentence."""
    GROUPS = ("municipality", "weekday", "time", "group", "goal", "type", "language")
    """The check boxes in the order in which people tend to choose."""

    def __init__(self, data: QueryDict, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        # “from” is a word of Python: it cannot be named in the class.
        self.fields["from"] = forms.DateField(label=_("First day"), required=False)
        self._choices = {
            name: labels_in(current_language(), name) for name in FIXED_CHOICES
        }
        self.order_fields(KEYS)
        self.goals = self.offer("goal", Goal.objects.current_in_memory())
        self.themes = self.offer("theme", Theme.objects.in_memory())
        self.target_groups = self.offer("group", TargetGroup.objects.in_memory())
        self.municipalities = self.offer(
            "municipality", Municipality.objects.in_memory()
        )
        self.ignored: list[str] = []
        self.explanations: list[str] = []
        self.centre: Point | None = None
        self.typed = data.get("q", "")
        self.query = self.without_unknown_values(data)
        self.data = self.query

    def offer[T: Term](self, name: str, terms: list[T]) -> dict[str, T]:
        """The taxonomy's rows are the field's choices; gives them by key."""
        by_key = {term.key: term for term in terms}
        field: Any = self.fields[name]
        field.choices = [(key, str(term)) for key, term in by_key.items()]
        return by_key

    def choices_of(self, name: str) -> dict[str, str]:
        """Labels by value, in the order they are shown."""
        if name not in self._choices:
            field: Any = self.fields[name]
            self._choices[name] = {
                str(value): capfirst(str(label)) for value, label in field.choices
            }
        return self._choices[name]

    # What is known of what was asked

    def without_unknown_values(self, data: QueryDict) -> QueryDict:
        known = QueryDict(mutable=True)
        for name in self.fields:
            values = list(dict.fromkeys(data.getlist(name)))[:MOST_VALUES]
            if name in self.REPEATABLE:
                choices = self.choices_of(name)
                self.ignore(*(value for value in values if value not in choices))
                values = [value for value in choices if value in values]
            else:
                check = getattr(self, f"known_{name}", self.known_yes)
                values = [check(value.strip()) for value in values[:1]]
            known.setlist(name, [value for value in values if value])
        self.check_days(known)
        self.check_sort(known)
        return known

    def ignore(self, *values: str) -> str:
        self.ignored += [value[:LONGEST_SHOWN] for value in values[:5] if value]
        return ""

    def known_q(self, value: str) -> str:
        words = clean_words(value)
        return words if words else self.ignore(value)

    def known_yes(self, value: str) -> str:
        return value if value == "1" else self.ignore(value)

    def known_near(self, value: str) -> str:
        code = value.replace(" ", "")
        is_code = len(code) == len("48100") and code.isascii() and code.isdigit()
        self.centre = centre_of(code) if is_code else None
        if value and self.centre is None:
            self.explanations.append(
                gettext(
                    "We do not know the postal code “%(code)s”. Write five digits,"
                    " for example 48100. Only postal codes of Kymenlaakso work here."
                )
                % {"code": value[:LONGEST_SHOWN]}
            )
            return ""
        return code

    def known_age(self, value: str) -> str:
        is_age = value.isascii() and value.isdigit() and len(value) <= len("120")
        if is_age and int(value) <= OLDEST:
            return str(int(value))
        if value:
            self.explanations.append(
                gettext("Give the age in years as a number from 0 to 120.")
            )
        return ""

    def known_from(self, value: str) -> str:
        return self.known_day(value)

    known_to = known_from

    def known_day(self, value: str) -> str:
        """At most two years away: nobody knows of dates farther than that."""
        today = timezone.localdate()
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day and abs(day - today) <= AHEAD:
            return day.isoformat()
        if value:
            self.explanations.append(
                gettext(
                    "We left out the day “%(day)s”: give a day that is at most two"
                    " years away."
                )
                % {"day": value[:LONGEST_SHOWN]}
            )
        return ""

    def check_days(self, known: QueryDict) -> None:
        first, last = known.get("from"), known.get("to")
        if first and last and first > last:
            known.setlist("to", [])
            self.explanations.append(
                gettext("The last day was before the first, so we left it out.")
            )

    def known_sort(self, value: str) -> str:
        return value if value in Sort.values else self.ignore(value)

    def check_sort(self, known: QueryDict) -> None:
        """What needs something that is not asked, or goes without saying, is left."""
        needs = {Sort.NEAR: "near", Sort.RELEVANCE: "q"}
        sort = known.get("sort")
        needed = needs.get(Sort(sort)) if sort else None
        if sort == default_sort(known) or (needed and not known.get(needed)):
            known.setlist("sort", [])

    # What is asked, and what answers it

    @cached_property
    def asked(self) -> dict[str, Any]:
        """The cleaned values; every one is known by now.

        Without bound fields, which refer to the form as it does to them: what was
        found would stay in memory until the garbage collector comes.
        """
        return {
            name: field.clean(
                self.query.getlist(name)
                if name in self.REPEATABLE
                else self.query.get(name)
            )
            for name, field in self.fields.items()
        }

    @property
    def is_narrowed(self) -> bool:
        return any(self.query.get(name) for name in KEYS if name != "sort")

    @property
    def is_plain(self) -> bool:
        """At most one value of one kind: what search engines may list."""
        asked = [(name, value) for name in KEYS for value in self.query.getlist(name)]
        return not asked or (len(asked) == 1 and asked[0][0] in self.INDEXED)

    @property
    def order(self) -> Sort:
        return Sort(self.query.get("sort") or default_sort(self.query))

    @cached_property
    def question(self) -> Question:
        asked = self.asked
        return Question(
            kinds=asked["type"],
            goals=[self.goals[key].bit for key in asked["goal"]],
            themes=[self.themes[key].bit for key in asked["theme"]],
            target_groups=[self.target_groups[key].bit for key in asked["group"]],
            languages=[LANGUAGE_BITS[code] for code in asked["language"]],
            municipalities=[
                self.municipalities[key].pk for key in asked["municipality"]
            ],
            weekdays=[int(day) for day in asked["weekday"]],
            times=[TimeOfDay(time) for time in asked["time"]],
            features=[
                feature for name, feature in self.FEATURES.items() if asked[name]
            ],
            age=asked["age"],
            first_day=asked["from"],
            last_day=asked["to"],
            near=self.centre,
            matches=matches_of(asked["q"]) if asked["q"] else None,
            sort=self.order,
        )

    @cached_property
    def found(self) -> Found:
        return find(self.question)

    def page_of_results(self, number: str | None) -> Page:
        """The asked page; the first when it is no number; 404 when there is none."""
        pages = Paginator(FoundCards(self.found), EVENTS_ON_A_PAGE)
        try:
            wanted = pages.validate_number(plain_number(number))
        except PageNotAnInteger:
            self.ignore(str(number))
            wanted = 1
        except EmptyPage as error:
            if int(str(number)) >= 1:
                raise Http404 from error
            self.ignore(str(number))
            wanted = 1
        return pages.page(wanted)

    # What the page shows of the filters

    def labels_of(self, name: str) -> list[tuple[str, str]]:
        """Each value that is asked for, and what it is called."""
        values = self.query.getlist(name)
        if name in self.REPEATABLE:
            labels = self.choices_of(name)
            return [(value, labels[value]) for value in values]
        return [(value, self.label_of(name, value)) for value in values]

    def label_of(self, name: str, value: str) -> str:
        if name == "q":
            return gettext("“%(words)s”") % {"words": value}
        if name == "near":
            return gettext("Near %(code)s") % {"code": value}
        if name == "age":
            return gettext("Age %(age)s") % {"age": value}
        if name == "from":
            return gettext("From %(day)s") % {
                "day": day_in_words(date.fromisoformat(value))
            }
        if name == "to":
            return gettext("Until %(day)s") % {
                "day": day_in_words(date.fromisoformat(value))
            }
        return str(self.fields[name].label)

    def chips(self) -> list[Chip]:
        return [
            Chip(label, self.canonical_query(without=[(name, value)]))
            for name in KEYS
            if name != "sort"
            for value, label in self.labels_of(name)
        ]

    def in_words(self) -> str:
        """“Kotkassa, tiistai, ilta, maksuton”: the filters, for titles."""
        words = []
        for name in dict.fromkeys((*self.GROUPS, *KEYS)):
            if name == "sort":
                continue
            for value, label in self.labels_of(name):
                if name == "municipality":
                    words.append(str(self.municipalities[value].in_name) or label)
                elif name in self.PROPER:
                    words.append(label)
                else:
                    words.append(in_running_text(label))
        return capfirst(", ".join(words))

    def canonical_query(
        self,
        without: list[tuple[str, str]] | None = None,
        without_keys: tuple[str, ...] = (),
        page: int = 1,
        **replaced: str,
    ) -> str:
        """The query string in the one order of keys, without what is not asked."""
        query = QueryDict(mutable=True)
        for name in KEYS:
            if name in without_keys:
                continue
            values = [
                value
                for value in self.query.getlist(name)
                if (name, value) not in (without or [])
            ]
            query.setlist(name, [replaced[name]] if name in replaced else values)
        if page > 1:
            query["page"] = str(page)
        return query.urlencode()


def default_sort(query: QueryDict) -> Sort:
    if query.get("q"):
        return Sort.RELEVANCE
    return Sort.NEAR if query.get("near") else Sort.SOONEST


def iso_day_in_words(day: str) -> str:
    return day_in_words(date.fromisoformat(day))


def plain_number(text: str | None) -> str:
    """Python reads “1_0” and other scripts' digits as numbers, too."""
    if not text:
        return "1"
    is_plain = text.isascii() and text.lstrip("-").isdigit()
    return text if is_plain else ""


def in_running_text(label: str) -> str:
    """Without a capital, but for English names of weekdays and languages."""
    if current_language() == "en" and label.split()[0] in ENGLISH_NAMES:
        return label
    return label[:1].lower() + label[1:]
