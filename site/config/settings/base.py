"""What every environment shares. No secrets here, and no `if DEBUG`."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))
"""What the running site writes: the SQLite file, media, collected static files."""
VAR_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    # `home` first: its signal raises the content version before the others lock
    # rows of the index. Always in that order, or two saves could wait for each other.
    "home",
    "guides",
    "events",
    "search",
    "demo",
    "accounts",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.StaffConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # The page cache answers before anything else does work; what it stores
    # has passed through all the others, headers included.
    "home.middleware.PageCacheMiddleware",
    "search.middleware.MissedSearchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "home.middleware.SecurityHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.middleware.BadRequestMiddleware",
    "home.middleware.PathLocaleMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "config.jinja.environment"},
    },
]

# Languages: Finnish is the main one. "fi-simple" is easy Finnish (a registered
# BCP 47 variant); Django falls back to the Finnish catalogue for it.
LANGUAGE_CODE = "fi"
LANGUAGES = [
    ("fi", "Suomi"),
    ("sv", "Svenska"),
    ("en", "English"),
    ("fi-simple", "Selkeä suomi"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
# A translation begins as a draft: else Finnish would go public under lang="sv", and
# whoever may translate could publish.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("fi", "Suomi"),
    ("sv", "Svenska"),
    ("en", "English"),
]
LOCALE_PATHS = [SITE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
WAGTAIL_USER_TIME_ZONES = ["Europe/Helsinki"]

# Sign-in: e-mail and password through django-allauth, second factor in production.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
LOGOUT_REDIRECT_URL = "/fi/"
ACCOUNT_ADAPTER = "accounts.adapter.StaffOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# Nobody but staff has an account, so there is nobody to tell that they have none.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # A phone may be half a minute off.
MFA_PASSKEY_LOGIN_ENABLED = True
SECOND_FACTOR_REQUIRED = False
"""True in production: nobody reaches the editor without a second factor."""


POSTGRESQL_OPTIONS = {
    "server_side_binding": True,
    "prepare_threshold": 5,
    # Its own cost of 4 is for spinning disks: it would read whole tables for fifty
    # rows. And who waits for a row is told after a while, as on SQLite: what they
    # wrote is kept then (`events.door.kept`).
    "options": "-c random_page_cost=1.1 -c lock_timeout=5s",
}


def database_from_url(url: str) -> dict:
    """A DATABASES entry for `postgres://user:password@host:port/name`.

    A socket folder goes in the query: `postgres:///name?host=/var/run/postgresql`.
    Connections are persistent: a new one costs more than a whole page.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        message = (
            "DATABASE_URL has to begin with postgres:// (leave it out for SQLite)."
        )
        raise ValueError(message)
    options = dict(
        pair.split("=", 1) for pair in unquote(parts.query).split("&") if "=" in pair
    )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": POSTGRESQL_OPTIONS | options,
    }


DATABASES: dict[str, dict]
if "DATABASE_URL" in os.environ:
    DATABASES = {"default": database_from_url(os.environ["DATABASE_URL"])}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "db.sqlite3",
            # A new one would read the schema of a hundred tables for each page.
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                    " PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;"
                ),
            },
        }
    }

CACHES: dict[str, dict]
if "REDIS_URL" in os.environ:
    CACHES = {
        "default": {
            "BACKEND": "config.cache.ForgivingRedisCache",
            "LOCATION": os.environ["REDIS_URL"],
            # A cache that hangs is worse than none.
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        }
    }
# Pieces of pages that change with the content version only: always in the process.
CACHES["template_fragments"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "fragments",
    "OPTIONS": {"MAX_ENTRIES": 100},
}

TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
MAILERS: dict[str, dict] = {
    "default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
}
DEFAULT_FROM_EMAIL = "Hyvä arki Kymenlaaksossa <noreply@example.org>"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.PackedStaticFilesStorage"},
}

# Wagtail
WAGTAIL_SITE_NAME = "Hyvä arki Kymenlaaksossa"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000")
WAGTAILIMAGES_IMAGE_MODEL = "home.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.image_forms.SiteImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h2", "h3", "bold", "italic", "ol", "ul", "link"]},
    }
}
WAGTAIL_PASSWORD_RESET_ENABLED = False  # allauth's is the only way.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
VOIKKO = os.environ.get("VOIKKO", "on") != "off"
"""Finnish by the dictionary when it is installed; `VOIKKO=off` goes without it."""
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database"},  # The editor's.
    # What residents search. It updates itself in the transaction that publishes.
    "public": {"BACKEND": "search.backend", "AUTO_UPDATE": False},
}
TAGGIT_CASE_INSENSITIVE = True

# Safety
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
# The editor starts its date pickers from inline scripts and shows previews in a
# frame; everything else stays closed for it too.
EDITOR_CSP: dict[str, list[str]] = {
    **SECURE_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "home.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

FRESHNESS: dict[str, Any] = {
    "asked": 150,
    "reminders": (165, 225),
    "unconfirmed": 180,
    "hidden": 240,
    "archived": 365,
}
"""Days since a group was last confirmed, or first published (`events.freshness`).

A season of half a year, then two months in which residents read that nobody has
confirmed the group. The last reminder comes two weeks before it leaves the lists, and
its link works for sixty days, so that it also brings the group back.
"""

MODERATORS_EMAIL = os.environ.get("MODERATORS_EMAIL", "")
"""Where staff are told of errors that readers report; empty: only in their list."""
CONTACT_DATA_KEPT_DAYS = 180
"""Days after the last date of their groups, and after their last visit, when a contact
person of an organisation is erased (`events.door.erasure`)."""

FEEDBACK_EMAIL = os.environ.get("FEEDBACK_EMAIL", MODERATORS_EMAIL)
"""Where staff are told of accessibility feedback, which the law wants answered in 14
days; empty: it stands in their list and on the editor's front page only."""
FEEDBACK_KEPT_DAYS = 365
"""Days after which comments and feedback are erased, handled or not."""
FEEDBACK_CONTACT_KEPT_DAYS = 30
"""Days after it was handled when the address of who sent the feedback is erased."""

INSTRUMENTS_OFF: frozenset[str] = frozenset()
"""Questionnaires that are described only, by key (`guides/instruments`)."""
PAGE_CACHE_SECONDS = 60 * 60
"""A stored page never lives longer than this, whatever it shows."""
SERVES_MEDIA = False
"""True where no nginx stands in front: a developer's machine and the demo."""
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "mailto:tietoturva@example.org")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "filters": {"without_tokens": {"()": "config.log_filters.WithoutTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["without_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Instead of Django's own handler, which would print each line twice.
        "django": {"handlers": [], "level": "INFO"},
        # The development server's own handler would print tokens.
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # At INFO it prints a traceback that is not one (stack.md, section 3).
        "django.tasks": {"level": "WARNING"},
    },
}
