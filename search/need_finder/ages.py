"""What is for people of another age than the reader.

A group has its limits in years. A service has none, but it may be for people of an age:
those target groups have the ages of the answer that means them.
"""

from collections.abc import Iterable

from events.listing.question import Ages

from .answers import Answers
from .options import FOR_ALL, LIFE

AGES_OF_GROUPS: dict[str, Ages] = {
    key: option.ages for option in LIFE if option.ages for key in option.target_groups
}


def ages_of(answers: Answers) -> tuple[Ages, ...]:
    """Any of them may be the reader's: somebody may answer for two."""
    return tuple(option.ages for option in answers.chosen["life"] if option.ages)


def is_for_another_age(target_groups: Iterable[str], answers: Answers) -> bool:
    """Never when it is for everybody, or for the reader's situation in another way."""
    groups, ages = set(target_groups), ages_of(answers)
    own = {key for each in answers.chosen["life"] for key in each.target_groups}
    spans = [AGES_OF_GROUPS[key] for key in groups if key in AGES_OF_GROUPS]
    if not (spans and ages) or groups & {*own, FOR_ALL}:
        return False
    return not any(overlap(span, age) for span in spans for age in ages)


def overlap(one: Ages, other: Ages) -> bool:
    return one.youngest <= other.oldest and other.youngest <= one.oldest
