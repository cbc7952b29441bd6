"""Who may see what was looked for, and do something about it."""

from typing import Any

SEES_REPORT = "search.change_synonymset"
MAKES_SET = "search.add_synonymset"
MAKES_TASK = "search.add_contenttask"


def may_see(user: Any) -> bool:
    return bool(user.has_perm(SEES_REPORT))


def may_make_task(user: Any) -> bool:
    return bool(user.has_perm(MAKES_TASK))
