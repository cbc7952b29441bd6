"""Records that an organisation describes beside its group: itself, a place, a picture.

They are made when the group is sent. Residents see none of them before a group of
theirs is public (`with_groups`).
"""

from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from home.languages import MAIN_LANGUAGE

from ..enums import Attendance
from ..models import EventPage, Organisation, Submission, Venue
from ..models.pages import PLAIN_LETTERS
from .building import localized
from .where_form import described_name

if TYPE_CHECKING:
    from .sending import Checked


def organisation_described(submission: Submission, checked: "Checked") -> Organisation:
    """The one that is named so; else a new one, made once however often it is sent.

    A record that was here before is never written: it may be somebody else's.
    """
    made = submission.organisation if is_only_here(submission) else None
    if checked.organisation and checked.organisation != made:
        submission.made_organisation = False
        return checked.organisation
    values = checked.values
    organisation = made or Organisation()
    submission.made_organisation = True
    organisation.name = localized(values["organisation"], values["main_language"])
    if values["organisation_kind"]:
        organisation.kind = values["organisation_kind"]
    organisation.municipality = values["organisation_municipality"]
    organisation.website = values["organisation_website"]
    organisation.slug = organisation.slug or free_slug(
        Organisation, values["organisation"]
    )
    organisation.save()
    return organisation


def is_only_here(submission: Submission) -> bool:
    """Made by this submission, and used by nothing else since."""
    organisation: Any = submission.organisation
    if not (submission.made_organisation and organisation):
        return False
    others = organisation.submissions.exclude(pk=submission.pk)
    members = organisation.memberships.filter(is_approved=True)
    return not (
        others.exists() or members.exists() or organisation.events.live().exists()
    )


def venue_described(submission: Submission, checked: "Checked") -> Venue | None:
    values = checked.values
    is_nowhere = (
        values["attendance"] == Attendance.ONLINE or not values["venue"].strip()
    )
    if checked.venue or is_nowhere:
        return checked.venue
    venue = submission.venue or Venue()
    name = described_name(values["venue"], values["street_address"])
    venue.name = localized(name, values["main_language"])
    venue.street_address = values["street_address"]
    venue.postal_code = values["postal_code"]
    venue.municipality = values["municipality"]
    venue.directions = (
        localized(values["directions"], values["main_language"])
        if values["directions"]
        else {}
    )
    for fact in Venue.ACCESS_FACTS:
        setattr(venue, fact, values[fact])
    venue.is_address_protected = values["is_address_protected"]
    venue.slug = venue.slug or free_slug(Venue, name)
    venue.save()
    submission.venue = venue
    return venue


def image_described(submission: Submission, checked: "Checked") -> None:
    """The picture itself was stored when it was chosen. One that stands on a page
    already, or in the staff's library, keeps what is written under it.
    """
    image, credit = submission.image, checked.values["image_credit"]
    if image and image.credit != credit and not is_shown(image, submission):
        image.credit = credit
        image.save(update_fields=["credit"])


def is_shown(image: Any, submission: Submission) -> bool:
    pages = EventPage.objects.filter(image=image)
    if not submission.is_change:
        pages = pages.exclude(pk=submission.event_id)
    return pages.exists() or image.uploaded_by_user_id is not None


def free_slug(model: Any, name: str) -> str:
    """One that no record has; the unique column has the last word."""
    base = slugify(name.translate(PLAIN_LETTERS))[:70] or MAIN_LANGUAGE
    taken = set(
        model.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
