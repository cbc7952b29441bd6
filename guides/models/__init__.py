"""Guidance by kind of page."""

from .guides import GuideIndexPage, GuidePage
from .paths import CustomerPathPage
from .programmes import ProgrammePage, ProgrammePartPage
from .queues import Queue, QueuePage
from .self_assessments import SelfAssessmentPage
from .services import ServicePage

__all__ = [
    "CustomerPathPage",
    "GuideIndexPage",
    "GuidePage",
    "ProgrammePage",
    "ProgrammePartPage",
    "Queue",
    "QueuePage",
    "SelfAssessmentPage",
    "ServicePage",
]
