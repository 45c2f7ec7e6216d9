"""One settings file; what differs between installations comes from the options (onebow/options.py)."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from onebow import home
from onebow.config.databases import database_settings
from onebow.options import OPTIONS_READ as OPTIONS
from onebow.options import BadOptions

if OPTIONS.faults:
    # Starting with a default in its place could open another database.
    raise BadOptions("\n".join(OPTIONS.faults))

PACKAGE = Path(__file__).resolve().parent.parent
DEBUG = OPTIONS.debug
SECRET_KEY = home.key("session").hex()
# The page of all components, for those who build pages.
STYLE_PAGE = DEBUG or OPTIONS.style
# Set by `onebow serve` from the database; every page then says so.
DEMONSTRATION = os.environ.get("ONEBOW_DEMONSTRATION") == "1"
CSRF_FAILURE_VIEW = "onebow.apps.base.errors.csrf_failed"
ALLOWED_HOSTS = list(OPTIONS.hosts)
CSRF_TRUSTED_ORIGINS = list(OPTIONS.origins)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_q",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "onebow.apps.base",
    "onebow.apps.ledger",
    "onebow.apps.documents",
    "onebow.apps.accounts",
    "onebow.apps.organizations",
    "onebow.apps.plans",
    "onebow.apps.meetings",
    "onebow.apps.affairs",
    "onebow.apps.methods",
    "onebow.apps.desk",
    "onebow.apps.help",
    "onebow.demo",
    "onebow.backup",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "onebow.apps.base.middleware.RefusedMiddleware",
    "onebow.apps.accounts.middleware.BusyMiddleware",
    "onebow.apps.accounts.middleware.IdleMiddleware",
    "onebow.config.privacy.NumberMiddleware",
    "onebow.config.doors.DoorMiddleware",
    "onebow.config.meter.MeterMiddleware",
    "onebow.apps.base.middleware.OnceMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "onebow.config.urls"
WSGI_APPLICATION = "onebow.config.wsgi.application"

# Django's own one spends most of a page on a list of 300 people.
FORM_RENDERER = "onebow.apps.base.renderers.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            PACKAGE / "apps" / app / "templates"
            for app in (
                "base",
                "desk",
                "help",
                "methods",
                "affairs",
                "meetings",
                "plans",
                "organizations",
                "accounts",
                "ledger",
            )
        ],
        "OPTIONS": {
            "environment": "onebow.config.jinja.environment",
            "trim_blocks": True,
            "lstrip_blocks": True,
        },
    },
    {
        # Third-party pages (sign-in, second factor) keep Django templates; ours for them lie in dtl/.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "apps" / "accounts" / "dtl"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ]
        },
    },
]

DATABASES = {"default": database_settings(OPTIONS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "base_cache"}}
SESSION_ENGINE = "onebow.apps.accounts.sessions"

AUTH_USER_MODEL = "accounts.User"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
DIST = PACKAGE / "static" / "dist"
STATICFILES_DIRS = [DIST] if DIST.exists() else []
# An address says which build it is of, so a browser need not ask again.
WHITENOISE_MAX_AGE = 31_536_000
# Served as they lie in the packages, without a collected copy.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": home.HOME / "files"},
    },
    "staticfiles": {"BACKEND": "onebow.apps.base.assets.StampedStorage"},
}
# Outside the database, best on another machine: who changes the database cannot change what was signed.
WITNESS = OPTIONS.witness
BACKUPS = OPTIONS.backups
BACKUP_PASSPHRASE, BACKUP_PASSPHRASE_FILE = OPTIONS.backup_passphrase, OPTIONS.backup_passphrase_file
BACKUP_KEEP = OPTIONS.backup_keep
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# What 'self' cannot do: htmx and the pictures set style attributes; no style element and no foreign script.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = OPTIONS.https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "onebow_session"
CSRF_COOKIE_NAME = "onebow_csrf"

from onebow.config.settings_accounts import *  # noqa: E402, F403
from onebow.config.settings_health import *  # noqa: E402, F403
from onebow.config.settings_work import *  # noqa: E402, F403
