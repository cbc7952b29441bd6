"""“Report an error” on a group's page: one task for staff, told to the organiser."""

from datetime import timedelta
from email import message_from_string

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts.roles import ADMINISTRATORS, EDITORS, MODERATORS, REVIEWERS
from events.door import limits
from events.models import ErrorReport, EventText
from home import traps
from tests import factories
from tests.editing import staff_client

from .door import make_contact

STAFF = "moderointi@hyvaarki.example"
HOSTILE = [
    "<script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }}{% debug %}",
    '=HYPERLINK("https://paha.example")',
    "Rivi\r\nBcc: uhri@muu.example\r\n\r\nToinen",
    "\u202eoikealta\u2028vasemmalle\x1b[31m",
    "'; DROP TABLE events_errorreport; --",
    "ä" * 1000,
    "🎉👩‍👩‍👧",
]


@pytest.fixture(autouse=True)
def calm(settings, monkeypatch):
    """People take longer than a test to fill in a form."""
    monkeypatch.setattr(traps, "LEAST_SECONDS", 0)
    settings.MODERATORS_EMAIL = STAFF


@pytest.fixture
def organisation(db):
    return factories.make_organisation(name={"fi": "Esimerkkiyhdistys ry"})


@pytest.fixture
def event(event_index, organisation):
    return factories.make_event(event_index, "Olohuone", organisers=[organisation])


def address(event):
    return f"/fi/ilmoita/report/{event.pk}/"


def tell(client, event, **fields):
    """As a browser does: the form is drawn, filled in and sent."""
    form = client.get(address(event)).context["form"]
    data = {
        "kind": "time",
        "text": "Ryhmä alkaa jo klo 13.",
        "website": "",
        "drawn_at": form["drawn_at"].value(),
    }
    return client.post(address(event), data | fields)


def send(client, event, capture, **fields):
    with capture(execute=True):
        return tell(client, event, **fields)


def test_the_groups_page_leads_to_the_form_and_sets_no_cookie(client, event):
    page = client.get(event.path_in("fi"))

    assert f'href="{address(event)}" rel="nofollow"' in page.text
    assert not page.cookies
    assert "no-store" in client.get(address(event))["Cache-Control"]


def test_an_error_becomes_one_task_and_is_told_to_organiser_and_staff(
    client, event, organisation, django_capture_on_commit_callbacks
):
    make_contact(organisation)
    make_contact(organisation, "ruotsiksi@yhdistys.example", language="sv")

    response = send(client, event, django_capture_on_commit_callbacks)

    [report] = ErrorReport.objects.all()
    assert (report.event, report.kind, report.language) == (event, "time", "fi")
    assert report.text == "Ryhmä alkaa jo klo 13."
    assert response.status_code == 302
    assert client.get(response["Location"]).status_code == 200
    assert {message.to[0] for message in mail.outbox} == {
        "yhteys@yhdistys.example",
        "ruotsiksi@yhdistys.example",
        STAFF,
    }
    for message in mail.outbox:
        assert "> Ryhmä alkaa jo klo 13." in message.body
        assert "Olohuone" not in message.subject
        assert message.message().get_content_type() == "text/plain"


def test_only_approved_contacts_whose_mail_arrives_are_told(
    client, event, organisation, settings, django_capture_on_commit_callbacks
):
    settings.MODERATORS_EMAIL = ""
    make_contact(organisation, "tavoittamaton@x.example", bounced_at=timezone.now())
    waiting = make_contact(organisation, "uusi@x.example")
    waiting.memberships.update(is_approved=False)
    make_contact(factories.make_organisation(), "muu@x.example")

    send(client, event, django_capture_on_commit_callbacks)

    assert ErrorReport.objects.count() == 1
    assert mail.outbox == []


