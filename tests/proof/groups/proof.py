"""Fills sites of three sizes and measures the pages of each."""

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from events.models import EventIndexPage
from tests.proof.databases import own_database, settle
from tests.proof.server import Server, collect_static_files

from .exactness import try_exactness
from .filling import Filling
from .full_text import write_full_text
from .measuring import measure, warm_up
from .reporting import Measured, failures_of, growth, table
from .subjects import INDEX, subjects
from .surroundings import build

SIZES = [
    int(size) for size in os.environ.get("PROOF_GROUPS", "1000,5000,200000").split(",")
]
ROUNDS = int(os.environ.get("PROOF_ROUNDS", "12"))
REQUESTS = int(os.environ.get("PROOF_REQUESTS", "20"))
KEEP_IN = Path(os.environ["PROOF_KEEP"]) if "PROOF_KEEP" in os.environ else None
"""The databases stay there, and are not filled again the next time."""


def run(out: Any) -> None:
    sizes = []
    for groups in SIZES:
        with own_database(f"proof-{groups}", KEEP_IN) as folder:
            measured = measure_size(groups, folder)
        sizes.append(measured)
        out.write("\n".join(report(measured)))
    out.write("\n".join(["", "## Growth", "", *growth(sizes), ""]))
    failures = failures_of(sizes)
    out.write("\n".join(failures or ["Every bar is met."]))
    if failures and "PROOF_NO_BARS" not in os.environ:
        message = "Not every bar is met."
        raise CommandError(message)


def report(measured: Measured) -> list[str]:
    now = datetime.now(timezone.get_default_timezone())
    return [
        "",
        f"## {connection.vendor}, {measured.groups:,} groups",
        "",
        f"{now:%Y-%m-%d %H:%M}, load {os.getloadavg()[0]:.1f} of {os.cpu_count()}."
        f" Filled in {measured.filled_in:.0f} s. A process's first page took"
        f" {measured.first_answer:.2f} s; then it held {measured.memory_mb:.0f} MB.",
        "",
        *(f"- {line}" for line in measured.lines),
        "",
        *table(measured),
    ]


def measure_size(groups: int, folder: Path) -> Measured:
    began = time.monotonic()
    index = fill(groups)
    filled_in = time.monotonic() - began
    tell("static files")
    collect_static_files(folder)
    server, other = Server(folder), Server(folder)
    try:
        server.start()
        first_answer = server.get(INDEX).seconds
        asked = subjects(groups)
        warm_up(server, asked)
        results = measure(server, asked, ROUNDS, REQUESTS, tell)
        memory = server.memory() / 1000
        other.start()
        lines, failures = try_exactness([server, other], groups, index, tell)
    finally:
        server.stop()
        other.stop()
    return Measured(groups, filled_in, first_answer, memory, results, lines, failures)


def fill(groups: int) -> EventIndexPage:
    if KEEP_IN and (index := EventIndexPage.objects.in_language("fi").first()):
        return index
    tell(f"{groups} groups")
    around = build(groups)
    for done in Filling(groups, around).write():
        tell(f"{done} of {groups} groups written")
    write_full_text(lambda done: tell(f"{done} of {groups} made searchable"))
    settle()
    return around.index


def tell(progress: str) -> None:
    sys.stderr.write(f"\r{progress:<60}" + ("" if sys.stderr.isatty() else "\n"))
    sys.stderr.flush()
