"""Mail about a reported error: one task for each receiver, so that none gets two."""

from functools import partial

from django.conf import settings
from django.tasks import task
from django.urls import reverse

from home.background import after_commit
from home.languages import MAIN_LANGUAGE
from home.letters import tried_again, with_host

from ..models import Contact, ErrorReport
from .addresses import door_url
from .limits import REPORT_MAILS_TO_CONTACT, REPORT_MAILS_TO_STAFF, allows
from .mails import Letter, post


def mail_about(report: ErrorReport) -> None:
    """To those who have not had enough of it today; the staff's list has all."""
    organisers = report.event.organisers.all()
    for contact in Contact.objects.answering_for(organisers):
        if allows(REPORT_MAILS_TO_CONTACT, str(contact.pk)):
            after_commit(mail_report, report.pk, contact.pk)
    staff = settings.MODERATORS_EMAIL
    if staff and allows(REPORT_MAILS_TO_STAFF, staff):
        after_commit(mail_report_to_staff, report.pk)


@task()
def mail_report(report_id: int, contact_id: int, tries: int = 1) -> None:
    report = ErrorReport.objects.for_list().filter(pk=report_id).first()
    contact = Contact.objects.filter(pk=contact_id).first()
    if report is None or contact is None:
        return
    address = door_url("group", report.event_id, language=contact.language)
    letter = letter_about(report, contact.language, address)
    send = partial(post, letter, contact.email)
    tried_again(mail_report, send, report_id, contact_id, tries=tries)


@task()
def mail_report_to_staff(report_id: int, tries: int = 1) -> None:
    report = ErrorReport.objects.for_list().filter(pk=report_id).first()
    if report is None or not settings.MODERATORS_EMAIL:
        return
    letter = letter_about(report, MAIN_LANGUAGE, reverse("event_staff:reports"))
    send = partial(post, letter, settings.MODERATORS_EMAIL)
    tried_again(mail_report_to_staff, send, report_id, tries=tries)


def letter_about(report: ErrorReport, language: str, address: str) -> Letter:
    context = {
        "report": report,
        "lines": report.text.splitlines(),
        "page_url": with_host(report.event.path_in(language)),
        "address": with_host(address),
    }
    return Letter("error-report", language, context)
