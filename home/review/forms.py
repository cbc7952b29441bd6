"""What a reviewer answers, and how an editor asks."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from ..models import PageReview, ReviewPerson
from .answering import Answer

LONGEST_COMMENT = 5000
DEFAULT_MONTHS = 12
MONTHS = (3, 6, 12, 24)
"""The longest is what a page may wait at most."""
IN_WORDS = [
    (number, ngettext_lazy("In %(number)d month", "In %(number)d months", number))
    for number in MONTHS
]


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Is the content right?"),
        choices=PageReview.Verdict.choices,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=gettext_lazy("Remarks, or what should change"),
        max_length=LONGEST_COMMENT,
        required=False,
        help_text=gettext_lazy(
            "Only the editors read this. Name the place in the text."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    months = forms.TypedChoiceField(
        label=gettext_lazy("When should the page be reviewed again?"),
        coerce=int,
        initial=DEFAULT_MONTHS,
    )
    name = forms.CharField(
        label=gettext_lazy("Your name and title"),
        max_length=200,
        help_text=gettext_lazy(
            "When the content is right, readers see it at the end of the page. It is"
            " kept with your answer."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    is_read = forms.BooleanField(
        label=gettext_lazy("The name is mine, and I have read this version")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months: Any = self.fields["months"]
        months.choices = [
            (number, str(words) % {"number": number}) for number, words in IN_WORDS
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        says_why = cleaned.get("verdict") != PageReview.Verdict.RIGHT
        if says_why and "comment" in cleaned and not cleaned["comment"].strip():
            self.add_error("comment", _("Write what you found."))
        return cleaned

    @property
    def answer(self) -> Answer:
        return Answer(
            verdict=self.cleaned_data["verdict"],
            name=self.cleaned_data["name"],
            comment=self.cleaned_data["comment"].strip(),
            months=self.cleaned_data["months"],
        )


def usual_months(page: Any) -> int:
    """As long as the last time, as near as the choices go."""
    if not (page.last_reviewed and page.next_review):
        return DEFAULT_MONTHS
    wait = relativedelta(page.next_review, page.last_reviewed)
    months = wait.years * 12 + wait.months
    return min(MONTHS, key=lambda number: abs(number - months))


class AskForm(forms.Form):
    person = forms.ModelChoiceField(
        ReviewPerson.objects.reachable(), label=gettext_lazy("Who is asked")
    )
    message = forms.CharField(
        label=gettext_lazy("Message to the reviewer"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
