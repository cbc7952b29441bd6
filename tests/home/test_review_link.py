"""The page behind a reviewer's link: what it shows, and what an answer does."""

import logging
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from logging import StreamHandler

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from wagtail.models import PageLogEntry

from accounts.roles import EDITORS
from guides import scoring
from home.models import PageReview, ReviewDue, ReviewPerson
from home.review.asking import ask
from home.tokens import digest_of
from tests import factories
from tests.editing import staff_client
from tests.site.test_every_page import Outline

from .review import RIGHT, answer, asked, in_days, links_of, make_reviewed, only_review

OTHER_SITE = {"Sec-Fetch-Site": "cross-site"}
REPORT = "/admin/reviews/"


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def text_block(text, name):
    return {"type": "text", "value": text, "id": name}


@pytest.fixture
def guide(guide_index):
    body = [
        text_block("<p>Nuku <b>seitsemän</b> tuntia.</p>", "uni"),
        text_block("<p>Herää samaan aikaan.</p>", "aamu"),
    ]
    return make_reviewed(guide_index, 20, title="Parempi uni", body=body)


def change(page, title="", text=""):
    """A draft with another text; gives its revision."""
    if title:
        page.title = title
    if text:
        page.body = [text_block(text, "uni")]
    return page.save_revision()


def test_it_shows_the_text_and_asks_for_an_answer(guide, capture, client):
    page = client.get(asked(guide, capture))

    assert page.status_code == 200
    assert "Parempi uni" in page.text
    assert "Nuku <b>seitsemän</b> tuntia." in page.text
    outline = Outline(page.text)
    assert outline.count("h1") == 1
    assert outline.count("main") == 1
    assert {"verdict", "comment", "name", "is_read", "months"} <= {
        attrs.get("name") for _tag, attrs in outline.tags
    }
    assert 'value="Esimerkkitarkastaja, terveydenhoitaja"' in page.text


@pytest.mark.parametrize("language", ["fi", "sv", "en", "fi-simple"])
def test_it_is_in_the_language_of_the_person(guide, capture, client, language):
    person = factories.make_review_person(language=language)
    path = asked(guide, capture, person)

    page = client.get(path)

    outline = Outline(page.text)
    assert path.startswith(f"/{language}/")
    assert outline.attribute("html", "lang") == [language]
    assert "fi" in outline.attribute("h1", "lang")


def test_nothing_of_it_is_kept_on_the_way_or_told_elsewhere(guide, capture, client):
    path = asked(guide, capture)
    for address in (path, f"{path}page/", "/fi/tarkastus/thanks/", "/fi/tarkastus/x/"):
        page = client.get(address)

        assert "no-store" in page.headers["Cache-Control"], address
        assert page.headers["Referrer-Policy"] == "strict-origin", address
        assert not page.cookies, address
        robots = page.headers.get("X-Robots-Tag", "") + page.text
        assert "noindex" in robots, address
        assert "csrfmiddlewaretoken" not in page.text, address
        assert "unsafe" not in page.headers["Content-Security-Policy"], address


def test_it_shows_the_whole_page_as_readers_see_it(guide, capture, client):
    change(guide, "Uusi nimi", "<p>Uusi teksti.</p>")
    path = asked(guide, capture)

    page = client.get(f"{path}page/")

    assert "Uusi teksti." in page.text
    assert "Uusi teksti." not in client.get(guide.url).text


def test_looking_changes_nothing(guide, capture, client):
    path = asked(guide, capture)

    for _ in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200

    assert only_review().decided_at is None
    guide.refresh_from_db()
    assert guide.next_review == in_days(20)


