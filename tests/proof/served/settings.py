"""As in production, but without TLS, and with no page kept."""
# ruff: noqa: F403, F405

import os

from config.settings.base import *

from . import SECRET_KEY  # noqa: F401  (a setting)

ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES["default"]["NAME"] = os.environ["PROOF_DATABASE"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "config.static_files.QuickStaticFilesStorage"},
}
PAGE_CACHE_SECONDS = 0
ROOT_URLCONF = "tests.proof.served.urls"
MIDDLEWARE = ["tests.proof.served.middleware.CountQueriesMiddleware", *MIDDLEWARE]
LOGGING["root"]["level"] = "WARNING"
