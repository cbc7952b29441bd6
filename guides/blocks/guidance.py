"""What every page of guidance is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import BodyBlocks, ChosenPageBlock
from home.models import Goal, TargetGroup, Theme

from .queue_block import WhileYouWaitBlock


def goal_choices() -> list[tuple[str, str]]:
    return [(goal.key, str(goal)) for goal in Goal.objects.current_in_memory()]


def theme_choices() -> list[tuple[str, str]]:
    return [(theme.key, str(theme)) for theme in Theme.objects.in_memory()]


def target_group_choices() -> list[tuple[str, str]]:
    return [(group.key, str(group)) for group in TargetGroup.objects.in_memory()]


class GroupsBlock(blocks.StructBlock):
    """The next groups that fit, read from the events at each request."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    goal = blocks.ChoiceBlock(label=_("Goal"), choices=goal_choices, required=False)
    theme = blocks.ChoiceBlock(label=_("Theme"), choices=theme_choices, required=False)
    target_group = blocks.ChoiceBlock(
        label=_("Target group"), choices=target_group_choices, required=False
    )

    class Meta:
        icon = "group"
        label = _("Groups")
        description = _("The next groups by goal, theme or target group.")
        template = "guides/blocks/groups.html"
        preview_value = {"title": "Ryhmiä lähelläsi"}


class GuideBody(BodyBlocks):
    self_assessment = ChosenPageBlock(
        page_type="guides.SelfAssessmentPage",
        icon="form",
        label=_("Self-assessment"),
        description=_("A card that leads to a questionnaire."),
        template="guides/blocks/self_assessment.html",
    )
    groups = GroupsBlock()
    while_you_wait = WhileYouWaitBlock("guides.Queue")
