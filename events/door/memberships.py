"""Who acts for an organisation: joining it and leaving it."""

from django.db.models import Exists, OuterRef, QuerySet

from ..models import Contact, DoorLink, Membership, Organisation
from ..staff import log
from .access import organisations_of


def hold(organisations: QuerySet[Organisation]) -> None:
    """Nobody else joins or leaves them until this transaction is done.

    Else the last two could leave at once, each counting on the other.
    """
    rows = Organisation.objects.filter(pk__in=organisations.order_by().values("pk"))
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def accept(link: DoorLink, contact: Contact) -> None:
    """An invitation counts while who invited still acts for the organisation."""
    asked_by = Membership.objects.filter(
        contact=link.contact, organisation=link.organisation, is_approved=True
    ).first()
    if asked_by is None:
        return
    Membership.objects.update_or_create(
        contact=contact,
        organisation=asked_by.organisation,
        defaults={"is_approved": True, "role": link.role},
    )
    is_handed_over = link.purpose == DoorLink.Purpose.HAND_OVER
    if is_handed_over and asked_by.contact_id != contact.pk:
        asked_by.delete()


def answered_alone(contact: Contact) -> QuerySet[Organisation]:
    """Without them nobody would answer for groups that residents see."""
    others = Membership.objects.filter(
        organisation=OuterRef("pk"), is_approved=True, contact__bounced_at=None
    ).exclude(contact=contact)
    return organisations_of(contact).with_groups().filter(~Exists(others))


def answers_alone(contact: Contact, organisation: Organisation) -> bool:
    return answered_alone(contact).filter(pk=organisation.pk).exists()


def leave(contact: Contact, organisation: Organisation) -> None:
    """Staff see in the organisation's history that nobody is left."""
    if answers_alone(contact, organisation):
        log.record(organisation, log.LEFT_TO_STAFF, contact)
    contact.memberships.filter(organisation=organisation).delete()
    DoorLink.objects.invitations().filter(
        contact=contact, organisation=organisation
    ).delete()
