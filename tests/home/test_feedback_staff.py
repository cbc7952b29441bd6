"""What staff see of feedback, and how the law's fourteen days are kept."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from home.feedback.clock import remind_of_late
from home.models import Feedback, FeedbackSender, PageComment, PageOpinion
from tests import factories
from tests.editing import staff_client

pytestmark = pytest.mark.filterwarnings("ignore:get_connection")

INBOX = reverse("feedback_staff:inbox")
COMMENTS = reverse("feedback_staff:comments")
OPINIONS = reverse("feedback_staff:opinions")
HOME = reverse("wagtailadmin_home")
STAFF = "palaute@hyvaarki.example"


@pytest.fixture
def moderator(home):
    return staff_client(MODERATORS)


def waiting(days=0, email="", **fields):
    feedback = Feedback.objects.create(
        **{
            "kind": "accessibility",
            "text": f"Ruudunlukija ei lue kuvaa {next(factories.numbers)}.",
            "language": "fi",
            "sent_at": timezone.now() - timedelta(days=days),
        }
        | fields
    )
    if email:
        FeedbackSender.objects.create(feedback=feedback, email=email)
    return feedback


def answer_address(feedback):
    return reverse("feedback_staff:answer", args=[feedback.pk])


def answered(client, feedback, **fields):
    data = {"answer": "elsewhere", "text": "", "answered_on": timezone.localdate()}
    return client.post(answer_address(feedback), data | fields)


def commented(page, text="Kaipasin esimerkkejä.", **fields):
    return PageComment.objects.create(
        page=page, was_useful=False, text=text, language="fi", **fields
    )


def test_front_page_of_the_editor_shows_days_left_and_red_after_ten(moderator):
    waiting(days=3)
    calm = moderator.get(HOME).text
    waiting(days=11)

    red = moderator.get(HOME).text

    assert "11 päivää jäljellä" in calm or "11 days left" in calm
    assert 'class="is-late"' not in panel_of(calm)
    assert 'class="is-late"' in panel_of(red)
    assert "3 päivää jäljellä" in red or "3 days left" in red


def panel_of(text):
    return text.split('aria-labelledby="feedback-title"')[1].split("</section>")[0]


def test_list_has_what_is_open_and_what_is_handled_apart(moderator):
    still_open, handled = waiting(days=11), waiting()
    Feedback.objects.filter(pk=handled.pk).update(
        handled_at=timezone.now(), answer="none"
    )

    def shown(**query):
        rows = moderator.get(INBOX, query).context["object_list"]
        return [row.feedback_id for row in rows]

    assert shown() == [still_open.pk]
    assert shown(state="handled") == [handled.pk]
    assert 'class="is-late"' in moderator.get(INBOX).text


def test_lists_say_when_it_was_sent_and_not_how_long_since_midnight(
    moderator, guide_index
):
    feedback = waiting(sent_at=timezone.now() - timedelta(minutes=5))
    commented(factories.make_guide(guide_index))

    inbox, comments = (moderator.get(address).text for address in (INBOX, COMMENTS))

    moment = timezone.localtime(feedback.sent_at).isoformat()
    assert f'datetime="{moment}"' in inbox
    # Only the day of a comment is kept.
    with translation.override("fi"):
        day = date_format(timezone.localdate())
    assert re.search(rf"<td\s*>\s*{re.escape(day)}\s*</td>", comments)


@pytest.mark.parametrize("address", [INBOX, COMMENTS, OPINIONS])
def test_empty_list_says_so_in_finnish(moderator, address):
    shown = moderator.get(address)

    assert "Ei näytettävää" in shown.text
    assert "There are no" not in shown.text


@pytest.mark.parametrize("address", [INBOX, COMMENTS, OPINIONS])
@pytest.mark.parametrize("number", [1, 6])
def test_lists_cost_the_same_whatever_their_length(
    moderator, guide_index, address, number, django_assert_max_num_queries
):
    for _number in range(number):
        guide = factories.make_guide(guide_index)
        waiting(email="lukija@example.org")
        commented(guide)
        PageOpinion.objects.count_one(guide, was_useful=True)
    moderator.get(address)

    with django_assert_max_num_queries(20):
        moderator.get(address)


def test_answer_goes_by_mail_once_and_the_day_is_kept(
    moderator, django_capture_on_commit_callbacks
):
    feedback = waiting(days=2, email="lukija@example.org", language="sv")

    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answered(moderator, feedback, answer="mail", text="Tack, det är rättat.")

    (letter,) = mail.outbox
    feedback.refresh_from_db()
    assert letter.to == ["lukija@example.org"]
    assert "Tack, det är rättat." in letter.body
    assert f"> {feedback.text}" in letter.body
    assert feedback.answered_on == timezone.localdate()
    assert feedback.handled_by is not None


def test_answer_given_elsewhere_is_recorded_with_its_day(moderator):
    feedback = waiting(days=5)
    day = timezone.localdate() - timedelta(days=1)

    answered(moderator, feedback, text="Puhelimessa.", answered_on=day)

    feedback.refresh_from_db()
    assert (feedback.answer, feedback.answered_on) == ("elsewhere", day)
    assert feedback.days_left is None
    assert not mail.outbox


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"answer": ""}, "answer"),
        ({"answer": "mail", "text": "Hei"}, "answer"),  # Nobody left an address.
        ({"answered_on": ""}, "answered_on"),
        ({"answered_on": "2100-01-01"}, "answered_on"),
        ({"answered_on": "2020-01-01"}, "answered_on"),
        ({"answered_on": "0001-01-01"}, "answered_on"),
        ({"text": "ä" * 5001}, "text"),
    ],
)
def test_answer_that_is_not_right_goes_back(moderator, fields, field):
    feedback = waiting(days=2)

    response = answered(moderator, feedback, **fields)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Feedback.objects.open().count() == 1


# A kind put right


def put_right(client, feedback, kind):
    page = client.get(answer_address(feedback)).text
    (address,) = re.findall(r'action="([^"]+/kind/)"', page)
    return client.post(address, {"kind": kind}, follow=True)


@pytest.fixture
def fault(settings):
    """What says that it is a fault, and is about accessibility."""
    settings.FEEDBACK_EMAIL = STAFF
    return waiting(days=9, kind="fault", text="En pääse lomakkeelle näppäimistöllä.")


def test_kind_put_right_starts_the_clock_from_the_day_it_was_sent(
    moderator, fault, clock, django_capture_on_commit_callbacks
):
    due_on = timezone.localdate(fault.sent_at) + timedelta(days=14)
    assert "fault" in moderator.get(answer_address(fault)).text
    assert "5 päivää" not in moderator.get(HOME).text

    with django_capture_on_commit_callbacks(execute=True):
        page = put_right(moderator, fault, "accessibility").text

    fault.refresh_from_db()
    assert (fault.kind, fault.due_on, fault.days_left) == ("accessibility", due_on, 5)
    assert "5 päivää" in page
    assert "5 päivää" in moderator.get(HOME).text
    assert [letter.to for letter in mail.outbox] == [[STAFF]]
    clock.move(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_of_late() == 1


def test_kind_put_right_stands_in_the_history(moderator, administrator, fault):
    put_right(moderator, fault, "accessibility")
    put_right(moderator, fault, "accessibility")

    entry = ModelLogEntry.objects.get(action="feedback.change_kind")
    assert entry.data == {"before": "fault", "after": "accessibility"}
    assert entry.user is not None
    client = Client()
    client.force_login(administrator)
    history = client.get(reverse("wagtailadmin_reports:site_history"))
    assert str(entry.message) in unescape(history.text)
    assert fault.text not in history.text


def test_what_is_no_longer_about_accessibility_has_no_clock(moderator):
    feedback = waiting(days=11)

    put_right(moderator, feedback, "content")

    feedback.refresh_from_db()
    assert feedback.days_left is None
    assert not Feedback.objects.late().exists()


@pytest.mark.parametrize("kind", ["", "muu", "fault\x00"])
def test_a_kind_that_is_none_changes_nothing(moderator, fault, kind):
    assert put_right(moderator, fault, kind).status_code == 200

    fault.refresh_from_db()
    assert fault.kind == "fault"


def test_kind_of_what_has_been_answered_stays(moderator, fault):
    address = reverse("feedback_staff:change-kind", args=[fault.pk])
    answered(moderator, fault)

    moderator.post(address, {"kind": "accessibility"})

    fault.refresh_from_db()
    assert fault.kind == "fault"
    assert "/kind/" not in moderator.get(answer_address(fault)).text
    assert moderator.get(address).status_code == 405


def test_who_left_an_address_has_asked_for_an_answer(moderator):
    feedback = waiting(email="lukija@example.org")

    refused = answered(moderator, feedback, answer="none")

    assert refused.status_code == 422
    feedback.refresh_from_db()
    assert feedback.handled_at is None
    assert answered(moderator, waiting(), answer="none").status_code == 302


def test_the_slower_of_two_gets_back_what_they_wrote(
    moderator, django_capture_on_commit_callbacks
):
    feedback = waiting(email="lukija@example.org")
    answered(moderator, feedback, text="Puhelimessa.")

    with django_capture_on_commit_callbacks(execute=True):
        late = answered(
            moderator, feedback, answer="mail", text="Kiitos, <b>korjattu</b>."
        )

    assert late.status_code == 409
    assert "Kiitos, &lt;b&gt;korjattu&lt;/b&gt;." in late.text
    assert "Puhelimessa." in late.text
    assert not mail.outbox


def test_mail_needs_words(moderator):
    feedback = waiting(email="lukija@example.org")

    response = answered(moderator, feedback, answer="mail", text=" ")

    assert list(response.context["form"].errors) == ["text"]


def test_readers_words_are_text_to_staff(moderator):
    feedback = waiting(text="<script>alert(1)</script>", place='"><img src=x>')

    for address in (INBOX, answer_address(feedback), HOME):
        text = moderator.get(address).text
        assert "<script>alert(1)" not in text
        assert "<img src=x>" not in text


def test_comment_is_handled_once(moderator, guide_index):
    comment = commented(factories.make_guide(guide_index))
    handle = reverse("feedback_staff:comment-handled", args=[comment.pk])

    first = moderator.post(handle, follow=True)
    second = moderator.post(handle, follow=True)

    assert moderator.get(handle).status_code == 405
    assert [len(response.context["object_list"]) for response in (first, second)] == [
        0,
        0,
    ]
    handled = moderator.get(COMMENTS, {"state": "handled"}).context["object_list"]
    assert [row.comment_id for row in handled] == [comment.pk]


def test_report_counts_answers_by_page_the_unhappiest_first(moderator, guide_index):
    happy, unhappy = (factories.make_guide(guide_index) for _number in range(2))
    for page, was_useful in ((happy, True), (unhappy, True), (unhappy, False)):
        PageOpinion.objects.count_one(page, was_useful=was_useful)
    old = PageOpinion.objects.create(
        page=happy, day=timezone.localdate() - timedelta(days=366), no=50
    )
    commented(unhappy)
    commented(unhappy, handled_at=timezone.now())

    rows = moderator.get(OPINIONS).context["object_list"]

    assert old.no == 50
    assert [(row.page_id, row.yes, row.no, row.comments) for row in rows] == [
        (unhappy.pk, 1, 1, 1),
        (happy.pk, 1, 0, 0),
    ]
    assert rows[0].share == "50 %"


@pytest.mark.parametrize("address", [INBOX, COMMENTS, OPINIONS])
def test_spreadsheet_runs_no_formula_and_holds_no_address(
    moderator, guide_index, address
):
    guide = factories.make_guide(guide_index, title="=1+1")
    PageOpinion.objects.count_one(guide, was_useful=True)
    commented(guide, text="=cmd()")
    waiting(text="=cmd()", email="lukija@example.org")

    sheet = b"".join(moderator.get(address, {"export": "csv"}).streaming_content)

    assert b"'=" in sheet
    assert b",=" not in sheet
    assert b"lukija@" not in sheet


def test_who_may_not_answer_sees_no_feedback(home, guide_index):
    feedback = waiting(days=11)
    comment = commented(factories.make_guide(guide_index))
    opened = {
        role: [
            address
            for address in (INBOX, answer_address(feedback), COMMENTS, OPINIONS)
            if staff_client(role).get(address).status_code == 200
        ]
        for role in (EDITORS, MODERATORS, REVIEWERS, ADMINISTRATORS)
    }

    everything = [INBOX, answer_address(feedback), COMMENTS, OPINIONS]
    assert opened == {
        EDITORS: [COMMENTS, OPINIONS],
        MODERATORS: everything,
        REVIEWERS: [],
        ADMINISTRATORS: everything,
    }
    assert "feedback-title" not in staff_client(EDITORS).get(HOME).text
    handle = reverse("feedback_staff:comment-handled", args=[comment.pk])
    assert staff_client(REVIEWERS).post(handle).status_code in {302, 403}
    assert answered(staff_client(EDITORS), feedback).status_code in {302, 403}
    address = reverse("feedback_staff:change-kind", args=[feedback.pk])
    staff_client(EDITORS).post(address, {"kind": "content"})
    assert Feedback.objects.get().kind == "accessibility"
    assert PageComment.objects.open().exists()
    assert Feedback.objects.open().exists()
