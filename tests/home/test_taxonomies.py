"""Goals, target groups and municipalities come with the migrations."""

import pytest
from django.core.exceptions import ValidationError

from home.models import Goal, Municipality, PostalCode, TargetGroup, Theme
from home.models.taxonomies import BITS

GOALS = ["substance-free", "healthy-habits", "safe-everyday", "meaningful-life"]
TARGET_GROUPS = [
    "children-families",
    "youth",
    "working-age",
    "older-people",
    "carers",
    "close-ones",
    "mental-health",
    "substance-use",
    "job-seekers",
    "long-term-illness",
    "disability",
    "neuropsychiatric",
    "immigrants",
    "parents-to-be",
    "everyone",
]
TOWNS = ["kouvola", "kotka", "hamina", "pyhtaa", "virolahti", "miehikkala"]


@pytest.mark.parametrize(
    ("model", "keys"),
    [(Goal, GOALS), (TargetGroup, TARGET_GROUPS), (Municipality, TOWNS)],
)
def test_keys_that_others_rely_on_are_there_in_order(db, model, keys):
    assert list(model.objects.values_list("key", flat=True)) == keys


@pytest.mark.parametrize("model", [Goal, Theme, TargetGroup, Municipality])
def test_every_row_has_its_name_in_finnish_swedish_and_english(db, model):
    for row in model.objects.all():
        assert {"fi", "sv", "en"} <= set(row.name), row.key


@pytest.mark.parametrize(
    ("code", "town"),
    [("54490", "miehikkala"), ("46930", "kotka"), ("47200", "kouvola")],
)
def test_postal_code_is_looked_up_whole(db, code, town):
    assert PostalCode.objects.get(code=code).municipality.key == town


def test_new_row_gets_a_free_bit_and_a_full_list_says_so(db):
    themes = Theme.objects.count()
    goal = Goal.objects.first()
    for number in range(BITS - themes):
        Theme.objects.create(key=f"uusi-{number}", name={"fi": "Uusi"}, goal=goal)

    assert len(set(Theme.objects.values_list("bit", flat=True))) == BITS
    with pytest.raises(ValidationError):
        Theme.objects.create(key="liikaa", name={"fi": "Liikaa"}, goal=goal)
