#!/usr/bin/env python3
"""Starts everything: makes .venv on the first run, then hands on to Django or pytest.

Nothing here that Python 2.7 cannot read: an old Python gets a sentence to act on.
"""

import os
import sys

ROOT = os.path.dirname(os.path.realpath(__file__))


def main():
    # type: () -> None
    version = "%d.%d" % sys.version_info[:2]
    if sys.version_info < (3, 6):
        sys.exit(
            "This project needs Python 3.12 or newer and this is Python %s: "
            "start it with python3 manage.py instead." % version
        )
    sys.path[:0] = [ROOT, os.path.join(ROOT, "site")]
    import bootstrap  # noqa: PLC0415 - found only on the path set above

    bootstrap.ensure_environment()
    if sys.version_info < (3, 12):
        sys.exit(
            "This project needs Python 3.12 or newer and this is Python %s: leave the "
            "virtual environment (deactivate), unset NO_BOOTSTRAP, and run this again."
            % version
        )
    if sys.argv[1:2] == ["test"]:
        run_tests(sys.argv[2:])
    else:
        run_django(sys.argv)


def run_tests(arguments):
    # type: (list[str]) -> None
    """Become pytest, so that its exit code is ours."""
    import bootstrap  # noqa: PLC0415

    settings = "config.settings.test"
    command = ["-m", "pytest"]
    command.extend(arguments)
    sys.stderr.write("Running: python %s (%s)\n" % (" ".join(command), settings))
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    if not os.path.join(os.getcwd(), "").startswith(os.path.join(ROOT, "")):
        os.chdir(ROOT)
    command.insert(0, sys.executable)
    bootstrap.become(command)


def run_django(arguments):
    # type: (list[str]) -> None
    # The demo shows what residents would get: no debug pages, packed files.
    settings = "demo" if arguments[1:2] == ["demo"] else "dev"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings." + settings)
    try:
        from django.core.management import (  # noqa: PLC0415 - not there before
            execute_from_command_line,
        )
    except ImportError:
        sys.exit(
            "Django is not installed in %s: install requirements.lock there, or leave "
            "the virtual environment (deactivate), unset NO_BOOTSTRAP, and run this "
            "again." % sys.prefix
        )
    execute_from_command_line(arguments)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        sys.exit(130)
