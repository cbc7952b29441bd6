"""Words of distress bring help above the results, and are remembered nowhere."""

import logging
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection

from home.models import CrisisContact
from search.analysis import LANGUAGES, analyse, words_of
from search.crisis import MOST_TOPICS, crisis_topics
from search.models import CrisisTopic, CrisisTopicContact, MissedSearch
from search.vocabulary import plain
from tests import factories

from .conftest import needs_voikko

CONTENT = Path(__file__).parents[2] / "site/demo/content/crisis_words.toml"


@cache
def topics_of_the_content():
    return tomllib.loads(CONTENT.read_text())["topic"]


def listed(name):
    """Topics' keys, languages and phrases."""
    return [
        (topic["key"], language, phrase)
        for topic in topics_of_the_content()
        for language, phrases in topic[name].items()
        for phrase in phrases
    ]


@pytest.fixture
def topics(home):
    contacts = {
        "emergency-112": factories.make_crisis_contact(
            key="emergency-112", name={"fi": "112"}, number="112", is_emergency=True
        ),
        "mieli-fi": factories.make_crisis_contact(
            key="mieli-fi",
            name={"fi": "Mielen kriisipuhelin", "sv": "MIELIs kristelefon"},
            number="09 2525 0111",
        ),
        "sekasin": factories.make_crisis_contact(
            key="sekasin",
            name={"fi": "Sekasin-chatti"},
            number="",
            url="https://example.org/sekasin",
        ),
    }
    for values in topics_of_the_content():
        topic = CrisisTopic(
            key=values["key"],
            name=values["name"],
            message=values["message"],
            words={code: "\n".join(words) for code, words in values["words"].items()},
        )
        topic.contacts = [
            CrisisTopicContact(contact=contacts[key], sort_order=number)
            for number, key in enumerate(values["contacts"])
            if key in contacts
        ]
        topic.save()
    factories.make_standard_page(home, title="Tietoa sivustosta")


def keys(typed):
    return {topic.key for topic in crisis_topics(typed)}


def not_told(phrases):
    """Those that do not bring the help that they stand for; two topics are shown."""
    return [
        (key, phrase)
        for key, phrase in phrases
        if key not in (shown := keys(phrase)) and len(shown) < MOST_TOPICS
    ]


# When help is shown


def test_every_phrase_brings_its_help(either_way, topics):
    phrases = [(key, phrase) for key, _language, phrase in listed("words")]
    assert len(phrases) > 500

    assert not_told(phrases) == []


def test_capitals_bring_help_as_well(topics):
    phrases = [(key, phrase.upper()) for key, _language, phrase in listed("words")]

    assert not_told(phrases) == []


def test_phrases_bring_help_without_their_dots(either_way, topics):
    phrases = [
        (key, plain(phrase))
        for key, _language, phrase in listed("words")
        if plain(phrase) != phrase
    ]
    assert len(phrases) > 100

    assert not_told(phrases) == []


def is_unknown(word):
    tokens = [token for code in LANGUAGES for token in analyse(word, code)]
    return not any(token.is_known for token in tokens)


def with_a_letter_less(phrase):
    """For each long word of the phrase, without a letter in its middle."""
    for word in words_of(phrase):
        shorter = word[: len(word) // 2] + word[len(word) // 2 + 1 :]
        if len(word) >= 8 and is_unknown(shorter):
            yield phrase.lower().replace(word, shorter, 1)


def test_long_words_bring_help_with_a_letter_missing(topics):
    phrases = [
        (key, misspelt)
        for key, _language, phrase in listed("words")
        for misspelt in with_a_letter_less(phrase)
    ]
    assert len(phrases) > 100

    assert not_told(phrases) == []


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("itsemurhaajatuksia", "suicide"),
        ("itsemruha", "suicide"),
        ("Haluaisin kuolla", "suicide"),
        ("en vaan jaksa enää elää näin", "suicide"),
        ("sjalvmordstankar", "suicide"),
        ("suicidal thougts", "suicide"),
        ("viiltelen itseäni", "self-harm"),
        ("mieheni lyö minua", "violence"),
        ("perheväkivaltaa", "violence"),
        ("lääkkeiden yliannostus", "overdose"),
    ],
)
def test_help_is_found_by_words_as_people_write_them(topics, typed, key):
    assert key in keys(typed)


@needs_voikko
def test_ordinary_questions_bring_no_crisis_help(topics):
    phrases = listed("not")
    assert len(phrases) > 100

    wrong = [(key, phrase) for key, _language, phrase in phrases if key in keys(phrase)]

    assert wrong == []


@pytest.mark.parametrize("typed", ["", "   ", "unettomuus", "jooga kotka", "?!", "ei"])
def test_other_searches_show_none(either_way, topics, client, typed):
    assert keys(typed) == set()
    assert "crisis-answer" not in client.get("/fi/haku/", {"q": typed}).text


# What is shown


def answers(response):
    return re.findall(
        r'<section class="crisis-answer.*?</section>', response.text, re.DOTALL
    )


