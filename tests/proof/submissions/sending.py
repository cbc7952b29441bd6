"""Browsers that send drafts, and somebody who kills the processes that take them."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from os import kill
from signal import SIGKILL
from typing import Any
from urllib.parse import urlencode

from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.utils.crypto import get_random_string

from tests.proof.server import Server

from .filling import Draft

DOOR = "/fi/ilmoita/"
SECONDS_TO_ANSWER = 60
TRIES = 30
PAUSE = 0.2
MOST_SECONDS_BEFORE_KILL = 0.3
REDIRECT, UNAVAILABLE = 302, 503
NO_ANSWER = 0


class Browser:
    """Of one contact, who has opened the form before."""

    def __init__(self, server: Server, session: str) -> None:
        self.server = server
        self.token = get_random_string(CSRF_SECRET_LENGTH)
        self.cookies = {"sessionid": session, "csrftoken": self.token}

    def post(self, address: str, fields: dict[str, Any]) -> tuple[int, str]:
        """Status and where it leads; no status when the answer does not come."""
        caller = http.client.HTTPConnection(
            "127.0.0.1", self.server.port, timeout=SECONDS_TO_ANSWER
        )
        body = urlencode(fields | {"csrfmiddlewaretoken": self.token}, doseq=True)
        headers = {
            "Cookie": "; ".join(
                f"{name}={each}" for name, each in self.cookies.items()
            ),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            caller.request("POST", address, body, headers)
            response = caller.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return NO_ANSWER, ""
        finally:
            caller.close()
        return response.status, response.headers.get("Location", "")

    def send(self, draft: Draft) -> int:
        """The last step, as often as it takes; then the button, once."""
        address = f"{DOOR}draft/{draft.key}/"
        for _try in range(TRIES):
            status, _next = self.post(f"{address}whom/", draft.last_step)
            if status == REDIRECT:
                break
            time.sleep(PAUSE)
        return self.press(draft)

    def send_until_taken(self, draft: Draft) -> int:
        """As somebody does who is told that the site is busy."""
        answer = NO_ANSWER
        for _try in range(TRIES):
            answer = self.send(draft)
            if answer not in (NO_ANSWER, UNAVAILABLE):
                break
            time.sleep(PAUSE)
        return answer

    def press(self, draft: Draft) -> int:
        """REDIRECT when it is acknowledged."""
        address = f"{DOOR}draft/{draft.key}/"
        person = {"name": "Esimerkki Henkilö", "phone": ""}
        status, location = self.post(f"{address}check/", person)
        is_sent = location == f"{address}sent/"
        return status if is_sent or status != REDIRECT else NO_ANSWER


class Sending:
    """Several browsers at once. `answers` holds each draft's last answer."""

    def __init__(self, server: Server, drafts: list[Draft], browsers: int) -> None:
        self.server = server
        self.drafts = drafts
        self.browsers = browsers
        self.answers: dict[str, int] = {}
        self.statuses: Counter[int] = Counter()
        self.lock = threading.Lock()

    def run(self, deed: Callable[[Browser, Draft], int]) -> None:
        left = iter(self.drafts)

        def work() -> None:
            while True:
                with self.lock:
                    draft = next(left, None)
                if draft is None:
                    return
                answer = deed(Browser(self.server, draft.session), draft)
                with self.lock:
                    self.answers[draft.key] = answer
                    self.statuses[answer] += 1

        threads = [threading.Thread(target=work) for _place in range(self.browsers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    @property
    def unacknowledged(self) -> list[Draft]:
        return [each for each in self.drafts if self.answers[each.key] != REDIRECT]


class Killer(threading.Thread):
    """Ends a worker without a warning, at a random moment after some answers.

    By answers and not by the clock: a slow machine would else do nothing but start.
    """

    def __init__(self, sending: Sending, answers_between: tuple[int, int]) -> None:
        super().__init__()
        self.sending = sending
        self.answers_between = answers_between
        self.kills = 0
        self.is_over = threading.Event()

    def run(self) -> None:
        chance = random.Random(5)
        due = chance.randint(*self.answers_between)
        while not self.is_over.wait(chance.uniform(0, MOST_SECONDS_BEFORE_KILL)):
            if self.sending.statuses.total() < due:
                continue
            kill(chance.choice(self.sending.server.workers()), SIGKILL)
            self.kills += 1
            due += chance.randint(*self.answers_between)

    def stop(self) -> None:
        self.is_over.set()
        self.join()
