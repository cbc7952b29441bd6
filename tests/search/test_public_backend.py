"""What the public search finds, and that it always knows the site as it is."""

import random
import time

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import translation
from wagtail.models import Page
from wagtail.query import PageQuerySet

from events.models import EventPage, EventText
from guides.models import GuidePage
from search.checks import index_fits_the_analyser
from search.documents import Document, FieldText
from search.index_writer import current_index, write_documents
from search.models import IndexedPage, Posting, SearchIndex, Word
from search.rebuild import begin_rebuild, finish_rebuild
from tests import factories


def found(words: str, pages: PageQuerySet | None = None) -> list[str]:
    """Titles, best first."""
    pages = EventPage.objects.all() if pages is None else pages
    return [page.title for page in pages.search(words, backend="public")]


def matched(words: str) -> set[int]:
    return set(EventPage.objects.all().search(words, backend="public").matches().ids)


def text(title: str, language: str = "fi", **fields: str) -> EventText:
    return EventText(language=language, title=title, **{"lead": "Avoin."} | fields)


# What is found


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Surukahvila", "surukahvilassa"),
        ("Kävelyryhmät", "kävelyryhmään"),
        ("Omaishoitajien vertaistuki", "omaishoitaja"),
        ("Unettomuuden hoito", "unettomuus"),
        ("Nuorten miesten ilta", "nuori mies"),
        ("Lasten jumppa", "lapsille"),
        ("MTKY:n tapaaminen", "mtky"),
        ("HYTEn iltapäivä", "hyte"),
        ("Tapaaminen Korialla", "koria"),
        ("Inkeroisten kerho", "inkeroinen"),
        ("Raa'at vitsit", "raaka"),
    ],
)
def test_finnish_is_found_in_any_form(event_index, title, words):
    factories.make_event(event_index, "Jotain muuta")
    factories.make_event(event_index, title)

    assert found(words) == [title]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Mielenterveysryhmä", "mielenterveys"),
        ("Mielenterveysryhmä", "ryhmiä"),
        ("Omaishoitajat", "hoitaja"),
        ("Vertaistuki", "tukea"),
        ("Kävely", "kävelyryhmä"),
        ("Nepsy-valmennus", "nepsyvalmennus"),
        ("Nepsyvalmennus", "nepsy"),
        ("Nepsy-valmennus", "valmennukset"),
        ("Vertaistuki", "vertais tuki"),
    ],
)
def test_parts_of_compounds_are_found(event_index, title, words):
    factories.make_event(event_index, "Jotain muuta")
    factories.make_event(event_index, title)

    assert found(words) == [title]


def test_whole_compound_comes_before_its_parts(event_index):
    factories.make_event(event_index, "Kävely ja jumppa")
    factories.make_event(event_index, "Kävelyryhmä")
    factories.make_event(event_index, "Lukuryhmä")

    assert found("kävelyryhmä")[0] == "Kävelyryhmä"


def test_page_with_more_of_the_words_comes_first(event_index):
    factories.make_event(event_index, "Kirjallisuus kirjallisuus")
    factories.make_event(event_index, "Kirjallisuus ja kahvi")

    assert found("kirjallisuus kahvi")[0] == "Kirjallisuus ja kahvi"


def test_title_counts_more_than_body(event_index):
    body = text("Torstaikerho", body="<p>Joskus myös neulonta on ohjelmassa.</p>")
    factories.make_event(event_index, "Torstaikerho", texts=[body])
    factories.make_event(event_index, "Neulonta")

    assert found("neulonta") == ["Neulonta", "Torstaikerho"]


def test_each_text_is_read_in_its_own_language(event_index):
    swedish = text("Sorggruppen för unga", "sv")
    english = text("Walking together", "en")
    factories.make_event(event_index, texts=[text("Sururyhmä"), swedish])
    factories.make_event(event_index, texts=[text("Kävely"), english])

    with translation.override("sv"):
        assert found("sorggrupper") == ["Sururyhmä"]
        assert found("ung") == ["Sururyhmä"]
    with translation.override("en"):
        assert found("walks") == ["Kävely"]


def test_swedish_compounds_are_split_by_words_of_the_index(event_index):
    factories.make_event(event_index, texts=[text("Sorg och grupp", "sv")])
    factories.make_event(event_index, texts=[text("Sorggruppen", "sv")])

    with translation.override("sv"):
        assert "Sorggruppen" in found("grupper")


def test_words_of_other_languages_are_found_too(event_index):
    factories.make_event(event_index, texts=[text("Sömnskola för barn", "sv")])

    assert found("barnen") == ["Sömnskola för barn"]


def test_swedish_name_of_a_town_finds_the_town(event_index):
    factories.make_event(event_index, "Iltapäivä Haminassa")

    with translation.override("sv"):
        assert found("fredrikshamn") == ["Iltapäivä Haminassa"]


@pytest.mark.parametrize(
    ("title", "typed"),
    [("Äitien ryhmä", "aitien"), ("Kävelyryhmä", "kavelyryhma"), ("Yökahvila", "yokahvila")],
)
def test_dots_may_be_missing(event_index, title, typed):
    factories.make_event(event_index, "Jotain muuta")
    factories.make_event(event_index, title)

    assert found(typed)[0] == title


@pytest.mark.parametrize(
    ("title", "typed", "meant"),
    [
        ("Kävelyryhmä", "kävelyrhymä", "kävelyryhmä"),
        ("Neulonta", "neulotna", "neulonta"),
        ("Omaishoitajat", "omaishiotajatt", "omaishoitajat"),
    ],
)
def test_typing_error_is_corrected_and_told(event_index, title, typed, meant):
    factories.make_event(event_index, "Jotain muuta")
    factories.make_event(event_index, title)

    results = EventPage.objects.all().search(f"{typed} illalla", backend="public")

    assert [page.title for page in results] == [title]
    assert results.corrected == f"{meant} illalla"
    assert len(results.as_typed()) == 0
    assert results.as_typed().corrected == ""


@pytest.mark.parametrize("word", ["kotkassa", "nepsy", "koria", "shakki", "aa"])
def test_right_word_that_is_only_missing_is_not_corrected(event_index, word):
    factories.make_event(event_index, "Kelkassa kotkana nipsy korja shakit")
    Word.objects.filter(text__startswith=word[:3]).exclude(text="kelkassa").delete()
    Posting.objects.filter(term__startswith=word[:3]).delete()

    results = EventPage.objects.all().search(word, backend="public")

    assert (list(results), results.corrected) == ([], "")


def test_rarer_words_decide_what_is_found_where_others_are_common(
    event_index, monkeypatch
):
    monkeypatch.setattr("search.scoring.COMMON_AT_LEAST", 2)
    for number in range(4):
        factories.make_event(event_index, f"Ryhmä {number}")
    factories.make_event(event_index, "Neulonta")
    both = factories.make_event(event_index, "Neulonta ja ryhmä")

    assert found("neulonta ryhmä") == ["Neulonta ja ryhmä", "Neulonta"]
    assert len(found("ryhmä")) == 5
    assert both.pk in matched("ryhmä")
