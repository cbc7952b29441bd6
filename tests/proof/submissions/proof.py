"""Sends, kills, looks into the database, and sends the rest again."""

import os
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from events.models import Submission
from tests.proof.databases import own_database
from tests.proof.served import SECRET_KEY
from tests.proof.server import Server

from .checking import faults_of
from .filling import make_drafts
from .sending import NO_ANSWER, REDIRECT, UNAVAILABLE, Browser, Killer, Sending

SUBMISSIONS = int(os.environ.get("PROOF_SUBMISSIONS", "1000"))
WORKERS, BROWSERS = 4, 8
ANSWERS_BETWEEN_KILLS = (3, 12)
SETTINGS = "tests.proof.served.submitting"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@dataclass
class Figures:
    submissions: int
    seconds: float
    kills: int
    acknowledged: int
    without_answer: int
    unavailable: int
    stored_without_answer: int
    """The process was killed after the commit: the browser never learnt of it."""
    others: dict[int, int]
    faults: list[str]


def run(out: Any) -> None:
    with own_database("proof-submissions") as folder:
        figures = prove(folder, SUBMISSIONS, WORKERS, BROWSERS, ANSWERS_BETWEEN_KILLS)
    out.write("\n".join(report(figures)))
    if figures.faults:
        message = "Not everything is whole."
        raise CommandError(message)


def prove(
    folder: Path,
    number: int,
    workers: int,
    browsers: int,
    answers_between_kills: tuple[int, int],
) -> Figures:
    with override_settings(TASKS=TASKS, SECRET_KEY=SECRET_KEY):
        drafts = make_drafts(number)
    server = Server(folder, workers=workers, settings=SETTINGS)
    server.start()
    sending = Sending(server, drafts, browsers)
    killer = Killer(sending, answers_between_kills)
    began = time.monotonic()
    try:
        killer.start()
        sending.run(Browser.send)
        killer.stop()
        seconds = time.monotonic() - began
        left = sending.unacknowledged
        acknowledged = {each.key for each in drafts} - {each.key for each in left}
        faults = faults_of(drafts, acknowledged)
        stored = Submission.objects.filter(
            key__in=[each.key for each in left], status=Submission.Status.SENT
        )
        stored_without_answer = stored.count()
        again = Sending(server, left, browsers)
        again.run(Browser.send_until_taken)
    finally:
        killer.is_over.set()
        server.stop()
    lost = again.unacknowledged
    faults += [
        f"{each.title}: cannot be sent again, {again.answers[each.key]}"
        for each in lost
    ]
    faults += faults_of(drafts, {each.key for each in drafts if each not in lost})
    answers = dict(sending.statuses)
    return Figures(
        submissions=number,
        seconds=seconds,
        kills=killer.kills,
        acknowledged=answers.pop(REDIRECT, 0),
        without_answer=answers.pop(NO_ANSWER, 0),
        unavailable=answers.pop(UNAVAILABLE, 0),
        stored_without_answer=stored_without_answer,
        others=answers,
        faults=faults,
    )


def report(figures: Figures) -> list[str]:
    now = datetime.now(timezone.get_default_timezone())
    rows = {
        "submissions": figures.submissions,
        "workers killed while they were sent": figures.kills,
        "acknowledged at once": figures.acknowledged,
        "without an answer": figures.without_answer,
        "… of these stored all the same": figures.stored_without_answer,
        "answered 503, with what was typed": figures.unavailable,
        "other answers": figures.others or 0,
        "faults found": len(figures.faults),
    }
    return [
        "",
        f"## {connection.vendor}",
        "",
        f"{now:%Y-%m-%d %H:%M}, load {os.getloadavg()[0]:.1f} of {os.cpu_count()};"
        f" {figures.seconds:.0f} s.",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in rows.items()),
        "",
        *figures.faults,
    ]
