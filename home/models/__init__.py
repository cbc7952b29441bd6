"""What every page shares, by subject."""

from .alerts import Alert
from .base import BasePage, ReviewedMixin, TopicMixin
from .content_version import ContentVersion
from .crisis import CrisisContact
from .easy import EasySource
from .feedback import Feedback, FeedbackSender, PageComment, PageOpinion
from .images import SiteImage, SiteRendition
from .keywords import Keyword
from .limits import LimitCount
from .pages import GoalPage, HomePage, StandardPage
from .readability import PageReadability
from .review import PageReview, ReviewDue, ReviewPerson, ReviewReminder
from .statement import Statement, StatementFault, StatementTest
from .taxonomies import Goal, Municipality, PostalCode, TargetGroup, Term, Theme

__all__ = [
    "Alert",
    "BasePage",
    "ContentVersion",
    "CrisisContact",
    "EasySource",
    "Feedback",
    "FeedbackSender",
    "Goal",
    "GoalPage",
    "HomePage",
    "Keyword",
    "LimitCount",
    "Municipality",
    "PageComment",
    "PageOpinion",
    "PageReadability",
    "PageReview",
    "PostalCode",
    "ReviewDue",
    "ReviewPerson",
    "ReviewReminder",
    "ReviewedMixin",
    "SiteImage",
    "SiteRendition",
    "StandardPage",
    "Statement",
    "StatementFault",
    "StatementTest",
    "TargetGroup",
    "Term",
    "Theme",
    "TopicMixin",
]
