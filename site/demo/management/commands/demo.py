"""`python3 manage.py demo`: a real site with demo content on http://localhost:8000."""

import io
import os
import secrets
import socket
import threading
import time
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from demo.groups import Groups
from demo.notices import make_ended_alert
from demo.records import once
from demo.reviews import Reviews
from demo.static_files import collect_if_changed
from demo.steps import Steps
from events.derived import rewrite_old_rows, roll_forward
from home.readability.rows import bring_up_to_date
from home.review.reminding import remind
from search.checks import what_is_wrong

from .setup_site import make_guidance, make_tree, make_words

EDITOR = "demo@example.org"
SECONDS_BETWEEN_ROLLS = 60


def port_number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= 65535:
        message = "a port is a number from 1 to 65535"
        raise ArgumentTypeError(message)
    return number


class Command(BaseCommand):
    help = "Prepares the demo site and serves it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument(
            "--no-serve", action="store_true", help="Only prepare, do not serve."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if not options["no_serve"]:
            refuse_taken_port(port)
        try:
            password = self.prepare()
        except OSError as error:
            if error.errno in {28, 122}:
                message = "The disk is full: make some room and run this again."
                raise CommandError(message) from error
            raise
        # Links in letters lead to the port that was asked for.
        settings.WAGTAILADMIN_BASE_URL = base_url(port)
        self.tell(port, password)
        if not options["no_serve"]:
            serve(port)

    def prepare(self) -> str:
        steps = Steps(self.stdout, 7)
        steps.begin("Database")
        call_command("migrate", interactive=False, stdout=CountsMigrations(steps))
        steps.end()
        tree = make_tree(steps)
        make_guidance(steps, tree, Reviews())
        make_words(steps)
        bring_up_to_date()
        make_ended_alert()
        steps.begin("Groups with dates in the coming weeks")
        groups = Groups(tree)
        for number, _name in enumerate(groups.make_groups(), 1):
            steps.count(number)
        groups.move_into_the_near_future()
        for _event in rewrite_old_rows():
            pass
        roll_forward()
        steps.end()
        if what_is_wrong(DEFAULT_DB_ALIAS):
            # A demo of an earlier release, or another Voikko than then.
            call_command("rebuild_search", stdout=io.StringIO())
        steps.begin("Style sheets and pictures")
        steps.end(collect_if_changed())
        return make_editor()

    def tell(self, port: int, password: str) -> None:
        base = base_url(port)
        self.stdout.write(f"\nThe site:    {base}/fi/  (also /sv/ /en/ /fi-simple/)")
        self.stdout.write(f"The editor:  {base}/admin/")
        self.stdout.write("Letters:     they are shown here instead of being sent")
        self.stdout.write(f"Sign in as:  {EDITOR}   password: {password}\n")


def base_url(port: int) -> str:
    return f"http://localhost:{port}"


class CountsMigrations(io.StringIO):
    """Takes what `migrate` says, and shows how many migrations have been applied."""

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self.steps = steps
        self.applied = 0

    def write(self, text: str) -> int:
        if "Applying" in text:
            self.applied += 1
            self.steps.count(self.applied)
        return super().write(text)


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            message = (
                f"Port {port} is taken: stop what uses it, or choose another with"
                f" `python3 manage.py demo --port {other}`."
            )
            raise CommandError(message) from error


def make_editor() -> str:
    """The demo editor's password, or where it can be read or set anew."""
    user_model = get_user_model()
    kept = Path(settings.VAR_DIR) / "demo-password.txt"
    chosen = os.environ.get("DEMO_PASSWORD", "")

    def make() -> Any:
        password = chosen or secrets.token_urlsafe(9)
        keep(kept, password)
        return user_model.objects.create_superuser(
            EDITOR, password, first_name="Demo", last_name="Toimittaja"
        )

    user = once("user/editor", make)
    if user is None:
        return "(you have deleted this account)"
    if chosen and not user.check_password(chosen):
        user.set_password(chosen)
        user.save()
        keep(kept, chosen)
    password = kept.read_text().strip() if kept.exists() else ""
    if password and user.check_password(password):
        return password
    return "(the one you have set)"


def keep(path: Path, password: str) -> None:
    path.touch(mode=0o600)
    path.write_text(password + "\n")


def serve(port: int) -> None:
    threading.Thread(target=keep_rolling, daemon=True).start()
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)


def keep_rolling() -> None:
    """What timers do in production: groups move on, reviewers are told what is due."""
    while True:
        time.sleep(SECONDS_BETWEEN_ROLLS)
        roll_forward()
        remind()
        connections.close_all()
