"""Reviews in the editor: people, asking, the report, what is due."""

import csv
import re
from io import StringIO

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from home.models import PageReview, ReviewPerson
from tests import factories
from tests.editing import edit_address, send, staff_client, was_taken

from .review import answer, asked, in_days, links_of, make_reviewed

REPORT = "/admin/reviews/"
QUERIES_OF_REPORT = 16


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def editor(db):
    return staff_client(EDITORS)


@pytest.fixture
def guide(guide_index):
    return make_reviewed(guide_index, 20, title="Parempi uni")


def page_of(guide):
    return reverse("review_staff:page", args=[guide.pk])


def listed(client, **query):
    response = client.get(REPORT, query)
    assert response.status_code == 200
    return [row.title for row in response.context["object_list"]]


def test_an_editor_asks_and_the_reviewer_gets_a_link(editor, guide, capture, client):
    person = factories.make_review_person(email="tarkastaja@example.org")

    with capture(execute=True):
        response = editor.post(
            page_of(guide), {"person": person.pk, "message": "Katso luvut."}
        )

    assert response.status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["tarkastaja@example.org"]
    assert letter.subject == "Sivu tarkistettavaksi"
    assert "Parempi uni" in letter.body
    assert "Katso luvut." in letter.body
    (path,) = links_of(letter)
    assert client.get(path).status_code == 200


def test_the_pages_reviewer_is_the_one_proposed(editor, guide):
    factories.make_review_person()
    guide.reviewed_by = factories.make_review_person(name="Oma tarkastaja")
    guide.save_revision().publish()

    form = editor.get(page_of(guide)).context["form"]

    assert form["person"].value() == guide.reviewed_by.pk


def test_nobody_asks_nobody(editor, guide):
    response = editor.post(page_of(guide), {"person": "", "message": ""})

    assert response.status_code == 422
    assert not PageReview.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [(EDITORS, True), (MODERATORS, True), (ADMINISTRATORS, True), (REVIEWERS, False)],
)
def test_who_may_change_a_page_may_ask_about_it(guide, role, may):
    client = staff_client(role)
    person = factories.make_review_person()

    response = client.post(page_of(guide), {"person": person.pk, "message": ""})

    assert PageReview.objects.exists() == may
    assert (response.status_code, "reviews" in response.url) == (302, may)


def test_pages_that_are_not_reviewed_have_no_reviews(administrator, client, home):
    client.force_login(administrator)
    page = factories.make_standard_page(home)

    assert client.get(page_of(page)).status_code == 404
    assert page_of(page) not in client.get(edit_address(page)).text


def test_ways_to_it_stand_in_the_editor(editor, guide, guide_index):
    for address in (
        edit_address(guide),
        reverse("wagtailadmin_explore", args=[guide_index.pk]),
    ):
        assert page_of(guide) in editor.get(address).text
    front = editor.get(reverse("wagtailadmin_home")).text
    assert f"{REPORT}?state=due" in front


def test_an_editor_takes_a_link_back(editor, guide, capture, client):
    path = asked(guide, capture)
    review = PageReview.objects.get()

    response = editor.post(reverse("review_staff:withdraw", args=[review.pk]))

    assert response.status_code == 302
    assert client.get(path).status_code == 410
    assert PageLogEntry.objects.filter(action="reviews.withdraw").count() == 1
    editor.post(reverse("review_staff:withdraw", args=[review.pk]))
    assert PageLogEntry.objects.filter(action="reviews.withdraw").count() == 1


def test_somebody_who_may_not_change_the_page_takes_no_link_back(
    guide, capture, client
):
    path = asked(guide, capture)
    review = PageReview.objects.get()

    staff_client(REVIEWERS).post(reverse("review_staff:withdraw", args=[review.pk]))

    assert client.get(path).status_code == 200


def test_the_answers_stand_on_the_pages_list_with_what_became_of_the_version(
    editor, guide, capture
):
    answer(asked(guide, capture), capture, verdict="remarks", comment="Lähde puuttuu.")
    page = editor.get(page_of(guide))
    assert "Lähde puuttuu." in page.text
    assert "Kunnossa, näillä huomautuksilla" in page.text
    assert "teksti, jonka lukijat näkevät" in page.text

    guide.refresh_from_db()
    guide.title = "Uusi nimi"
    guide.save_revision()
    assert "uudempaa luonnosta ei ole tarkistettu" in editor.get(page_of(guide)).text

    guide.refresh_from_db()
    answer(asked(guide, capture), capture)
    assert "hyväksytty, julkaisematta" in editor.get(page_of(guide)).text

    guide.refresh_from_db()
    guide.get_latest_revision().publish()
    page = editor.get(page_of(guide)).text
    assert "tekstiä on muutettu sen jälkeen" in page


def test_the_people_of_a_page_are_chosen_in_the_editor(guide, capture):
    moderator = staff_client(MODERATORS)
    person = factories.make_review_person()

    response = send(
        moderator,
        edit_address(guide),
        "publish",
        {"kept_by": str(person.pk), "reviewed_by": str(person.pk)},
    )

    assert was_taken(response)
    guide.refresh_from_db()
    assert guide.kept_by == guide.reviewed_by == person
    assert guide.review_due.kept_by == person


def test_an_address_is_written_in_small_letters_and_stands_once(administrator, client):
    client.force_login(administrator)
    add = reverse("wagtailsnippets_home_reviewperson:add")
    fields = {"name": "Esimerkki", "title": "", "language": "sv", "user": ""}

    client.post(add, fields | {"email": "Tarkastaja@Example.org"})
    again = client.post(add, fields | {"email": "TARKASTAJA@example.org"})

    assert ReviewPerson.objects.get().email == "tarkastaja@example.org"
    assert again.status_code == 200


