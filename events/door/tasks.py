"""Mail is sent in the background; what is stored about a task holds ids only."""

from functools import partial

from django.core.paginator import Paginator
from django.tasks import task

from home.letters import tried_again, with_host

from ..models import DoorLink, Membership, Submission
from . import links
from .addresses import door_url
from .answers import GROUPS_AT_ONCE, asked_by
from .mails import Letter, post


@task()
def mail_link(link_id: int, tries: int = 1) -> None:
    """The token is made here and nowhere kept: a second try makes another."""
    link = DoorLink.objects.usable().filter(pk=link_id).first()
    if link is None:
        return
    token, code = links.give_secrets(link)
    context = {
        "url": with_host(door_url("key", token, language=link.language)),
        "code": f"{code[:3]} {code[3:]}",
        "minutes": int(links.LIFETIMES[links.Purpose.SIGN_IN].total_seconds() // 60),
        "days": links.LIFETIMES[links.Purpose(link.purpose)].days,
        "organisation": link.organisation,
    }
    letter = Letter(link.purpose, link.language, context)
    tried_again(mail_link, partial(post, letter, link.email), link_id, tries=tries)


@task()
def mail_confirmation(link_id: int, tries: int = 1) -> None:
    """Of all groups that wait for an answer of the contact when it is sent."""
    links_of_contacts = DoorLink.objects.usable().exclude(contact=None)
    link = links_of_contacts.select_related("contact").filter(pk=link_id).first()
    if link is None or link.contact is None:
        return
    groups = Paginator(asked_by(link), GROUPS_AT_ONCE)
    if not groups.count:
        return
    named = groups.page(1)
    token, _code = links.give_secrets(link)
    context = {
        "url": with_host(door_url("confirm", token, language=link.language)),
        "events": named,
        "others": groups.count - len(named),
        "days": links.LIFETIMES[links.Purpose.CONFIRMATION].days,
    }
    letter = Letter(link.purpose, link.language, context)
    send = partial(post, letter, link.email)
    tried_again(mail_confirmation, send, link_id, tries=tries)


@task()
def mail_decision(submission_id: int, status: str, tries: int = 1) -> None:
    """One letter for each change of state; the template has the state's name.

    None when the state has changed again before it left: what it says is no longer so,
    and the answer that it would quote has been taken away.
    """
    now = Submission.objects.for_list().filter(status=status)
    submission = now.filter(pk=submission_id).first()
    if submission is None or submission.contact is None:
        return
    contact, language = submission.contact, submission.language
    event, key = submission.event, submission.key
    pages = {
        Submission.Status.SENT: "sent",
        Submission.Status.CHANGE_ASKED: "check",
        Submission.Status.REJECTED: "sent",
    }
    page = pages.get(Submission.Status(status))
    address = door_url(page, key, language=language) if page else ""
    context = {
        "title": submission.title,
        "is_change": submission.is_change,
        "answer": submission.answer,
        "page_url": with_host(event.path_in(language)) if event else "",
        "door_url": with_host(address or door_url("start", language=language)),
    }
    letter = Letter(status, language, context)
    send = partial(post, letter, contact.email)
    tried_again(mail_decision, send, submission_id, status, tries=tries)


@task()
def mail_membership(membership_id: int, tries: int = 1) -> None:
    """Staff have let somebody act for an organisation."""
    membership = Membership.objects.select_related("contact", "organisation")
    found = membership.filter(pk=membership_id, is_approved=True).first()
    if found is None:
        return
    contact = found.contact
    context = {
        "organisation": found.organisation,
        "door_url": with_host(door_url("groups", language=contact.language)),
    }
    letter = Letter("membership", contact.language, context)
    send = partial(post, letter, contact.email)
    tried_again(mail_membership, send, membership_id, tries=tries)
