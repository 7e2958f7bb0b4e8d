"""Deliver notices that are due, and wait while a mail server, or another transport, is away."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime

from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives

from core.models import Mute, Notice
from core.notifications.bounces import find_bounce
from core.notifications.daily_digest import claim_daily_digest, next_digest_at, release_daily_digest
from core.notifications.mail import MailTransport
from core.notifications.notice_types import RenderedNotice, find_notice_topic, is_mutable, render_notices
from core.notifications.outbox import (
    CLAIM_LEASE,
    MAX_SERVER_RETRY_DELAY,
    SERVER_RETRY_DELAY,
    claim_due_notices,
    log,
    name_error,
    postpone_failed_notices,
    postpone_until_server_answers,
    release_claimed_notices,
    select_notices,
)
from core.notifications.secret_letters import deliver_due_secret_letters
from core.notifications.transport import (
    OutgoingMessage,
    Transport,
    TransportUnavailableError,
    find_transport,
    get_recipient_address,
    get_recipient_language,
    load_transports,
)

CLAIM_SIZE = 4  # notices at a time: what is urgent waits for so many letters at most
MAX_FAILURES_IN_A_ROW = 3  # messages that fail one after the other, after which the others wait for the next round


class _TransportPool:
    """The transports of one round. Remembers in the cache which of them are away, for all workers."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.transports = load_transports()
        found = (transport for transport in self.transports if isinstance(transport, MailTransport))
        self.mail = next(found, None) or MailTransport()
        self.away = {transport.name for transport in {*self.transports, self.mail} if self._is_away(transport)}

    @property
    def is_all_away(self) -> bool:
        """Return whether no transport is left to try."""
        return self.away.issuperset({transport.name for transport in self.transports})

    def send(self, message: OutgoingMessage) -> None:
        """Send by the first transport that reaches the recipient; a warning by mail. Raises the transport's errors.

        A message is a warning if one of its notices cannot be muted: who took a session over could give an address of
        their own to any other transport.
        """
        transport = self._choose(message)
        self._try(transport, lambda: transport.send(message))

    def is_mailed(self, message: OutgoingMessage) -> bool:
        """Return whether a message leaves by mail. Raises UnreachableRecipientError."""
        return self._choose(message) is self.mail

    def _choose(self, message: OutgoingMessage) -> Transport:
        is_warning = not all(map(is_mutable, message.notices))
        return self.mail if is_warning else find_transport(self.transports, message.recipient)

    def send_mail(self, mail: EmailMultiAlternatives) -> None:
        """Send a mail that is no notice. Raises the errors of the mail transport."""
        self._try(self.mail, lambda: self.mail.send_mail(mail))

    def _try(self, transport: Transport, send: Callable[[], None]) -> None:
        if transport.name in self.away:
            raise TransportUnavailableError(f"{transport.name} is away")
        try:
            send()
        except TransportUnavailableError as error:
            log.warning("transport away", transport=transport.name, error=name_error(error))
            self.away.add(transport.name)
            timeout = MAX_SERVER_RETRY_DELAY.total_seconds()
            away_until = (self.at + SERVER_RETRY_DELAY).timestamp()
            cache.set(self._away_key(transport), away_until, timeout=timeout)
            raise

    def _is_away(self, transport: Transport) -> bool:
        away_until = cache.get(self._away_key(transport))
        # A time that is further off was written while a clock was wrong.
        now = self.at.timestamp()
        return away_until is not None and now < away_until <= now + SERVER_RETRY_DELAY.total_seconds()

    def close(self) -> None:
        """Close what the transports have kept open."""
        for transport in {*self.transports, self.mail}:
            transport.close()

    @staticmethod
    def _away_key(transport: Transport) -> str:
        return f"core.notifications.away-until.{transport.name}"


def deliver_due_notices(
    *,
    at: datetime,
    most: int = 100,
    seconds: Callable[[], float] = time.monotonic,
    now: Callable[[], datetime] | None = None,
) -> int:
    """Send up to `most` of what is due, and return how many messages left. `seconds` measures how long it takes.

    Few notices are claimed at a time, immediate ones first, so that an urgent letter does not wait for all others.
    Before each claim the letters with codes leave: people wait for them at a page. `now` returns the time of each
    claim, by default `at`. A notice is claimed for five minutes before it is tried: two workers never send it both, and
    one that dies leaves it to be tried again. No message is begun when half of that time is over. After five failures a
    notice is set aside for a reviewer. While a transport is away its messages wait, and it is tried with one message
    every two minutes, so that workers do not spend their time waiting for it. What would leave for an address from
    which letters come back is set aside; letters with codes leave, as people ask for them.
    """
    pool = _TransportPool(at)
    round_ = _Round(pool, seconds, until=seconds() + CLAIM_LEASE.total_seconds() / 2)
    try:
        while not pool.is_all_away and round_.claimed < most:
            claimed_at = now() if now is not None else at
            round_.sent += deliver_due_secret_letters(pool.send_mail, at=claimed_at)
            claimed = claim_due_notices(claimed_at, min(CLAIM_SIZE, most - round_.claimed))
            if not claimed or not round_.deliver(claimed, claimed_at):
                break
    finally:
        pool.close()
    return round_.sent


