"""What an answer stands for: one row for each, in the terms of the taxonomies."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.enums import Feature, TimeOfDay
from events.listing.question import NO_LIMIT, Ages

WORKDAYS, WEEKEND = (1, 2, 3, 4, 5), (6, 7)
FOR_ALL = "everyone"
"""The target group that nobody is outside of."""


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    """What the form sends."""
    label: Any
    """What the reader chooses, and reads again as the reason of a result."""
    discreet: Any = ""
    """Said instead as a reason, where somebody else may not read what was chosen."""
    themes: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    ages: Ages | None = None
    """Of whoever answers so, both included, when the answer tells."""
    municipality: str = ""
    weekdays: tuple[int, ...] = ()
    times: tuple[TimeOfDay, ...] = ()
    features: tuple[Feature, ...] = ()
    kinds: tuple[str, ...] = ()
    """Of results, as `search.kinds` names them."""
    crisis: str = ""
    """The crisis topic whose help comes first."""


LIFE = (
    Option("young", _("I am under 30"), target_groups=("youth",), ages=Ages(0, 29)),
    Option(
        "family", _("I have children at home"), target_groups=("children-families",)
    ),
    Option(
        "baby",
        _("I am expecting a child or have a baby"),
        target_groups=("parents-to-be",),
    ),
    Option(
        "working",
        _("I am of working age"),
        target_groups=("working-age",),
        ages=Ages(18, 64),
    ),
    Option(
        "work-ability",
        _("I am out of work, or my ability to work is at risk"),
        target_groups=("job-seekers",),
    ),
    Option(
        "older",
        _("I am 65 or older"),
        target_groups=("older-people",),
        ages=Ages(65, NO_LIMIT),
    ),
    Option("carer", _("I care for somebody close to me"), target_groups=("carers",)),
    Option(
        "close-one",
        _("I am worried about somebody close to me"),
        target_groups=("close-ones",),
    ),
    Option("illness", _("I have a long illness"), target_groups=("long-term-illness",)),
    Option("disability", _("I have a disability"), target_groups=("disability",)),
    Option(
        "neuro",
        _("I have ADHD, autism or something like them"),
        target_groups=("neuropsychiatric",),
    ),
    Option("newcomer", _("I have moved to Finland"), target_groups=("immigrants",)),
)
WORRY = (
    Option("sleep", _("I sleep badly"), themes=("sleep",)),
    Option("mood", _("I feel low or anxious"), themes=("mental-health",)),
    Option("stress", _("I am worn out"), themes=("stress",)),
    Option("lonely", _("I am lonely"), themes=("loneliness", "participation")),
    Option("grief", _("I have lost somebody or something dear"), themes=("grief",)),
    Option(
        "habits",
        _("I would like to eat, move or weigh differently"),
        themes=("nutrition", "exercise", "weight"),
    ),
    Option("alcohol", _("Alcohol"), themes=("alcohol",)),
    Option("nicotine", _("Tobacco or nicotine"), themes=("tobacco-nicotine",)),
    Option("drugs", _("Drugs or medicines"), themes=("drugs", "medicines")),
    Option(
        "gambling", _("Gambling or video games"), themes=("gambling", "digital-gaming")
    ),
    Option(
        "close-one-uses",
        _("Somebody close to me drinks, uses drugs or gambles"),
        themes=("family-of-user",),
    ),
    Option("family-life", _("Life as a parent or a family"), themes=("parenting",)),
    Option("health", _("Living with an illness"), themes=("long-term-illness",)),
    Option("falls", _("Falling, or safety at home"), themes=("falls", "home-safety")),
    Option("money", _("Money or debts"), themes=("finances",)),
    Option("work", _("Work, studies or being without them"), themes=("work",)),
    Option(
        "meaning",
        _("I would like to do something good"),
        themes=("volunteering", "culture", "nature"),
    ),
    Option(
        "afraid",
        _("I am afraid of somebody close to me, or somebody hurts me"),
        discreet=_("I would like to feel safe"),
        themes=("violence",),
        crisis="violence",
    ),
    Option(
        "dark",
        _("I think of dying or of hurting myself"),
        discreet=_("I am having a very hard time"),
        themes=("mental-health",),
        crisis="suicide",
    ),
    Option("danger", _("Somebody is in danger right now"), crisis="emergency"),
)
AT_HOME = Option("at-home", _("At home, online"), features=(Feature.REMOTE,))
"""Stands among the municipalities, which are rows of the database."""
TIME = (
    Option(
        "morning",
        _("On weekdays in the morning"),
        weekdays=WORKDAYS,
        times=(TimeOfDay.MORNING,),
    ),
    Option(
        "day",
        _("On weekdays in the daytime"),
        weekdays=WORKDAYS,
        times=(TimeOfDay.DAY,),
    ),
    Option(
        "evening",
        _("On weekdays in the evening"),
        weekdays=WORKDAYS,
        times=(TimeOfDay.EVENING,),
    ),
    Option("weekend", _("At weekends"), weekdays=WEEKEND, times=tuple(TimeOfDay)),
)
WAY = (
    Option("group", _("With other people, in a group"), kinds=("group",)),
    Option("alone", _("By myself, at my own pace"), kinds=("programme", "guide")),
    Option("professional", _("By talking to a professional"), kinds=("service",)),
)
EASE = (
    Option("free", _("It costs nothing"), features=(Feature.FREE,)),
    Option("no-sign-up", _("I need not register"), features=(Feature.NO_SIGN_UP,)),
    Option("step-free", _("The entrance has no steps"), features=(Feature.STEP_FREE,)),
    Option("buddy", _("Somebody comes with me"), features=(Feature.BUDDY,)),
)
