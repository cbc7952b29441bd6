"""Whether the counts are right, and how soon other processes know of a change."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from events.enums import Kind, TimeOfDay
from events.models import EventPage, ExtraDate
from home.models import Goal, Municipality, PostalCode, TargetGroup
from tests import factories
from tests.proof.server import Server

from .counting import FEATURES, Counts, Question, all_groups, counts_for
from .subjects import INDEX, NOBODYS_LANGUAGE
from .words import HUNDREDTH, RARE, TENTH

QUESTIONS = 30
FEWER = 8
SECONDS_UNTIL_SEEN = 1.0
SECONDS_UNTIL_OVER = 6
TIMES_SEEN = 3
LENGTH = timedelta(hours=1)
REPEATABLE = ("type", "municipality", "goal", "group", "language", "weekday", "time")


SIMPLE_QUESTIONS = [
    Question({}, []),
    *(Question({"time": [time]}, []) for time in TimeOfDay.values),
]
"""Between them they show the count of every weekday at every part of the day."""


class CountsOnPage(HTMLParser):
    """Reads the total, and the count beside each check box."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.total = 0
        self.counts: Counts = Counts()
        self.option: tuple[str, str] | None = None
        self.reads = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "checkbox":
            name = given["name"]
            self.option = (
                ("feature", name) if name in FEATURES else (name, given["value"])
            )
        if given.get("class") == "option-count" and self.option:
            self.reads = "count"
        if given.get("id") == "results-heading":
            self.reads = "total"

    def handle_data(self, data: str) -> None:
        if not self.reads or not data.strip():
            return
        number = int("".join(sign for sign in data if sign.isdigit()) or 0)
        if self.option:
            self.counts[self.option] = number
            self.option = None
        else:
            self.total = number
        self.reads = ""


def try_exactness(
    servers: list[Server],
    groups: int,
    index: Any,
    tell: Callable[[str], None],
) -> tuple[list[str], list[str]]:
    """What was tried, in words, and what was wrong."""
    index.refresh_from_db()
    tell("counting")
    wrong = differences(servers, groups, QUESTIONS)
    lines = [f"Counts of {QUESTIONS} random questions: {verdict(wrong)}."]

    tell("publishing and unpublishing")
    changes = [seconds_until_seen(servers, index) for _time in range(TIMES_SEEN)]
    slowest = max(max(published, gone) for published, gone in changes)
    lines.append(
        f"Published or taken off by another process: seen by both servers after at"
        f" most {slowest:.2f} s."
    )
    failures = [*wrong]
    if slowest > SECONDS_UNTIL_SEEN:
        failures.append(f"seen after {slowest:.2f} s, not {SECONDS_UNTIL_SEEN:.0f} s")
    EventPage.objects.get(slug="ryhma-1").unpublish()
    factories.make_event(index, "Uusi ryhmä", slug="uusi")
    time.sleep(SECONDS_UNTIL_SEEN)
    began = time.monotonic()
    wrong = differences(servers, groups, FEWER)
    took = time.monotonic() - began
    lines.append(f"Then the counts of {FEWER}: {verdict(wrong)}.")
    failures += wrong

    tell("waiting for dates to pass")
    over = timezone.now() + timedelta(seconds=3 * took + SECONDS_UNTIL_OVER)
    for name, later in (
        ("ainoa", []),
        ("toinen-paiva", [over + timedelta(days=2)]),
        ("toinen-aika", [at_another_time_of_day(over) + timedelta(days=7)]),
    ):
        factories.make_event(index, name, slug=name, dates=dates(over, later))
    time.sleep(SECONDS_UNTIL_SEEN)
    wrong = differences(servers, groups, FEWER)
    lines.append(f"With three groups whose date is about to end: {verdict(wrong)}.")
    failures += wrong
    time.sleep(max((over - timezone.now()).total_seconds(), 0) + SECONDS_UNTIL_SEEN)
    wrong = differences(servers, groups, FEWER)
    lines.append(f"A second after they ended, no job having run: {verdict(wrong)}.")
    clean_up()
    return lines, [*failures, *wrong]


def clean_up() -> None:
    """A database that is kept is as it was."""
    for event in EventPage.objects.exclude(slug__startswith="ryhma-"):
        event.delete()
    EventPage.objects.get(slug="ryhma-1").save_revision().publish()


