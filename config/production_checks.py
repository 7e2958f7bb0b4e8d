"""Find settings that are unsafe in production, where the application then refuses to start.

Settings are not loaded yet, so these messages cannot go through gettext; they are for the operator.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote, urlsplit

MIN_SECRET_KEY_LENGTH = 50
MIN_DISTINCT_CHARACTERS = 15
"""A random key of fifty characters has some thirty different ones; `x` fifty times has one."""
MIN_PASSWORD_LENGTH = 12
WELL_KNOWN_SECRETS = ("postgres", "password", "handraiser", "changeme", "secret", "example")
"""Words of example passwords in documentation and images, which attackers try first."""


def is_exact_origin(origin: str, *, secure: bool) -> bool:
    """Return whether it is the origin of one site, without wildcard and path, and with HTTPS if `secure`."""
    parts = urlsplit(origin)
    schemes = ("https",) if secure else ("http", "https")
    has_exact_host = parts.hostname is not None and "*" not in origin
    return has_exact_host and parts.scheme in schemes and origin == f"{parts.scheme}://{parts.netloc}"


def find_setting_errors(
    *,
    key: str,
    debug: bool,
    hosts: Sequence[str],
    origins: Sequence[str],
    site: str,
    database: str,
    operator: Mapping[str, str],
) -> Iterator[str]:
    """Yield a sentence for each setting with which production must not start.

    `key` is the secret key, `hosts` and `origins` are the trusted ones, `site` and `database` are addresses.
    `operator` is what the pages say of who runs the site.
    """
    if debug:
        yield "DEBUG is on in production: it shows secrets to visitors. Unset DEBUG."
    if len(key) < MIN_SECRET_KEY_LENGTH:
        yield f"SECRET_KEY is too short for production: at least {MIN_SECRET_KEY_LENGTH} random characters."
    elif len(set(key)) < MIN_DISTINCT_CHARACTERS or key.startswith("django-insecure-") or _is_well_known(key):
        yield "SECRET_KEY is not random: make one with python3 -c 'import secrets; print(secrets.token_urlsafe(64))'."
    if not hosts:
        yield "ALLOWED_HOSTS is empty: name the hosts of the site, with commas."
    if any("*" in host or host.startswith(".") for host in hosts):
        yield "ALLOWED_HOSTS lets visitors choose the host of our links: name each whole, without * or a dot before it."
    if any(not origin.startswith("https://") or "*" in origin for origin in origins):
        yield "CSRF_TRUSTED_ORIGINS trusts origins that others can register: name each origin whole, with https://."
    if urlsplit(site).scheme != "https":
        yield "SITE_URL does not begin with https://: links in mails would be read on their way. Set our address."
    yield from _find_database_errors(database)
    if missing := [f"OPERATOR_{name.upper()}" for name, text in operator.items() if not text.strip()]:
        yield f"{', '.join(missing)}: not set. People must know who runs this site and how to reach you: set each."


def _find_database_errors(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if not parts.hostname or unquote(parts.hostname).startswith("/"):
        return  # a Unix socket: the operating system authenticates the process
    password = unquote(parts.password or "")
    if len(password) < MIN_PASSWORD_LENGTH or _is_well_known(password):
        yield f"DATABASE_URL has no password, or one easily guessed: at least {MIN_PASSWORD_LENGTH} random characters."


def _is_well_known(secret: str) -> bool:
    """Return whether well-known words make up more than half of a secret."""
    remainder = secret.lower()
    for word in WELL_KNOWN_SECRETS:
        remainder = remainder.replace(word, "")
    return len(remainder) < len(secret) / 2
