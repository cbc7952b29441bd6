"""Measurements that take too long for the tests."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

PROOFS = "tests.proof"


def names() -> list[str]:
    """Beside them stand modules that they share: those have no `run`."""
    modules = iter_modules(import_module(PROOFS).__path__)
    return sorted(
        module.name
        for module in modules
        if hasattr(import_module(f"{PROOFS}.{module.name}"), "run")
    )


class Command(BaseCommand):
    help = "Runs a proof of tests/proof by its name; lists them without one."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        if name is None:
            self.stdout.write("\n".join(names()))
        elif name in names():
            import_module(f"{PROOFS}.{name}").run(self.stdout)
        else:
            message = f"There is no proof {name}. There are: {', '.join(names())}."
            raise CommandError(message)
