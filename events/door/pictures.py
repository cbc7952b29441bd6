"""A picture is stored when it is chosen: a browser does not keep it between steps."""

from collections.abc import Iterable
from pathlib import PurePath
from uuid import uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from home.models import SiteImage

from ..models import Contact, EventPage, Submission
from . import limits
from .whom_form import WhomForm


def take_picture(submission: Submission, form: WhomForm, contact: Contact) -> None:
    """Under a name of its own: that of the file may tell of a person."""
    if submission.image and form.cleaned_data.get("remove_image"):
        put_away(submission)
    upload = form.cleaned_data.get("image")
    if not upload:
        return
    if not limits.allows(limits.IMAGES_OF_CONTACT, str(contact.pk)):
        form.add_error("image", _("That is enough pictures for a day."))
        return
    put_away(submission)
    upload.name = f"{uuid4().hex}{PurePath(upload.name).suffix.lower()}"
    image = SiteImage(title=_("Picture of a group"), file=upload)
    image.width, image.height = upload.image.get_size()
    image.save()
    submission.image = image
    submission.save(update_fields=["image", "saved_at"])


def put_away(submission: Submission) -> None:
    """From the draft; the file goes too, unless a page shows it."""
    image, submission.image = submission.image, None
    submission.save(update_fields=["image", "saved_at"])
    if image:
        delete_unused([image])


def delete_drafts(drafts: QuerySet[Submission]) -> None:
    """With their pictures, which may show people."""
    images = list(SiteImage.objects.filter(pk__in=drafts.values("image")))
    drafts.delete()
    delete_unused(images)


def delete_unused(images: Iterable[SiteImage]) -> None:
    """A copy of a group has the picture of the group, which is still shown."""
    for image in images:
        is_used = (
            Submission.objects.filter(image=image).exists()
            or EventPage.objects.filter(image=image).exists()
        )
        if not is_used:
            image.delete()
