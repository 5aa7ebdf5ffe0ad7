"""Every setting of the house, read from the environment; `.env.example` explains each."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config import environment as env
from config.settings_accounts import *  # noqa: F403
from config.settings_api import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent

# Without a DATABASE_URL this is the embedded default: all that it keeps is in one folder, on this machine only.
EMBEDDED = not env.text("DATABASE_URL")
VAR = env.folder("WAYLIGHT_VAR", BASE_DIR / "var") if EMBEDDED else None

APP_NAME = env.text("APP_NAME", "Waylight")
DEBUG = env.switch("DEBUG", default=False)
PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000" if EMBEDDED else "").rstrip("/")
_public = urlsplit(PUBLIC_URL)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
if _public.scheme not in {"http", "https"} or not _public.hostname:
    raise ImproperlyConfigured("PUBLIC_URL is not set: it is the address people open, such as https://way.example.org.")
if _public.scheme == "http" and _public.hostname not in LOOPBACK:
    raise ImproperlyConfigured("PUBLIC_URL must start with https://, or name localhost for a trial on this machine.")
HTTPS = _public.scheme == "https"
OPERATOR_CONTACT = env.text("OPERATOR_CONTACT")
if OPERATOR_CONTACT and not re.fullmatch(r"https://\S+|[^\s@:/]+@[^\s@:/]+", OPERATOR_CONTACT):
    raise ImproperlyConfigured("OPERATOR_CONTACT must be a mail address, or a page that starts with https://.")

if VAR:
    SECRET_KEY = env.text("SECRET_KEY") or env.secret_made_once(VAR / "secret.key")
else:
    SECRET_KEY = env.strong_secret("SECRET_KEY", "it signs sessions and links")
# A file is read again when a key in it is new, so keys can be changed while serving; a variable cannot.
_key_file = env.path_of("MASTER_KEY", VAR / "master.key" if VAR else None)
if _key_file:
    MASTER_KEY_FILE, MASTER_KEYS = _key_file, ""
else:
    MASTER_KEY_FILE = Path()
    MASTER_KEYS = env.required("MASTER_KEY", "it wraps the key of each person, without it nothing private can be read")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if EMBEDDED else _public.hostname)
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS holds *, which lets anybody choose the host in our links. Name the hosts."
    )

INSTALLED_APPS = [
    "accounts.apps.AccountsConfig",
    "reminders",
    "resources",
    "plans",
    "recovery",
    "support",
    "config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "accounts.apps.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Inside of the line above, whose files are compressed when they are collected; each answer gets a random length, so
    # that nobody learns from sizes what stands on a page.
    "django.middleware.gzip.GZipMiddleware",
    "config.middleware.PlainRequestMiddleware",
    "config.standing.HelpStandsMiddleware",
    "accounts.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.AccountMiddleware",
    "config.cover.CoverMiddleware",
    # Every page is behind the sign-in unless its view says @login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.IdleMiddleware",
    "accounts.middleware.KeyRingMiddleware",
    "accounts.middleware.PersonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.FormStatusMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.AnswerMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "config.templatetags.house",
                "django.templatetags.cache",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.house",
            ],
        },
    },
    {
        # Fragments only (*.jinja), where a loop over days would cost the page its speed; docs/adr/0016.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "config.fragments.environment", "extensions": ["jinja2.ext.i18n"]},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# What is kept, and where
SQLITE_OPTIONS = {
    # IMMEDIATE takes the write lock first, so a read-then-write never fails halfway with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364; PRAGMA cache_size=2000;"
    ),
}


def _database(url: str) -> dict[str, Any]:
    options: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if options["ENGINE"] == "django.db.backends.sqlite3":
        options["OPTIONS"] = SQLITE_OPTIONS
    else:
        options["ENGINE"] = "config.postgresql"
        # Values travel apart from the statement, so the server plans a repeated one once.
        options["OPTIONS"] = {**options.get("OPTIONS", {}), "server_side_binding": True, "prepare_threshold": 5}
    return options


if VAR:
    DATABASES = {
        "default": _database(f"sqlite:///{VAR / 'db.sqlite3'}"),
        "keys": _database(env.text("KEYS_DATABASE_URL") or f"sqlite:///{VAR / 'keys.sqlite3'}"),
    }
else:
    DATABASES = {
        "default": _database(env.required("DATABASE_URL", "it names the database")),
        "keys": _database(
            env.required(
                "KEYS_DATABASE_URL", "the keys of the people live in a database of their own, with own backups"
            )
        ),
    }
    if DATABASES["keys"]["NAME"] == DATABASES["default"]["NAME"] and not env.switch("KEYS_BESIDE", default=False):
        raise ImproperlyConfigured(
            "KEYS_DATABASE_URL and DATABASE_URL name the same database; give the keys their own."
        )
DATABASE_ROUTERS = ["accounts.routers.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL") if EMBEDDED else env.required("REDIS_URL", "it names the broker and the cache")
if REDIS_URL:
    CACHES: dict[str, dict[str, object]] = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            # A server that does not answer must not hold a request for minutes.
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    }
else:
    # Shared by the web process and the worker; limits on sign-in attempts live here.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
# Pieces of a page that are the same for everybody: menus, the head, the foot. Never anything of a person's.
CACHES["frame"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "frame", "TIMEOUT": None}

# Who somebody is stands in settings_accounts, the API in settings_api
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# The __Host- prefix ties a cookie to this host and path; browsers accept it over https only.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"

# Passkeys are bound to https; a trial on this machine has none, and browsers let localhost pass.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# What a browser may do
SECURE_SSL_REDIRECT = HTTPS
# Asked from inside, by the machine's own watch.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# Other sites learn nothing. Not "no-referrer": with it a browser sends "Origin: null" with our own forms, and the
# check against forged forms turns each of them away.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.switch("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROXY_COUNT", 0)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}
# A check-in with the longest note is under 40 KB; a megabyte is room for an import and no more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# Words and times
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files the browser gets
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT") or (VAR or BASE_DIR / "build") / "static")
WHITENOISE_USE_FINDERS = EMBEDDED
# Embedded serves straight from the folder; otherwise names carry a hash and files are compressed at build time.
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
_hashed = "config.storage.HashedFiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.text("STATICFILES", _plain if EMBEDDED else _hashed)},
}

# Mail
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"{APP_NAME} <hello@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
MAILBOX = None
if VAR and not env.text("EMAIL_URL"):
    # Nothing leaves this machine: mails lie in a folder, and /mailbox/ shows them to whoever sits at it.
    MAILBOX = VAR / "mail"
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAILBOX)
else:
    _mail = dj_email_url.parse(
        env.required("EMAIL_URL", "it names the mail server, such as submission://user:pass@host:587")
    )
    if not _mail.get("EMAIL_BACKEND", "").endswith("smtp.EmailBackend"):
        raise ImproperlyConfigured("EMAIL_URL must start with submission:// (with TLS) or smtp:// (without).")
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]

# Where mails that come back are read, such as bounces@way.example.org; empty: nowhere.
MAIL_BOUNCES = env.text("MAIL_BOUNCES")
if MAIL_BOUNCES and not re.fullmatch(r"[a-z0-9.-]{1,8}@[^\s@+]+", MAIL_BOUNCES):
    raise ImproperlyConfigured("MAIL_BOUNCES must be an address with at most 8 characters before the @.")

# The worker
# Rows are the truth and a message is only a nudge: losing every message costs half a minute, never a reminder.
CELERY_BROKER_URL = REDIS_URL or "files://localhost"
if VAR and not REDIS_URL:
    _queue = {part: VAR / "queue" / part for part in ("messages", "control", "processed")}
    for _path in _queue.values():
        _path.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue["messages"]),
        "data_folder_out": str(_queue["messages"]),
        "control_folder": str(_queue["control"]),
        "processed_folder": str(_queue["processed"]),
        "store_processed": False,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
# One queue a channel, so that a slow one holds up no other; a worker takes them all unless told otherwise (-Q).
CELERY_TASK_QUEUES = [Queue(name) for name in ("celery", *(f"reminders.{way}" for way in ("email", "push", "inbox")))]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# In memory: what has run is known from the rows, so there is no schedule file to corrupt.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"

# Reminders
# How long a worker may hold a message before another takes over; longer than one conversation with a slow mail server.
REMINDERS_LEASE_SECONDS = env.number("REMINDERS_LEASE_SECONDS", 120)
# How many workers at most send through one channel at the same time, each with a line of its own.
REMINDERS_SENDERS = env.number("REMINDERS_SENDERS", 2)

# Notifications in browsers go through their makers' services, so they are off until a key says otherwise.
VAPID_KEY = env.text("VAPID_KEY")
PUSH_HOSTS = env.words(
    "PUSH_HOSTS",
    "fcm.googleapis.com,updates.push.services.mozilla.com,push.apple.com,notify.windows.com",
)

# Numbers at /metrics for whoever has this; empty: for this machine itself only.
METRICS_TOKEN = env.text("METRICS_TOKEN")

# Feeds and links
# Never an address inside our own network. Tests alone say otherwise, for the servers that they start themselves.
FETCH_LOOPBACK = False

# What is written down about running
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    # Django's request log names the path of each 4xx; paths here hold ids only, but a wrong one may hold anything.
    # And gunicorn says of each HEAD that its body is dropped, which is what Django leaves to it.
    "loggers": {name: {"level": "ERROR"} for name in ("django.request", "django.security", "gunicorn.http.wsgi")},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.reporting.QuietReporterFilter"
SILENCED_SYSTEM_CHECKS: list[str] = []
