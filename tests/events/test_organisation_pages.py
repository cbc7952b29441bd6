"""An organiser's page, and the list of organisers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import EventState, EventText
from events.organisers import NAMES_ON_A_PAGE
from tests import factories

ADDRESSES = {
    "fi": "/fi/jarjestajat/",
    "sv": "/sv/arrangorer/",
    "en": "/en/organisers/",
    "fi-simple": "/fi-simple/jarjestajat/",
}


@pytest.fixture
def organiser(event_index):
    return factories.make_organisation(
        name={"fi": "Tukiyhdistys ry", "sv": "Stödföreningen rf"},
        slug="tukiyhdistys",
        description={"fi": "Olemme apuna arjessa."},
        phone="05 000 0000",
        email="tuki@example.org",
        website="https://example.org/tuki",
        municipality=factories.town("hamina"),
    )


def unknown_dates(event_index, title, organiser, **fields):
    return factories.make_event(
        event_index, title, rules=[], dates=[], organisers=[organiser], **fields
    )


def test_page_tells_who_they_are_and_how_to_reach_them(client, event_index, organiser):
    factories.make_event(event_index, "Iltaryhmä", organisers=[organiser])

    text = client.get("/fi/jarjestajat/tukiyhdistys/").text

    for part in (
        "<h1>Tukiyhdistys ry</h1>",
        "Olemme apuna arjessa.",
        "tel:050000000",
        "mailto:tuki@example.org",
        "https://example.org/tuki",
        "Hamina",
        "Iltaryhmä",
        'href="/fi/tapahtumat/iltaryhma/"',
    ):
        assert part in text


def test_coming_groups_stand_before_those_without_a_date(
    client, event_index, organiser
):
    now = timezone.now()
    unknown_dates(event_index, "Aamuryhmä", organiser)
    for title, days in (("Myöhempi", 9), ("Pian", 2)):
        factories.make_event(
            event_index,
            title,
            dates=[factories.single_date(now + timedelta(days=days))],
            organisers=[organiser],
        )

    text = client.get("/fi/jarjestajat/tukiyhdistys/").text

    assert text.index("Pian") < text.index("Myöhempi") < text.index("Aamuryhmä")


def test_paused_group_is_named_and_ended_one_is_not(client, event_index, organiser):
    resting = factories.make_event(event_index, "Talvitauko", organisers=[organiser])
    ended = factories.make_event(event_index, "Mennyttä", organisers=[organiser])
    EventState.objects.create(event=resting, is_paused=True)
    EventState.objects.create(
        event=ended, ended_on=timezone.localdate() - timedelta(days=1)
    )

    text = client.get("/fi/jarjestajat/tukiyhdistys/").text

    assert "Talvitauko" in text
    assert "Mennyttä" not in text


def test_groups_of_others_are_not_listed(client, event_index, organiser):
    factories.make_event(event_index, "Oma ryhmä", organisers=[organiser])
    factories.make_event(
        event_index, "Vieras ryhmä", organisers=[factories.make_organisation()]
    )

    text = client.get("/fi/jarjestajat/tukiyhdistys/").text

    assert "Oma ryhmä" in text
    assert "Vieras ryhmä" not in text


def test_without_a_live_group_there_is_no_page(client, event_index, organiser):
    addresses = [f"{address}tukiyhdistys/" for address in ADDRESSES.values()]
    assert {client.get(address).status_code for address in addresses} == {404}

    event = factories.make_event(event_index, organisers=[organiser])
    assert {client.get(address).status_code for address in addresses} == {200}

    event.unpublish()
    assert {client.get(address).status_code for address in addresses} == {404}


def test_page_is_in_every_language_and_leads_to_the_others(
    client, event_index, organiser
):
    factories.make_event(event_index, organisers=[organiser])

    for language, address in ADDRESSES.items():
        text = client.get(f"{address}tukiyhdistys/").text

        assert f'<html lang="{language}"' in text
        canonical = f"http://testserver{address}tukiyhdistys/"
        assert f'<link rel="canonical" href="{canonical}">' in text
        for other, path in ADDRESSES.items():
            assert (
                f'hreflang="{other}" href="http://testserver{path}tukiyhdistys/"'
                in text
            )
            assert f'<a href="{path}tukiyhdistys/"' in text
    assert "Stödföreningen rf" in client.get("/sv/arrangorer/tukiyhdistys/").text


def test_name_in_another_language_says_so(client, event_index, organiser):
    factories.make_event(event_index, organisers=[organiser])

    text = client.get("/sv/arrangorer/tukiyhdistys/").text

    assert '<span lang="fi">Olemme apuna arjessa.</span>' in text


def test_page_has_twenty_groups_and_leads_to_the_rest(client, event_index, organiser):
    for number in range(21):
        factories.make_event(event_index, f"Ryhmä n{number}", organisers=[organiser])
    unknown_dates(event_index, "Odottava", organiser)

    first = client.get("/fi/jarjestajat/tukiyhdistys/").text
    second = client.get("/fi/jarjestajat/tukiyhdistys/?page=2").text

    assert first.count('class="card event-card') == 20
    assert "Odottava" not in first
    assert 'href="?page=2"' in first
    assert second.count('class="card event-card') == 1
    assert "Odottava" in second
    assert 'tukiyhdistys/?page=2">' in second
    for number in ("3", "-1", "x", "9" * 30):
        address = f"/fi/jarjestajat/tukiyhdistys/?page={number}"
        assert client.get(address).status_code == 404


def test_page_costs_the_same_with_few_and_many_groups(
    client, event_index, organiser, settled, django_assert_num_queries
):
    factories.make_event(event_index, organisers=[organiser])
    unknown_dates(event_index, "", organiser)
    settled()
    client.get("/fi/ei-ole/")
    client.get("/sv/arrangorer/tukiyhdistys/")
    with django_assert_num_queries(8):
        client.get("/fi/jarjestajat/tukiyhdistys/")

    for _number in range(8):
        factories.make_event(
            event_index, organisers=[organiser], venue=factories.make_venue()
        )
        unknown_dates(event_index, "", organiser)
    settled()
    client.get("/fi/ei-ole/")
    client.get("/sv/arrangorer/tukiyhdistys/")
    with django_assert_num_queries(8):
        client.get("/fi/jarjestajat/tukiyhdistys/")


def test_protected_address_is_not_told_among_an_organisers_groups(
    client, event_index, organiser
):
    factories.make_event(
        event_index,
        "Suojattu ryhmä",
        organisers=[organiser],
        venue=factories.make_venue(
            name={"fi": "Salainen talo"}, street_address="Piilokuja 3"
        ),
        is_address_protected=True,
    )

    text = client.get("/fi/jarjestajat/tukiyhdistys/").text

    assert "Suojattu ryhmä" in text
    assert "Salainen talo" not in text
    assert "Piilokuja" not in text


def test_group_is_listed_in_the_readers_language(client, event_index, organiser):
    factories.make_event(
        event_index,
        texts=[
            EventText(language="fi", title="Perhekahvila", lead="Tule."),
            EventText(language="sv", title="Familjekafé", lead="Kom."),
        ],
        organisers=[organiser],
    )

    assert "Familjekafé" in client.get("/sv/arrangorer/tukiyhdistys/").text
    assert "Perhekahvila" in client.get("/en/organisers/tukiyhdistys/").text


def test_list_has_organisers_with_groups_and_swedish_letters_last(client, event_index):
    for name in ("Öljy", "Ääni", "Zeta", "Åland", "alfa", "Beeta"):
        factories.make_event(
            event_index, organisers=[factories.make_organisation(name={"fi": name})]
        )
    factories.make_organisation(name={"fi": "Ryhmätön"})

    text = client.get("/fi/jarjestajat/").text
    places = [
        text.index(f">{name}<")
        for name in ("alfa", "Beeta", "Zeta", "Åland", "Ääni", "Öljy")
    ]

    assert places == sorted(places)
    assert "Ryhmätön" not in text


def test_list_is_paged_and_costs_the_same_with_few_and_many(
    client, event_index, settled, django_assert_num_queries
):
    def add(number):
        organisers = [
            factories.make_organisation(municipality=factories.town())
            for _number in range(number)
        ]
        factories.make_event(event_index, organisers=organisers)
        settled()
        client.get("/fi/ei-ole/")

    add(1)
    with django_assert_num_queries(2):
        client.get("/fi/jarjestajat/")
    add(NAMES_ON_A_PAGE)
    with django_assert_num_queries(2):
        text = client.get("/fi/jarjestajat/").text

    assert text.count('href="/fi/jarjestajat/esimerkki') == NAMES_ON_A_PAGE
    assert client.get("/fi/jarjestajat/?page=2").status_code == 200
    assert client.get("/fi/jarjestajat/?page=3").status_code == 404


def test_sitemap_has_organisers_with_groups(client, event_index, organiser):
    factories.make_organisation(slug="ryhmaton")
    factories.make_event(event_index, organisers=[organiser])

    text = client.get("/sitemap-organisers.xml").text

    assert "http://testserver/fi/jarjestajat/tukiyhdistys/" in text
    assert "ryhmaton" not in text
