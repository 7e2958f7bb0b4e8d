"""Settings with which nothing is started in production, each with what to do about it."""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

SHORTEST_KEY = 50
FEWEST_CHARACTERS = 15
"""A random key of fifty characters has some thirty different ones; `x` fifty times has one."""
SHORTEST_PASSWORD = 12
WELL_KNOWN = ("postgres", "password", "handraiser", "changeme", "secret", "example")
"""What documents and images give as passwords and keys, and everybody tries first."""


def exact_origin(origin: str, *, secure: bool) -> bool:
    """Whether it is one site's origin and nothing more: no wildcard, no path; by HTTPS if it has to be `secure`."""
    parts = urlsplit(origin)
    schemes = ("https",) if secure else ("http", "https")
    named = parts.hostname is not None and "*" not in origin
    return named and parts.scheme in schemes and origin == f"{parts.scheme}://{parts.netloc}"


def complaints(
    *, key: str, debug: bool, hosts: Sequence[str], origins: Sequence[str], site: str, database: str
) -> Iterator[str]:
    """Why production does not start with these, a sentence each; none when all is well.

    `key` is the secret key, `hosts` and `origins` are those that are trusted, `site` and `database` addresses.
    """
    if debug:
        yield "DEBUG is on in production: it shows secrets to visitors. Unset DEBUG."
    if len(key) < SHORTEST_KEY:
        yield f"SECRET_KEY is too short for production: at least {SHORTEST_KEY} random characters."
    elif len(set(key)) < FEWEST_CHARACTERS or key.startswith("django-insecure-") or _well_known(key):
        yield "SECRET_KEY is not random: make one with python3 -c 'import secrets; print(secrets.token_urlsafe(64))'."
    if not hosts:
        yield "ALLOWED_HOSTS is empty: name the hosts of the site, with commas."
    if any("*" in host or host.startswith(".") for host in hosts):
        yield "ALLOWED_HOSTS lets anybody name the host of our links: name each whole, without * or a dot before it."
    if any(not origin.startswith("https://") or "*" in origin for origin in origins):
        yield "CSRF_TRUSTED_ORIGINS trusts what anybody could pretend to be: name each origin whole, with https://."
    if urlsplit(site).scheme != "https":
        yield "SITE_URL does not begin with https://: links in mails would be read on their way. Set our address."
    yield from _about_database(database)


def _about_database(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if not parts.hostname or unquote(parts.hostname).startswith("/"):
        return  # a socket: the operating system says who may come
    password = unquote(parts.password or "")
    if len(password) < SHORTEST_PASSWORD or _well_known(password):
        yield f"DATABASE_URL has no password, or one easily guessed: at least {SHORTEST_PASSWORD} random characters."


def _well_known(secret: str) -> bool:
    """Whether nothing much is left of it without what everybody knows."""
    rest = secret.lower()
    for word in WELL_KNOWN:
        rest = rest.replace(word, "")
    return len(rest) < len(secret) / 2