def at_another_time_of_day(over: datetime) -> datetime:
    """On the same day: the weekday stays, its part of day does not."""
    local = timezone.localtime(over - LENGTH)
    is_morning = TimeOfDay.of_hour(local.hour) == TimeOfDay.MORNING
    return local.replace(hour=13 if is_morning else 9)


def dates(over: datetime, later: list[datetime]) -> list[ExtraDate]:
    first = ExtraDate(starts_at=over - LENGTH, ends_at=over)
    return [first, *(factories.single_date(start) for start in later)]


def verdict(wrong: list[str]) -> str:
    return f"{len(wrong)} wrong" if wrong else "every one as counted plainly"


def differences(servers: list[Server], size: int, number: int) -> list[str]:
    """Sentences about counts that a page shows otherwise than they are."""
    random = Random(size)
    questions = [*SIMPLE_QUESTIONS, *some_questions(random, number)]
    now = timezone.now()
    answers = [
        (question, CountsOnPage(server.get(address, counts_queries=True).text))
        for question in questions
        for address in [f"{INDEX}?{query_of(question)}"]
        for server in servers
    ]
    # Plainly takes a while, so the pages come first: they are as of now.
    groups = all_groups(size, now)
    right = [counts_for(question, groups) for question in questions]
    wrong = []
    for question, page in answers:
        total, counts = right[questions.index(question)]
        shown = {"total": page.total, **page.counts}
        for name, number in shown.items():
            wanted = total if name == "total" else counts[name]
            if number != wanted:
                asked = query_of(question) or "all groups"
                wrong.append(f"{asked}: {name} is {wanted}, the page says {number}")
    return wrong


def some_questions(random: Random, number: int) -> Iterator[Question]:
    keys = {
        "type": Kind.values,
        "municipality": [town.key for town in Municipality.objects.all()],
        "goal": [goal.key for goal in Goal.objects.current()],
        "group": [group.key for group in TargetGroup.objects.all()],
        "language": ["fi", "sv", "en"],
        "weekday": [str(day) for day in range(1, 8)],
        "time": TimeOfDay.values,
    }
    codes = list(PostalCode.objects.values_list("pk", flat=True))
    today = timezone.localdate()
    for _question in range(number):
        names = random.sample(REPEATABLE, random.randint(0, 3))
        first = today + timedelta(random.randint(0, 50)) if odds(random, 0.3) else None
        last = (first or today) + timedelta(random.randint(0, 20))
        yield Question(
            chosen={
                name: random.sample(keys[name], random.randint(1, 2)) for name in names
            },
            features=random.sample(list(FEATURES), random.choice((0, 0, 1, 2))),
            age=random.randint(5, 80) if odds(random, 0.2) else None,
            near=random.choice(codes) if odds(random, 0.25) else "",
            first=first,
            last=last if odds(random, 0.3) else None,
            word=(
                random.choice((*RARE, *HUNDREDTH, *TENTH)) if odds(random, 0.3) else ""
            ),
        )


def odds(random: Random, chance: float) -> bool:
    return random.random() < chance


def query_of(question: Question) -> str:
    single = {
        "q": question.word,
        "near": question.near,
        "age": question.age,
        "from": question.first,
        "to": question.last,
        **dict.fromkeys(question.features, 1),
    }
    given = {name: value for name, value in single.items() if value not in {"", None}}
    return urlencode({**question.chosen, **given}, doseq=True)


def seconds_until_seen(servers: list[Server], index: Any) -> tuple[float, float]:
    """After publishing, and after taking off the site; by the slower server."""
    address = f"{INDEX}?language={NOBODYS_LANGUAGE}"
    for server in servers:
        server.get(address)  # It has just read the version there was.
    event = factories.make_event(index, spoken_languages=[NOBODYS_LANGUAGE])
    published = seconds_until(servers, address, event.slug, shown=True)
    for server in servers:
        server.get(address)
    event.unpublish()
    return published, seconds_until(servers, address, event.slug, shown=False)


def seconds_until(servers: list[Server], address: str, slug: str, shown: bool) -> float:
    began = time.monotonic()
    waiting = list(servers)
    while waiting:
        waiting = [
            server
            for server in waiting
            if (f"/{slug}/" in server.get(address, counts_queries=True).text) != shown
        ]
        if time.monotonic() - began > 60 * SECONDS_UNTIL_SEEN:
            break
    return time.monotonic() - began
