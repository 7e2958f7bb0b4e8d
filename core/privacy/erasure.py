"""Forgetting a person: at once, everywhere, and again after a restore."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from core.privacy import erasure_log
from core.privacy.erasure_handlers import DataSubject, ErasurePreview, list_erasure_handlers


def preview_erasure(person: DataSubject) -> ErasurePreview:
    """What has to be done before this person can be erased, what goes then, and what stays."""
    told = [eraser.preview(person) for eraser in reversed(list_erasure_handlers())]
    return ErasurePreview(
        first=[sentence for one in told for sentence in one.first],
        goes=[sentence for one in told for sentence in one.goes],
        stays=[sentence for one in told for sentence in one.stays],
    )


def data_subject_of(user: User, *, at: datetime) -> DataSubject:
    """Somebody with an account: with every address that they have proved to be theirs."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return DataSubject(user=user, addresses=frozenset({user.email, *(one.lower() for one in proved)}), until=at)


def erase_own_account(*, actor: User, understood: bool, password: str = "", proven: bool = False, at: datetime) -> None:
    """`actor` goes, with everything that is theirs. `proven`: they have just shown once more who they are.

    Raises Invalid (not understood, not the password), WrongState (what has to be done first).
    """
    if not understood:
        raise Invalid(_("Read what goes and what stays, and say that you have understood it."), field="understood")
    if not proven and not (password and actor.check_password(password)):
        raise Invalid(
            _("Give your password once more, or confirm it is you with your second factor."), field="password"
        )
    _erase_and_log(data_subject_of(actor, at=at), at=at)


def erase_on_written_request(*, actor: User, person: DataSubject, asked: bool, at: datetime) -> None:
    """A reviewer does it because the person has asked for it in writing.

    Raises NotAllowed, Invalid (not asked for), WrongState (what has to be done first).
    """
    if not actor.is_reviewer or actor == person.user:
        raise NotAllowed(_("Only reviewers do this for others; for yourself, see your own account."))
    if not asked:
        raise Invalid(_("Only what the person has asked for in writing is erased."), field="asked")
    _erase_and_log(person, at=at)


def erase_expired_subject(person: DataSubject, *, at: datetime) -> None:
    """The same because nothing needs them any more: whose days are over. Raises WrongState."""
    _erase_and_log(person, at=at)


def repeat_logged_erasures(*, at: datetime) -> int:
    """Erases everybody anew whom the journal names and the database still knows; returns how many they were.

    For a database that was restored. Done twice, nothing happens the second time. What goes on of theirs is ended
    without asking anybody.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    held = {address for eraser in list_erasure_handlers() for address in eraser.known_addresses() if address}
    known = {hash_address(address, key=key): address for address in held for key in keys}
    return sum(_repeat_erasure(line, known, at) for line in erasure_log.read_entries(settings.ERASURE_LOG))


def hash_address(address: str, *, key: str | None = None) -> str:
    """What the journal keeps of an address: nobody reads it back without the secret key, or `key` in its place."""
    return salted_hmac("core.erasure", address.strip().lower(), secret=key, algorithm="sha256").hexdigest()


def _repeat_erasure(line: dict[str, Any], known: dict[str, str], at: datetime) -> bool:
    until = datetime.fromisoformat(line["at"])
    user = User.objects.filter(pk=line["account"], public_id=line["name"]).first() if line["account"] else None
    addresses = {known[digest] for digest in line["addresses"] if digest in known}
    if user is not None:
        addresses |= data_subject_of(user, at=at).addresses
    ids = {kind: frozenset(names) for kind, names in line["ids"].items()}
    person = DataSubject(user=user, addresses=frozenset(one.lower() for one in addresses), row_ids=ids, until=until)
    there = user is not None or any(True for _kind, names in _collect_row_ids(person).items() for _one in names)
    if there or addresses:
        _run_erasure_handlers(person, at=at)
    return there


def _erase_and_log(person: DataSubject, *, at: datetime) -> None:
    first = preview_erasure(person).first
    if first:
        raise WrongState(" ".join(first))
    try:
        erasure_log.ensure_log_file(settings.ERASURE_LOG)
    except OSError as error:
        raise WrongState(
            _("Erasures cannot be written down at the moment, so nothing was erased. Try again later, or write to us.")
        ) from error
    _run_erasure_handlers(person, at=at, journalled=True)


def _run_erasure_handlers(person: DataSubject, *, at: datetime, journalled: bool = False) -> None:
    line = {
        "at": at.isoformat(),
        "account": person.user.pk if person.user else None,
        "name": str(person.user.public_id) if person.user else None,
        "ids": _collect_row_ids(person),
        "addresses": sorted(hash_address(address) for address in person.addresses),
    }
    for eraser in list_erasure_handlers():
        eraser.terminate(person, at)
    with transaction.atomic():
        for eraser in list_erasure_handlers():
            eraser.erase(person, at)
        if journalled:
            # The last thing before the commit: what is not on the disk is not erased, and a commit that fails
            # afterwards leaves a line about somebody who wanted to go.
            erasure_log.append_entry(settings.ERASURE_LOG, line)


def _collect_row_ids(person: DataSubject) -> dict[str, list[str]]:
    found: dict[str, Iterable[str]] = {}
    for eraser in list_erasure_handlers():
        found |= eraser.logged_ids(person)
    return {kind: sorted(names) for kind, names in found.items()}
