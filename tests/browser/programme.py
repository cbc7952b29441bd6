"""A programme with every kind of exercise, put into the demo for the browser."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SLUG = "selaimen-ohjelma"
PATH = f"/fi/ohjelmat/{SLUG}/"
PARTS = [f"{PATH}osa-{number}/" for number in range(1, 6)]
MAKE = f"""
from guides.models import GuideIndexPage
from home.models import Theme
from tests.guides import exercises

index = GuideIndexPage.objects.get(slug="ohjelmat", locale__language_code="fi")
made = set(index.get_children().values_list("slug", flat=True))
for slug in {{"{SLUG}", "toinen-{SLUG}"}} - made:
    programme = exercises.make_programme(index, slug, is_sensitive=False)
    programme.themes = Theme.objects.filter(key="sleep")
    programme.save()
"""


def put_into(folder: Path) -> None:
    """Once: later modules find it there."""
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", MAKE],
        cwd=ROOT,
        env=os.environ
        | {
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        },
        check=True,
    )
