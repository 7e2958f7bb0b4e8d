"""Email addresses: the one form in which they are stored and compared, and whose they are.

Every rule about “the same address” asks here. The database compares exactly: its own folding of case takes letters that
only look alike for the same.
"""

from collections.abc import Collection
from typing import Any

import idna
from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.errors import Invalid
from core.models import User

MAX_EMAIL_LENGTH = 254
"""Of an address in its stored form. Mail servers take no longer one."""

_QUOTING = frozenset('"\\() ,:;<>[]')


def normalize_address(address: str, *, field: str = "email") -> str:
    """Return an address as it is stored and compared: in lower case, its domain as mail servers look it up.

    Raises Invalid for a name before the @ that is not ASCII or is quoted, for a domain that cannot exist, and for a
    number in its place, or for more than `MAX_EMAIL_LENGTH` characters. Quoted and bare names are one mailbox, and
    letters to a number go to any machine.
    """
    name, separator, domain = address.strip().rpartition("@")
    if set(name) & _QUOTING or domain.startswith("["):
        raise Invalid(
            _("This address is quoted, or has a number for its domain. Write it like name@example.org."), field=field
        )
    if not name.isascii():
        message = _("Before the @ stands a letter that is none of a to z. Write the address with those letters.")
        raise Invalid(message, field=field)
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode()
        except idna.IDNAError as error:
            raise Invalid(_("This domain cannot exist. Check what stands after the @."), field=field) from error
    stored = f"{name}{separator}{domain}".lower()
    if len(stored) > MAX_EMAIL_LENGTH:
        message = _("This address has %(length)s characters, and may have %(limit)s. Check it for a text beside it.")
        raise Invalid(message % {"length": len(stored), "limit": MAX_EMAIL_LENGTH}, field=field)
    return stored


def list_own_addresses(user: User) -> set[str]:
    """Return the address with which the user signs in, and all others that they have proved."""
    return {user.email, *_fold_stored(_proved_addresses(user))}


def has_own_address(user: User, column: str) -> Q:
    """Return the condition that the address in a column is one of `list_own_addresses`, without a statement."""
    return Q(**{column: user.email}) | Q(**{f"{column}__in": _proved_addresses(user).values("email")})


def has_proven_address_in(user: User, column: str) -> Q:
    """Return the condition that the address in a column is one that the user has proved, without a statement."""
    return Q(**{f"{column}__in": _proved_addresses(user).values("email")})


def users_with_address(addresses: "QuerySet[Any] | Collection[str]") -> "QuerySet[User]":
    """Return the users who sign in with one of these addresses, or have proved one."""
    proved = EmailAddress.objects.filter(verified=True, email__in=addresses)
    return User.objects.filter(Q(email__in=addresses) | Q(pk__in=proved.values("user")))


def is_own_address(user: User, address: str) -> bool:
    """Return whether an address is one of the account's, proved or not."""
    own_addresses = {user.email, *_fold_stored(EmailAddress.objects.filter(user=user))}
    return fold_address(address) in own_addresses


def has_proven_address(user: User, address: str) -> bool:
    """Return whether the user has proved that the address is theirs; the primary one, or any other of the account."""
    return fold_address(address) in _fold_stored(_proved_addresses(user))


def _proved_addresses(user: User) -> Any:
    return EmailAddress.objects.filter(user=user, verified=True)


def _fold_stored(rows: Any) -> set[str]:
    return {fold_address(address) for address in rows.values_list("email", flat=True)}


def fold_address(address: str) -> str:
    """Return a stored address in its one form; as it is where it has none, as it then equals itself alone."""
    try:
        return normalize_address(address)
    except Invalid:
        return address
