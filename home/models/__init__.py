"""What every page shares, by subject."""

from .base import BasePage, ReviewedMixin, TopicMixin
from .content_version import ContentVersion
from .crisis import CrisisContact
from .easy import EasySource
from .images import SiteImage, SiteRendition
from .keywords import Keyword
from .pages import GoalPage, HomePage, StandardPage
from .taxonomies import Goal, Municipality, PostalCode, TargetGroup, Term, Theme

__all__ = [
    "BasePage",
    "ContentVersion",
    "CrisisContact",
    "EasySource",
    "Goal",
    "GoalPage",
    "HomePage",
    "Keyword",
    "Municipality",
    "PostalCode",
    "ReviewedMixin",
    "SiteImage",
    "SiteRendition",
    "StandardPage",
    "TargetGroup",
    "Term",
    "Theme",
    "TopicMixin",
]
