"""The third step: where it meets."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.models import Municipality

from ..enums import Attendance
from ..models import EventPage, Venue
from .fields import ListedInput, fact_field, field_of, language_words, text_field
from .known_places import is_in_street, venue_label, venue_meant
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
        if not (self.is_bound and self["venue"].value()):
            return False
        is_asked = any(field.errors for field in self.new_place_fields)
        return is_asked or self.cleaned_data.get("found") is None

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
        found = self.venue_meant()
        self.cleaned_data["found"] = found
        if self.cleaned_data["attendance"] == Attendance.ONLINE:
            return
        if found:
            self.ask_which_address(found)
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

    def venue_meant(self) -> Venue | None:
        """By what stands in the fields, also where an address is not right yet."""
        names = ("venue", "street_address", "municipality")
        return venue_meant(
            self.source, *(str(self[name].value() or "") for name in names)
        )

    def ask_which_address(self, found: Venue) -> None:
        """It was chosen with its address, and another one was typed beside it."""
        street = self.cleaned_data.get("street_address", "")
        if is_in_street(found, street):
            return
        message = _(
            "The place that you chose is %(place)s. If that is right, leave the street"
            " address empty. If not, write only the name of your place."
        )
        self.add_error(
            "street_address",
            ValidationError(
                message, code="other_address", params={"place": venue_label(found)}
            ),
        )

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


def described_name(label: str, street_address: str) -> str:
    """Of a new place, when its address was written into the same field."""
    name = label.strip()
    if street_address and street_address.casefold() in name.casefold():
        name = name[: name.casefold().index(street_address.casefold())]
    return name.strip(" ,")[:150]
