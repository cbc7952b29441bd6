"""Making and using the links that open the door."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from home.languages import current_language
from home.tokens import digest_of, new_token

from ..models import Contact, DoorLink, Organisation
from .memberships import accept, hold
from .new_address import take_address

Purpose = DoorLink.Purpose

LIFETIMES = {
    Purpose.SIGN_IN: timedelta(minutes=30),
    Purpose.INVITATION: timedelta(days=14),
    Purpose.HAND_OVER: timedelta(days=14),
    Purpose.NEW_ADDRESS: timedelta(minutes=30),
    Purpose.CONFIRMATION: timedelta(days=60),
}
INVITING = (Purpose.INVITATION, Purpose.HAND_OVER)
CODE_DIGITS = 6
TRIES = 5
ENOUGH_FOR = timedelta(minutes=10)
"""One message to come in with. Mail is slow now and then."""


def new_link(
    purpose: DoorLink.Purpose,
    email: str,
    *,
    language: str = "",
    organisation: Organisation | None = None,
    role: str = "",
    contact: Contact | None = None,
    is_sent: bool = True,
    now: datetime | None = None,
) -> DoorLink:
    """Cannot be used yet: its token is made when it is mailed.

    One that is not sent has no tries either: its code will never be right.
    """
    return DoorLink.objects.create(
        purpose=purpose,
        email=email.lower(),
        language=language or current_language(),
        organisation=organisation,
        role=role,
        contact=contact,
        tries_left=TRIES if is_sent else 0,
        expires_at=(now or timezone.now()) + LIFETIMES[purpose],
    )


def has_just_been_asked(
    purpose: DoorLink.Purpose,
    email: str,
    contact: Contact | None = None,
    now: datetime | None = None,
) -> bool:
    """A message to come in with is on its way, or has come and not been used."""
    now = now or timezone.now()
    return (
        DoorLink.objects.usable(now)
        .filter(purpose=purpose, email=email, contact=contact, tries_left__gt=0)
        .filter(created_at__gt=now - ENOUGH_FOR)
        .exists()
    )


def give_secrets(link: DoorLink) -> tuple[str, str]:
    """A token and a code. Only their digests are kept, so they are given once."""
    token = new_token()
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    link.token_digest = digest_of(token)
    link.code_digest = digest_of_code(link, code)
    link.save(update_fields=["token_digest", "code_digest"])
    return token, code


def digest_of_code(link: DoorLink, code: str) -> str:
    return salted_hmac(
        "events.door.code", f"{link.pk}:{code}", algorithm="sha256"
    ).hexdigest()


def link_of(token: str) -> DoorLink | None:
    return (
        DoorLink.objects.usable()
        .filter(token_digest=digest_of(token))
        .select_related("organisation", "contact")
        .first()
    )


def confirmation_of(token: str, *, is_locked: bool = False) -> DoorLink | None:
    """Also one that has been used: it tells what was answered."""
    rows = DoorLink.objects.filter(
        purpose=Purpose.CONFIRMATION, expires_at__gt=timezone.now()
    ).exclude(contact=None)
    if is_locked:
        rows = rows.select_for_update(of=("self",), no_key=True)
    return rows.filter(token_digest=digest_of(token)).select_related("contact").first()


def made_on(link: DoorLink) -> date:
    return timezone.localdate(link.expires_at - LIFETIMES[Purpose(link.purpose)])


def is_right_code(link: DoorLink, code: str) -> bool:
    """Five tries for each link, in whatever process they are made."""
    tries = DoorLink.objects.filter(pk=link.pk, tries_left__gt=0)
    if not tries.update(tries_left=F("tries_left") - 1):
        return False
    digits = "".join(sign for sign in code if sign in "0123456789")
    return bool(link.code_digest) and constant_time_compare(
        link.code_digest, digest_of_code(link, digits)
    )


@transaction.atomic
def use(link: DoorLink, now: datetime | None = None) -> Contact | None:
    """Proves the address. None when it has just been used elsewhere."""
    now = now or timezone.now()
    if link.purpose in INVITING and link.organisation_id:
        # Before the link, as whoever leaves does.
        hold(Organisation.objects.filter(pk=link.organisation_id))
    if not DoorLink.objects.usable(now).filter(pk=link.pk).update(used_at=now):
        return None
    if link.purpose == Purpose.NEW_ADDRESS and link.contact:
        old = link.contact.email
        contact = take_address(link.contact, link.email, now)
        if contact == link.contact:
            revoke(old, link.email, contact=contact)
    else:
        contact, _made = Contact.objects.get_or_create(
            email=link.email, defaults={"language": link.language}
        )
    contact.last_seen_at, contact.bounced_at = now, None
    contact.save(update_fields=["last_seen_at", "bounced_at"])
    if link.purpose in INVITING and link.organisation:
        accept(link, contact)
    return contact


def revoke(*emails: str, contact: Contact | None = None) -> None:
    """All links to the addresses: they have changed, or their owners have left.

    Those that the contact asked for go too, wherever they lead: somebody else may have
    the address now. They are not only used up: the addresses shall stand nowhere.
    """
    links = Q(email__in=emails)
    if contact:
        links |= Q(contact=contact)
    DoorLink.objects.filter(links).delete()


def forget_old_links(now: datetime | None = None) -> None:
    before = (now or timezone.now()) - timedelta(days=1)
    DoorLink.objects.filter(expires_at__lt=before).delete()