def test_a_good_answer_is_recorded_and_sets_the_dates(guide, capture, client):
    path = asked(guide, capture)

    response = answer(path, capture, months="6", comment="Hyvä.", verdict="remarks")

    assert response.status_code == 302
    assert response.url == "/fi/tarkastus/thanks/"
    review = only_review()
    assert review.verdict == "remarks"
    assert review.name == "Esimerkkitarkastaja, terveydenhoitaja"
    assert review.comment == "Hyvä."
    assert review.reviewed_on == timezone.localdate()
    guide.refresh_from_db()
    assert guide.last_reviewed == timezone.localdate()
    assert guide.next_review == review.next_review
    assert 180 <= (guide.next_review - guide.last_reviewed).days <= 184
    assert ReviewDue.objects.get(pk=guide.pk).next_review == guide.next_review
    shown = client.get(guide.url).text
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    assert day in shown
    assert "Hyvä." not in shown


def test_two_years_is_the_longest(guide, capture):
    path = asked(guide, capture)

    assert answer(path, capture, months="36").status_code == 422
    assert answer(path, capture, months="24").status_code == 302

    guide.refresh_from_db()
    guide.full_clean()


def test_an_answer_that_asks_for_changes_leaves_the_dates(guide, capture):
    before = (guide.last_reviewed, guide.next_review)

    answer(asked(guide, capture), capture, verdict="changes", comment="Luku on väärä.")

    guide.refresh_from_db()
    assert (guide.last_reviewed, guide.next_review) == before
    assert only_review().verdict == "changes"
    assert only_review().reviewed_on is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": ""},
        {"verdict": "maybe"},
        {"name": " "},
        {"is_read": ""},
        {"verdict": "changes", "comment": " "},
        {"verdict": "remarks", "comment": ""},
        {"comment": "x" * 5001},
    ],
)
def test_what_is_missing_is_pointed_out_and_nothing_typed_is_lost(
    guide, capture, wrong
):
    path = asked(guide, capture)
    fields = {"comment": "Hyvä teksti."} | wrong

    response = answer(path, capture, **fields)

    assert response.status_code == 422
    assert 'id="errors"' in response.text
    assert fields["comment"] in response.text
    assert only_review().decided_at is None


def test_an_answer_from_another_site_is_refused(guide, capture):
    path = asked(guide, capture)
    client = Client(enforce_csrf_checks=True)

    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://paha.example"},
        {"Origin": "null"},
    ):
        response = client.post(path, {"verdict": "right"}, headers=headers)
        assert response.status_code == 403, headers
        assert "no-store" in response.headers["Cache-Control"]

    assert only_review().decided_at is None


def test_a_used_link_says_so_and_changes_nothing(guide, capture, client):
    path = asked(guide, capture)
    answer(path, capture, months="6")
    guide.refresh_from_db()
    after = (guide.last_reviewed, guide.next_review)
    letters = len(mail.outbox)

    again = client.get(path)
    second = answer(path, capture, months="24", verdict="changes", comment="Ei.")

    for page in (again, second, client.get(f"{path}page/")):
        assert page.status_code == 410
        assert "Sisältö on kunnossa" in page.text
        assert "Nuku" not in page.text
    guide.refresh_from_db()
    assert (guide.last_reviewed, guide.next_review) == after
    assert only_review().verdict == "right"
    assert len(mail.outbox) == letters


def test_a_foreign_an_expired_and_a_withdrawn_link_say_so(guide, capture, client):
    path = asked(guide, capture)
    foreign = client.get("/fi/tarkastus/" + "x" * 43 + "/")
    assert foreign.status_code == 410

    PageReview.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path).status_code == 410
    assert answer(path, capture).status_code == 410

    PageReview.objects.update(
        expires_at=timezone.now() + timedelta(days=1), withdrawn_at=timezone.now()
    )
    assert client.get(path).status_code == 410
    assert answer(path, capture).status_code == 410
    assert only_review().decided_at is None


def test_what_was_typed_while_the_link_died_is_given_back(guide, capture):
    person = factories.make_review_person()
    path = asked(guide, capture, person)
    asked(guide, capture, person)

    late = answer(path, capture, verdict="changes", comment="Annos on <b>väärin</b>.")

    assert late.status_code == 410
    assert "Annos on &lt;b&gt;väärin&lt;/b&gt;." in late.text
    assert not PageReview.objects.answered().exists()


