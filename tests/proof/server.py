"""A gunicorn over the test database, asked over loopback."""

import http.client
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from .processes import (
    children_of,
    cpu_of,
    cpu_of_ended_children,
    parent_of,
    share_of_memory,
)
from .served.middleware import ASKED, TOLD

SETTINGS = "tests.proof.served.settings"
SECONDS_TO_START = 120
SECONDS_TO_ANSWER = 300


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    seconds: float
    queries: int

    @property
    def text(self) -> str:
        return self.body.decode()


class Server:
    """Call `start`, and `stop` at the end."""

    def __init__(
        self, folder: Path, *, workers: int = 1, settings: str = SETTINGS
    ) -> None:
        self.folder = folder
        self.number = workers
        self.settings = settings
        self.process: subprocess.Popen | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> None:
        log = (self.folder / f"server-{self.port}.log").open("wb")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--pythonpath", ".,site"),
                *("--workers", str(self.number)),
                # Who takes the place of a worker that was killed is there at once.
                *(["--preload"] if self.number > 1 else []),
                *("--bind", f"127.0.0.1:{self.port}"),
                *("--timeout", str(SECONDS_TO_ANSWER), "config.wsgi"),
            ],
            cwd=settings.BASE_DIR,
            env=environment(self.folder, self.settings),
            stdout=log,
            stderr=log,
        )
        began = time.monotonic()
        while not self.is_up():
            if self.process.poll() is not None:
                raise RuntimeError(Path(log.name).read_text())
            if time.monotonic() - began > SECONDS_TO_START:
                self.stop()
                message = "The server did not start."
                raise RuntimeError(message)
            time.sleep(0.1)
        self.worker = self.workers()[0]

    def workers(self) -> list[int]:
        return children_of(self.process.pid) if self.process else []

    def is_up(self) -> bool:
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()

    def get(self, address: str, *, counts_queries: bool = False) -> Answer:
        """On a connection of its own: a sync worker keeps none."""
        headers = {"Accept-Encoding": "gzip, br"}
        if counts_queries:
            headers = {ASKED: "1"}  # And the body as text.
        caller = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=SECONDS_TO_ANSWER
        )
        began = time.perf_counter()
        caller.request("GET", quote(address, safe="/?=&+%"), headers=headers)
        response = caller.getresponse()
        body = response.read()
        seconds = time.perf_counter() - began
        caller.close()
        return Answer(response.status, body, seconds, int(response.getheader(TOLD, 0)))

    def cpu(self) -> int:
        return cpu_of(self.worker)

    def memory(self) -> int:
        """Its share, in kB."""
        return share_of_memory(self.worker)


def environment(folder: Path, settings_module: str = SETTINGS) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": settings_module,
        "PROOF_DATABASE": str(connection.settings_dict["NAME"]),
        "VAR_DIR": str(folder),
    }


def collect_static_files(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput"],
        cwd=settings.BASE_DIR,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        check=True,
    )


class Database:
    """PostgreSQL's processes. SQLite works inside the server's."""

    def __init__(self) -> None:
        self.parent = 0
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.parent = parent_of(cursor.fetchone()[0])

    def cpu(self) -> int:
        """Of all backends and helpers, also those that ended."""
        if not self.parent:
            return 0
        living = sum(cpu_of_living(pid) for pid in children_of(self.parent))
        return living + cpu_of_ended_children(self.parent)


def cpu_of_living(pid: int) -> int:
    try:
        return cpu_of(pid)
    except OSError:
        return 0  # It ended just now; its parent knows what it took.
