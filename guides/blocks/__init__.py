"""Blocks of guidance pages. Their names are data: never rename one."""

from .bodies import PartBody, ProgrammeBody
from .guidance import (
    GroupsBlock,
    GuideBody,
    goal_choices,
    target_group_choices,
    theme_choices,
)

__all__ = [
    "GroupsBlock",
    "GuideBody",
    "PartBody",
    "ProgrammeBody",
    "goal_choices",
    "target_group_choices",
    "theme_choices",
]
