"""Who may do what to a group, and the lock that each change stands in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404
from wagtail.permissions import policy_registry

from ..models import EventPage

BOARD_RIGHTS = ["add", "change", "publish"]


def may_change(user: Any, event: EventPage) -> bool:
    """Dates and state go public at once: that takes the right to publish."""
    return bool(event.permissions_for_user(user).can_publish())


def may_copy(user: Any, event: EventPage) -> bool:
    """A draft is made beside the group; only what has been public has a season.

    Rights are inherited, so those on the group tell without asking for its index.
    """
    rights = event.permissions_for_user(user)
    return bool(
        event.first_published_at and (user.is_superuser or "add" in rights.permissions)
    )


def may_write(user: Any, event: EventPage) -> bool:
    """All who have a part in writing this one."""
    rights = event.permissions_for_user(user)
    return bool(user.is_superuser or rights.permissions & set(BOARD_RIGHTS))


def may_see_board(user: Any) -> bool:
    """All who have a part in writing pages."""
    policy = policy_registry.get_by_type(EventPage)
    return bool(policy.user_has_any_permission(user, BOARD_RIGHTS))


def may_publish_groups(user: Any) -> bool:
    """Some of them; which ones, each group tells."""
    policy = policy_registry.get_by_type(EventPage)
    return bool(policy.user_has_any_permission(user, ["publish"]))


def event_to_change(user: Any, event_id: int) -> EventPage:
    event = get_object_or_404(EventPage, id=event_id)
    if not may_change(user, event):
        raise PermissionDenied
    return event


def event_to_copy(user: Any, event_id: int) -> EventPage:
    event = get_object_or_404(EventPage, id=event_id)
    index = event.get_parent()
    if not (
        may_copy(user, event) and index.permissions_for_user(user).can_add_subpage()
    ):
        raise PermissionDenied
    return event


@contextmanager
def locked(event_id: int) -> Iterator[EventPage]:
    """The group as it is now, with nobody else changing it until this is done."""
    with transaction.atomic():
        yield get_object_or_404(EventPage.objects.locked(), pk=event_id)