def test_a_kind_alone_is_enough(client, event):
    assert tell(client, event, text="").status_code == 302
    assert ErrorReport.objects.get().text == ""


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "'; --"}, "kind"),
        ({"text": "a" * 1001}, "text"),
        ({"text": "a\x00b"}, "text"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(
    client, event, fields, field
):
    response = tell(client, event, **fields)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    if field == "kind":
        assert "Ryhmä alkaa jo klo 13." in response.text
    assert not ErrorReport.objects.exists()


def test_the_field_asks_not_to_write_personal_data_but_takes_it(client, event):
    form = client.get(address(event)).context["form"]
    assert form["text"].help_text

    tell(client, event, text="Soittakaa Esimerkki Henkilölle 000 000 0000")

    assert ErrorReport.objects.count() == 1


def test_a_button_pressed_twice_reports_once(client, event):
    tell(client, event)
    tell(client, event)
    assert ErrorReport.objects.count() == 1

    tell(client, event, kind="place")

    assert ErrorReport.objects.count() == 2


@pytest.mark.parametrize(
    "fields",
    [{"website": "https://mainos.example"}, {"drawn_at": ""}, {"drawn_at": "2026:x"}],
)
def test_a_program_that_fills_in_everything_is_caught_and_a_person_sends_again(
    client, event, fields
):
    response = tell(client, event, **fields)

    assert response.status_code == 422
    assert not ErrorReport.objects.exists()
    again = response.context["form"]
    data = {name: again[name].value() for name in ("kind", "text", "drawn_at")}
    assert client.post(address(event), data).status_code == 302
    assert ErrorReport.objects.count() == 1


def test_a_form_that_was_sent_at_once_is_not_taken(client, event, monkeypatch):
    monkeypatch.setattr(traps, "LEAST_SECONDS", 3)

    assert tell(client, event).status_code == 422
    assert not ErrorReport.objects.exists()


def test_it_takes_the_token(event):
    strict = Client(enforce_csrf_checks=True)

    assert tell(strict, event).status_code == 403
    assert not ErrorReport.objects.exists()


def test_one_reader_reports_so_often_and_what_was_typed_stays(client, event):
    for number in range(limits.REPORTS_FROM_READER.most):
        assert tell(client, event, text=f"Virhe {number}").status_code == 302

    response = tell(client, event, text="Vielä yksi")

    assert response.status_code == 429
    assert "Vielä yksi" in response.text
    assert ErrorReport.objects.count() == limits.REPORTS_FROM_READER.most


def test_a_contact_gets_few_such_mails_a_day(
    client, event, organisation, django_capture_on_commit_callbacks
):
    make_contact(organisation)
    most = limits.REPORT_MAILS_TO_CONTACT.most
    for number in range(most + 2):
        send(client, event, django_capture_on_commit_callbacks, text=f"Virhe {number}")

    to_contact = [message for message in mail.outbox if STAFF not in message.to]
    assert len(to_contact) == most
    assert ErrorReport.objects.count() == most + 2


def test_only_groups_that_everybody_sees_have_the_form(client, event_index):
    draft = factories.make_event(event_index, live=False)
    secret = factories.make_event(event_index)
    PageViewRestriction.objects.create(
        page=secret, restriction_type=PageViewRestriction.PASSWORD, password="sala"
    )

    for hidden in (draft, secret):
        assert client.get(address(hidden)).status_code == 404
        assert client.post(address(hidden), {"kind": "time"}).status_code == 404
    assert client.get("/fi/ilmoita/report/999999/").status_code == 404
    assert not ErrorReport.objects.exists()


def test_a_sensitive_group_has_a_neutral_name_in_the_tab(client, event_index):
    event = factories.make_event(
        event_index,
        "Väkivallan uhrit",
        is_sensitive=True,
        municipality=factories.town(),
    )

    page = client.get(address(event))

    title = page.text.partition("<title>")[2].partition("</title>")[0]
    assert "Väkivallan" not in title
    assert "Kotka" in title


def test_a_swedish_page_leads_to_the_swedish_form(client, event_index):
    event = factories.make_event(
        event_index,
        texts=[
            EventText(language="fi", title="Olohuone", lead="Tule."),
            EventText(language="sv", title="Vardagsrum", lead="Kom."),
        ],
    )

    page = client.get(event.path_in("sv"))

    form = f"/sv/anmal/report/{event.pk}/"
    assert form in page.text
    assert "Vardagsrum" in client.get(form).text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_harmless_in_the_database_in_mail_and_for_staff(
    client, event, organisation, text, django_capture_on_commit_callbacks
):
    make_contact(organisation)

    send(client, event, django_capture_on_commit_callbacks, text=text)

    report = ErrorReport.objects.get()
    assert "\x1b" not in report.text
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        sent = message_from_string(message.message().as_string())
        assert sent.get_content_type() == "text/plain"
        assert sent["Bcc"] is None
        assert sent["To"] in {"yhteys@yhdistys.example", STAFF}
        for line in report.text.splitlines():
            assert f"> {line}" in message.body
    listed = staff_client(MODERATORS).get(reverse("event_staff:reports"))
    assert listed.status_code == 200
    assert "<script>alert" not in listed.text
    assert "<img src=x" not in listed.text


# Staff


def make_report(event, **fields):
    return ErrorReport.objects.create(
        **{"event": event, "kind": "time", "language": "fi"} | fields
    )


def test_staff_see_open_reports_the_oldest_first_and_mark_one_as_handled(event):
    first = make_report(event, text="Aika on väärä")
    second = make_report(event, text="Paikka on väärä", kind="place")
    make_report(event, text="Jo hoidettu", handled_at=timezone.now())
    moderator = staff_client(MODERATORS)

    page = moderator.get(reverse("event_staff:reports"))
    rows = page.context["object_list"]
    assert [row.report_id for row in rows] == [first.pk, second.pk]
    assert "Esimerkkiyhdistys ry" in page.text
    assert "Jo hoidettu" not in page.text

    for _time in range(2):
        response = moderator.post(
            reverse("event_staff:report-handled", args=[first.pk])
        )
        assert response.status_code == 302

    first.refresh_from_db()
    assert first.handled_by.groups.get().name == MODERATORS
    rows = moderator.get(reverse("event_staff:reports")).context["object_list"]
    assert [row.report_id for row in rows] == [second.pk]


def test_the_list_is_narrowed_and_goes_into_a_spreadsheet_without_formulas(event):
    make_report(event, text='=CMD("x")')
    make_report(event, text="Paikka on väärä", kind="place")
    client = staff_client(MODERATORS)
    reports = reverse("event_staff:reports")

    narrowed = client.get(reports, {"kind": "place"})
    sheet = client.get(reports, {"export": "csv"})

    assert [row.kind for row in narrowed.context["object_list"]] == [
        str(ErrorReport.Kind.PLACE.label)
    ]
    assert "'=CMD" in b"".join(sheet.streaming_content).decode()


def test_the_spreadsheet_makes_no_pages(event, pages_made):
    make_report(event, text="Aika on väärä")
    client = staff_client(MODERATORS)
    pages_made.clear()

    sheet = client.get(reverse("event_staff:reports"), {"export": "csv"})

    text = b"".join(sheet.streaming_content).decode()
    assert event.title in text
    assert "Aika on väärä" in text
    assert pages_made == []


def test_the_list_costs_the_same_with_few_and_many(event_index, organisation, settled):
    client = staff_client(MODERATORS)
    reports = reverse("event_staff:reports")

    def cost_with(number):
        for _each in range(number):
            make_report(factories.make_event(event_index, organisers=[organisation]))
        settled()
        client.get(reports)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reports).status_code == 200
        return len(queries)

    assert cost_with(1) == cost_with(8)


@pytest.mark.parametrize(
    ("role", "may"),
    [(EDITORS, True), (MODERATORS, True), (REVIEWERS, False), (ADMINISTRATORS, True)],
)
def test_those_who_write_groups_handle_reports(event, role, may):
    report = make_report(event)
    client = staff_client(role)
    reports = reverse("event_staff:reports")

    assert (client.get(reports).status_code == 200) == may
    assert (reports in client.get("/admin/").text) == may
    client.post(reverse("event_staff:report-handled", args=[report.pk]))

    report.refresh_from_db()
    assert bool(report.handled_at) == may


def test_after_thirteen_months_reports_are_forgotten(event):
    old, new = make_report(event), make_report(event)
    ErrorReport.objects.filter(pk=old.pk).update(
        reported_at=timezone.now() - timedelta(days=400)
    )

    call_command("roll_events")

    assert list(ErrorReport.objects.all()) == [new]
