"""Advice on the texts of a group: what would serve better in a field of its own."""

import time
import tomllib
from pathlib import Path

import pytest
from django.utils import translation

from events import lint
from events.lint import advice_for, advice_on_texts
from events.models import EventText

TITLES = tomllib.loads(
    (Path(__file__).parent / "titles.toml").read_text(encoding="utf-8")
)
DIRTY = [
    (language, title, set(keys.split()))
    for language, titles in TITLES["dirty"].items()
    for title, keys in titles.items()
]
CLEAN = [
    (language, title)
    for language, titles in TITLES["clean"].items()
    for title in titles
]
LEAST_SHARE = 0.95


def keys_of(name, text, step="what"):
    return {advice.key for advice in advice_for(step, {name: [text]})}


def test_nearly_every_dirty_title_gets_the_right_advice_and_no_other():
    wrong = [
        (title, found)
        for language, title, keys in DIRTY
        if (found := keys_of(f"title_{language}", title)) != keys
    ]

    assert len(DIRTY) >= 60
    assert len(wrong) <= len(DIRTY) * (1 - LEAST_SHARE), wrong


@pytest.mark.parametrize(("language", "title"), CLEAN)
def test_a_clean_title_gets_no_advice(language, title):
    assert not advice_for("what", {f"title_{language}": [title]})


def test_there_are_as_many_clean_titles_as_dirty_ones():
    assert len(CLEAN) >= 60
    assert {language for language, _title in CLEAN} == {"fi", "sv", "en"}


def test_advice_names_where_the_words_stand_and_where_they_belong():
    [advice] = advice_for(
        "what", {"title_fi": ["PERUTTU Lauluilta"], "kind": ["group"]}
    )

    assert (advice.step, advice.field) == ("what", "title_fi")
    assert (advice.better_step, advice.better_field) == ("when", "occurrence_changes")
    assert (advice.column, advice.language) == ("title", "fi")
    with translation.override("en"):
        assert str(advice).startswith("“PERUTTU”: cancel the date")


@pytest.mark.parametrize(
    ("step", "name", "text", "keys"),
    [
        ("what", "lead_fi", "Tule juttelemaan tiistaisin.", set()),
        ("what", "lead_fi", "Kokoonnumme 3.3. klo 14.", {"time"}),
        ("what", "body_fi", "Ohjelma: 3.3. klo 14 leivontaa.", set()),
        ("what", "body_fi", "Materiaalimaksu 5 €.", {"price"}),
        ("what", "body_fi", "Soita 044 000 0000.", {"phone"}),
        ("what", "body_fi", "Lue lisää www.esimerkki.fi/ryhmat", set()),
        ("what", "body_sv", "Vi ses i Teams.", {"online"}),
        ("what", "body_fi", "Jos kerta on peruttu, kerromme.", set()),
        ("what", "body_fi", "HUOM! PERUTTU tällä viikolla", {"cancelled"}),
        ("what", "body_fi", "Ryhmä on täynnä.", {"full"}),
        ("what", "body_fi", "Jos ryhmä on täynnä, pääset jonoon.", set()),
        ("whom", "price_fi", "5 €, opiskelijat 3 €", set()),
        ("whom", "price_fi", "Maksuton", {"free"}),
        ("whom", "sign_up_info_fi", "Ilmoittaudu viikkoa ennen.", set()),
        ("whom", "sign_up_info_fi", "https://lomake.example.org/x", {"sign-up-link"}),
        ("where", "place_note_fi", "2. kerros, ovi B", set()),
        ("where", "place_note_fi", "Soita ovella 044 000 0000", {"phone"}),
        ("where", "directions", "PERUTTU", set()),
        ("what", "title_xx", "PERUTTU", set()),
    ],
)
def test_each_field_is_read_for_what_does_not_belong_there(step, name, text, keys):
    assert keys_of(name, text, step) == keys


def test_in_english_teams_are_people_too():
    assert keys_of("title_en", "Teams of volunteers") == set()
    assert keys_of("title_sv", "Träff i Teams") == {"online"}


@pytest.mark.parametrize("name", [*lint.TEXTS])
def test_every_field_has_a_step(name):
    assert lint.STEPS[name] in {"what", "when", "where", "whom"}
    assert all(
        rule.better_field in lint.STEPS for rule in lint.RULES if rule.better_field
    )


def test_texts_that_are_stored_are_read_without_their_markup():
    texts = [
        EventText(
            language="fi",
            title="Kävely",
            lead="Tule mukaan.",
            body="<p>Soita <b>044</b> 000&nbsp;0000</p>",
        ),
        EventText(language="fi-simple", title="PERUTTU kävely", lead="Tule."),
    ]

    found = [(advice.field, advice.key) for advice in advice_on_texts(texts)]

    assert found == [("body_fi", "phone"), ("title_fi-simple", "cancelled")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "%(words)s %s %",
        "<script>alert('PERUTTU')</script>",
        "\x00\u202ePERUTTU",
        "🎉" * 2000,
    ],
)
def test_no_text_is_too_odd(text):
    for advice in advice_for("what", {"title_fi": [text], "body_sv": [text]}):
        assert str(advice)


@pytest.mark.parametrize(
    "piece",
    ["a", "A", "0 ", "1.", "12.3.-", "klo ", "x@", "(", "- ", "–-", "a.b", "teams "],
)
def test_no_text_is_slow(piece):
    begun = time.perf_counter()

    advice_for("what", {"title_fi": [piece * 20_000], "body_fi": [piece * 20_000]})

    assert time.perf_counter() - begun < 1
