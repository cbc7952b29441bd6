"""A numbered list of steps on the terminal, so that nobody waits in silence."""

from typing import Any


class Steps:
    """`[2/5] Guides and services … 37`"""

    def __init__(self, out: Any, total: int) -> None:
        self.out = out
        self.total = total
        self.number = 0
        self.line = ""
        self.counts = bool(getattr(out, "isatty", lambda: False)())

    def begin(self, name: str) -> None:
        self.number += 1
        self.line = f"[{self.number}/{self.total}] {name} … "
        self.out.write(self.line, ending="")
        self.out.flush()

    def count(self, number: int) -> None:
        if self.counts:
            self.out.write(f"\r{self.line}{number}", ending="")
        elif number % 25 == 0:
            self.out.write(f"{number} … ", ending="")
        self.out.flush()

    def end(self, result: str = "done") -> None:
        start = f"\r{self.line}" if self.counts else ""
        self.out.write(f"{start}{result}")
        self.out.flush()