def test_report_has_what_is_due_first(editor, guide_index):
    make_reviewed(guide_index, 200, title="Ei vielä")
    make_reviewed(guide_index, 10, title="Pian")
    make_reviewed(guide_index, -40, title="Myöhässä")
    make_reviewed(guide_index, 0, title="Tänään")
    make_reviewed(guide_index, -5, title="Poistettu").unpublish()

    assert listed(editor) == ["Myöhässä", "Tänään", "Pian", "Ei vielä"]
    assert listed(editor, state="due") == ["Myöhässä", "Tänään", "Pian"]
    assert listed(editor, state="overdue") == ["Myöhässä", "Tänään"]
    assert listed(editor, state="soon") == ["Pian"]
    assert listed(editor, state="later") == ["Ei vielä"]


def test_report_is_narrowed_by_people_language_and_question(
    editor, guide_indexes, capture
):
    person, team = factories.make_review_person(), factories.make_review_person()
    make_reviewed(guide_indexes["fi"], 9, title="Eka", reviewed_by=person)
    make_reviewed(
        guide_indexes["sv"], 9, title="Toka", kept_by=team, content_owner="HYTE-teamet"
    )
    third = make_reviewed(guide_indexes["fi"], 9, title="Kolmas", reviewer="Lääkäri")
    asked(third, capture)
    swedish = guide_indexes["sv"].locale.pk

    assert listed(editor, reviewed_by=person.pk) == ["Eka"]
    assert listed(editor, kept_by=team.pk) == ["Toka"]
    assert listed(editor, content_owner="teamet") == ["Toka"]
    assert listed(editor, reviewer="lääk") == ["Kolmas"]
    assert listed(editor, language=swedish) == ["Toka"]
    assert listed(editor, state="asked") == ["Kolmas"]


def test_report_has_a_state_for_pages_that_need_changes_and_for_nobodys(
    editor, guide_index, capture
):
    person = factories.make_review_person()
    gone = factories.make_review_person(bounced_at="2026-11-20T12:00:00Z")
    wrong = make_reviewed(guide_index, 9, title="Väärä", reviewed_by=person)
    make_reviewed(guide_index, 10, title="Orpo")
    make_reviewed(guide_index, 11, title="Palautuva", kept_by=gone)
    make_reviewed(guide_index, 12, title="Hoidossa", kept_by=gone, reviewed_by=person)
    answer(asked(wrong, capture, person), capture)
    assert listed(editor, state="changes") == []
    second = asked(wrong, capture, factories.make_review_person())
    answer(second, capture, verdict="changes", comment="Luku on väärä.")

    rows = editor.get(REPORT).context["object_list"]

    states = {row.title: row.state for row in rows}
    assert states["Väärä"] == "Tarvitsee muutoksia"
    assert states["Orpo"] == states["Palautuva"] == "Ei kenenkään"
    assert states["Hoidossa"] == "Määräpäivä 30 päivän sisällä"
    assert listed(editor, state="changes") == ["Väärä"]
    assert listed(editor, state="nobody") == ["Orpo", "Palautuva"]


def test_report_says_whom_nobody_can_write_to_and_who_was_asked(
    editor, guide_index, capture
):
    person = factories.make_review_person(name="Esimerkki")
    guide = make_reviewed(guide_index, 9, reviewed_by=person)
    asked(guide, capture, person)
    ReviewPerson.objects.update(bounced_at="2026-11-20T12:00:00Z")

    (row,) = editor.get(REPORT).context["object_list"]

    assert "ei ketään" in row.owner
    assert "palautuu" in row.reviewer
    assert "Esimerkki" in row.answer


def test_report_has_few_columns_so_that_titles_have_room(editor, guide_index):
    make_reviewed(
        guide_index, 9, title="Uni", content_owner="HYTE-tiimi", reviewer="Hoitaja"
    )

    rows = re.findall(r"<tr.*?</tr>", editor.get(REPORT).text, re.DOTALL)
    (row,) = (row for row in rows if "Uni" in row)

    assert row.count("<td") == 5
    for shown in ("Suomi", "HYTE-tiimi", "Hoitaja", "Ei kenenkään"):
        assert shown in row


@pytest.mark.parametrize("number", [1, 8])
def test_report_costs_the_same_whatever_its_length(
    editor, guide_index, capture, number
):
    for _ in range(number):
        person = factories.make_review_person()
        guide = make_reviewed(guide_index, 9, reviewed_by=person, kept_by=person)
        answer(asked(guide, capture, person), capture)
        asked(guide, capture, person)
    editor.get(REPORT)

    with CaptureQueriesContext(connection) as queries:
        assert len(listed(editor)) == number

    assert len(queries) == QUERIES_OF_REPORT


def test_report_is_a_spreadsheet_too(editor, guide_index):
    make_reviewed(guide_index, 9, title="=HYPERLINK(1)")

    sheet = editor.get(REPORT, {"export": "csv"})

    text = b"".join(sheet.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert len(rows) == 2
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert str(in_days(9)) in rows[1]
    xlsx = editor.get(REPORT, {"export": "xlsx"})
    assert xlsx.status_code == 200


def test_the_editors_front_page_counts_what_is_due(editor, guide_index):
    front = reverse("wagtailadmin_home")
    make_reviewed(guide_index, 200)
    assert "reviews-due" not in editor.get(front).text

    make_reviewed(guide_index, -1)
    make_reviewed(guide_index, 3)
    make_reviewed(guide_index, 4)

    page = editor.get(front).text
    assert "1 sivun tarkistus on myöhässä" in page
    assert "2 sivua on tarkistettava 30 päivän sisällä" in page
    assert "reviews-due" not in staff_client(REVIEWERS).get(front).text
