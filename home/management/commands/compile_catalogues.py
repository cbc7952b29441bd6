"""Compiles the interface texts without gettext tools: people have none."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


def compiled(source: Path) -> bytes:
    """The same bytes from the same texts, whenever and wherever it is run."""
    catalogue = polib.pofile(str(source))
    # `makemessages` writes the time of its run there.
    catalogue.metadata.pop("POT-Creation-Date", None)
    return catalogue.to_binary()


class Command(BaseCommand):
    help = "Writes the .mo file beside each .po file in site/locale."

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                target = source.with_suffix(".mo")
                target.write_bytes(compiled(source))
                self.stdout.write(f"Wrote {target}.")
