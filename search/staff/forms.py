"""What staff choose to see, and what they do about a search that found nothing."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from .. import voikko
from ..analysis import LANGUAGES, analyse, base_language, words_of
from ..misses import MONTHS_KEPT
from ..models import ContentTask, MissedSearch, SynonymSet, lines_of
from .counts import (
    BY_FILTERS,
    BY_WORDS,
    LONGEST_TITLE,
    open_tasks,
    task_key,
    text_of,
)

LONGEST_PHRASE = 100
NOTHING_TO_DO = "the row has no words, or no filters"
"""For the log: no button of the report leads there."""


def months() -> list[date]:
    """First days of the months that something is known of, the newest first."""
    this = timezone.localdate().replace(day=1)
    return [this - relativedelta(months=number) for number in range(MONTHS_KEPT + 1)]


def in_words(month: date) -> str:
    return f"{capfirst(str(MONTHS[month.month]))} {month.year}"


class ReportForm(forms.Form):
    """What nobody knows gives the first choice: an old link still shows a report."""

    month = forms.TypedChoiceField(
        label=_("Month"), coerce=lambda text: date.fromisoformat(f"{text}-01")
    )
    where = forms.ChoiceField(
        label=_("Where"),
        choices=[("", _("Everywhere")), *MissedSearch.Where.choices],
        required=False,
    )
    by = forms.ChoiceField(
        choices=[(BY_WORDS, BY_WORDS), (BY_FILTERS, BY_FILTERS)],
        widget=forms.HiddenInput,
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__()
        field: Any = self.fields["month"]
        field.choices = [(f"{month:%Y-%m}", in_words(month)) for month in months()]
        self.data = {
            name: data[name] if known(self.fields[name], data.get(name)) else first
            for name, first in {
                "month": field.choices[0][0],
                "where": "",
                "by": BY_WORDS,
            }.items()
        }
        self.is_bound = True

    @property
    def asked(self) -> dict[str, Any]:
        self.full_clean()
        return self.cleaned_data


def known(field: Any, value: str | None) -> bool:
    return value is not None and field.valid_value(value)


class SynonymForm(forms.Form):
    """A word that found nothing, and a set or a word that means the same."""

    word = forms.CharField(
        label=_("The word that was not found"),
        max_length=LONGEST_PHRASE,
        help_text=_("In its basic form. Correct it if you need to."),
    )
    synonym_set = forms.ModelChoiceField(
        SynonymSet.objects.all(),
        label=_("Means the same as these"),
        required=False,
        empty_label=_("None of these"),
    )
    meaning = forms.CharField(
        label=_("Or write a word that means the same"),
        max_length=LONGEST_PHRASE,
        required=False,
        help_text=_("For example the word that our pages use."),
    )

    def __init__(self, miss: MissedSearch, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"word": suggested_word(miss)})
        self.language = base_language(miss.language)

    def clean_word(self) -> str:
        return searchable(one_line(self.cleaned_data["word"]))

    def clean_meaning(self) -> str:
        meaning = one_line(self.cleaned_data["meaning"])
        return searchable(meaning) if meaning else ""

    def clean(self) -> None:
        chosen = self.cleaned_data.get("synonym_set")
        meaning = self.cleaned_data.get("meaning")
        if bool(chosen) == bool(meaning):
            message = _("Choose a set, or write a word. One of them is enough.")
            raise ValidationError(message)
        word = self.cleaned_data.get("word", "")
        if meaning and meaning.casefold() == word.casefold():
            raise ValidationError({"meaning": _("This is the same word.")})
        if chosen and len(self.with_word(chosen)) > longest_text():
            message = _("This set is full. Choose another one.")
            raise ValidationError({"synonym_set": message})

    def with_word(self, synonyms: SynonymSet) -> str:
        """The set's text in the language, with the word on a line of its own."""
        lines = lines_of(synonyms.words).get(self.language, [])
        word = self.cleaned_data.get("word", "")
        if word.casefold() not in {line.casefold() for line in lines}:
            lines = [*lines, word]
        return "\n".join(lines)

    @transaction.atomic
    def save(self, user: Any) -> SynonymSet:
        meaning = self.cleaned_data["meaning"]
        synonyms = self.cleaned_data["synonym_set"] or self.set_with(meaning)
        if synonyms is None:
            words = f"{meaning}\n{self.cleaned_data['word']}"
            synonyms = SynonymSet.objects.create(words={self.language: words})
            log(synonyms, "wagtail.create", user=user)
            return synonyms
        # Anew, and locked: somebody may have written to it meanwhile.
        synonyms = SynonymSet.objects.select_for_update().get(pk=synonyms.pk)
        synonyms.words[self.language] = self.with_word(synonyms)
        synonyms.save()
        log(synonyms, "wagtail.edit", user=user)
        return synonyms

    def set_with(self, meaning: str) -> SynonymSet | None:
        """The set that has the word already and takes one more."""
        for synonyms in SynonymSet.objects.all():
            lines = lines_of(synonyms.words).get(self.language, [])
            if (
                meaning.casefold() in {line.casefold() for line in lines}
                and len(self.with_word(synonyms)) <= longest_text()
            ):
                return synonyms
        return None


def suggested_word(miss: MissedSearch) -> str:
    """Its base form where a dictionary gave it; a stemmer's is no word."""
    is_one_word = len(list(words_of(miss.typed))) == 1 and " " not in miss.lemmas
    if is_one_word and base_language(miss.language) == "fi" and voikko.is_installed():
        return miss.lemmas
    return miss.typed[:LONGEST_PHRASE]


def searchable(text: str) -> str:
    """Signs and small words alone would make a set that nothing can find."""
    if not any(token.terms for code in LANGUAGES for token in analyse(text, code)):
        raise ValidationError(_("Write a word that can be searched for."))
    return text


def one_line(text: str) -> str:
    return " ".join(text.split())


def longest_text() -> int:
    field: Any = SynonymSet._meta.get_field("words")
    return field.text_length


class TaskForm(forms.Form):
    by = forms.ChoiceField(choices=[(BY_WORDS, BY_WORDS), (BY_FILTERS, BY_FILTERS)])

    def __init__(self, miss: MissedSearch, data: QueryDict) -> None:
        super().__init__(data)
        self.miss = miss

    def clean(self) -> None:
        by = self.cleaned_data.get("by")
        if by and not text_of(self.miss, by):
            raise ValidationError(NOTHING_TO_DO)

    @transaction.atomic
    def save(self, user: Any) -> tuple[ContentTask | None, str]:
        """The new task, or None where an open one says the same; and its title."""
        # Somebody who presses twice waits here for himself.
        get_user_model().objects.select_for_update().get(pk=user.pk)
        by, miss = self.cleaned_data["by"], self.miss
        text = text_of(miss, by)
        key = task_key(miss, by, text)
        title = (miss.typed if by == BY_WORDS else text)[:LONGEST_TITLE]
        if open_tasks([key]):
            return None, title
        task = ContentTask.objects.create(title=title, lemmas=key[0], created_by=user)
        log(task, "wagtail.create", user=user)
        return task, title
