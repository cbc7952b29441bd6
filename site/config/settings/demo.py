"""`manage.py demo`: what residents would get in production, on one's own machine."""

from .dev import *

# With DEBUG on, errors would show technical pages.
DEBUG = False
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "config.static_files.QuickStaticFilesStorage"},
}
PAGE_CACHE_SECONDS = 60 * 60
MAILERS = {"default": {"BACKEND": "demo.letters.EmailBackend"}}
