"""The composition of Haoke for Django; what differs between machines comes from `haoke.core.env` alone."""

from __future__ import annotations

import os

import structlog
from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from haoke.core.env import load_env

ENV = load_env(os.environ)

DEBUG = False
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = list(ENV.allowed_hosts)
CSRF_TRUSTED_ORIGINS = [ENV.base_url]
BASE_URL = ENV.base_url
DATA = ENV.data

# --- Houses, lowest tier first -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "csp",
    "haoke.core",
    "haoke.timeline",
    "haoke.accounts",
    "haoke.policies",
    "haoke.worklist",
    "haoke.files",
    "haoke.customers",
    "haoke.ledger",
    "haoke.channels",
    "haoke.conversations",
    "haoke.quality",
    "haoke.web_forms",
    "haoke.insight",
    "haoke.notifications",
    "haoke.web",
    "haoke.api",
    "haoke.demo",
    "haoke.config",
]
AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Requests -----------------------------------------------------------------------------------------------------
ROOT_URLCONF = "haoke.config.urls"
WSGI_APPLICATION = "haoke.config.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "haoke.web.middleware.ReadActor",
    "haoke.web.middleware.NoteSignOfLife",
    "haoke.web.middleware.SpeakLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "haoke.web.middleware.TranslateRefusals",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
WEB_THREADS = 8
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.is_https else None
SESSION_COOKIE_NAME = "haoke_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "haoke_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "haoke.web.views.refusals.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, ENV.base_url.replace("http", "ws", 1)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Data ---------------------------------------------------------------------------------------------------------
if ENV.database_url is None:
    # `haoke up` starts the embedded database and hands its address to every process.
    DATABASES: dict = {"default": {"ENGINE": "django.db.backends.dummy"}}
else:
    _conninfo = conninfo_to_dict(ENV.database_url)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _conninfo.pop("dbname", ""),
            "USER": _conninfo.pop("user", ""),
            "PASSWORD": _conninfo.pop("password", ""),
            "HOST": _conninfo.pop("host", ""),
            "PORT": _conninfo.pop("port", ""),
            "OPTIONS": {**_conninfo, "pool": {"min_size": 1, "max_size": WEB_THREADS + 4, "timeout": 10}},
            "CONN_HEALTH_CHECKS": True,
        }
    }
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- Pages --------------------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "haoke.core.ui.jinja.HaokeTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "haoke.core.ui.jinja.environment",
            "extensions": ["jinja2.ext.i18n"],
            "trim_blocks": True,
            "lstrip_blocks": True,
            "context_processors": ["haoke.core.ui.context.request_words", "haoke.web.context.frame"],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]
STATIC_URL = "/static/"
# Served by whitenoise straight from the houses; nothing is collected.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- Language and time --------------------------------------------------------------------------------------------
USE_I18N = USE_TZ = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")]
LANGUAGE_COOKIE_NAME = "haoke_language"
TIME_ZONE = ENV.time_zone

# --- Logs: structured, without personal data ----------------------------------------------------------------------
LOGGING_CONFIG = None
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.dict_tracebacks,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(ENV.log_level),
)
