"""All settings. The environment is read here, and by `run`, and nowhere else."""

from pathlib import Path
from urllib.parse import urlsplit

import pghistory
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config import api_settings, content_policy
from config.admin_menu import UNFOLD_SETTINGS
from config.api_document import build_api_document_settings
from config.beat_schedule import BEAT_SCHEDULE
from config.database_timeouts import TIMEOUTS_BY_PROCESS, build_connection_options
from config.interface_languages import list_interface_languages
from config.log_settings import build_log_settings
from config.production_checks import find_setting_errors, is_exact_origin
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

INSTALLED_APPS = [
    # Before allauth, whose templates they replace.
    *("web.design", "web.visitors", "web.volunteers", "web.campaigns"),
    "unfold.apps.BasicAppConfig",
    "config.apps.HandraiserAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",  # allauth's page of passkeys needs it
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "pgtrigger",
    "pghistory",
    "csp",
    "corsheaders",
    "anymail",
    "core",
    "campaigns",
    "volunteers",
    "matching",
    "ledger",
]
if not PRODUCTION:
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "core.request_ids.RequestIDMiddleware",
    "config.language_middleware.LanguageMiddleware",
    "config.content_codings.RefusedCodingsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.ContentPolicyMiddleware",
    "config.middleware.HeadersMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "config.page_body_middleware.BodyLengthMiddleware",
    "core.api.strict_json_middleware.StrictJSONMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.TrailingSlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.language_middleware.AccountLanguageMiddleware",
    "config.login_middleware.LoginAndMFARequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.api.strict_query.StrictQueryMiddleware",
    "config.page_body_middleware.ReadableFormMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.accounts.email_code_middleware.EmailCodeMiddleware",
    "core.accounts.auth_text_middleware.AuthTextMiddleware",
    "config.middleware.HistoryMiddleware",
    "config.middleware.ContestPartsMiddleware",
    "web.design.kept_form_middleware.KeptFormMiddleware",
    "web.design.safe_read_middleware.SafeReadMiddleware",
]

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
}

PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

# Django's bound for the body of any request. The API refuses a longer body by this setting too, before it is read:
# see core/api/strict_json_middleware.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# People
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SIGNED_IN_ADDRESS_FINDER = "web.design.navigation.find_signed_in_address"  # core knows no pages
ACCOUNT_ADAPTER = "core.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Six digits can be read off a notification. EMAIL_CODE_GUESSES and EMAIL_CODE_RATE_LIMITS limit the guesses.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # an app elsewhere has no page of ours for a link to lead to
# How long a mailed code lives. Pages and letters name it, and guesses at a code are counted for as long.
EMAIL_CODE_MINUTES = 15
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = EMAIL_CODE_MINUTES * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = EMAIL_CODE_MINUTES * 60
EMAIL_CODE_GUESSES = 3  # at one code; parallel ones are counted in core/accounts/email_code_middleware.py
SIGN_UP_CODE_GUESSES = 5  # at the code of a first visit: core/accounts/code_sign_up.py
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = EMAIL_CODE_GUESSES
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = EMAIL_CODE_GUESSES
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A session alone must not take an account over: changes of how it is signed in to need a recent authentication.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds, for personal tokens and calendar feeds too
ACCOUNT_FORMS = {
    "login": "core.accounts.password_forms.LoginForm",
    "signup": "core.accounts.sign_up_forms.SignupForm",
    "change_password": "core.accounts.password_change.PasswordChangeForm",
    "reset_password": "core.accounts.password_forms.PasswordResetForm",
    "request_login_code": "core.accounts.code_forms.LoginCodeRequestForm",
    "confirm_login_code": "core.accounts.code_forms.LoginCodeForm",
    "confirm_email_verification_code": "core.accounts.code_forms.EmailCodeForm",
}
MFA_FORMS = {
    "activate_totp": "core.accounts.factor_forms.ActivateTOTPForm",
    "authenticate": "core.accounts.factor_forms.FactorForm",
    "reauthenticate": "core.accounts.factor_forms.FactorReauthenticationForm",
    "add_webauthn": "core.accounts.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "core.accounts.passkey_forms.EditPasskeyForm",
    "login_webauthn": "core.accounts.passkey_forms.PasskeyLoginForm",
    "authenticate_webauthn": "core.accounts.passkey_forms.PasskeyForm",
    "reauthenticate_webauthn": "core.accounts.passkey_forms.PasskeyReauthenticationForm",
}
MFA_ADAPTER = "core.accounts.factor_adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Handraiser"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # browsers treat http://localhost as secure
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",  # the last window is also the Retry-After of a locked address
    "login_failed_account": "5/300s/key",  # over all addresses of an account
    "own_password": "5/300s/user",  # by those who are signed in to it
    "signup": "20/m/ip",
    "confirm_email": "6/m/ip",  # by address alone it would let a stranger keep the owner from signing up
    # Letters of one network at all addresses, and of all networks at one. What one network may have sent to one address
    # is less: see EMAIL_CODE_RATE_LIMITS.
    "reset_password": "20/m/ip,20/d/key",
    "request_login_code": "20/m/ip,20/d/key",
}
# The limits of mailed codes that allauth does not have. core/accounts/code_limits.py reads them, and says each wait in
# words. The first three count what one network may have sent to one address, a reset being a new password by mail.
EMAIL_CODE_RATE_LIMITS = {
    "sign_in_letters": "5/h",
    "reset_letters": "5/15m",
    "letters": "10/d",  # of both kinds; half of what all networks may have sent
    "resend": "1/30s",  # the wait between two letters
    "sign_up": "1/10s",  # sign-ups with a password, of one address from all networks
    "guesses": f"10/{EMAIL_CODE_MINUTES}m",  # of one session, at all of its codes
}
#: Number of proxies in front that add to `X-Forwarded-For`. With 0 the header is ignored. A proxy that is not counted
#: makes all callers one address for the rate limits.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 1 if PRODUCTION else 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = IPV6_NETWORK_BITS
HEADLESS_CLIENTS = ("app", "browser")
HEADLESS_ADAPTER = "core.accounts.headless_adapter.HeadlessAdapter"
HEADLESS_SERVE_SPECIFICATION = True
HEADLESS_SPECIFICATION_TEMPLATE_NAME = None  # that page loads scripts from other sites; ours shows the file

