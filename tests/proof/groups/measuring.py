"""Rounds over all pages, each asked some times, in turn forwards and backwards."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import median, quantiles

from tests.proof.server import Database, Server

from .subjects import EMPTY, Subject

MOST_STRAYING = 0.3
"""A round is left out when its empty view strays more from the rounds' median."""
NANOSECONDS_IN_MS = 1_000_000


@dataclass
class Visit:
    """One page in one round."""

    seconds: list[float]
    server_ms: float
    """Of CPU, for each request; also the next."""
    database_ms: float


@dataclass
class Result:
    subject: Subject
    queries: int
    kilobytes: float
    visits: list[Visit] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        return self.server_ms + self.database_ms

    @property
    def server_ms(self) -> float:
        return median(visit.server_ms for visit in self.visits)

    @property
    def database_ms(self) -> float:
        return median(visit.database_ms for visit in self.visits)

    def waiting_ms(self, percent: int) -> float:
        seconds = [each for visit in self.visits for each in visit.seconds]
        return quantiles(seconds, n=100, method="inclusive")[percent - 1] * 1000


def warm_up(server: Server, subjects: list[Subject]) -> None:
    for subject in subjects:
        for address in subject.addresses:
            answer = server.get(address)
            if answer.status != 200:
                message = f"{subject.name}: {answer.status} from {address}"
                raise RuntimeError(message)


def measure(
    server: Server,
    subjects: list[Subject],
    rounds: int,
    requests: int,
    progress: Callable[[str], None],
) -> list[Result]:
    database = Database()
    results = [first_look(server, subject) for subject in subjects]
    for number in range(rounds):
        progress(f"round {number + 1} of {rounds}")
        for result in results if number % 2 == 0 else reversed(results):
            result.visits.append(visit(server, database, result.subject, requests))
    leave_out_strays(results)
    return results


def first_look(server: Server, subject: Subject) -> Result:
    answers = [
        server.get(address, counts_queries=True) for address in subject.addresses
    ]
    sizes = [len(server.get(address).body) for address in subject.addresses]
    return Result(
        subject,
        queries=max(answer.queries for answer in answers),
        kilobytes=median(sizes) / 1000,
    )


def visit(server: Server, database: Database, subject: Subject, requests: int) -> Visit:
    before = server.cpu(), database.cpu()
    addresses = islice(cycle(subject.addresses), requests)
    seconds = [server.get(address).seconds for address in addresses]
    after = server.cpu(), database.cpu()
    took = [
        (end - begin) / requests / NANOSECONDS_IN_MS
        for begin, end in zip(before, after, strict=True)
    ]
    return Visit(seconds, *took)


def leave_out_strays(results: list[Result]) -> None:
    """Rounds in which the machine was not its usual self."""
    base = next(result for result in results if result.subject.name == EMPTY)
    usual = base.server_ms
    steady = [
        abs(each.server_ms - usual) <= MOST_STRAYING * usual for each in base.visits
    ]
    for result in results:
        result.visits = [
            each for each, keep in zip(result.visits, steady, strict=True) if keep
        ]
