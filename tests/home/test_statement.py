"""The accessibility statement has all that the law wants, in the Finnish order."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.roles import EDITORS, MODERATORS
from demo.notices import make_statement
from home.models import (
    ContentVersion,
    StandardPage,
    Statement,
    StatementFault,
    StatementTest,
)
from tests import factories
from tests.editing import staff_client

ADDRESSES = {
    "fi": "/fi/saavutettavuus/",
    "sv": "/sv/tillganglighet/",
    "en": "/en/accessibility/",
    "fi-simple": "/fi-simple/saavutettavuus/",
}
EDIT = reverse("wagtailsettings:edit", args=["home", "statement"])
HOME = reverse("wagtailadmin_home")


@pytest.fixture
def pages(homes):
    found = {}
    for language, address in ADDRESSES.items():
        twin = found.get("fi")
        found[language] = factories.make_standard_page(
            homes[language],
            slug=address.split("/")[2],
            data=StandardPage.Data.STATEMENT,
            is_in_footer=True,
            **({"translation_key": twin.translation_key} if twin else {}),
        )
    return found


@pytest.fixture
def statement(db):
    made = Statement(
        service={"fi": "Hyvä arki Kymenlaaksossa"},
        responsible={"fi": "Esimerkkiorganisaatio"},
        status=Statement.Status.PARTIAL,
        made_on=date(2026, 11, 21),
        reviewed_on=timezone.localdate(),
        unit={"fi": "Esimerkkiyksikkö"},
        email="saavutettavuus@example.org",
        authority_contact={"fi": "Esimerkkiosoite 1"},
    )
    made.faults = [
        StatementFault(
            content={"fi": "Kuvilta puuttuu kuvaus."},
            criteria="1.1.1",
            alternative={"fi": "Soita yhteyshenkilölle."},
            mended_by=date(2027, 3, 31),
        ),
        StatementFault(content={"fi": "Muut sivustot."}, reason="outside"),
    ]
    made.tests = [
        StatementTest(
            what={"fi": "Jokainen sivutyyppi"},
            how={"fi": "axe"},
            who={"fi": "Kehittäjät"},
            tested_on=date(2026, 11, 20),
        )
    ]
    made.save()
    return made


def test_statement_has_the_six_parts_in_the_finnish_order(client, pages, statement):
    text = client.get("/fi/saavutettavuus/").text

    parts = [
        "Hyvä arki Kymenlaaksossa",
        "Esimerkkiorganisaatio",
        "306/2019",
        "Kuvilta puuttuu kuvaus.",
        "1.1.1",
        "Soita yhteyshenkilölle.",
        "31. maaliskuuta 2027",
        "Muut sivustot.",
        'href="/fi/palaute/accessibility/"',
        "Esimerkkiyksikkö",
        "Traficom",
        "Esimerkkiosoite 1",
        "Jokainen sivutyyppi",
        "20. marraskuuta 2026",
        "21. marraskuuta 2026",
    ]
    main = text.split("<main")[1]
    places = [main.index(part) for part in parts]
    assert places == sorted(places)
    assert main.count("<h2") >= 6
    assert "14" in main


def test_statement_stands_in_every_language_and_in_the_footer_of_every_page(
    client, pages, statement, guide_indexes
):
    guides = {
        language: factories.make_guide(index)
        for language, index in guide_indexes.items()
    }
    ContentVersion.forget()

    for language, address in ADDRESSES.items():
        shown = client.get(address)
        assert shown.status_code == 200
        assert "1.1.1" in shown.text
        for path in (f"/{language}/", guides[language].url, f"/{language}/x/"):
            footer = client.get(path).text.split('class="site-footer"')[1]
            assert f'href="{address}"' in footer, path


def test_other_languages_hear_in_which_the_data_is(client, pages, statement):
    text = client.get("/sv/tillganglighet/").text

    assert '<span lang="fi">Kuvilta puuttuu kuvaus.</span>' in text


PROMISES = {
    "full": "täyttää lain saavutettavuusvaatimukset kokonaan",
    "partial": "täyttää lain saavutettavuusvaatimukset osittain",
    "none": "ei täytä lain saavutettavuusvaatimuksia",
}
NO_FAULTS = "Tiedossamme ei ole sisältöjä, jotka eivät ole saavutettavia."
NOT_ASSESSED = (
    "Vielä ei ole arvioitu, täyttääkö palvelu lain saavutettavuusvaatimukset."
)


def sections_of(client):
    """By heading, in words."""
    ContentVersion.forget()
    main = client.get("/fi/saavutettavuus/").text.split("<main")[1]
    sections = [part.split("</h2>") for part in main.split("<h2")[1:]]
    return {
        strip_tags(f"<h2{heading}"): " ".join(strip_tags(text).split())
        for heading, text in sections
    }


def test_nothing_filled_in_promises_nothing(client, pages):
    text = " ".join(sections_of(client).values())

    assert not Statement.objects.exists()
    assert NOT_ASSESSED in text
    assert "Traficom" in text
    for promise in (*PROMISES.values(), NO_FAULTS):
        assert promise not in text


@pytest.mark.parametrize("status", PROMISES)
def test_status_is_told_when_something_has_been_tested(
    client, pages, statement, status
):
    Statement.objects.update(status=status)
    assert PROMISES[status] in sections_of(client)["Miten saavutettava palvelu on"]

    StatementTest.objects.all().delete()
    assert sections_of(client)["Miten saavutettava palvelu on"] == NOT_ASSESSED


def test_no_known_fault_is_told_when_something_has_been_tested(
    client, pages, statement
):
    StatementFault.objects.all().delete()
    heading = "Sisällöt, jotka eivät ole saavutettavia"
    assert NO_FAULTS in sections_of(client)[heading]

    StatementTest.objects.all().delete()
    assert NO_FAULTS not in sections_of(client)[heading]


@pytest.mark.parametrize("number", [1, 5])
def test_statement_costs_the_same_whatever_its_length(
    client, pages, number, django_assert_max_num_queries
):
    made = Statement()
    made.faults = [
        StatementFault(content={"fi": f"Puute {place}"}) for place in range(number)
    ]
    made.save()
    ContentVersion.forget()
    client.get("/sv/tillganglighet/")

    with django_assert_max_num_queries(15):
        client.get("/fi/saavutettavuus/")


def test_a_change_of_the_data_shows_at_the_next_visit(
    client, pages, statement, django_capture_on_commit_callbacks
):
    client.get("/fi/saavutettavuus/")

    with django_capture_on_commit_callbacks(execute=True):
        statement.unit = {"fi": "Toinen yksikkö"}
        statement.save()

    assert "Toinen yksikkö" in client.get("/fi/saavutettavuus/").text


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x>'])
def test_words_of_staff_are_text(client, pages, statement, hostile):
    Statement.objects.update(service={"fi": hostile}, status_note={"fi": hostile})
    StatementFault.objects.update(content={"fi": hostile}, criteria=hostile)
    ContentVersion.forget()

    text = client.get("/fi/saavutettavuus/").text

    assert "<script>alert" not in text
    assert "<img src=x>" not in text


# Staff


def test_front_page_of_the_editor_tells_when_the_review_is_due(pages, statement):
    moderator = staff_client(MODERATORS)
    assert "statement-title" not in moderator.get(HOME).text

    Statement.objects.update(reviewed_on=timezone.localdate() - timedelta(days=366))

    assert "statement-title" in moderator.get(HOME).text
    assert "statement-title" not in staff_client(EDITORS).get(HOME).text


def test_front_page_of_the_editor_tells_what_is_missing(pages, statement):
    moderator = staff_client(MODERATORS)
    pages["sv"].unpublish()
    Statement.objects.update(authority_contact={})
    StatementTest.objects.all().delete()

    panel = (
        moderator.get(HOME).text.split('id="statement-title"')[1].split("</section>")[0]
    )

    assert "Svenska" in panel
    assert "Suomi" not in panel
    assert str(Statement._meta.get_field("authority_contact").verbose_name) in panel
    assert "Miten palvelu on testattu" in panel


def test_review_is_due_a_year_after_the_last_one():
    statement = Statement(reviewed_on=timezone.localdate() - timedelta(days=360))
    assert not statement.is_review_due

    statement.reviewed_on -= timedelta(days=10)
    assert statement.is_review_due
    assert Statement().is_review_due


def test_moderator_opens_the_data_and_an_editor_does_not(statement):
    assert staff_client(MODERATORS).get(EDIT, follow=True).status_code == 200
    assert staff_client(EDITORS).get(EDIT, follow=True).redirect_chain


def test_demo_data_is_whole_and_is_made_once(db):
    make_statement()
    make_statement()

    statement = Statement.objects.get()
    statement.full_clean(exclude=["authority_contact"])
    assert [str(name) for name in statement.what_is_missing()] == [
        str(Statement._meta.get_field("authority_contact").verbose_name)
    ]
    for row in (*statement.faults.all(), *statement.tests.all()):
        row.full_clean()
        texts = row.content if hasattr(row, "content") else row.what
        assert set(texts) == {"fi", "sv", "en", "fi-simple"}
