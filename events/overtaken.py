"""What waits is overtaken when staff publish the group: it is made anew on top.

Otherwise approving it would undo what staff have published meanwhile.
"""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .door.sending import NotReadyError, remake_revision
from .models import EventPage, Submission
from .moderation import (
    DecisionRefusedError,
    is_on_top,
    locked_to_decide,
    locked_waiting_of,
)
from .staff import log

logger = logging.getLogger(__name__)


class DoesNotFitError(DecisionRefusedError):
    """What was sent and what staff have published cannot both be so."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nothing was changed: what was sent does not fit the published group"
                " any more. Ask the organisation for a change."
            )
        )


@transaction.atomic
def make_anew_for(event: EventPage, user: Any) -> None:
    """If something waits that is behind. If it cannot be made, a moderator is told so.

    Approving it is refused then (`moderation.is_on_top`).
    """
    submission = locked_waiting_of(event)
    if submission is None or is_on_top(submission):
        return
    try:
        put_on_top(submission, user)
    except (NotReadyError, ValidationError):
        logger.info(
            "What an organisation sent does not fit the published group any more.",
            extra={"submission": submission.pk},
        )


@transaction.atomic
def make_anew(submission: Submission, revision_id: int | None, user: Any) -> None:
    """A moderator wants it on top of a draft that a colleague has left there."""
    try:
        put_on_top(locked_to_decide(submission, revision_id), user)
    except (NotReadyError, ValidationError) as error:
        raise DoesNotFitError from error


@transaction.atomic
def put_on_top(submission: Submission, user: Any) -> None:
    remake_revision(submission)
    if submission.event:
        log.record(submission.event, log.PUT_ANEW, user)
