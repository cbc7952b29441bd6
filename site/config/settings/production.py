"""The public site. A missing variable stops the start-up with a sentence."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *


def required(name: str, meaning: str) -> str:
    """The variable's value; refuses to start without it."""
    value = os.environ.get(name, "").strip()
    if not value:
        message = f"Set the environment variable {name}: {meaning}."
        raise ImproperlyConfigured(message)
    return value


SECRET_KEY = required("SECRET_KEY", "50 or more random characters, kept secret")
ALLOWED_HOSTS = required(
    "ALLOWED_HOSTS", "the site's host names, separated by commas"
).split(",")
WAGTAILADMIN_BASE_URL = required(
    "BASE_URL", "the site's address as residents see it, https://… without a slash"
)
DATABASES = {
    "default": database_from_url(
        required("DATABASE_URL", "postgres://user:password@host:5432/name")
    )
}
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", "the sender of the site's e-mail")
SECURITY_CONTACT = required(
    "SECURITY_CONTACT", "mailto: or https: address for reports of security faults"
)
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": required("SMTP_HOST", "the mail server's name"),
            "port": int(os.environ.get("SMTP_PORT", "587")),
            "username": os.environ.get("SMTP_USER", ""),
            "password": os.environ.get("SMTP_PASSWORD", ""),
            "use_tls": True,
            "timeout": 20,
        },
    }
}
# Until the permission of those who hold its rights is on record.
INSTRUMENTS_OFF = frozenset(
    key.strip() for key in os.environ.get("INSTRUMENTS_OFF", "findrisc").split(",")
)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SECOND_FACTOR_REQUIRED = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Sign-in attempts are counted by the reader's address, not by the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXY_COUNT", "1"))
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Sub-domains of the county's domain are not ours to decide on.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
