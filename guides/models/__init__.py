"""Guidance by kind of page."""

from .guides import GuideIndexPage, GuidePage
from .part_numbers import PartNumbers
from .paths import CustomerPathPage
from .programmes import ProgrammePage, ProgrammePartPage
from .queues import Queue, QueuePage
from .self_assessments import SelfAssessmentPage
from .services import ServicePage

__all__ = [
    "CustomerPathPage",
    "GuideIndexPage",
    "GuidePage",
    "PartNumbers",
    "ProgrammePage",
    "ProgrammePartPage",
    "Queue",
    "QueuePage",
    "SelfAssessmentPage",
    "ServicePage",
]