def test_a_button_that_is_pressed_twice_gives_nothing_back(guide, capture):
    path = asked(guide, capture)
    for _time in range(2):
        second = answer(path, capture, verdict="remarks", comment="Yksi\r\nhuomio.")

    assert second.status_code == 410
    assert "huomio" not in second.text


def test_of_a_token_only_the_digest_is_kept(guide, capture):
    path = asked(guide, capture)
    token = path.rstrip("/").rsplit("/", 1)[1]

    assert len(token) >= 43  # 256 bits.
    assert only_review().token_digest == digest_of(token)
    assert token not in str(PageReview.objects.values().get())


def test_links_die_with_the_address_they_were_sent_to(guide, capture, client):
    person = factories.make_review_person()
    path = asked(guide, capture, person)
    person.title = "ylihoitaja"
    person.save()
    assert client.get(path).status_code == 200

    person.email = "uusi@example.org"
    person.save()

    assert client.get(path).status_code == 410


def test_links_die_with_the_person(guide, capture, client):
    person = factories.make_review_person()
    path = asked(guide, capture, person)

    person.delete()

    assert client.get(path).status_code == 410


def test_asking_again_takes_the_place_of_the_link_before(guide, capture, client):
    person = factories.make_review_person()
    other = asked(guide, capture)
    first = asked(guide, capture, person)
    second = asked(guide, capture, person)

    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert client.get(other).status_code == 200


def test_the_difference_to_the_version_last_reviewed_is_shown(guide, capture, client):
    answer(asked(guide, capture), capture)
    change(guide, text="<p>Nuku kahdeksan tuntia.</p>").publish()
    change(guide, text="<p>Nuku yhdeksän tuntia.</p>")

    page = client.get(asked(guide, capture))

    changes = page.text[page.text.index("differences-heading") :]
    changes = changes[: changes.index("text-heading")]
    assert "<ins>yhdeksän</ins>" in changes
    assert "<del>seitsemän</del>" in changes
    assert "Poistettu:" in changes
    assert "Herää samaan aikaan." in changes
    assert "kahdeksan" not in changes
    assert "Esimerkkitarkastaja" in changes


def test_a_draft_of_a_page_nobody_reviewed_is_compared_with_what_readers_see(
    guide, capture, client
):
    change(guide, "Parempi ja pidempi uni")

    page = client.get(asked(guide, capture))

    assert "pidempi" in page.text
    assert "<ins>" in page.text


def test_a_first_review_says_that_there_is_nothing_to_compare_with(
    guide, capture, client
):
    page = client.get(asked(guide, capture))

    assert "<ins>" not in page.text
    assert "Kukaan ei ole vielä tarkistanut" in page.text


def test_it_says_so_when_the_page_was_changed_after_the_question(
    guide, capture, client
):
    path = asked(guide, capture)
    assert "Sivua on muutettu" not in client.get(path).text

    change(guide, text="<p>Aivan muuta.</p>")
    page = client.get(path)

    assert "Sivua on muutettu" in page.text
    assert "Aivan muuta" not in page.text


def test_a_version_that_was_saved_over_is_still_the_one_that_is_read(
    guide, capture, client
):
    """The editor saves over the last version while somebody types."""
    revision = change(guide, text="<p>Kysytty teksti.</p>")
    path = asked(guide, capture)
    guide.body = [{"type": "text", "value": "<p>Päälle kirjoitettu.</p>"}]
    guide.save_revision(overwrite_revision=revision)

    page = client.get(path)

    assert "Kysytty teksti" in page.text
    assert "Päälle kirjoitettu" not in page.text
    assert "Sivua on muutettu" in page.text


def test_who_answers_is_told_that_readers_see_the_name(guide, capture, client):
    path = asked(guide, capture)
    assert "lukijat näkevät sen sivun lopussa" in client.get(path).text

    answer(path, capture, name="Toinen Lukija, ylilääkäri")

    assert "Toinen Lukija, ylilääkäri" in client.get(guide.url).text