# The erasure log, outside the database and its backups. `./run manage repeat_erasures` repeats it after a restore.
_DEFAULT_ERASURE_LOG = "/var/lib/handraiser/erasures.jsonl" if PRODUCTION else str(BASE_DIR / "var" / "erasures.jsonl")
#: File of the erasure log, which `./run manage repeat_erasures` reads after a restore.
ERASURE_LOG = Path(env.str("ERASURE_LOG", _DEFAULT_ERASURE_LOG))

#: Other retention periods in days, such as `notices=150,left=90`. `notices` is at least 120, because notices also say
#: what a user need not be asked again; `contact_access` is at least 365. The defaults are in each app's
#: `retention_rules.py`.
RETENTION_DAYS: dict[str, int] = env.dict("RETENTION_DAYS", {}, subcast_values=int)

# Celery: pending work is in the database and survives a killed worker or a lost broker; see
# docs/explanation/background-work.md.
#: Address of the broker. `./run` starts a Valkey where it is not set.
REDIS_URL = env.str("REDIS_URL")
if not REDIS_URL.startswith(("redis://", "rediss://", "redis+socket://")):
    raise ImproperlyConfigured("REDIS_URL must begin with redis://, rediss:// or redis+socket://. Correct it.")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300, "socket_timeout": 5, "socket_connect_timeout": 2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # whoever reaches the broker could stop workers by it
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
# A worker of their own each: letters wait for a mail server, and a run over everything takes all of a processor.
CELERY_TASK_ROUTES = {
    "matching.tasks.execute_run": {"queue": "matching"},
    "core.tasks.deliver_notices": {"queue": "letters"},
}
# In memory: what is due stands in the database, so beat has nothing to remember.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE

# Mail: any provider that anymail knows, or plain SMTP.
#: Sender of our mail.
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Handraiser <hello@localhost>")
MAIL_DOMAIN = urlsplit(SITE_URL).hostname or "localhost"
EMAIL_TIMEOUT = 10
#: A mail service that anymail knows, such as `mailgun`.
MAIL_PROVIDER = env.str("MAIL_PROVIDER", "")
if PRODUCTION and MAIL_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
    #: Keys of that service, as `NAME=value,…`.
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
