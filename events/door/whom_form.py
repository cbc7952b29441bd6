"""The fourth step: for whom it is, how one joins, and whom one asks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.fields import YesNoUnknown
from home.image_forms import BoundedImageField
from home.models import Goal, TargetGroup

from ..enums import Openness, SignUp
from ..languages import SPOKEN_LANGUAGES
from ..models import EventPage
from .fields import PhoneField, RowsField, allow_known, fact_field, field_of, text_field
from .what_form import languages_written, organisation_written
from .where_form import in_language

TEXTS_HERE = {
    "price": gettext_lazy("Price"),
    "sign_up_info": gettext_lazy("How to register"),
    "first_visit": gettext_lazy("What the first visit is like"),
}
PUBLIC_CONTACT = (
    "contact_phone",
    "is_walk_in",
    "contact_name",
    "contact_hours",
    "contact_email",
)


class WhomForm(forms.Form):
    goals = RowsField(
        Goal.objects.all(),
        label=gettext_lazy("What does it support?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )
    target_groups = RowsField(
        TargetGroup.objects.all(),
        label=gettext_lazy("For whom?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )
    min_age = field_of(EventPage, "min_age", required=False)
    max_age = field_of(EventPage, "max_age", required=False)
    spoken_languages = field_of(
        EventPage,
        "spoken_languages",
        label=gettext_lazy("In which languages does it work?"),
        required=False,
    )
    is_free = forms.NullBooleanField(
        label=gettext_lazy("Is it free of charge?"), widget=YesNoUnknown, required=False
    )
    sign_up = field_of(EventPage, "sign_up", label=gettext_lazy("Registration"))
    sign_up_url = field_of(
        EventPage,
        "sign_up_url",
        label=gettext_lazy("Address of the registration form"),
        required=False,
        assume_scheme="https",
    )
    sign_up_until = field_of(EventPage, "sign_up_until", required=False)
    capacity = field_of(
        EventPage, "capacity", label=gettext_lazy("Number of places"), required=False
    )
    openness = field_of(EventPage, "openness")
    referral_needed = field_of(EventPage, "referral_needed")
    contact_phone = field_of(
        EventPage,
        "contact_phone",
        form_class=PhoneField,
        label=gettext_lazy("Phone number for residents"),
        help_text=gettext_lazy("Of the group or the association. It is shown to all."),
    )
    is_walk_in = field_of(
        EventPage,
        "is_walk_in",
        label=gettext_lazy("One can just walk in"),
        help_text=gettext_lazy("Then a phone number is not necessary."),
    )
    contact_name = field_of(
        EventPage, "contact_name", label=gettext_lazy("Who answers (shown to all)")
    )
    contact_hours = field_of(EventPage, "contact_hours")
    contact_email = field_of(
        EventPage, "contact_email", label=gettext_lazy("E-mail for residents")
    )
    is_sensitive = field_of(
        EventPage,
        "is_sensitive",
        label=gettext_lazy("The subject is sensitive"),
        help_text=gettext_lazy(
            "Calendars and browser tabs show a neutral name, and the page has a button"
            " that leaves it quickly."
        ),
    )
    image = BoundedImageField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy("At most 10 MB. Place and owner are removed from it."),
    )
    remove_image = forms.BooleanField(
        label=gettext_lazy("Remove the picture"), required=False
    )
    image_alt = field_of(
        EventPage,
        "image_alt",
        help_text=gettext_lazy("For those who do not see it, in one sentence."),
    )
    image_credit = forms.CharField(
        label=gettext_lazy("Photographer or source"), max_length=200, required=False
    )
    image_rights = forms.BooleanField(
        label=gettext_lazy(
            "We may publish the picture, and those who can be recognised agree"
        ),
        required=False,
    )

    def __init__(self, *args: Any, source: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        fields: Any = self.fields
        fields["sign_up"].choices = SignUp.choices
        fields["openness"].choices = Openness.choices
        fields["spoken_languages"].choices = SPOKEN_LANGUAGES.items()
        self.languages = languages_written(source.typed_in("what"))
        for name, label in TEXTS_HERE.items():
            for language in self.languages:
                self.fields[f"{name}_{language}"] = text_field(
                    name,
                    language,
                    in_language(label, language, self.languages),
                    rows=4 if name == "first_visit" else 0,
                )
        allow_known(self, source.typed_before.get("whom", {}))
        for name in EventPage.FIRST_VISIT_FACTS:
            self.fields[name] = fact_field(EventPage, name)
        self.fields["buddy_phone"] = field_of(
            EventPage, "buddy_phone", form_class=PhoneField, help_text=""
        )
        if organisation := organisation_written(source):
            self.initial["contact_phone"] = organisation.phone
        # A group that stands here without them is not held up by that.
        self.fields["target_groups"].required = not source.is_change
        fields["contact_phone"].is_asked = True  # Unless one can walk in.
        fields["image_alt"].is_asked = True  # When there is a picture.
        if not source.image_id:
            del self.fields["remove_image"]

    def texts(self, name: str) -> list[forms.BoundField]:
        return [self[f"{name}_{language}"] for language in self.languages]

    @property
    def for_whom(self) -> list[forms.BoundField]:
        return [self[name] for name in ("goals", "target_groups")]

    @property
    def audience(self) -> list[forms.BoundField]:
        names = ("min_age", "max_age", "spoken_languages")
        return [self[name] for name in names]

    @property
    def joining(self) -> list[forms.BoundField]:
        return [
            self["is_free"],
            *self.texts("price"),
            self["sign_up"],
            *self.texts("sign_up_info"),
        ]

    @property
    def joining_more(self) -> list[forms.BoundField]:
        names = (
            "sign_up_url",
            "sign_up_until",
            "capacity",
            "openness",
            "referral_needed",
        )
        return [self[name] for name in names]

    @property
    def contact(self) -> list[forms.BoundField]:
        return [self[name] for name in PUBLIC_CONTACT[:2]]

    @property
    def contact_more(self) -> list[forms.BoundField]:
        return [self[name] for name in PUBLIC_CONTACT[2:]]

    @property
    def first_visit(self) -> list[forms.BoundField]:
        facts = [self[name] for name in EventPage.FIRST_VISIT_FACTS]
        return [*self.texts("first_visit"), *facts, self["buddy_phone"]]

    @property
    def picture(self) -> list[forms.BoundField]:
        names = ("image", "remove_image", "image_alt", "image_credit", "image_rights")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> None:
        super().clean()
        data = self.cleaned_data
        youngest, oldest = data.get("min_age"), data.get("max_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("max_age", _("The oldest age is below the youngest."))
        if not (data.get("contact_phone") or data.get("is_walk_in")):
            self.ask(
                "contact_phone",
                _("Give a phone number, or say that one can just walk in."),
            )
        if (
            data.get("is_free") is False
            and not self.source.is_change
            and not any(data.get(f"price_{language}") for language in self.languages)
        ):
            self.ask(f"price_{self.languages[0]}", _("What does it cost?"))
        has_image = bool(data.get("image")) or (
            self.source.image_id and not data.get("remove_image")
        )
        if has_image:
            if not data.get("image_alt"):
                self.ask("image_alt", _("Say what the picture shows."))
            if not data.get("image_rights"):
                self.ask("image_rights", _("A picture needs this promise."))

    def ask(self, name: str, message: str) -> None:
        if name not in self.errors:
            self.add_error(name, ValidationError(message, code="required"))
