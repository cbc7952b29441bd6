"""Markdown tables, and whether the bars are met."""

from dataclasses import dataclass, field

from .measuring import Result
from .subjects import BARS, EMPTY, MOST_MORE_MEMORY, MOST_QUERIES, Asks


@dataclass
class Measured:
    """A site of one size."""

    groups: int
    filled_in: float
    """Seconds."""
    first_answer: float
    """Seconds that the first page of a process takes."""
    memory_mb: float
    """The process's share (PSS) after all pages have been asked for."""
    results: list[Result]
    lines: list[str] = field(default_factory=list)
    """What else was tried, in words."""
    failures: list[str] = field(default_factory=list)


def table(measured: Measured) -> list[str]:
    base = next(each for each in measured.results if each.subject.name == EMPTY)
    lines = [
        "| page | p50 ms | p95 ms | CPU ms process | database | together | quickest"
        " round | of the empty view | queries | kB | bars |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for result in measured.results:
        lines.append(
            f"| {result.subject.name} | {result.waiting_ms(50):.1f}"
            f" | {result.waiting_ms(95):.1f} | {result.server_ms:.1f}"
            f" | {result.database_ms:.1f} | {result.cpu_ms:.1f}"
            f" | {result.least_cpu_ms:.1f}"
            f" | {result.least_cpu_ms / base.least_cpu_ms:.0f} × | {result.queries}"
            f" | {result.kilobytes:.1f} | {verdict(result, measured.groups)} |"
        )
    return lines


def verdict(result: Result, groups: int) -> str:
    if result.subject.asks == Asks.NOTHING:
        return ""
    if missed := missed_by(result, groups):
        return missed
    bars = BARS.get(groups)
    if bars and result.cpu_ms > bars.cpu[result.subject.asks]:
        return "met in the quickest round"
    return "met"


def missed_by(result: Result, groups: int) -> str:
    """What the page costs too much of; "" when nothing, or when no bar is set.

    CPU is judged by the quickest round: the machine's own pace changes by half
    within minutes, which the empty view beside it shows as well.
    """
    asks = result.subject.asks
    if asks == Asks.NOTHING:
        return ""
    missed = []
    if result.queries > MOST_QUERIES:
        missed.append(f"{result.queries} queries, not {MOST_QUERIES}")
    if bars := BARS.get(groups):
        most, waiting = bars.cpu[asks], bars.waiting.get(asks)
        if result.least_cpu_ms > most:
            missed.append(f"CPU {result.least_cpu_ms:.1f}, not {most:.0f} ms")
        if waiting and result.waiting_ms(95) > waiting:
            missed.append(f"p95 {result.waiting_ms(95):.0f}, not {waiting:.0f} ms")
    return "NOT MET: " + "; ".join(missed) if missed else ""


def growth(sizes: list[Measured]) -> list[str]:
    """The same pages at every size."""
    heads = " | ".join(f"{each.groups:,} groups" for each in sizes)
    lines = [
        f"| CPU ms of the quickest round, queries | {heads} | growth |",
        "|---|" + "---|" * (len(sizes) + 1),
    ]
    for results in zip(*(each.results for each in sizes), strict=True):
        cells = " | ".join(
            f"{result.least_cpu_ms:.1f}, {result.queries}" for result in results
        )
        ratio = results[-1].least_cpu_ms / results[0].least_cpu_ms
        lines.append(f"| {results[0].subject.name} | {cells} | {ratio:.1f} × |")
    memory = " | ".join(f"{each.memory_mb:.0f}" for each in sizes)
    more = sizes[-1].memory_mb - sizes[0].memory_mb
    lines.append(f"| MB of memory in a process (PSS) | {memory} | {more:+.0f} MB |")
    first = " | ".join(f"{each.first_answer:.2f}" for each in sizes)
    lines.append(f"| seconds for a process's first page | {first} | |")
    return lines


def failures_of(sizes: list[Measured]) -> list[str]:
    """Sentences; none when every bar is met."""
    failures = []
    for measured in sizes:
        failures += [f"{measured.groups} groups: {line}" for line in measured.failures]
        for result in measured.results:
            if missed := missed_by(result, measured.groups):
                failures.append(
                    f"{measured.groups} groups: {result.subject.name}: {missed}"
                )
        more = measured.memory_mb - sizes[0].memory_mb
        if more > MOST_MORE_MEMORY:
            failures.append(
                f"{measured.groups} groups: {more:.0f} MB more in each process,"
                f" not {MOST_MORE_MEMORY}"
            )
    return failures
