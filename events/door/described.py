"""Records that an organisation describes beside its group: itself, a place, a picture.

They are made when the group is sent. Residents see none of them before a group of
theirs is public (`with_groups`).
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from wagtail.models import Revision

from ..models import EventPage, Organisation, Submission, Venue
from ..slugs import free_slug
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
    organisation = made or Organisation()
    submission.made_organisation = True
    write_organisation(organisation, checked.values)
    organisation.slug = organisation.slug or free_slug(
        Organisation, str(organisation.name), instead="jarjestaja"
    )
    organisation.save()
    return organisation


def write_organisation(organisation: Organisation, values: Mapping[str, Any]) -> None:
    """`values`: the checked ones of all steps. Nothing is saved."""
    organisation.name = localized(values["organisation"], values["main_language"])
    if values["organisation_kind"]:
        organisation.kind = values["organisation_kind"]
    organisation.municipality = values["organisation_municipality"]
    organisation.website = values["organisation_website"]


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
    """As with organisations: a place that others use is never written."""
    if not checked.describes_venue:
        return checked.venue
    described = submission.venue if is_place_only_here(submission) else None
    venue = described or Venue()
    write_venue(venue, checked.values)
    venue.slug = venue.slug or free_slug(Venue, str(venue.name), instead="paikka")
    venue.save()
    submission.venue = venue
    return venue


def is_place_only_here(submission: Submission) -> bool:
    """Described by this submission, used by nothing else, and not public."""
    if submission.venue is None:
        return False
    others = Submission.objects.filter(venue=submission.venue)
    others = others.exclude(status=Submission.Status.REJECTED)
    pages: Any = submission.venue.events  # Wagtail's relations ship no type hints.
    return not (
        others.exclude(pk=submission.pk).exists()
        or pages.exclude(pk=submission.event_id, live=False).exists()
    )


def delete_unused_places(places: Iterable[Venue]) -> None:
    """A version of a page that names one could not be opened without it."""
    for place in places:
        pages: Any = place.events  # Wagtail's relations ship no type hints.
        is_used = (
            Submission.objects.filter(venue=place).exists()
            or pages.exists()
            or Revision.page_revisions.filter(content__venue=place.pk).exists()
        )
        if not is_used:
            place.delete()


def write_venue(venue: Venue, values: Mapping[str, Any]) -> None:
    """`values`: the checked ones of all steps. Nothing is saved."""
    language = values["main_language"]
    name = described_name(values["venue"], values["street_address"])
    venue.name = localized(name, language)
    venue.street_address = values["street_address"]
    venue.postal_code = values["postal_code"]
    venue.municipality = values["municipality"]
    venue.directions = localized(values["directions"], language)
    venue.is_address_protected = values["is_address_protected"]
    for fact in Venue.ACCESS_FACTS:
        setattr(venue, fact, values[fact])


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
