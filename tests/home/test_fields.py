"""Texts in several languages in one column."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from home.fields import LocalizedFormField, LocalizedText
from home.models import Goal, Municipality

HAMINA = LocalizedText(fi="Hamina", sv="Fredrikshamn")


@pytest.mark.parametrize(
    ("language", "shown", "lang"),
    [
        ("fi", "Hamina", "fi"),
        ("sv", "Fredrikshamn", "sv"),
        ("en", "Hamina", "fi"),
        ("fi-simple", "Hamina", "fi"),
    ],
)
def test_reader_gets_own_language_or_what_stands_in_for_it(language, shown, lang):
    with translation.override(language):
        assert str(HAMINA) == shown
        assert HAMINA.lang == lang


def test_text_only_in_an_unlisted_language_is_still_shown():
    assert LocalizedText(ru="Привет").in_language("fi") == "Привет"


def test_empty_text_is_false_and_shows_nothing():
    assert not LocalizedText()
    assert str(LocalizedText(fi="")) == ""


def test_column_gives_back_localized_text(db):
    town = Municipality.objects.get(key="hamina")

    assert isinstance(town.name, LocalizedText)
    assert town.name.in_language("sv") == "Fredrikshamn"


def test_form_asks_for_finnish_and_leaves_empty_languages_out():
    field = LocalizedFormField()

    assert field.clean(["Kotka", "", "Kotka", ""]) == {"fi": "Kotka", "en": "Kotka"}
    with pytest.raises(ValidationError) as error:
        field.clean(["", "Kotka", "", ""])
    assert error.value.code == "required"


def test_goal_of_an_old_report_is_not_current(db):
    goal = Goal.objects.get(key="meaningful-life")
    goal.valid_until = "2020-12-31"
    goal.save()

    assert goal not in Goal.objects.current()
    assert {goal.key for goal in Goal.objects.current_in_memory()} == {
        "substance-free",
        "healthy-habits",
        "safe-everyday",
    }
