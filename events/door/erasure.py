"""Contacts are erased when nothing of theirs is to come; and what else grows old."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import PageLogEntry

from ..models import Contact, ErrorReport, EventPage, Occurrence, Submission, Venue
from .described import delete_unused_places
from .limits import forget_old_counts
from .links import forget_old_links
from .own_data import erase
from .pictures import delete_drafts

DRAFTS_KEPT = timedelta(days=365)
CONTACTS_AT_ONCE = 200
LAST_SEEN = Coalesce("last_seen_at", F("created_at"))


def forget_what_is_old(now: datetime | None = None) -> int:
    """Run every few minutes. Gives the number of erased contacts."""
    now = now or timezone.now()
    forget_old_links(now)
    forget_old_counts(now)
    ErrorReport.objects.old(now).delete()
    forget_refused(now)
    drafts = Submission.objects.filter(status=Submission.Status.DRAFT)
    delete_drafts(drafts.filter(saved_at__lt=now - DRAFTS_KEPT))
    return erase_old_contacts(now)


def forget_refused(now: datetime) -> None:
    """What was not published, or was taken back, and nobody has written on for a year.

    Its page goes, too, if it has never been public: it names a person as the group's
    contact, and has no last date after which that would be erased.
    """
    before = now - DRAFTS_KEPT
    answered = (Submission.Status.REJECTED, Submission.Status.CHANGE_ASKED)
    old = Submission.objects.filter(
        Q(status__in=answered, decided_at__lt=before)
        | Q(status=Submission.Status.DRAFT, sent_at__isnull=False),
        saved_at__lt=before,
    ).exclude(
        # Staff have gone on with the page.
        event__live=False,
        event__first_published_at=None,
        event__latest_revision_created_at__gte=before,
    )
    unfinished = Submission.objects.unfinished().filter(event=OuterRef("pk"))
    in_use = unfinished.exclude(pk__in=old.values("pk"))
    pages = EventPage.objects.filter(
        ~Exists(in_use), submissions__in=old, live=False, first_published_at=None
    )
    places = list(Venue.objects.filter(pk__in=old.values("venue")))
    for page in list(pages.distinct()):
        page.delete()
    delete_drafts(old)
    # Nobody has approved them; without what described them they would seem known.
    delete_unused_places(places)


def erase_old_contacts(now: datetime) -> int:
    number = 0
    while found := list(to_erase(now)[:CONTACTS_AT_ONCE]):
        erase(found)
        number += len(found)
    return number


def to_erase(now: datetime) -> QuerySet[Contact]:
    before = now - kept_for()
    dates = dates_of_groups(OuterRef("pk")).filter(over_at__gte=before)
    waiting = waiting_at(now).filter(contact=OuterRef("pk"))
    return (
        Contact.objects.alias(last_seen=LAST_SEEN)
        .filter(~Exists(dates), ~Exists(waiting), last_seen__lt=before)
        .order_by("pk")
    )


def waiting_at(now: datetime) -> QuerySet[Submission]:
    """For staff, or for a change that they have asked for and that may still come."""
    before = now - DRAFTS_KEPT
    lately = Q(saved_at__gte=before) | Q(decided_at__gte=before)
    return Submission.objects.filter(
        Q(status=Submission.Status.SENT)
        | Q(lately, status=Submission.Status.CHANGE_ASKED)
    )


def dates_of_groups(contact: Contact | OuterRef) -> QuerySet[Occurrence]:
    """Of the organisations that the contact acts for.

    Of a group that is off the site only those before it went: later ones stay in the
    table for two years, and nobody looks after them.
    """
    taken_off = PageLogEntry.objects.filter(
        page=OuterRef("event"), action__startswith="wagtail.unpublish"
    ).order_by("-timestamp")
    went_off_at = Subquery(taken_off.values("timestamp")[:1])
    return Occurrence.objects.filter(
        Q(event__live=True) | Q(over_at__lte=went_off_at),
        event__organisers__memberships__contact=contact,
        event__organisers__memberships__is_approved=True,
    )


def erased_after(contact: Contact) -> date:
    """The day on which their data goes, if nothing happens before."""
    last = dates_of_groups(contact).aggregate(last=Max("over_at"))["last"]
    seen = contact.last_seen_at or contact.created_at
    return timezone.localdate(max(last or seen, seen) + kept_for())


def kept_for() -> timedelta:
    return timedelta(days=settings.CONTACT_DATA_KEPT_DAYS)
