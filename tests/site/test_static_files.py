"""Static files as production packs them: their names change with what is in them."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from config.settings import base

IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")
HASHED = re.compile(r"\./[\w-]+\.[0-9a-f]{12}\.js")


@pytest.fixture
def packed(settings, tmp_path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = base.STORAGES
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"  # Ours alone.
    ]
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_modules_import_each_other_by_the_names_that_never_grow_old(packed):
    imports = []
    for module in (base.SITE_DIR / "static/js").glob("*.js"):
        served = packed / staticfiles_storage.stored_name(f"js/{module.name}")
        for name in IMPORTED.findall(served.read_text()):
            assert HASHED.fullmatch(name), (module.name, name)
            assert (served.parent / name).exists(), (module.name, name)
            imports.append((module.stem, name.split(".")[1].strip("/")))

    assert ("programme", "programme-store") in imports
    assert ("programme-part", "clear-device") in imports
