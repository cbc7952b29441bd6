"""The house: settings, paths, migrations."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "k" * 49 + "-+1aB7",
    "ALLOWED_HOSTS": "example.org",
    "BASE_URL": "https://example.org",
    "DATABASE_URL": "postgres://ci@127.0.0.1/ci",
    "DEFAULT_FROM_EMAIL": "site@example.org",
    "SECURITY_CONTACT": "mailto:security@example.org",
    "SMTP_HOST": "mail.example.org",
}


def manage(*arguments, **variables):
    names = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_site_is_a_plain_folder():
    """As a package it would shadow the standard library's `site`."""
    import site  # noqa: PLC0415

    assert not (ROOT / "site" / "__init__.py").exists()
    assert hasattr(site, "getsitepackages")


def test_production_passes_the_deployment_checks():
    done = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        DJANGO_SETTINGS_MODULE="config.settings.production",
        **PRODUCTION,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_production_refuses_to_start_without_a_variable_and_says_which(missing):
    variables = {name: value for name, value in PRODUCTION.items() if name != missing}

    done = manage(
        "check", DJANGO_SETTINGS_MODULE="config.settings.production", **variables
    )

    assert done.returncode != 0
    assert f"Set the environment variable {missing}:" in done.stderr


@pytest.mark.parametrize(
    ("variables", "off"),
    [
        ({}, "findrisc"),
        ({"INSTRUMENTS_OFF": ""}, ""),
        ({"INSTRUMENTS_OFF": "pgsi"}, "pgsi"),
    ],
)
def test_production_waits_for_the_permission_of_a_questionnaire(variables, off):
    done = manage(
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings; print(*settings.INSTRUMENTS_OFF)",
        DJANGO_SETTINGS_MODULE="config.settings.production",
        **PRODUCTION,
        **variables,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == off


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_lock_has_hashes_and_no_download_address():
    lock = (ROOT / "requirements.lock").read_text()

    assert "--hash=sha256:" in lock
    assert "://" not in lock
