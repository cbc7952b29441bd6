"""What a programme and its parts are made of, beside what every guide may have."""

from .breathing import BreathingBlock
from .exercises import (
    ActionPlanBlock,
    ChecklistBlock,
    ReflectionBlock,
    SummaryBlock,
    ThoughtRecordBlock,
)
from .guidance import GuideBody
from .quiz import QuizBlock
from .suitability import SuitabilityBlock
from .tables import DiaryBlock, ExposureStepsBlock


class ProgrammeBody(GuideBody):
    is_this_for_me = SuitabilityBlock()


class PartBody(GuideBody):
    """Exercises stand in parts: what is written in them is kept by part."""

    diary = DiaryBlock()
    reflection = ReflectionBlock()
    breathing = BreathingBlock()
    action_plan = ActionPlanBlock()
    exposure_steps = ExposureStepsBlock()
    thought_record = ThoughtRecordBlock()
    checklist = ChecklistBlock()
    quiz = QuizBlock()
    summary = SummaryBlock()
