"""`manage.py demo`: what residents would get in production, on one's own machine."""

from .dev import *

# With DEBUG on, errors would show technical pages and nothing would be compressed.
DEBUG = False
STORAGES = {
    **STORAGES,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
PAGE_CACHE_SECONDS = 60 * 60
