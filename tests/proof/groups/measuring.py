"""Rounds over all pages, each asked some times, in turn forwards and backwards."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import median, quantiles

from tests.proof.server import Database, Server

from .subjects import Subject

NANOSECONDS_IN_MS = 1_000_000


@dataclass
class Visit:
    """One page in one round."""

    seconds: list[float]
    server_ms: float
    """Of CPU, for each request; also the next."""
    database_ms: float

    @property
    def cpu_ms(self) -> float:
        return self.server_ms + self.database_ms


@dataclass
class Result:
    subject: Subject
    queries: int
    kilobytes: float
    visits: list[Visit] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        return median(visit.cpu_ms for visit in self.visits)

    @property
    def least_cpu_ms(self) -> float:
        """Of the quickest round: neighbours on the same hardware only add to it."""
        return min(visit.cpu_ms for visit in self.visits)

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
