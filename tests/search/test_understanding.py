"""What of a search is understood as a filter of groups: "jooga hamina ilmainen"."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from events.enums import Attendance
from home.models import TargetGroup
from search.understanding import understand
from tests import factories

from .conftest import needs_voikko


def filters(typed, left_as_words=()):
    """Keys and values, as in the group index's address."""
    found = understand(typed, left_as_words).filters
    return {(each.key, each.value) for each in found}


# Words


@pytest.mark.parametrize(
    ("typed", "town"),
    [
        ("kotka", "kotka"),
        ("Kotkassa", "kotka"),
        ("KOTKAN", "kotka"),
        ("kotkalla", "kotka"),
        ("Kouvolasta", "kouvola"),
        ("kouvolaan", "kouvola"),
        ("haminassa", "hamina"),
        ("Pyhtäällä", "pyhtaa"),
        ("pyhtään", "pyhtaa"),
        ("Virolahdella", "virolahti"),
        ("virolahden", "virolahti"),
        ("miehikkälässä", "miehikkala"),
        ("Karhulassa", "kotka"),
        ("karhulan", "kotka"),
        ("Kuusankoskella", "kouvola"),
        ("kuusankosken", "kouvola"),
        ("Anjalankoskella", "kouvola"),
        ("Elimäellä", "kouvola"),
        ("elimäen", "kouvola"),
        ("Inkeroisissa", "kouvola"),
        ("Korialla", "kouvola"),
        ("Valkealassa", "kouvola"),
        ("Vehkalahden", "hamina"),
        ("Fredrikshamn", "hamina"),
        ("Fredrikshamns", "hamina"),
        ("Pyttis", "pyhtaa"),
        ("Vederlax", "virolahti"),
    ],
)
def test_municipality_is_understood_in_any_form(either_way, db, typed, town):
    assert filters(f"jooga {typed}") == {("municipality", town)}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("maanantai", 1),
        ("maanantaina", 1),
        ("Tiistaisin", 2),
        ("keskiviikkona", 3),
        ("torstain", 4),
        ("perjantait", 5),
        ("lauantaisin", 6),
        ("sunnuntaina", 7),
        ("måndag", 1),
        ("tisdagar", 2),
        ("Onsdagen", 3),
        ("torsdags", 4),
        ("fredagar", 5),
        ("lördagarna", 6),
        ("söndag", 7),
        ("Monday", 1),
        ("tuesdays", 2),
        ("wednesday", 3),
        ("thursday's", 4),
        ("sundays", 7),
    ],
)
def test_weekday_is_understood_in_any_language(either_way, db, typed, number):
    assert filters(f"jooga {typed}") == {("weekday", str(number))}


@pytest.mark.parametrize(
    "typed", ["fredagsmys", "maanantaimalli", "söndagsskola", "sundaysong"]
)
def test_word_that_begins_with_a_weekday_is_a_word(either_way, db, typed):
    assert filters(typed) == set()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ilmainen", "free"),
        ("Maksuton", "free"),
        ("ilmaiseksi", "free"),
        ("maksutta", "free"),
        ("gratis", "free"),
        ("kostnadsfri", "free"),
        ("free", "free"),
        ("etänä", "remote"),
        ("verkossa", "remote"),
        ("på distans", "remote"),
        ("distans", "remote"),
        ("online", "remote"),
        ("remotely", "remote"),
    ],
)
def test_price_and_taking_part_from_home_are_understood(either_way, db, typed, key):
    assert filters(f"jooga {typed}") == {(key, "1")}


