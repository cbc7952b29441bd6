"""What readers tell: counted and kept without anything that tells who they are."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django_tasks_db import DatabaseBackend
from wagtail.models import PageViewRestriction

from home import traps
from home.feedback import limits
from home.feedback.clock import forget_old_feedback, remind_of_late
from home.models import (
    ContentVersion,
    Feedback,
    FeedbackSender,
    LimitCount,
    PageComment,
    PageOpinion,
)
from tests import factories

pytestmark = pytest.mark.filterwarnings("ignore:get_connection")

STAFF = "palaute@hyvaarki.example"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
CODE = "131052-308T"
PERSONAL = {
    "identity code": f"Tunnukseni on {CODE}.",
    "phone": "Soittakaa 040 123 4567",
    "phone after a stop": "Soittakaa puh.0401234567",
    "phone in pieces": "Soittakaa 040 - 123 - 4567",
    "mail": "matti@example.org",
    "mail without its sign": "Olen matti.meikalainen gmail.com",
    "address": "Asun Kotkankatu 5 b",
    "address of another kind": "asun Koivurinne 4 B",
}


@pytest.fixture(autouse=True)
def at_once(monkeypatch, settings):
    monkeypatch.setattr(traps, "LEAST_SECONDS", 0)
    settings.FEEDBACK_EMAIL = STAFF


@pytest.fixture
def guide(guide_index):
    return factories.make_guide(guide_index, title="Parempi uni", slug="parempi-uni")


def press(client, page, useful="yes", **headers):
    return client.post(
        f"/fi/palaute/page/{page.pk}/",
        {"useful": useful},
        headers=FROM_HERE | headers,
    )


def comment(client, page, text="Kaipasin esimerkkejä.", verdict="no", **fields):
    return client.post(
        f"/fi/palaute/page/{page.pk}/{verdict}/",
        {"text": text, "website": "", "drawn_at": traps.drawn_now()} | fields,
        headers=FROM_HERE,
    )


def tell(client, **fields):
    data = {
        "kind": "accessibility",
        "place": "Parempi uni",
        "text": "Ruudunlukija ei lue kuvaa.",
        "email": "",
        "website": "",
        "drawn_at": traps.drawn_now(),
    }
    return client.post("/fi/palaute/", data | fields)


# Was this useful?


def test_every_page_of_guidance_asks_and_others_do_not(client, guide_index, home):
    programme = factories.make_programme(guide_index)
    asking = [
        factories.make_guide(guide_index),
        factories.make_service(guide_index),
        factories.make_self_assessment(guide_index),
        factories.make_customer_path(guide_index),
        programme,
        factories.make_programme_part(programme),
    ]
    ContentVersion.forget()

    for page in asking:
        text = client.get(page.url).text
        assert f'action="/fi/palaute/page/{page.pk}/"' in text, page
        assert "csrfmiddlewaretoken" not in text
    for page in (home, factories.make_standard_page(home), guide_index):
        assert "/palaute/page/" not in client.get(page.url).text


def test_an_answer_is_counted_by_page_and_day(client, guide):
    assert press(client, guide, "yes").url == f"/fi/palaute/page/{guide.pk}/yes/"
    assert press(client, guide, "no", **{"X-Forwarded-For": ""}).status_code == 302
    LimitCount.objects.all().delete()
    press(client, guide, "no")

    row = PageOpinion.objects.get()
    assert (row.page_id, row.day) == (guide.pk, timezone.localdate())
    assert (row.yes, row.no) == (1, 1)


def test_a_button_pressed_twice_counts_once(client, guide):
    press(client, guide)
    again = press(client, guide)

    assert again.status_code == 302
    assert PageOpinion.objects.get().yes == 1


def test_a_vote_too_many_is_thanked_for_and_not_counted(client, guide_index):
    most = limits.OPINIONS_FROM_READER.most
    pages = [factories.make_guide(guide_index) for _number in range(2)]
    press(client, pages[0])
    LimitCount.objects.filter(kind=limits.OPINIONS_FROM_READER.kind).update(number=most)

    response = press(client, pages[1])

    assert response.status_code == 302
    assert not PageOpinion.objects.filter(page=pages[1]).exists()


def test_counting_leaves_public_pages_as_they_are(client, guide):
    before = ContentVersion.objects.get().number

    press(client, guide)
    comment(client, guide)
    tell(client)

    assert PageComment.objects.exists()
    assert Feedback.objects.exists()
    assert ContentVersion.objects.get().number == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://toinen.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
    ],
)
def test_another_site_counts_nothing(guide, headers):
    strict = Client(enforce_csrf_checks=True)
    address = f"/fi/palaute/page/{guide.pk}/"

    for path in (address, f"{address}no/"):
        data = {"useful": "no", "text": "Roskaa", "drawn_at": traps.drawn_now()}
        assert strict.post(path, data, headers=headers).status_code == 403
    assert not PageOpinion.objects.exists()
    assert not PageComment.objects.exists()


def test_own_page_needs_no_token_and_gets_no_cookie(guide):
    strict = Client(enforce_csrf_checks=True)

    pressed = press(strict, guide)
    page = strict.get(pressed.url)
    sent = comment(strict, guide)

    assert sent.status_code == 302
    for response in (pressed, page, sent):
        assert not response.cookies
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize("useful", ["", "maybe", "yes\x00", "<script>"])
def test_an_answer_that_is_none_leads_back_to_the_page(client, guide, useful):
    response = press(client, guide, useful)

    assert response.url == guide.url
    assert not PageOpinion.objects.exists()


def test_only_public_pages_that_ask_have_the_form(client, home, guide_index):
    draft = factories.make_guide(guide_index, live=False)
    secret = factories.make_guide(guide_index)
    PageViewRestriction.objects.create(
        page=secret, restriction_type=PageViewRestriction.PASSWORD, password="sala"
    )

    for page in (draft, secret, home):
        assert press(client, page).status_code == 404
        assert comment(client, page).status_code == 404
    for address in ("999999999999999999999", "0"):
        path = f"/fi/palaute/page/{address}/"
        assert client.post(path, {"useful": "yes"}).status_code == 404
    assert not PageOpinion.objects.exists()


def test_sensitive_page_has_its_quick_exit_on_the_comment_page_too(client, guide_index):
    guide = factories.make_guide(
        guide_index, title="Lähisuhdeväkivalta", is_sensitive=True
    )

    text = client.get(f"/fi/palaute/page/{guide.pk}/no/").text

    assert "data-quick-exit" in text
    assert "Lähisuhdeväkivalta" not in text.split("</title>")[0]


# Comments


def test_a_comment_is_kept_without_its_writer(client, guide):
    assert comment(client, guide, verdict="yes").status_code == 302

    kept = PageComment.objects.get()
    assert (kept.text, kept.was_useful) == ("Kaipasin esimerkkejä.", True)
    names = {field.name for field in PageComment._meta.get_fields()}
    assert names == {
        *("id", "page", "was_useful", "text", "language", "sent_on"),
        *("handled_at", "handled_by"),
    }


def test_an_empty_comment_is_no_comment_and_no_error(client, guide):
    assert comment(client, guide, text="  ").status_code == 302
    assert not PageComment.objects.exists()


def test_a_comment_sent_twice_is_kept_once(client, guide):
    comment(client, guide)
    comment(client, guide)

    assert PageComment.objects.count() == 1


@pytest.mark.parametrize("text", PERSONAL.values(), ids=PERSONAL)
def test_what_tells_who_somebody_is_goes_back_with_advice(client, guide, caplog, text):
    caplog.set_level(logging.DEBUG)
    typed = f"Hyvä sivu. {text} Kiitos!"

    response = comment(client, guide, text=typed)

    assert response.status_code == 422
    assert not PageComment.objects.exists()
    form = response.context["form"]
    assert form["text"].value() == typed
    assert len(form.errors["text"]) == 1
    assert text not in caplog.text
    assert "no-store" in response.headers["Cache-Control"]


def test_when_it_is_taken_out_the_comment_is_taken(client, guide):
    refused = comment(client, guide, text=f"Kiitos! {CODE}")
    again = refused.context["form"]

    sent = comment(client, guide, text="Kiitos!", drawn_at=again["drawn_at"].value())

    assert sent.status_code == 302
    assert PageComment.objects.get().text == "Kiitos!"


@pytest.mark.parametrize(
    "fields",
    [{"website": "https://mainos.example"}, {"drawn_at": ""}, {"drawn_at": "x:y"}],
)
def test_a_program_that_fills_in_everything_is_caught(client, guide, fields):
    assert comment(client, guide, **fields).status_code == 422
    assert tell(client, **fields).status_code == 422
    assert not PageComment.objects.exists()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "{{ 7*7 }}{% load x %}",
        "a\x0b\x1b[31mb",
        "\u202egnp.exe",
        "'; DROP TABLE home_pagecomment; --",
        "👩‍👩‍👧🎉",
    ],
)
def test_hostile_words_are_harmless_words(client, guide, hostile):
    assert comment(client, guide, text=hostile).status_code == 302
    assert tell(client, text=hostile, place=hostile).status_code == 302

    assert "\x1b" not in PageComment.objects.get().text
    assert "\x0b" not in Feedback.objects.get().text


@pytest.mark.parametrize("text", ["ä" * 1001, "a\x00b", "ä" * 100_000])
def test_a_comment_too_long_or_broken_goes_back(client, guide, text):
    response = comment(client, guide, text=text)

    assert response.status_code in {400, 422}
    assert not PageComment.objects.exists()


def test_one_reader_comments_so_often_and_what_was_typed_stays(client, guide):
    for number in range(limits.COMMENTS_FROM_READER.most):
        assert comment(client, guide, text=f"Huomio {number + 1}.").status_code == 302

    response = comment(client, guide, text="Vielä yksi")

    assert response.status_code == 429
    assert "Vielä yksi" in response.text


def test_a_database_that_is_away_loses_nothing_and_logs_nothing(
    client, guide, monkeypatch, caplog
):
    def away(*args, **kwargs):
        message = "locked: Kaipasin esimerkkejä."
        raise OperationalError(message)

    monkeypatch.setattr("home.feedback.views.allows", away)

    for response in (comment(client, guide), tell(client)):
        assert response.status_code == 503
    assert "Kaipasin esimerkkejä." in comment(client, guide).text
    assert press(client, guide).status_code == 302
    assert "Kaipasin" not in caplog.text


def test_limits_know_a_digest_and_no_address(client, guide):
    press(client, guide)
    comment(client, guide)

    rows = LimitCount.objects.values_list("who", flat=True)
    assert rows
    assert not [who for who in rows if "127.0.0.1" in who]


# The feedback page


@pytest.mark.parametrize("path", ["fi/palaute", "sv/respons", "en/feedback"])
def test_feedback_page_stands_in_each_language_and_is_kept_nowhere(client, homes, path):
    response = client.get(f"/{path}/")

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.text.count("<h1>") == 1
    assert client.get("/fi-simple/palaute/").status_code == 200


def test_footer_of_every_page_leads_to_feedback(client, guide):
    for address in ("/fi/", guide.url, "/fi/ei-ole/"):
        assert 'href="/fi/palaute/"' in client.get(address).text


def test_statement_leads_to_the_form_with_accessibility_chosen(client, home):
    form = client.get("/fi/palaute/accessibility/").context["form"]

    assert form["kind"].value() == "accessibility"


def test_feedback_and_its_address_are_kept_apart(client, home):
    told = tell(client, email="lukija@example.org")

    feedback = Feedback.objects.get()
    assert told.url == "/fi/palaute/answer/"
    assert "lukija@" not in str(vars(feedback))
    assert FeedbackSender.objects.get(feedback=feedback).email == "lukija@example.org"


def test_whoever_wants_no_answer_leaves_no_address(client, home):
    assert tell(client).url == "/fi/palaute/sent/"
    assert not FeedbackSender.objects.exists()


def test_feedback_needs_the_token_and_a_lost_cookie_loses_no_words(home):
    strict = Client(enforce_csrf_checks=True)

    kept = strict.post(
        "/fi/palaute/",
        {"kind": "fault", "text": "Sivu ei aukea."},
        headers={"Origin": "http://testserver"},
    )
    foreign = strict.post(
        "/fi/palaute/",
        {"kind": "fault", "text": "Sivu ei aukea."},
        headers={"Origin": "https://toinen.example"},
    )

    assert kept.status_code == foreign.status_code == 403
    assert "Sivu ei aukea." in kept.text
    assert "csrfmiddlewaretoken" in kept.text
    assert "Sivu ei aukea." not in foreign.text
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "muu"}, "kind"),
        ({"text": " "}, "text"),
        ({"text": "ä" * 3001}, "text"),
        ({"place": "ä" * 301}, "place"),
        ({"place": "matti@example.org"}, "place"),
        ({"email": "ei-osoite"}, "email"),
        ({"email": "a@b.fi\nBcc: c@d.fi"}, "email"),
    ],
)
def test_feedback_that_is_not_right_goes_back_whole(client, home, fields, field):
    response = tell(client, **fields)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("text", PERSONAL.values(), ids=PERSONAL)
def test_feedback_takes_no_personal_data_either(client, home, text):
    response = tell(client, text=f"Sivu ei aukea. {text}")

    assert response.status_code == 422
    assert text in response.text
    assert not Feedback.objects.exists()


def test_feedback_sent_twice_is_one_task_and_one_letter(
    client, home, django_capture_on_commit_callbacks
):
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tell(client, email="lukija@example.org")

    assert Feedback.objects.count() == FeedbackSender.objects.count() == 1
    assert [message.to for message in mail.outbox] == [[STAFF]]


def test_one_reader_writes_so_often(client, home):
    for number in range(limits.FEEDBACK_FROM_READER.most):
        assert tell(client, text=f"Vika {number + 1}.").status_code == 302

    response = tell(client, text="Vielä yksi vika")

    assert response.status_code == 429
    assert "Vielä yksi vika" in response.text


# The law's clock


def test_staff_get_a_letter_without_what_was_written(
    client, home, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        tell(client, email="lukija@example.org")
        tell(client, kind="content", text="Kirjoitusvirhe.")

    (letter,) = mail.outbox
    feedback = Feedback.objects.get(kind="accessibility")
    assert letter.to == [STAFF]
    assert f"/admin/feedback/{feedback.pk}/" in letter.body
    for word in ("lukija", "Ruudunlukija", "Parempi"):
        assert word not in letter.body + letter.subject


def waiting(**fields):
    days = fields.pop("days", 0)
    return Feedback.objects.create(
        **{
            "kind": "accessibility",
            "text": "Ruudunlukija ei lue kuvaa.",
            "language": "fi",
            "sent_at": timezone.now() - timedelta(days=days),
        }
        | fields
    )


def test_reminder_comes_on_the_tenth_day_and_never_again(
    home, django_capture_on_commit_callbacks
):
    young, late = waiting(days=9), waiting(days=10)
    waiting(days=12, kind="fault")
    waiting(days=12, handled_at=timezone.now(), answer="none")

    for _time in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            remind_of_late()

    (letter,) = mail.outbox
    assert f"/admin/feedback/{late.pk}/" in letter.body
    assert f"/admin/feedback/{young.pk}/" not in letter.body


def test_staff_hear_of_it_while_there_is_time_to_answer(
    client, home, clock, django_capture_on_commit_callbacks
):
    tell(client)
    feedback = Feedback.objects.get()
    mail.outbox.clear()
    heard = []

    for _day in range(15):
        clock.move(days=1)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("look_after_feedback", verbosity=0)
        heard += [(timezone.localdate(), letter) for letter in mail.outbox]
        mail.outbox.clear()

    ((day, letter),) = heard
    assert timedelta(days=3) <= feedback.due_on - day < timedelta(days=14)
    assert letter.to == [STAFF]
    assert date_format(feedback.due_on, "SHORT_DATE_FORMAT") in letter.body


class Killed(Exception):
    """In the middle of storing a task."""


class DyingBackend(DatabaseBackend):
    def enqueue(self, *args, **kwargs):
        raise Killed


def test_a_reminder_whose_process_was_killed_is_written_the_next_time(
    own_database, settings
):
    factories.make_homes(factories.make_locales())
    waiting(days=11)
    settings.TASKS = {"default": {"BACKEND": f"{__name__}.DyingBackend"}}
    with pytest.raises(Killed):
        remind_of_late()

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert [remind_of_late() for _run in range(2)] == [1, 0]
    call_command("db_worker", batch=True, interval=0, reload=False, verbosity=0)

    assert [letter.to for letter in mail.outbox] == [[STAFF]]


def test_where_nobody_is_written_to_no_reminder_is_spent(home, settings):
    settings.FEEDBACK_EMAIL = ""
    waiting(days=11)

    assert remind_of_late() == 0
    assert not Feedback.objects.exclude(reminded_at=None).exists()


def test_days_left_are_counted_to_the_fourteenth_day(home):
    fresh, late, over = waiting(), waiting(days=10), waiting(days=15)

    assert (fresh.days_left, fresh.is_late) == (14, False)
    assert (late.days_left, late.is_late) == (4, True)
    assert (over.days_left, over.is_late) == (-1, True)
    assert waiting(kind="fault").days_left is None


# Forgetting


def test_what_is_old_is_forgotten_and_an_address_before_its_feedback(guide, settings):
    now = timezone.now()
    kept, contact = settings.FEEDBACK_KEPT_DAYS, settings.FEEDBACK_CONTACT_KEPT_DAYS
    old, young = waiting(days=kept + 1), waiting(days=kept - 1)
    dealt, dealt_lately, still_open = (waiting(days=60) for _number in range(3))
    for feedback, days in ((dealt, contact + 1), (dealt_lately, contact - 1)):
        handled_at = now - timedelta(days=days)
        Feedback.objects.filter(pk=feedback.pk).update(
            handled_at=handled_at, answer="none"
        )
    for feedback in (old, young, dealt, dealt_lately, still_open):
        FeedbackSender.objects.create(feedback=feedback, email="lukija@example.org")
    for days in (kept + 1, kept - 1):
        PageComment.objects.create(
            page=guide,
            was_useful=True,
            text="Kiitos!",
            language="fi",
            sent_on=timezone.localdate() - timedelta(days=days),
        )

    forget_old_feedback()

    assert set(Feedback.objects.all()) == {young, dealt, dealt_lately, still_open}
    senders = FeedbackSender.objects.values_list("feedback", flat=True)
    assert set(senders) == {young.pk, dealt_lately.pk, still_open.pk}
    assert PageComment.objects.count() == 1


def test_who_comes_back_to_leave_an_address_is_answered(client, homes):
    for email in ("", "asukas@posti.example", "asukas@posti.example"):
        tell(client, email=email)

    assert FeedbackSender.objects.get().email == "asukas@posti.example"


@pytest.mark.parametrize("text", ["Päivitetty 05/2026.", "Auki klo 08-16 10-14."])
def test_months_and_hours_are_no_phone_numbers(client, guide, text):
    comment(client, guide, text)

    assert PageComment.objects.get().text == text