def test_the_owner_gets_a_letter_in_their_language(guide, capture):
    team = factories.make_review_person(email="teamet@example.org", language="sv")
    guide.kept_by = team
    guide.save_revision().publish()

    answer(asked(guide, capture), capture, verdict="changes", comment="Luku on väärä.")

    letter = mail.outbox[-1]
    assert letter.to == ["teamet@example.org"]
    assert letter.subject == "En sida har granskats"
    assert "Luku on väärä." in letter.body
    assert f"/admin/reviews/{guide.pk}/" in letter.body
    assert not links_of(letter)


def test_where_nobody_keeps_the_page_who_asked_gets_the_letter(
    guide, capture, administrator
):
    person = factories.make_review_person()
    with capture(execute=True):
        ask(guide, person, administrator, "Lue erityisesti luvut.")
    request = mail.outbox[-1]
    assert "Lue erityisesti luvut." in request.body

    answer(links_of(request)[0], capture)

    assert mail.outbox[-1].to == [administrator.email]


@pytest.mark.parametrize("bounced", [False, True])
def test_where_nobody_is_left_staff_get_the_letter(guide, capture, settings, bounced):
    settings.FEEDBACK_EMAIL = "palaute@hyvaarki.example"
    path = asked(guide, capture)
    if bounced:
        guide.kept_by = factories.make_review_person(email="tiimi@example.org")
        guide.save_revision().publish()
        ReviewPerson.objects.filter(pk=guide.kept_by.pk).update(
            bounced_at=timezone.now()
        )

    answer(path, capture, verdict="changes", comment="Annos on väärin.")

    assert mail.outbox[-1].to == ["palaute@hyvaarki.example"]
    assert "Annos on väärin." in mail.outbox[-1].body


def test_the_answer_stands_in_the_pages_history(guide, capture):
    answer(asked(guide, capture), capture)

    actions = PageLogEntry.objects.filter(page=guide.pk, action__startswith="reviews.")
    said = {entry.action: entry.formatter.format_message(entry) for entry in actions}
    assert "Esimerkkitarkastaja, terveydenhoitaja" in said["reviews.answer"]
    assert "Sisältö on kunnossa" in said["reviews.answer"]
    assert "Esimerkkitarkastaja" in said["reviews.ask"]


@pytest.fixture
def log():
    """What the site writes to its log, by the handler that production has too."""
    (handler,) = (
        each for each in logging.getLogger().handlers if type(each) is StreamHandler
    )
    written = StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.parametrize("language", ["fi", "sv", "en", "fi-simple"])
def test_no_log_holds_the_token_of_a_request(guide, capture, log, language):
    path = asked(guide, capture, factories.make_review_person(language=language))
    token = path.rstrip("/").rsplit("/", 1)[1]
    beginning = path.removesuffix(f"{token}/")
    client = Client()

    client.get(path)
    client.post(path, RIGHT, headers={"Sec-Fetch-Site": "cross-site"})
    client.delete(path)
    answer(path, capture)
    for address in (path, f"{path}page/", path.rstrip("/"), f"{path}x/"):
        client.get(address)

    assert token not in log.getvalue()
    for said in ("Forbidden", "Method Not Allowed", "Gone", "Not Found"):
        assert said in log.getvalue()
    assert log.getvalue().count(beginning) >= 5


def test_a_reviewers_address_is_on_no_page(guide, capture, client):
    person = factories.make_review_person(email="salainen@example.org")
    guide.kept_by = guide.reviewed_by = person
    guide.save_revision().publish()
    path = asked(guide, capture, person)

    for address in (guide.url, path, f"{path}page/"):
        assert "salainen@example.org" not in client.get(address).text
    answer(path, capture)
    assert "salainen" not in client.get(guide.url).text


