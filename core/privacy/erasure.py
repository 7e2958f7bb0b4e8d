"""Erase a person at once, in every app, and write it into the erasure log."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.mfa import list_authenticators
from core.conflict_of_interest import check_shares_no_contest
from core.email_addresses import has_proven_address_in, list_own_addresses
from core.errors import Invalid, NotAllowed, ReauthenticationRequired, WrongState
from core.field_errors import FieldErrors
from core.models import User
from core.notifications.bounces import find_bounce
from core.notifications.secret_letters import enqueue_secret_letter
from core.privacy import erasure_log
from core.privacy.erasure_handlers import DataSubject, ErasurePreview, list_erasure_handlers
from core.privacy.stored_responses import find_stored_responses, redact_stored_responses

LAST_LETTER_LIFETIME = timedelta(days=2)
"""For how long the letter that says that an account is erased is tried."""


def preview_erasure(person: DataSubject, *, reader: User | None = None) -> ErasurePreview:
    """Return what must be done before the erasure of a person, what goes with it, and what stays.

    For a reviewer, the `reader`, it leaves out what belongs to contests in which they have a part. Without a reader it
    is whole.
    """
    previews = [handler.preview(person, reader) for handler in reversed(list_erasure_handlers())]
    return ErasurePreview(
        blockers=[sentence for preview in previews for sentence in preview.blockers],
        erased=[sentence for preview in previews for sentence in preview.erased],
        retained=[sentence for preview in previews for sentence in preview.retained],
    )


def data_subject_of(user: User, *, at: datetime) -> DataSubject:
    """Return the person behind an account, with every address that they have verified."""
    return DataSubject(user=user, addresses=frozenset(list_own_addresses(user)), until=at)


def erase_own_account(
    *, actor: User, understands_consequences: bool, is_confirmed: bool, at: datetime, gave_password: bool = False
) -> None:
    """Erase the account of `actor`, with all of their data.

    `is_confirmed` is true when the user has just shown that it is them: with the password, with their second factor
    where they have one, or by a new sign-in where they have neither. `gave_password` says whether they gave a password,
    right or wrong. Raises Invalid (not understood, not confirmed),
    ReauthenticationRequired (by the factor or a code), WrongState (something must be done first).
    """
    check_confirmation(
        actor,
        understands_consequences=understands_consequences,
        is_confirmed=is_confirmed,
        gave_password=gave_password,
    )
    _erase_and_log(data_subject_of(actor, at=at), at=at, sends_last_letter=True)


def check_confirmation(
    actor: User, *, understands_consequences: bool, is_confirmed: bool, gave_password: bool = False
) -> None:
    """Check what confirms an erasure. Raises Invalid, naming every input to correct, and ReauthenticationRequired."""
    errors, has_factor = FieldErrors(), list_authenticators(actor).exists()
    # Without a password and a factor only a new sign-in, by a mailed code, says that it is them.
    takes_proof = not is_confirmed and (has_factor or not actor.has_usable_password())
    if not understands_consequences:
        message = _("Read what goes and what stays, and say that you have understood it.")
        errors.add("understands_consequences", message)
    if not (is_confirmed or takes_proof):
        wrong, missing = _("This is not your password. Give it once more."), _("Give your password once more.")
        errors.add("password", wrong if gave_password else missing)
    errors.raise_if_any()
    if takes_proof and has_factor:
        raise ReauthenticationRequired(_("Confirm with your second factor that it is you. Then erase your account."))
    if takes_proof:
        raise ReauthenticationRequired(_("Sign in once more, with a code by email. Then erase your account."))


def erase_on_written_request(*, actor: User, person: DataSubject, asked: bool, at: datetime) -> None:
    """Erase a person who has asked a reviewer for it in writing.

    Raises NotAllowed (oneself; another reviewer; a person with a part in a contest of the reviewer's, where the erasure
    ends their work), Invalid (not asked for), WrongState (something must be done first).
    """
    is_own_row = person.user is None and not person.addresses.isdisjoint(list_own_addresses(actor))
    if not actor.is_reviewer or actor == person.user or is_own_row:
        raise NotAllowed(_("Only reviewers do this for others; for yourself, see your own account."))
    if person.user is not None and (person.user.is_staff or person.user.is_superuser):
        # Else one reviewer could remove the others, who would stop them.
        raise NotAllowed(
            _(
                "This person is a reviewer, and no reviewer erases another. They do it themselves, at “Your data”, or"
                " the operator ends their role first."
            )
        )
    if not asked:
        raise Invalid(_("Only what the person has asked for in writing is erased."), field="asked")
    if preview_erasure(person, reader=actor).blockers:
        raise WrongState(str(UNSETTLED_MESSAGE))
    # Last of the checks: a refusal tells that the person has a part there, so it must cost an erasure to ask.
    check_shares_no_contest(actor, person.user)
    _erase_and_log(person, at=at, sends_last_letter=True)


UNSETTLED_MESSAGE = gettext_lazy(
    "Something has to be done first: a campaign would have no manager, or nobody would review. Their own page “Your "
    "data” says what."
)
"""What a reviewer is told of `ErasurePreview.blockers`, which may name campaigns."""


def erase_expired_subject(person: DataSubject, *, at: datetime) -> None:
    """Erase a person whose retention period is over. Raises WrongState."""
    _erase_and_log(person, at=at)


def hash_address(address: str, *, key: str | None = None) -> str:
    """Return the digest of an address for the erasure log; it is keyed with the secret key, or with `key`."""
    return salted_hmac("core.erasure", address.strip().lower(), secret=key, algorithm="sha256").hexdigest()


def _erase_and_log(person: DataSubject, *, at: datetime, sends_last_letter: bool = False) -> None:
    blockers = preview_erasure(person).blockers
    if blockers:
        raise WrongState(_("Before an erasure: %(steps)s") % {"steps": " ".join(blockers)})
    try:
        erasure_log.ensure_log_file(settings.ERASURE_LOG)
    except OSError as error:
        raise WrongState(
            _("Erasures cannot be written down at the moment, so nothing was erased. Try again later, or write to us.")
        ) from error
    run_erasure_handlers(person, at=at, is_logged=True, sends_last_letter=sends_last_letter)


def run_erasure_handlers(
    person: DataSubject, *, at: datetime, is_logged: bool = False, sends_last_letter: bool = False
) -> None:
    """Erase the person in every app, in one transaction, and write the entry of the erasure log if asked to.

    With `sends_last_letter` a letter says so to each proved address of the account, and to those that were removed from
    it some days before. It is encrypted until it leaves, and deleted then, or after `LAST_LETTER_LIFETIME`.
    """
    # The entry is built first: afterwards the rows that it names are gone.
    entry = {
        "at": at.isoformat(),
        "account": person.user.pk if person.user else None,
        "public_id": str(person.user.public_id) if person.user else None,
        "ids": collect_row_ids(person),
        "addresses": sorted(hash_address(address) for address in person.addresses),
    }
    mentions_person = find_stored_responses(person)
    last_letters = _write_last_letters(person) if sends_last_letter else []
    for handler in list_erasure_handlers():
        handler.terminate(person, at)
    with transaction.atomic():
        for handler in list_erasure_handlers():
            handler.erase(person, at)
        # Late: what was answered while matches and memberships ended is found as well.
        redact_stored_responses(mentions_person)
        for letter in last_letters:  # after the letters to these addresses that the erasure deletes
            enqueue_secret_letter(**letter, at=at, lifetime=LAST_LETTER_LIFETIME)
        if is_logged:
            # Last before the commit: an erasure whose entry is not on the disk is rolled back. A commit that fails
            # afterwards leaves an entry about a person who asked to be erased, which does no harm.
            erasure_log.append_entry(settings.ERASURE_LOG, entry)


def _write_last_letters(person: DataSubject) -> list[dict[str, str]]:
    """Return the letters that say that an account is erased, one to each address that `_list_last_addresses` names."""
    user = person.user
    if user is None:
        return []
    with translation.override(user.language):
        text = _(
            "Hello,\n\nyour account here is erased, with all that was kept about you. What stays names no one. This is "
            "our last letter, and we keep its address no longer. If it was not you who asked for it, write to "
            "%(email)s."
        ) % {"email": settings.OPERATOR["email"]}
        subject = _("Your account is erased")
    return [{"to": address, "subject": subject, "text": text} for address in _list_last_addresses(user)]


def _list_last_addresses(user: User) -> list[str]:
    """Return the proved addresses of an account and those that were removed from it, as far as letters reach them.

    Not the first one alone: a stolen session may have put its own in front of it, and removed the owner's.
    """
    proved = User.objects.filter(has_proven_address_in(user, "email"), pk=user.pk)
    addresses = {address for address in list_own_addresses(user) if address != user.email or proved.exists()}
    addresses |= set(user.removed_addresses.values_list("address", flat=True))
    return sorted(address for address in addresses if find_bounce(address) is None)


def collect_row_ids(person: DataSubject) -> dict[str, list[str]]:
    """Return the ids of the rows that the person has in every app, by kind."""
    ids: dict[str, Iterable[str]] = {}
    for handler in list_erasure_handlers():
        ids |= handler.logged_ids(person)
    return {kind: sorted(names) for kind, names in ids.items()}
