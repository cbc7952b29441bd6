"""Words that staff say mean the same."""

import pytest
from django.core.exceptions import ValidationError

from search.models import SynonymSet
from tests import factories

pytestmark = pytest.mark.usefixtures("either_way")


def same(**words):
    """Of each language the words and phrases, divided by commas."""
    return SynonymSet.objects.create(words=in_lines(words))


def in_lines(words):
    return {code: "\n".join(some.split(", ")) for code, some in words.items()}


@pytest.fixture
def guides(guide_indexes):
    """A title for each word that is looked for, and one that nobody looks for."""
    for title in ("Masennus", "Alakuloisuus", "Apea mieli", "Neulonta"):
        factories.make_guide(guide_indexes["fi"], title=title)
    factories.make_guide(guide_indexes["sv"], title="Depression")


def titles(client, words, address="/fi/haku/"):
    keys = {"q": words, "format": "json", "exact": "1"}
    return [each["title"] for each in client.get(address, keys).json()["results"]]


def test_words_of_a_set_find_each_other(client, guides):
    assert titles(client, "masis") == []
    assert titles(client, "masennus") == ["Masennus"]

    same(fi="masis, masennus, alakuloisuus")

    assert set(titles(client, "masis")) == {"Masennus", "Alakuloisuus"}
    assert set(titles(client, "alakuloisuus")) == {"Masennus", "Alakuloisuus"}


def test_word_itself_comes_before_its_synonyms(client, guides):
    same(fi="masennus, neulonta")

    assert titles(client, "masennus") == ["Masennus", "Neulonta"]
    assert titles(client, "neulonta") == ["Neulonta", "Masennus"]


def test_rare_synonym_says_no_more_than_the_others(client, guide_index):
    for number in range(8):
        factories.make_guide(guide_index, title=f"Masennus {number}")
    factories.make_guide(
        guide_index, title="Neulonta", lead="Myös alakuloisuus katoaa."
    )
    same(fi="masis, masennus, alakuloisuus")

    assert "Neulonta" in titles(client, "masis")
    assert titles(client, "masis")[0].startswith("Masennus")


def test_parts_of_a_compound_that_nobody_wrote_have_synonyms(client, guide_index):
    factories.make_guide(guide_index, title="Alkoholi ja päiväkirja")
    factories.make_guide(guide_index, title="Alkoholi ja ajaminen")
    factories.make_guide(guide_index, title="Kirjat, jotka saavat päivän hymyilemään")
    same(fi="viina, alkoholi")

    assert titles(client, "viinapäiväkirja")[0] == "Alkoholi ja päiväkirja"


def test_synonyms_are_found_in_other_languages(client, guides):
    same(fi="alakuloisuus", sv="depression", en="feeling low")

    assert set(titles(client, "alakuloisuus")) == {"Alakuloisuus", "Depression"}
    assert titles(client, "depression", "/sv/sok/") == ["Depression", "Alakuloisuus"]
    assert set(titles(client, "feeling low", "/en/search/")) == {
        "Alakuloisuus",
        "Depression",
    }


@pytest.mark.parametrize("typed", ["masennuksen", "masennuksesta kertova"])
def test_forms_of_a_word_have_its_synonyms(either_way, client, guides, typed):
    if either_way == "without":
        pytest.skip("Without the dictionary some forms are other words.")
    same(fi="masennus, alakuloisuus")

    assert "Alakuloisuus" in titles(client, typed)


def test_phrase_is_known_by_all_its_words(client, guides):
    same(fi="apea mieli, neulonta")

    assert "Neulonta" in titles(client, "apea mieli")
    assert "Neulonta" in titles(client, "mieli on apea")
    assert "Neulonta" not in titles(client, "mieli")
    assert "Neulonta" not in titles(client, "apea")
    assert "Apea mieli" in titles(client, "neulonta")


def test_other_words_of_the_question_count_as_before(client, guides, guide_index):
    factories.make_guide(guide_index, title="Alakuloisuus ja liikunta")
    same(fi="masis, alakuloisuus")

    assert titles(client, "masis liikunta")[0] == "Alakuloisuus ja liikunta"


def test_words_of_two_sets_do_not_run_together(client, guides):
    same(fi="masennus, alakuloisuus")
    same(fi="alakuloisuus, neulonta")

    assert set(titles(client, "masennus")) == {"Masennus", "Alakuloisuus"}
    assert set(titles(client, "alakuloisuus")) == {
        *("Masennus", "Alakuloisuus", "Neulonta"),
    }


def test_changed_set_works_at_once(client, guides):
    words = same(fi="masis, masennus")
    assert titles(client, "masis") == ["Masennus"]

    words.words = in_lines({"fi": "masis, neulonta"})
    words.save()

    assert titles(client, "masis") == ["Neulonta"]


def test_deleted_set_is_forgotten_at_once(client, guides):
    words = same(fi="masis, masennus")
    assert titles(client, "masis") == ["Masennus"]

    words.delete()

    assert titles(client, "masis") == []


@pytest.mark.parametrize(
    "words",
    [{}, {"fi": ""}, {"fi": "masennus"}, {"fi": "masennus\n  \n"}, {"sv": "\n\n"}],
)
def test_set_has_at_least_two_words(words, db):
    with pytest.raises(ValidationError, match="sama"):
        SynonymSet(words=words).full_clean()


@pytest.mark.parametrize(
    "words", [{"fi": "masis\nmasennus"}, {"fi": "masennus", "sv": "depression"}]
)
def test_two_words_in_one_language_or_two_are_a_set(words, db):
    SynonymSet(words=words).full_clean()


@pytest.mark.parametrize("phrase", ["ja", "?!", "ja että", "x" * 900])
def test_phrase_that_says_nothing_does_no_harm(client, guides, phrase):
    same(fi=f"{phrase}, masis, masennus")

    assert titles(client, "masis") == ["Masennus"]
    assert titles(client, "ja") == []
