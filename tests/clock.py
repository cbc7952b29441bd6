"""Time that a test moves: the site's, the cache's, and that of signed forms."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = timedelta()
        now, seconds = timezone.now, time.time
        monkeypatch.setattr(timezone, "now", lambda: now() + self.ahead)
        monkeypatch.setattr(
            time, "time", lambda: seconds() + self.ahead.total_seconds()
        )

    def move(self, **by: Any) -> None:
        self.ahead += timedelta(**by)