def test_help_stands_above_the_results_with_its_contacts_in_order(
    topics, client, guide_index
):
    factories.make_guide(guide_index, title="Itsemurhan jälkeen")

    response = client.get("/fi/haku/", {"q": "itsemurha"})

    (shown,) = answers(response)
    assert "Itsetuhoiset ajatukset" in shown
    assert "Et ole ajatustesi kanssa yksin" in shown
    assert re.findall(r'href="([^"]+)" class="crisis-link', shown) == [
        "tel:112",
        "tel:0925250111",
        "https://example.org/sekasin",
    ]
    text = response.text
    assert text.index("crisis-answer") < text.index("Itsemurhan jälkeen")
    assert text.index("crisis-answer") < text.index('class="result-count"')


def test_help_is_in_the_readers_language(topics, client):
    (shown,) = answers(client.get("/sv/sok/", {"q": "itsemurha"}))

    assert "Självmordstankar" in shown
    assert "MIELIs kristelefon" in shown
    assert '<span lang="fi">Sekasin-chatti</span>' in shown

    (shown,) = answers(client.get("/fi/haku/", {"q": "självmord"}))

    assert "Itsetuhoiset ajatukset" in shown
    assert "Mielen kriisipuhelin" in shown


def test_help_is_shown_when_nothing_is_found(topics, client):
    response = client.get("/fi/haku/", {"q": "haluan kuolla"})

    assert response.context["results"] == []
    assert len(answers(response)) == 1


def test_help_is_shown_on_every_page_and_kind_of_results(topics, client, guide_index):
    factories.make_guide(guide_index, title="Itsemurhan jälkeen")

    for more in ({"type": "guide"}, {"exact": "1"}, {"plain": "free"}):
        response = client.get("/fi/haku/", {"q": "itsemurha", **more})
        assert len(answers(response)) == 1


def test_two_topics_at_most_and_the_most_telling_first(topics):
    found = crisis_topics("mies lyö minua, haluan kuolla, otin liikaa lääkkeitä")

    assert len(found) == MOST_TOPICS
    assert found[0].key == "overdose"


def test_changed_words_and_contacts_are_shown_at_once(topics, client):
    topic = CrisisTopic.objects.get(key="suicide")
    assert keys("kaikki on mustaa") == set()
    assert answers(client.get("/fi/haku/", {"q": "itsemurha"}))

    topic.words = {"fi": "kaikki on mustaa"}
    topic.save()
    contact = CrisisContact.objects.get(key="mieli-fi")
    contact.number = "09 111 1111"
    contact.save()

    assert "suicide" not in keys("itsemurha")
    (shown,) = answers(client.get("/fi/haku/", {"q": "kaikki on mustaa"}))
    assert "tel:091111111" in shown

    topic.delete()

    assert keys("kaikki on mustaa") == set()


# What is remembered: nothing


def everything():
    """All rows of all tables."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 - No one's input.
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


@pytest.mark.parametrize("finds_something", [True, False])
def test_nothing_of_it_is_stored_or_logged(
    topics, client, guide_index, finds_something, caplog
):
    if finds_something:
        factories.make_guide(guide_index, title="Itsemurhan jälkeen")
    client.get("/fi/haku/", {"q": "eikietään"})
    assert MissedSearch.objects.count() == 1
    before = everything()
    caplog.clear()
    caplog.set_level(logging.DEBUG)

    for address in ("/fi/haku/", "/sv/sok/", "/en/search/"):
        for more in ({}, {"format": "json"}, {"type": "group"}):
            query = {"q": "itsemurha nyt", **more}
            response = client.get(address, query)
            assert response.status_code == 200
            assert response.headers["Cache-Control"] == "no-store"

    assert everything() == before
    assert "itsemurha" not in caplog.text.lower()
    for cache_ in caches.all():
        assert "itsemurha" not in repr(getattr(cache_, "_cache", "")).lower()


def test_distress_typed_to_the_group_index_is_not_counted_either(
    topics, client, event_index
):
    client.get("/fi/tapahtumat/", {"q": "eikietään"})
    assert MissedSearch.objects.count() == 1

    client.get("/fi/tapahtumat/", {"q": "haluan kuolla"})

    assert MissedSearch.objects.count() == 1


def test_help_stands_in_the_group_index_too(topics, client, event_index):
    factories.make_event(event_index, "Keskusteluryhmä")

    response = client.get("/fi/tapahtumat/", {"q": "haluan kuolla"})

    (shown,) = answers(response)
    assert "Et ole ajatustesi kanssa yksin" in shown
    assert response.headers["Cache-Control"] == "no-store"
    assert answers(client.get("/fi/tapahtumat/", {"q": "keskustelu"})) == []


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("hirttäytyä", "suicide"),
        ("en halua herätä", "suicide"),
        ("viilsin ranteeni auki", "self-harm"),
        ("väkivallasta", "violence"),
        ("mies löi minua", "violence"),
        ("emotional abuse", "violence"),
        ("yliannostuksen", "overdose"),
        ("överdosering", "overdose"),
    ],
)
def test_words_that_were_once_missed(either_way, topics, typed, key):
    assert key in keys(typed)