@pytest.mark.parametrize(
    "typed", ["ilmaiset", "maksuttomia", "ilmaisia", "maksuttoman"]
)
@needs_voikko
def test_price_is_understood_in_any_form(db, typed):
    assert filters(typed) == {("free", "1")}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("nuorille", "youth"),
        ("nuoret", "youth"),
        ("ungdomar", "youth"),
        ("young", "youth"),
        ("eläkeläiset", "older-people"),
        ("senioreille", "older-people"),
        ("äldre", "older-people"),
        ("pensioners", "older-people"),
        ("omaishoitajille", "carers"),
        ("närståendevårdare", "carers"),
        ("lapsiperheille", "children-families"),
        ("työttömille", "job-seekers"),
        ("maahanmuuttajille", "immigrants"),
    ],
)
@needs_voikko
def test_whom_a_group_is_for_is_understood(db, typed, key):
    assert filters(f"{typed} jooga") == {("group", key)}


@pytest.mark.parametrize(
    "typed",
    [
        *("smoke free", "smoke-free life", "alcohol free", "savuton", "päihteetön"),
        *("alkoholfri", "läheinen", "nepsy", "tiistaikerhojen"),
        *("", "verkosto", "kotkottaa", "arki", "viikko"),
    ],
)
def test_other_words_are_no_filters(either_way, db, typed):
    assert filters(typed) == set()


def test_several_filters_are_understood_at_once(either_way, db):
    understood = understand("ilmainen jooga Kotkassa tai haminassa tiistaina")

    assert understood.rest == "jooga tai"
    assert understood.query().urlencode() == (
        "q=jooga+tai&free=1&municipality=kotka&municipality=hamina&weekday=2"
    )


def test_filter_that_was_taken_away_stays_a_word(either_way, db):
    understood = understand("jooga kotka ilmainen", ["municipality"])

    assert [each.key for each in understood.filters] == ["free"]
    assert understood.rest == "jooga kotka"


# What is found


@pytest.fixture
def groups(either_way, event_index, guide_index):
    kotka, hamina = (
        factories.make_venue(),
        factories.make_venue(municipality=factories.town("hamina")),
    )
    tuesday = [factories.weekly_rule(weekdays=[2])]
    friday = [factories.weekly_rule(weekdays=[5])]
    factories.make_event(
        event_index, "Jooga rannalla", venue=kotka, rules=tuesday, is_free=True
    )
    factories.make_event(
        event_index, "Jooga salissa", venue=kotka, rules=friday, is_free=False
    )
    factories.make_event(
        event_index, "Jooga linnoituksessa", venue=hamina, rules=tuesday
    )
    factories.make_event(
        event_index,
        "Jooga ruudulla",
        rules=friday,
        attendance=Attendance.ONLINE,
        online_url="https://example.org/jooga",
    )
    nuorten = factories.make_event(event_index, "Shakki", venue=kotka, rules=friday)
    nuorten.target_groups = [TargetGroup.objects.get(key="youth")]
    nuorten.save_revision().publish()
    factories.make_guide(
        guide_index, title="Jooga kotona", lead="Venyttele Kotkassakin."
    )


def ask(client, words, language="fi", **keys):
    address = {"fi": "/fi/haku/", "sv": "/sv/sok/"}[language]
    return client.get(address, {"q": words, **keys})


def titles(response):
    return {result.title for result in response.context["results"]}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jooga kotka", {"Jooga rannalla", "Jooga salissa"}),
        ("jooga Karhula", {"Jooga rannalla", "Jooga salissa"}),
        ("jooga haminassa", {"Jooga linnoituksessa"}),
        ("jooga kotka tiistai", {"Jooga rannalla"}),
        ("jooga ilmainen", {"Jooga rannalla"}),
        ("jooga etänä", {"Jooga ruudulla"}),
        ("jooga kotka hamina tiistai", {"Jooga rannalla", "Jooga linnoituksessa"}),
    ],
)
def test_only_groups_that_fit_are_shown_beside_guides(client, groups, typed, found):
    response = ask(client, typed)

    assert titles(response) == {*found, "Jooga kotona"}
    assert not response.context["ignores_filters"]
    assert 'id="understood"' in response.text


def test_groups_are_found_by_filters_alone(client, groups):
    assert titles(ask(client, "perjantaisin", type="group")) == {
        *("Jooga salissa", "Jooga ruudulla", "Shakki"),
    }
    assert titles(ask(client, "kotka tiistai", type="group")) == {"Jooga rannalla"}
    assert titles(ask(client, "nuori", type="group")) == {"Shakki"}


