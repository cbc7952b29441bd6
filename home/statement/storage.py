"""All that the site stores on a reader's device. The page on storage is drawn from it.

A test asks that nothing else is stored: who adds a cookie or a key adds it here too.
Nothing of it is for tracking, and all of it is needed for what the reader has asked
for, so no consent is asked (917/2014, section 205).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

DAY = 24 * 60 * 60


class Kind(StrEnum):
    COOKIE = "cookie"
    SESSION_STORAGE = "sessionStorage"
    LOCAL_STORAGE = "localStorage"


@dataclass(frozen=True)
class Stored:
    name: str
    """One that ends with an asterisk stands for all that begin so."""
    kind: Kind
    where: Any
    """Of whom, when they do what."""
    purpose: Any
    lifetime: Any
    script: str = ""
    """The file of ours that writes it, when it is no cookie."""

    def is_called(self, name: str) -> bool:
        if self.name.endswith("*"):
            return name.startswith(self.name[:-1])
        return name == self.name


def days(seconds: int) -> Any:
    return format_lazy(_("{days} days at most"), days=seconds // DAY)


STORED = (
    Stored(
        settings.CSRF_COOKIE_NAME,
        Kind.COOKIE,
        _(
            "When you open the feedback page, “Report an error”, the organisations' own"
            " pages or the sign-in page"
        ),
        _("Keeps other sites from sending a form in your name."),
        days(settings.CSRF_COOKIE_AGE),
    ),
    Stored(
        settings.SESSION_COOKIE_NAME,
        Kind.COOKIE,
        _("When somebody signs in for an organisation or as staff"),
        _("Remembers who has signed in."),
        days(settings.SESSION_COOKIE_AGE),
    ),
    Stored(
        "messages",
        Kind.COOKIE,
        _("When somebody has saved something for an organisation or as staff"),
        _("Brings a message such as “Saved” to the next page."),
        _("Until the message has been shown"),
    ),
    Stored(
        "door-*",
        Kind.SESSION_STORAGE,
        _("When somebody writes about a group for an organisation"),
        _("Keeps what is being typed, so that a lost connection loses nothing."),
        _("Until the tab is closed"),
        script="door.js",
    ),
    Stored(
        "programme:*",
        Kind.LOCAL_STORAGE,
        _("When you follow a self-care programme and write or tick something in it"),
        _(
            "Keeps your progress and notes on this device. They are not sent to us."
            " The button “Clear this device” takes them away at once."
        ),
        _("Until you clear it"),
        script="programme-store.js",
    ),
    Stored(
        "wagtail*",
        Kind.LOCAL_STORAGE,
        _("When staff edit the site"),
        _("Remembers which panels of the editor are open."),
        _("Until it is cleared in the browser"),
    ),
    Stored(
        "wagtail_sidebar_collapsed",
        Kind.COOKIE,
        _("When staff edit the site"),
        _("Remembers whether the editor's menu is narrow."),
        _("Until it is cleared in the browser"),
    ),
)


def is_told(name: str, kind: Kind) -> bool:
    """The page on storage names it."""
    return any(item.kind == kind and item.is_called(name) for item in STORED)
