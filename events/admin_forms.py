"""What an editor writes of an event."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.admin_forms import SitePageForm

MAIN_LANGUAGE_HELP = _("Shown to readers whose language has no text.")


class EventPageForm(SitePageForm):
    main_language = forms.ChoiceField(
        label=_("main language of the texts"),
        choices=settings.LANGUAGES,
        help_text=MAIN_LANGUAGE_HELP,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            # Made from the title when it is left empty.
            self.fields["slug"].required = False

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        titles = self.titles()
        if (
            titles is not None
            and not self.is_deferred_validation
            and cleaned.get("main_language") not in titles
        ):
            message = _("There is no text in the main language.")
            self.add_error("main_language", ValidationError(message))
        return cleaned

    def titles(self) -> dict[str, str] | None:
        """The texts' titles by language; None when a text has an error."""
        texts = self.formsets.get("texts")
        if texts is None or not texts.is_valid():
            return None
        return {
            form.cleaned_data["language"]: form.cleaned_data["title"]
            for form in texts.forms
            if form.cleaned_data.get("title") and not form.cleaned_data.get("DELETE")
        }

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors and (titles := self.titles()) is not None:
            main = self.cleaned_data["main_language"]
            first = next(iter(titles.values()), "")
            self.instance.take_title(titles.get(main) or first)