def test_groups_that_fit_come_before_guides_with_the_place(client, groups):
    first, *_others = ask(client, "jooga kotka tiistai").context["results"]

    assert first.title == "Jooga rannalla"


def test_when_no_group_fits_others_are_shown_and_it_is_said(client, groups):
    response = ask(client, "jooga haminassa perjantaina")

    assert response.context["ignores_filters"]
    assert {
        *("Jooga rannalla", "Jooga salissa", "Jooga linnoituksessa", "Jooga ruudulla"),
        "Jooga kotona",
    } <= titles(response)
    assert len(response.context["chips"]) == 2
    assert not ask(client, "jooga haminassa").context["ignores_filters"]


def test_chip_takes_its_filter_away(client, groups):
    response = ask(client, "jooga kotka tiistai")
    chips = dict(response.context["chips"])
    assert chips == {
        "Kotka": "q=jooga+kotka+tiistai&plain=municipality",
        "Tiistai": "q=jooga+kotka+tiistai&plain=weekday",
    }
    assert 'href="/fi/haku/?q=jooga+kotka+tiistai&amp;plain=weekday"' in response.text

    without = client.get(f"/fi/haku/?{chips['Tiistai']}")

    assert titles(without) >= {"Jooga rannalla", "Jooga salissa"}
    assert "Jooga linnoituksessa" not in titles(without)
    (address,) = dict(without.context["chips"]).values()
    assert QueryDict(address).getlist("plain") == ["municipality", "weekday"]

    plain = client.get(f"/fi/haku/?{address}")

    assert plain.context["chips"] == []
    assert "Jooga linnoituksessa" in titles(plain)
    assert 'id="understood"' not in plain.text


def test_chips_keep_the_kind_and_the_spelling(client, groups):
    response = ask(client, "jooga kotka", type="group", exact="1")

    ((_label, address),) = response.context["chips"]
    assert address == "q=jooga+kotka&type=group&plain=municipality&exact=1"


def test_chips_are_in_the_readers_language(client, groups):
    response = ask(client, "yoga på tisdagar i Fredrikshamn gratis", "sv")

    assert {label for label, _address in response.context["chips"]} == {
        *("Tisdag", "Fredrikshamn", "Avgiftsfri"),
    }


@pytest.mark.parametrize(
    "typed", ["jooga kotka", "jooga", "perjantai", "jooga ilmainen", "joga kotka"]
)
def test_link_to_the_group_index_asks_the_same(client, groups, typed):
    response = ask(client, typed, type="group")
    address = response.context["groups_url"]
    assert address.startswith("/fi/tapahtumat/?")

    index = client.get(address)

    shown = {card.title for card in index.context["results"]}
    assert shown == titles(response)
    assert shown


def test_link_to_the_group_index_finds_groups_when_no_group_fits_all(client, groups):
    response = ask(client, "jooga haminassa perjantaina", type="group")

    index = client.get(response.context["groups_url"])

    shown = {card.title for card in index.context["results"]}
    assert {"Jooga rannalla", "Jooga salissa"} <= shown
    assert shown == titles(response)


def test_no_link_to_the_group_index_without_groups(client, guide_index, event_index):
    factories.make_guide(guide_index, title="Jooga kotona")

    assert ask(client, "jooga kotka").context["groups_url"] == ""


def test_corrected_word_stands_beside_what_was_understood(client, groups):
    response = ask(client, "joogga kotka")

    assert response.context["corrected"] == "jooga kotka"
    assert titles(response) == {"Jooga rannalla", "Jooga salissa", "Jooga kotona"}


def test_group_that_has_paused_is_found_like_a_page(client, groups, event_index):
    ended = [factories.single_date(timezone.now() - timedelta(days=30))]
    factories.make_event(event_index, "Jooga viime vuonna", dates=ended)

    assert "Jooga viime vuonna" in titles(ask(client, "jooga"))
