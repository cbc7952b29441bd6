"""Who may see what readers have told, and who answers."""

from typing import Any


def may_see_opinions(user: Any) -> bool:
    return bool(user.has_perm("home.view_pageopinion"))


def may_handle_comments(user: Any) -> bool:
    return bool(user.has_perm("home.change_pagecomment"))


def may_answer(user: Any) -> bool:
    """Feedback may have an address to answer to, so fewer see it."""
    return bool(user.has_perm("home.change_feedback"))
