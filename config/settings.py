"""All settings. The environment is read here, and by `run`, and nowhere else.

Those of accounts and sign-in are in `config/sign_in_settings.py`, those of Celery in `config/celery_settings.py`.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pghistory
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config import api_settings, content_policy, installed_apps
from config.admin_menu import UNFOLD_SETTINGS
from config.api_document import build_api_document_settings
from config.celery_settings import *  # noqa: F403 - each name is a setting
from config.database_timeouts import TIMEOUTS_BY_PROCESS, build_connection_options
from config.interface_languages import list_interface_languages
from config.log_settings import build_log_settings
from config.production_checks import find_setting_errors, is_exact_origin
from config.sign_in_settings import *  # noqa: F403 - each name is a setting
from core.client_address import IPV6_NETWORK_BITS

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
try:
    env.read_env(BASE_DIR / ".env", recurse=False)
except UnicodeDecodeError:
    raise ImproperlyConfigured("The file .env is not UTF-8 text. Save it as UTF-8, and start again.") from None

# The default is the safe one.
#: `production` or `local`. `./run` sets `local`.
ENVIRONMENT = env.str("HANDRAISER_ENV", "production")
if ENVIRONMENT not in ("production", "local"):
    raise ImproperlyConfigured("HANDRAISER_ENV must be 'production' or 'local'.")
PRODUCTION = ENVIRONMENT == "production"

#: Django's debug pages. Production does not start with them.
DEBUG = env.bool("DEBUG", False)
#: Required: a random key, in production of at least 50 characters. `./run` makes one.
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY.strip():
    raise ImproperlyConfigured("SECRET_KEY is not set. Put a long random text into the environment; `./run` makes one.")
#: Old keys, with commas.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])

#: Whether roles that see other people's data need a second factor: `required`, or `optional` for a demo on one's own
#: machine. `./run demo` and `serve` set `optional`; production demands `required`.
SECOND_FACTOR = env.str("SECOND_FACTOR", "required")
if SECOND_FACTOR not in ("required", "optional"):
    raise ImproperlyConfigured("SECOND_FACTOR must be 'required' or 'optional'.")
if PRODUCTION and SECOND_FACTOR != "required":
    raise ImproperlyConfigured("SECOND_FACTOR is optional in production: a password alone would do. Unset it.")

#: Host names of the site, with commas. No wildcard in production.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "testserver"])
#: Origins whose forms are trusted, with commas. HTTPS only, in production.
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
#: Address of the site, for links in mails. HTTPS in production.
SITE_URL = env.str("SITE_URL", "http://localhost:8000")
# Who runs this site, as its pages say it. Production must have all of it; elsewhere it speaks of a demo.
#: Name of the organisation that runs this site.
OPERATOR_NAME = env.str("OPERATOR_NAME", "" if PRODUCTION else "Nobody: this is a demo")
#: Postal address of that organisation.
OPERATOR_ADDRESS = env.str("OPERATOR_ADDRESS", "" if PRODUCTION else "Your own machine")
#: Email address for questions, which a person reads.
OPERATOR_EMAIL = env.str("OPERATOR_EMAIL", "" if PRODUCTION else "help@example.org")
#: Telephone number, for emergencies too.
OPERATOR_PHONE = env.str("OPERATOR_PHONE", "" if PRODUCTION else "+1 555 0100")
#: When the telephone is answered, with the time zone.
OPERATOR_HOURS = env.str("OPERATOR_HOURS", "" if PRODUCTION else "Never: this is a demo")
#: Parties, levels of office and regions that this site serves.
OPERATOR_SERVES = env.str("OPERATOR_SERVES", "" if PRODUCTION else "Invented campaigns only")
#: Where the data lies, and who can reach it.
OPERATOR_DATA_LOCATION = env.str("OPERATOR_DATA_LOCATION", "" if PRODUCTION else "On this machine, in the folder var")
#: Names of those who review proposals and campaigns.
OPERATOR_REVIEWERS = env.str("OPERATOR_REVIEWERS", "" if PRODUCTION else "Nobody but the reviewer of the demo")
OPERATOR = {
    "name": OPERATOR_NAME,
    "address": OPERATOR_ADDRESS,
    "email": OPERATOR_EMAIL,
    "phone": OPERATOR_PHONE,
    "hours": OPERATOR_HOURS,
    "serves": OPERATOR_SERVES,
    "data_location": OPERATOR_DATA_LOCATION,
    "reviewers": OPERATOR_REVIEWERS,
}
if PRODUCTION and (
    setting_errors := list(
        find_setting_errors(
            key=SECRET_KEY,
            debug=DEBUG,
            hosts=ALLOWED_HOSTS,
            origins=CSRF_TRUSTED_ORIGINS,
            site=SITE_URL,
            database=env.str("DATABASE_URL"),
            operator=OPERATOR,
        )
    )
):
    raise ImproperlyConfigured("\n".join(setting_errors))

INSTALLED_APPS = [*installed_apps.INSTALLED_APPS, *([] if PRODUCTION else ["demo"])]
MIDDLEWARE = installed_apps.MIDDLEWARE
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.design.context.page_context",
            ],
        },
    },
]

#: Address of the database. `./run` starts a PostgreSQL where it is not set. In production it has a password of at least
#: 12 characters, unless it is a socket.
_DATABASE = env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
#: What this process is: `web`, `worker`, `matcher` or `command`. It says how long its statements may take and wait; see
#: `config/database_timeouts.py`. `./run` and the compose file set it.
PROCESS = env.str("HANDRAISER_PROCESS", "command")
if PROCESS not in TIMEOUTS_BY_PROCESS:
    raise ImproperlyConfigured(f"HANDRAISER_PROCESS must be one of {', '.join(TIMEOUTS_BY_PROCESS)}.")
_DATABASE["OPTIONS"] = build_connection_options(PROCESS) | _DATABASE.get("OPTIONS", {})
# Rate limits count on a second connection to the same database, so that no rollback takes a count back.
DATABASES = {"default": _DATABASE, "counters": _DATABASE | {"TEST": {"MIRROR": "default"}}}
#: Unprivileged database role of web and workers. `migrate`, run as the owner, creates it and grants its rights.
APPLICATION_ROLE = env.str("APPLICATION_ROLE", "")
#: Password of that role.
APPLICATION_PASSWORD = env.str("APPLICATION_PASSWORD", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The sign-in limits must hold for all web processes together, and while Redis is away.
CACHES = {
    "default": {"BACKEND": "core.rate_counter_cache.RateCounterCache"},
    # Of one process: counts of API reads. Each entry takes 6 kB at most.
    "here": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
    # Of one process too, and apart: what fills it pushes no count out.
    "explanations": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "explanations",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}

PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

# Django's bound for the body of any request. The API refuses a longer body by this setting too, before it is read:
# see core/api/strict_json_middleware.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# What no environment changes of sign-up and sign-in is in config/sign_in_settings.py.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # browsers treat http://localhost as secure
#: Number of proxies in front that add to `X-Forwarded-For`. With 0 the header is ignored. A proxy that is not counted
#: makes all callers one address for the rate limits.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 1 if PRODUCTION else 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = IPV6_NETWORK_BITS
# The erasure log, outside the database and its backups. `./run manage repeat_erasures` repeats it after a restore.
_DEFAULT_ERASURE_LOG = "/var/lib/handraiser/erasures.jsonl" if PRODUCTION else str(BASE_DIR / "var" / "erasures.jsonl")
#: File of the erasure log, which `./run manage repeat_erasures` reads after a restore.
ERASURE_LOG = Path(env.str("ERASURE_LOG", _DEFAULT_ERASURE_LOG))

#: Other retention periods in days, such as `notices=150,left=90`. `notices` is at least 120, because notices also say
#: what a user need not be asked again; `contact_access` is at least 365. The defaults are in each app's
#: `retention_rules.py`.
RETENTION_DAYS: dict[str, int] = env.dict("RETENTION_DAYS", {}, subcast_values=int)

#: Address of the broker. `./run` starts a Valkey where it is not set.
REDIS_URL = env.str("REDIS_URL")
if not REDIS_URL.startswith(("redis://", "rediss://", "redis+socket://")):
    raise ImproperlyConfigured("REDIS_URL must begin with redis://, rediss:// or redis+socket://. Correct it.")
CELERY_BROKER_URL = REDIS_URL

# Mail: any provider that anymail knows, or plain SMTP.
#: Sender of our mail.
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Handraiser <hello@localhost>")
MAIL_DOMAIN = urlsplit(SITE_URL).hostname or "localhost"
EMAIL_TIMEOUT = 10
#: A mail service that anymail knows, such as `mailgun`.
MAIL_PROVIDER = env.str("MAIL_PROVIDER", "")
ANYMAIL: dict[str, str | int] = {}
if PRODUCTION and MAIL_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
    #: Keys of that service, as `NAME=value,…`. With `WEBHOOK_SECRET=user:password` it can tell us which letters came
    #: back.
    ANYMAIL = {**env.dict("ANYMAIL", {}), "REQUESTS_TIMEOUT": EMAIL_TIMEOUT}
elif PRODUCTION or env.str("EMAIL_URL", ""):
    #: Mail server, without `MAIL_PROVIDER`. Elsewhere than in production letters are files, unless it is set.
    vars().update(env.dj_email_url("EMAIL_URL", "smtp://localhost:25"))
    EMAIL_TIMEOUT = 10
    if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
        EMAIL_BACKEND = "core.notifications.limited_smtp.LimitedEmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    #: Folder for mail.
    EMAIL_FILE_PATH = env.str("MAIL_DIRECTORY", str(BASE_DIR / "var" / "mail"))

#: Mailbox of the sender of our mail, `imaps://user:password@host/INBOX`, with a mail server: letters that came back are
#: read from it. A sign such as `@` in a name is written `%40`.
BOUNCE_MAILBOX = env.str("BOUNCE_MAILBOX", "")
if BOUNCE_MAILBOX and not BOUNCE_MAILBOX.startswith("imaps://"):
    raise ImproperlyConfigured("BOUNCE_MAILBOX must begin with imaps://. Correct it.")

#: Dotted paths of transport classes. A notice leaves by the first that reaches its recipient.
#: Warnings about the account leave by mail.
NOTICE_TRANSPORTS: list[str] = env.list("NOTICE_TRANSPORTS", ["core.notifications.mail.MailTransport"])

# Words and time
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGES = list_interface_languages(LOCALE_PATHS)
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
if PRODUCTION:
    STATIC_ROOT = BASE_DIR / "staticfiles"
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# The web
CSRF_FAILURE_VIEW = "web.visitors.error_pages.csrf_failure"
FORM_RENDERER = "web.design.form_rendering.PageRenderer"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": with it browsers send "Origin: null" with our own forms, which the check against forgery refuses.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    #: Redirects HTTP to HTTPS, except `/healthz`.
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    LANGUAGE_COOKIE_SECURE = True
    LANGUAGE_COOKIE_NAME = "__Host-language"
# A frontend on another site sends a token; no browser sends our cookies from there.
#: Frontends on other sites that browsers admit: exact origins, with commas.
CORS_ALLOWED_ORIGINS: list[str] = env.list("CORS_ORIGINS", [])
CORS_ALLOW_CREDENTIALS = False
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS, CORS_EXPOSE_HEADERS = api_settings.CORS_ALLOW_HEADERS, api_settings.CORS_EXPOSE_HEADERS
if wrong_origins := [origin for origin in CORS_ALLOWED_ORIGINS if not is_exact_origin(origin, secure=PRODUCTION)]:
    raise ImproperlyConfigured(
        f"CORS_ORIGINS: {', '.join(wrong_origins)}: give exact origins, like https://app.example, without a path."
    )
CONTENT_SECURITY_POLICY = content_policy.CONTENT_SECURITY_POLICY

REST_FRAMEWORK = api_settings.build_rest_framework_settings(trusted_proxies=TRUSTED_PROXIES)
SPECTACULAR_SETTINGS = build_api_document_settings(SITE_URL)
UNFOLD = UNFOLD_SETTINGS

#: Level of the log.
LOGGING = build_log_settings(env.str("LOG_LEVEL", "INFO"), as_json=PRODUCTION)