HOSTILE = [
    "<script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }}",
    "Rivi\r\nBcc: uhri@muu.example\r\n\r\nToinen",
    "ä" * 150,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_reviewer_types_is_text(guide, capture, text, administrator, client):
    guide.kept_by = factories.make_review_person()
    guide.save_revision().publish()

    answer(asked(guide, capture), capture, name=text, comment=text)

    client.force_login(administrator)
    page = client.get(f"/admin/reviews/{guide.pk}/")
    assert "<script>alert(1)" not in page.text
    assert "<img src=x" not in page.text
    assert mail.outbox[-1].recipients() == [guide.kept_by.email]


def test_the_editors_part_of_a_page_of_parts_names_them(guide_index, capture, client):
    programme = factories.make_programme(guide_index)
    part = factories.make_programme_part(programme, title="Osa yksi")

    page = client.get(asked(programme, capture))

    assert part.url in page.text
    assert "Osa yksi" in page.text


@pytest.mark.parametrize(
    "make",
    [
        factories.make_service,
        factories.make_self_assessment,
        factories.make_programme,
        factories.make_customer_path,
    ],
)
def test_every_reviewed_type_is_shown_and_answered(guide_index, capture, client, make):
    path = asked(make(guide_index), capture)

    assert client.get(path).status_code == 200
    assert client.get(f"{path}page/").status_code == 200
    assert answer(path, capture).status_code == 302


@pytest.fixture
def phq(guide_indexes):
    page = factories.make_self_assessment(
        guide_indexes["sv"], title="PHQ-9", instrument="phq-9"
    )
    page.save_revision().publish()
    return page


def test_a_page_is_shown_in_its_own_language_with_a_form_that_answers(
    phq, capture, client
):
    path = f"{asked(phq, capture)}page/"

    page = client.get(path)

    assert 'lang="sv"' in page.text.split(">")[1]
    assert phq.url in page.text
    assert "Visa resultatet" in page.text
    answers = {f"q{number}": "1" for number in range(1, 10)}
    result = client.post(path, answers, headers={"Sec-Fetch-Site": "same-origin"})
    assert result.status_code == 200
    assert "Ditt resultat" in result.text
    assert "no-store" in result.headers["Cache-Control"]
    assert client.post(path, answers, headers=OTHER_SITE).status_code == 403


def test_a_page_without_a_form_takes_none(guide, capture, client):
    assert client.post(f"{asked(guide, capture)}page/", {}).status_code == 405


def test_the_questions_and_the_results_are_reviewed_with_their_page(
    phq, capture, client, monkeypatch
):
    asked_of_all = scoring.instrument("phq-9")
    first = client.get(asked(phq, capture))
    for item in asked_of_all.items:
        assert conditional_escape(item.text["sv"]) in first.text
    for band in asked_of_all.bands:
        assert conditional_escape(band.next["sv"]) in first.text
    answer(asked(phq, capture), capture)
    assert "Teksti on sama" in client.get(asked(phq, capture)).text

    def now_is(**texts):
        band = replace(asked_of_all.bands[0], next=asked_of_all.bands[0].next | texts)
        changed = replace(asked_of_all, bands=(band, *asked_of_all.bands[1:]))
        monkeypatch.setattr(scoring, "instrument", lambda key: changed)

    now_is(fi="Uusi neuvo.")
    assert "Teksti on sama" in client.get(asked(phq, capture)).text

    now_is(sv="Ett nytt råd.")
    again = client.get(asked(phq, capture)).text
    assert "Teksti on sama" not in again
    assert "Ett nytt råd." in again
    editors = staff_client(EDITORS).get(f"/admin/reviews/{phq.pk}/").text
    assert "tekstiä on muutettu sen jälkeen" in editors


def test_readers_and_staff_are_told_that_the_text_changed_after_the_review(
    guide, capture, client
):
    told = "Tekstiä on muutettu tämän tarkistuksen jälkeen."
    answer(asked(guide, capture), capture)
    assert told not in client.get(guide.url).text
    assert changed_in_report() == []

    guide.refresh_from_db()
    change(guide, "Toinen nimi").publish()
    assert told in client.get(guide.url).text
    assert changed_in_report() == [guide.pk]
    assert "Muutettu tarkistuksen jälkeen" in staff_client(EDITORS).get(REPORT).text

    answer(asked(guide, capture), capture)
    assert told not in client.get(guide.url).text
    assert changed_in_report() == []


def changed_in_report():
    page = staff_client(EDITORS).get(REPORT, {"state": "changed"})
    return [row.page_id for row in page.context["object_list"]]
