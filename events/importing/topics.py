"""Goals, themes and target groups by the ids of the national ontology."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from home.models import Goal, TargetGroup, Theme


@dataclass
class Topics:
    goals: list[Goal] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    target_groups: list[TargetGroup] = field(default_factory=list)
    is_default: bool = False
    """No keyword named a goal."""

    def keys(self) -> list[str]:
        terms = [*self.goals, *self.themes, *self.target_groups]
        return [f"{term._meta.model_name}:{term.key}" for term in terms]


class TopicFinder:
    """Reads the taxonomies once; a theme brings its goal."""

    def __init__(self, default: Goal) -> None:
        self.default = default
        self.goals = list(Goal.objects.current())
        self.themes = list(Theme.objects.select_related("goal"))
        self.target_groups = list(TargetGroup.objects.all())

    def find(self, keywords: Iterable[str]) -> Topics:
        ids = set(keywords)
        topics = Topics(
            themes=[theme for theme in self.themes if ids & plain(theme.yso_ids)],
            target_groups=[
                group for group in self.target_groups if ids & plain(group.yso_ids)
            ],
        )
        of_themes = {theme.goal_id for theme in topics.themes}
        topics.goals = [
            goal
            for goal in self.goals
            if goal.pk in of_themes or ids & plain(goal.yso_ids)
        ]
        if not topics.goals:
            topics.goals, topics.is_default = [self.default], True
        return topics


def plain(yso_ids: Iterable[str]) -> set[str]:
    """`p2433`, whether it is kept so, as `yso:p2433` or as an address."""
    return {str(key).rsplit("/", 1)[-1].removeprefix("yso:") for key in yso_ids}
