"""The first step: whose group it is, and what happens there."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from home.languages import current_language
from home.models import Municipality

from ..enums import Kind, OrganisationKind
from ..models import EventPage, Organisation
from .fields import (
    TEXT_LANGUAGES,
    ListedInput,
    Typed,
    allow_known,
    field_of,
    language_words,
    text_field,
)

TEXTS_HERE = ("title", "lead", "body")
MOST_SUGGESTIONS = 500


class WhatForm(forms.Form):
    """`organisation` is a name: one that is known, or that of a new one."""

    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=150,
        widget=ListedInput,
        error_messages={
            "required": gettext_lazy("Write the name of the organisation.")
        },
    )
    organisation_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        choices=OrganisationKind.choices,
        initial=OrganisationKind.ASSOCIATION,
        required=False,
    )
    organisation_municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=gettext_lazy("Home municipality of the organisation"),
        empty_label=gettext_lazy("The whole county"),
        required=False,
    )
    organisation_website = field_of(
        Organisation,
        "website",
        label=gettext_lazy("Website of the organisation"),
        required=False,
        assume_scheme="https",
    )
    kind = field_of(
        EventPage,
        "kind",
        label=gettext_lazy("What is it?"),
        widget=forms.RadioSelect,
    )
    main_language = forms.ChoiceField(
        label=gettext_lazy("In which language do you write first?"),
        choices=[(code, language_words(code)) for code in TEXT_LANGUAGES],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, source: Any, **kwargs: Any) -> None:
        """`source`: the submission that is being written."""
        kwargs["initial"] = {"main_language": language_to_write_in()}
        super().__init__(*args, **kwargs)
        self.source = source
        kind: Any = self.fields["kind"]
        kind.choices = Kind.choices
        for language in TEXT_LANGUAGES:
            self.fields |= text_fields(language)
        allow_known(self, source.typed_before.get("what", {}))
        for name in ("title", "lead"):
            self.fields[f"{name}_{self.language}"].required = True
        if source.is_change:
            for name in [name for name in self.fields if "organisation" in name]:
                del self.fields[name]
            return
        own = list(source.contact.organisations()) if source.contact else []
        others = Organisation.objects.with_groups().exclude(
            pk__in=[organisation.pk for organisation in own]
        )
        names = [str(each.name) for each in [*own, *others[:MOST_SUGGESTIONS]]]
        self.fields["organisation"].widget.suggestions = names
        if own:
            self.initial["organisation"] = str(own[0].name)

    @property
    def language(self) -> str:
        """The one that is written first, also while nothing has been checked."""
        value = self["main_language"].value()
        return value if value in TEXT_LANGUAGES else language_to_write_in()

    @property
    def is_known(self) -> bool:
        name = str(self["organisation"].value() or "")
        return Organisation.objects.named(name).exists()

    @property
    def organisation_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("organisation_")]

    @property
    def main_texts(self) -> list[forms.BoundField]:
        return [self[f"{name}_{self.language}"] for name in TEXTS_HERE]

    @property
    def other_texts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """By language; beside each other where there is room."""
        return [
            (
                language_words(language),
                [self[f"{name}_{language}"] for name in TEXTS_HERE],
            )
            for language in TEXT_LANGUAGES
            if language != self.language
        ]

    @property
    def has_other_texts(self) -> bool:
        return any(
            field.value() for _name, texts in self.other_texts for field in texts
        )

    def clean(self) -> None:
        super().clean()
        main = self.cleaned_data.get("main_language")
        for language in TEXT_LANGUAGES:
            typed = {
                name: self.cleaned_data.get(f"{name}_{language}") for name in TEXTS_HERE
            }
            if language != main and not any(typed.values()):
                continue
            for name in ("title", "lead"):
                if not typed[name]:
                    self.ask(f"{name}_{language}")
        if "organisation" in self.cleaned_data:
            self.cleaned_data["found"] = Organisation.objects.named(
                self.cleaned_data["organisation"]
            ).first()

    def ask(self, name: str) -> None:
        """In the words of the field itself."""
        if name not in self.errors:
            message = self.fields[name].error_messages["required"]
            self.add_error(name, ValidationError(message, code="required"))


def text_fields(language: str) -> dict[str, Any]:
    return {
        f"title_{language}": text_field(
            "title",
            language,
            gettext_lazy("Name"),
            help_text=gettext_lazy("Only the name: no dates, prices or places."),
            error_messages={"required": gettext_lazy("Write the name of the group.")},
        ),
        f"lead_{language}": text_field(
            "lead",
            language,
            gettext_lazy("In one sentence"),
            help_text=gettext_lazy("What it is and for whom. Shown in lists."),
            error_messages={
                "required": gettext_lazy("Say in one sentence what it is.")
            },
        ),
        f"body_{language}": text_field(
            "body",
            language,
            gettext_lazy("What happens there"),
            rows=6,
            help_text=gettext_lazy(
                "Can be left empty. An empty line begins a paragraph, a hyphen a list."
            ),
        ),
    }


def language_to_write_in() -> str:
    language = current_language()
    return language if language in TEXT_LANGUAGES else settings.LANGUAGE_CODE


def languages_written(typed: Typed) -> list[str]:
    """That the group has a name in, the main one first."""
    main = (typed.get("main_language") or [language_to_write_in()])[0]
    codes = [main, *TEXT_LANGUAGES] if main in TEXT_LANGUAGES else list(TEXT_LANGUAGES)
    return [
        code
        for code in dict.fromkeys(codes)
        if code == main or any("".join(typed.get(f"title_{code}", [])).split())
    ]


def organisation_written(source: Any) -> Organisation | None:
    """Whose group it is, as far as it is known before it is sent."""
    if source.organisation:
        return source.organisation
    name = "".join(source.typed_in("what").get("organisation", []))
    return Organisation.objects.named(name).first() if name.strip() else None
