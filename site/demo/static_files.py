"""Collects and packs static files when they have changed since the last time."""

import hashlib
import io
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def fingerprint() -> str:
    """Changes with any static file's name, size or time, and with the storage."""
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    digest = hashlib.sha256(backend.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_if_changed() -> str:
    """What was done, in a word for the step list."""
    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return "unchanged"
    call_command(
        "collectstatic",
        interactive=False,
        clear=True,
        verbosity=0,
        stdout=io.StringIO(),
    )
    stamp.write_text(now)
    return "done"
