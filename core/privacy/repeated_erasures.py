"""Repeat the erasures of the log in a database that was restored."""

from datetime import datetime
from typing import Any

from django.conf import settings

from core.models import User
from core.privacy import erasure_log
from core.privacy.erasure import collect_row_ids, data_subject_of, hash_address, run_erasure_handlers
from core.privacy.erasure_handlers import DataSubject, list_erasure_handlers


def repeat_logged_erasures(*, at: datetime) -> int:
    """Repeat the erasures of the log in a restored database; return how many people it still held.

    Idempotent. Whatever still goes on for these people is ended without a question.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    held = {address for handler in list_erasure_handlers() for address in handler.known_addresses() if address}
    # The log has digests only, so every address in the database is hashed, under each key that was ever in use.
    addresses_by_digest = {hash_address(address, key=key): address for address in held for key in keys}
    entries = erasure_log.read_entries(settings.ERASURE_LOG)
    return sum(_repeat_erasure(entry, addresses_by_digest, at) for entry in entries)


def _repeat_erasure(entry: dict[str, Any], addresses_by_digest: dict[str, str], at: datetime) -> bool:
    until = datetime.fromisoformat(entry["at"])
    # The public id as well: after a restore another account may have the number. Version 0.1.0 wrote it as `name`.
    public_id = entry["public_id"] if "public_id" in entry else entry["name"]
    user = User.objects.filter(pk=entry["account"], public_id=public_id).first() if entry["account"] else None
    addresses = {addresses_by_digest[digest] for digest in entry["addresses"] if digest in addresses_by_digest}
    if user is not None:
        addresses |= data_subject_of(user, at=at).addresses
    ids = {kind: frozenset(names) for kind, names in entry["ids"].items()}
    lower_addresses = frozenset(address.lower() for address in addresses)
    person = DataSubject(user=user, addresses=lower_addresses, row_ids=ids, until=until)
    is_still_held = user is not None or any(collect_row_ids(person).values())
    if is_still_held or addresses:
        run_erasure_handlers(person, at=at)
    return is_still_held
