"""The third step: where it meets."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.models import Municipality

from ..enums import Attendance
from ..models import EventPage, Venue
from .fields import ListedInput, Typed, fact_field, field_of, language_words, text_field
from .what_form import languages_written, organisation_written

MOST_SUGGESTIONS = 500


class WhereForm(forms.Form):
    """`venue` is a name: one that is known, or that of a new place."""

    attendance = field_of(
        EventPage,
        "attendance",
        label=gettext_lazy("Where do people take part?"),
        widget=forms.RadioSelect,
    )
    venue = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=250,
        required=False,
        widget=ListedInput,
        help_text=gettext_lazy(
            "Choose from the list, or write the name of the place and its address."
        ),
    )
    street_address = field_of(Venue, "street_address", required=False)
    postal_code = forms.RegexField(
        r"^\d{5}$",
        label=gettext_lazy("Postal code"),
        required=False,
        error_messages={"invalid": gettext_lazy("A postal code has five digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=gettext_lazy("Municipality"),
        empty_label=gettext_lazy("Choose"),
        required=False,
    )
    online_url = field_of(
        EventPage,
        "online_url",
        label=gettext_lazy("Address of the online meeting"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Leave empty if you send it to those who register."),
    )
    is_address_protected = field_of(
        EventPage,
        "is_address_protected",
        label=gettext_lazy("Do not show the address, only the municipality"),
        help_text=gettext_lazy("For example a shelter, or a group for victims."),
    )
    directions = forms.CharField(
        label=gettext_lazy("How to get there"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, source: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        fields: Any = self.fields
        fields["attendance"].choices = Attendance.choices
        self.languages = languages_written(source.typed_in("what"))
        for language in self.languages:
            self.fields[f"place_note_{language}"] = text_field(
                "place_note",
                language,
                in_language(gettext_lazy("Finding the room"), language, self.languages),
                help_text=gettext_lazy("For example “second floor, door B”."),
            )
        for name in Venue.ACCESS_FACTS:
            self.fields[name] = fact_field(Venue, name)
        # Unless it is online or protected.
        for name in ("venue", "street_address", "municipality"):
            fields[name].is_asked = True
        own, others = suggested_venues(source)
        fields["venue"].widget.suggestions = [
            venue_label(venue) for venue in (*own, *others)
        ]
        if len(own) == 1:
            self.initial["venue"] = venue_label(own[0])

    @property
    def is_new_place(self) -> bool:
        label = str(self["venue"].value() or "")
        return bool(label) and venue_of_label(label) is None

    @property
    def notes(self) -> list[forms.BoundField]:
        return [self[f"place_note_{language}"] for language in self.languages]

    @property
    def new_place_fields(self) -> list[forms.BoundField]:
        names = ("street_address", "postal_code", "municipality", "directions")
        return [self[name] for name in names]

    @property
    def access_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in Venue.ACCESS_FACTS]

    def clean(self) -> None:
        super().clean()
        if "venue" not in self.cleaned_data or "attendance" not in self.cleaned_data:
            return
        found = venue_of_label(self.cleaned_data["venue"])
        self.cleaned_data["found"] = found
        if found or self.cleaned_data["attendance"] == Attendance.ONLINE:
            return
        if self.cleaned_data.get("is_address_protected"):
            self.ask("municipality", _("Say in which municipality it is."))
            return
        self.ask("venue", _("Say where it meets."))
        if not self.errors:
            self.ask(
                "street_address", _("The place is new to us: what is its address?")
            )
            self.ask("municipality", _("Say in which municipality it is."))

    def ask(self, name: str, message: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, ValidationError(message, code="required"))


def in_language(label: Any, language: str, languages: list[str]) -> Any:
    """The language is named where there are several."""
    if len(languages) < 2:
        return label
    return f"{label} ({language_words(language)})"


def suggested_venues(source: Any) -> tuple[list[Venue], list[Venue]]:
    """Those that its organisation's groups use, then those of others."""
    venues = Venue.objects.with_groups().select_related("municipality")
    own = []
    if organisation := organisation_written(source):
        groups = EventPage.objects.live().filter(
            organisers=organisation, is_address_protected=False
        )
        own = list(
            Venue.objects.filter(
                pk__in=groups.values("venue"), is_address_protected=False
            ).select_related("municipality")[:MOST_SUGGESTIONS]
        )
    known = {venue.pk for venue in own}
    others = [venue for venue in venues[:MOST_SUGGESTIONS] if venue.pk not in known]
    return own, others


def venue_label(venue: Venue) -> str:
    """As it stands in the list: “Esimerkkitalo, Esimerkkikatu 1, Kotka”."""
    parts = (str(venue.name), venue.street_address, venue.town)
    return ", ".join(part for part in parts if part)


def venue_of_label(label: str) -> Venue | None:
    """The venue that was chosen; also by its name alone when only one has it.

    A name may have commas itself, so each beginning of the label is tried as one.
    """
    words = " ".join(label.split())
    parts = words.split(",")
    for number in range(len(parts), 0, -1):
        name = ",".join(parts[:number]).strip()
        named = list(Venue.objects.named(name).select_related("municipality")[:20])
        if number == len(parts) and len(named) == 1:
            return named[0]
        for venue in named:
            if venue_label(venue).casefold() == words.casefold():
                return venue
    return None


def described_name(label: str, street_address: str) -> str:
    """Of a new place, when its address was written into the same field."""
    name = label.strip()
    if street_address and street_address.casefold() in name.casefold():
        name = name[: name.casefold().index(street_address.casefold())]
    return name.strip(" ,")[:150]


def typed_venue(venue: Venue | None) -> Typed:
    return {"venue": [venue_label(venue)]} if venue else {}
