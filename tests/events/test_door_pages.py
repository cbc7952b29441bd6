"""What the door's pages say and show, beside what they do."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file

from events.models import Contact, Organisation, Submission
from home.models import SiteImage

from ..factories import make_event, make_organisation, make_venue
from .door import START, client_of, fill_in, plain_what

pytestmark = pytest.mark.django_db

OPTIONAL = "(vapaaehtoinen)"
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture
def organisation(event_index: Any) -> Organisation:
    make_venue(name={"fi": "Esimerkkitalo"})
    return make_organisation(name={"fi": "Esimerkkiyhdistys ry"})


@pytest.fixture
def client(contact: Contact) -> Client:
    return client_of(contact)


def page_of(draft: Submission, page: str) -> str:
    return f"{START}draft/{draft.key}/{page}/"


def begin(client: Client) -> Submission:
    client.post(f"{START}new/")
    return Submission.objects.latest("pk")


def label_of(name: str, page: str) -> str:
    return re.search(rf'<label for="id_{name}">(.*?)</label>', page, re.DOTALL)[1]


# Previews


def test_the_preview_shows_an_organisation_that_is_not_made_yet(client: Client) -> None:
    draft = fill_in(client, what={"organisation": "Uusi yhdistys ry"})
    page = client.get(page_of(draft, "preview/fi")).text
    assert "Uusi yhdistys ry" in page
    assert not Organisation.objects.named("Uusi yhdistys ry").exists()


def test_the_preview_shows_the_organisation_that_is_named_now(client: Client) -> None:
    other = make_organisation(name={"fi": "Toinen yhdistys ry"}, phone="000 111 2222")
    draft = fill_in(client)
    assert "Esimerkkiyhdistys ry" in client.get(page_of(draft, "preview/fi")).text
    what = plain_what(organisation=str(other.name))
    client.post(page_of(draft, "what"), what)
    page = client.get(page_of(draft, "preview/fi")).text
    assert "000 111 2222" in page
    assert "Esimerkkiyhdistys ry" not in page


# What is wrong


def test_a_page_with_errors_says_so_first(client: Client) -> None:
    draft = begin(client)
    fresh = client.get(page_of(draft, "what")).text
    assert not TITLE.search(fresh)[1].startswith("Virhe:")
    page = client.post(page_of(draft, "what"), {"title_fi": ""}).text
    assert TITLE.search(page)[1].startswith("Virhe:")
    assert 'id="errors" tabindex="-1"' in page


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("own-data/", {"action": "address", "email": "väärä"}),
        ("organisations/{slug}/people/", {"action": "invite", "email": ""}),
    ],
)
def test_a_page_of_several_forms_says_so_too(
    client: Client,
    organisation: Organisation,
    address: str,
    fields: dict[str, str],
) -> None:
    address = START + address.format(slug=organisation.slug)
    assert not TITLE.search(client.get(address).text)[1].startswith("Virhe:")
    page = client.post(address, fields).text
    assert TITLE.search(page)[1].startswith("Virhe:")


def test_each_field_says_what_is_to_be_written_in_it(client: Client) -> None:
    draft = begin(client)
    typed = plain_what(organisation="", title_fi="", lead_fi="")
    page = client.post(page_of(draft, "what"), typed).text
    for words in (
        "Kirjoita järjestön nimi.",
        "Kirjoita ryhmän nimi.",
        "Kerro yhdellä lauseella, mistä on kyse.",
    ):
        assert words in page


@pytest.mark.parametrize("name", ["street_address", "municipality"])
def test_what_a_new_place_needs_is_not_called_optional(
    client: Client, name: str
) -> None:
    draft = fill_in(client)
    place = {"attendance": "on-site", "venue": "Uusi talo"}
    page = client.post(page_of(draft, "where"), place).text
    assert OPTIONAL in label_of("postal_code", page)
    assert OPTIONAL not in label_of(name, page)


def test_a_price_that_is_asked_is_not_called_optional(client: Client) -> None:
    draft = fill_in(client)
    address = page_of(draft, "whom")
    assert OPTIONAL in label_of("price_fi", client.get(address).text)
    typed = draft.typed["whom"] | {"is_free": ["false"]}
    page = client.post(address, typed).text
    assert OPTIONAL not in label_of("price_fi", page)


# On the group's own page


def test_links_of_organisations_are_not_vouched_for(
    event_index: Any, organisation: Organisation
) -> None:
    organisation.website = "https://yhdistys.example/"
    organisation.save()
    event = make_event(
        event_index,
        "Olohuone",
        organisers=[organisation],
        attendance="mixed",
        online_url="https://kokous.example/",
        sign_up="required",
        sign_up_url="https://lomake.example/",
    )
    page = Client().get(event.path_in("fi")).text
    for host in ("yhdistys", "kokous", "lomake"):
        (link,) = re.findall(rf'<a href="https://{host}.example/"[^>]*>', page)
        assert 'rel="nofollow ugc noopener"' in link


def test_who_took_the_picture_stands_below_it(event_index: Any) -> None:
    image = SiteImage.objects.create(
        title="Ryhmän kuva",
        file=get_test_image_file(),
        credit="Kuva: Esimerkki Kuvaaja",
    )
    event = make_event(event_index, "Olohuone", image=image, image_alt="Kahvikuppeja.")
    page = Client().get(event.path_in("fi")).text
    (figure,) = re.findall(r'<figure class="picture">.*?</figure>', page, re.DOTALL)
    assert "Kuva: Esimerkki Kuvaaja" in figure
