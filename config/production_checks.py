"""Settings with which nothing is started in production, each with what to do about it."""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

MIN_SECRET_KEY_LENGTH = 50
MIN_DISTINCT_CHARACTERS = 15
"""A random key of fifty characters has some thirty different ones; `x` fifty times has one."""
MIN_PASSWORD_LENGTH = 12
WELL_KNOWN_SECRETS = ("postgres", "password", "handraiser", "changeme", "secret", "example")
"""What documents and images give as passwords and keys, and everybody tries first."""


def is_exact_origin(origin: str, *, secure: bool) -> bool:
    """Whether it is one site's origin and nothing more: no wildcard, no path; by HTTPS if it has to be `secure`."""
    parts = urlsplit(origin)
    schemes = ("https",) if secure else ("http", "https")
    named = parts.hostname is not None and "*" not in origin
    return named and parts.scheme in schemes and origin == f"{parts.scheme}://{parts.netloc}"


def find_setting_errors(
    *, key: str, debug: bool, hosts: Sequence[str], origins: Sequence[str], site: str, database: str
) -> Iterator[str]:
    """Why production does not start with these, a sentence each; none when all is well.

    `key` is the secret key, `hosts` and `origins` are those that are trusted, `site` and `database` addresses.
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
        yield "ALLOWED_HOSTS lets anybody name the host of our links: name each whole, without * or a dot before it."
    if any(not origin.startswith("https://") or "*" in origin for origin in origins):
        yield "CSRF_TRUSTED_ORIGINS trusts what anybody could pretend to be: name each origin whole, with https://."
    if urlsplit(site).scheme != "https":
        yield "SITE_URL does not begin with https://: links in mails would be read on their way. Set our address."
    yield from _find_database_errors(database)


def _find_database_errors(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if not parts.hostname or unquote(parts.hostname).startswith("/"):
        return  # a socket: the operating system says who may come
    password = unquote(parts.password or "")
    if len(password) < MIN_PASSWORD_LENGTH or _is_well_known(password):
        yield f"DATABASE_URL has no password, or one easily guessed: at least {MIN_PASSWORD_LENGTH} random characters."


def _is_well_known(secret: str) -> bool:
    """Whether nothing much is left of it without what everybody knows."""
    rest = secret.lower()
    for word in WELL_KNOWN_SECRETS:
        rest = rest.replace(word, "")
    return len(rest) < len(secret) / 2
