"""A developer's machine, and the demo."""

from .base import *

DEBUG = True
SECRET_KEY = "only-for-development-and-the-demo-on-this-machine"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
INTERNAL_IPS = ["127.0.0.1"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SERVES_MEDIA = True
# A changed template shows at once.
PAGE_CACHE_SECONDS = 0
LOGGING["loggers"]["wagtail"] = {"level": "WARNING"}
