"""Who has a part in writing pages, and in which."""

from typing import Any

from wagtail.models import Page, PageQuerySet
from wagtail.permissions import policy_registry

WRITERS_RIGHTS = ["add", "change", "publish"]


def may_write_pages(user: Any) -> bool:
    policy = policy_registry.get_by_type(Page)
    return bool(policy.user_has_any_permission(user, WRITERS_RIGHTS))


def pages_written_by(user: Any) -> PageQuerySet:
    """Those of the branches that the user's groups write."""
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_any_permission_for(user, WRITERS_RIGHTS)