class _Round:
    """One round of deliveries. It ends when its time is over, all transports are away, or too much has failed."""

    def __init__(self, pool: _TransportPool, seconds: Callable[[], float], *, until: float) -> None:
        self.pool, self.seconds, self.until = pool, seconds, until
        self.claimed = self.sent = self.failures_in_a_row = 0

    @property
    def goes_on(self) -> bool:
        """Return whether another message may be begun."""
        is_well = not self.pool.is_all_away and self.failures_in_a_row < MAX_FAILURES_IN_A_ROW
        return is_well and self.seconds() < self.until

    def deliver(self, claimed: list[Notice], at: datetime) -> bool:
        """Send the messages of these notices. Return False when some were not begun, which are released."""
        self.claimed += len(claimed)
        messages = deque(_group_into_messages(claimed, at))
        while messages and self.goes_on:
            self._deliver_one(messages.popleft(), at)
        rest = [notice for message in messages for notice in message]
        release_claimed_notices(rest, due_at=at)
        release_daily_digest(rest, at)
        return not rest

    def _deliver_one(self, notices: list[Notice], at: datetime) -> None:
        try:
            self.sent += _deliver_message(notices, self.pool, at)
            self.failures_in_a_row = 0
        except TransportUnavailableError as error:
            postpone_until_server_answers(notices, at, error)
            release_daily_digest(notices, at)
        except Exception as error:
            names = [str(notice.public_id) for notice in notices]
            log.warning(
                "message failed", notices=names, error=name_error(error), exc_info=not isinstance(error, OSError)
            )
            postpone_failed_notices(notices, at, error)
            release_daily_digest(notices, at)
            self.failures_in_a_row += 1


def _group_into_messages(claimed: list[Notice], at: datetime) -> list[list[Notice]]:
    """Group the notices of one message: a recipient's immediate ones, and their others once a day."""
    messages: list[list[Notice]] = []
    immediate: dict[int, list[Notice]] = defaultdict(list)
    daily: dict[int, list[Notice]] = defaultdict(list)
    muted = set(
        Mute.objects.filter(user__in={notice.recipient_id for notice in claimed}).values_list("user_id", "topic")
    )
    for notice in claimed:
        if is_mutable(notice) and (notice.recipient_id, find_notice_topic(notice)) in muted:
            select_notices([notice]).update(muted_at=at)
        elif notice.recipient_id is None:
            messages.append([notice])
        elif notice.is_immediate:
            immediate[notice.recipient_id].append(notice)
        else:
            daily[notice.recipient_id].append(notice)
    messages += immediate.values()
    for recipient, notices in sorted(daily.items()):
        if claim_daily_digest(recipient, at):
            messages.append(notices)
        else:
            release_claimed_notices(notices, due_at=next_digest_at(recipient, at))
    return messages


def _deliver_message(notices: list[Notice], pool: _TransportPool, at: datetime) -> int:
    """Send one message about the notices that are still true; return 1, or 0 when there are none."""
    # Read again: a claim may have ended meanwhile, and another worker may have the notice now.
    claimed = (
        select_notices(notices).filter(due_at=at + CLAIM_LEASE, sent_at=None).select_related("recipient").order_by("pk")
    )
    parts = _render_deliverable(list(claimed), at)
    if not parts:
        release_daily_digest(notices, at)
        return 0
    message = OutgoingMessage(parts)
    if pool.is_mailed(message) and find_bounce(get_recipient_address(message.notices[0])) is not None:
        _set_aside_bounced(message.notices, at)
        release_daily_digest(notices, at)
        return 0
    pool.send(message)
    select_notices(message.notices).update(sent_at=at, last_error="")
    return 1


def _set_aside_bounced(notices: list[Notice], at: datetime) -> None:
    """Keep notices for the inbox, as letters to their address come back; without an account a reviewer must look."""
    rows = select_notices(notices).filter(sent_at=None)
    rows.exclude(recipient=None).update(muted_at=at)
    rows.filter(recipient=None).update(failed_at=at, last_error="Letters to this address come back.")


def _render_deliverable(notices: list[Notice], at: datetime) -> list[tuple[Notice, RenderedNotice]]:
    """Render the notices. Drop what is not true any more or said twice, and postpone what cannot be rendered."""
    if not notices:
        return []
    rendered = render_notices(notices, language=get_recipient_language(notices[0]), at=at)
    parts: list[tuple[Notice, RenderedNotice]] = []
    for notice in notices:
        outcome = rendered[notice.pk]
        if isinstance(outcome, Exception):
            postpone_failed_notices([notice], at, outcome)
        elif (
            outcome is None
            or (notice.recipient and not notice.recipient.is_active)
            or any((notice.kind, outcome) == (part.kind, words) for part, words in parts)  # it is said already
        ):
            select_notices([notice]).update(obsolete_at=at)
        else:
            parts.append((notice, outcome))
    return parts
