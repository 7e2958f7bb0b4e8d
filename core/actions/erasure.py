"""Forgetting a person: at once, everywhere, and again after a restore."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core import journal
from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from core.people import Person, Prospect, erasers


def what_it_means(person: Person) -> Prospect:
    """What has to be done before this person can be erased, what goes then, and what stays."""
    told = [eraser.says(person) for eraser in reversed(erasers())]
    return Prospect(
        first=[sentence for one in told for sentence in one.first],
        goes=[sentence for one in told for sentence in one.goes],
        stays=[sentence for one in told for sentence in one.stays],
    )


def account_of(user: User, *, at: datetime) -> Person:
    """Somebody with an account: with every address that they have proved to be theirs."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return Person(user=user, addresses=frozenset({user.email, *(one.lower() for one in proved)}), until=at)


def erase_me(*, actor: User, understood: bool, password: str = "", proven: bool = False, at: datetime) -> None:
    """`actor` goes, with everything that is theirs. `proven`: they have just shown once more who they are.

    Raises Invalid (not understood, not the password), WrongState (what has to be done first).
    """
    if not understood:
        raise Invalid(_("Read what goes and what stays, and say that you have understood it."), field="understood")
    if not proven and not (password and actor.check_password(password)):
        raise Invalid(
            _("Give your password once more, or confirm it is you with your second factor."), field="password"
        )
    _erase(account_of(actor, at=at), at=at)


def erase_for(*, actor: User, person: Person, asked: bool, at: datetime) -> None:
    """A reviewer does it because the person has asked for it in writing.

    Raises NotAllowed, Invalid (not asked for), WrongState (what has to be done first).
    """
    if not actor.is_reviewer or actor == person.user:
        raise NotAllowed(_("Only reviewers do this for others; for yourself, see your own account."))
    if not asked:
        raise Invalid(_("Only what the person has asked for in writing is erased."), field="asked")
    _erase(person, at=at)


def forget(person: Person, *, at: datetime) -> None:
    """The same because nothing needs them any more: whose days are over. Raises WrongState."""
    _erase(person, at=at)


def repeat(*, at: datetime) -> int:
    """Erases everybody anew whom the journal names and the database still knows; returns how many they were.

    For a database that was restored. Done twice, nothing happens the second time. What goes on of theirs is ended
    without asking anybody.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    held = {address for eraser in erasers() for address in eraser.addresses() if address}
    known = {digest_of(address, key=key): address for address in held for key in keys}
    return sum(_repeat(line, known, at) for line in journal.lines(settings.ERASURE_JOURNAL))


def digest_of(address: str, *, key: str | None = None) -> str:
    """What the journal keeps of an address: nobody reads it back without the secret key, or `key` in its place."""
    return salted_hmac("core.erasure", address.strip().lower(), secret=key, algorithm="sha256").hexdigest()


def _repeat(line: dict[str, Any], known: dict[str, str], at: datetime) -> bool:
    until = datetime.fromisoformat(line["at"])
    user = User.objects.filter(pk=line["account"], public_id=line["name"]).first() if line["account"] else None
    addresses = {known[digest] for digest in line["addresses"] if digest in known}
    if user is not None:
        addresses |= account_of(user, at=at).addresses
    ids = {kind: frozenset(names) for kind, names in line["ids"].items()}
    person = Person(user=user, addresses=frozenset(one.lower() for one in addresses), ids=ids, until=until)
    there = user is not None or any(True for _kind, names in _ids(person).items() for _one in names)
    if there or addresses:
        _carry_out(person, at=at)
    return there


def _erase(person: Person, *, at: datetime) -> None:
    first = what_it_means(person).first
    if first:
        raise WrongState(" ".join(first))
    try:
        journal.ready(settings.ERASURE_JOURNAL)
    except OSError as error:
        raise WrongState(
            _("Erasures cannot be written down at the moment, so nothing was erased. Try again later, or write to us.")
        ) from error
    _carry_out(person, at=at, journalled=True)


def _carry_out(person: Person, *, at: datetime, journalled: bool = False) -> None:
    line = {
        "at": at.isoformat(),
        "account": person.user.pk if person.user else None,
        "name": str(person.user.public_id) if person.user else None,
        "ids": _ids(person),
        "addresses": sorted(digest_of(address) for address in person.addresses),
    }
    for eraser in erasers():
        eraser.leaves(person, at)
    with transaction.atomic():
        for eraser in erasers():
            eraser.erases(person, at)
        if journalled:
            # The last thing before the commit: what is not on the disk is not erased, and a commit that fails
            # afterwards leaves a line about somebody who wanted to go.
            journal.append(settings.ERASURE_JOURNAL, line)


def _ids(person: Person) -> dict[str, list[str]]:
    found: dict[str, Iterable[str]] = {}
    for eraser in erasers():
        found |= eraser.ids(person)
    return {kind: sorted(names) for kind, names in found.items()}
