"""Deliver notices that are due."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime

from django.core.cache import cache

from core.models import Mute, Notice, User
from core.notifications.daily_digest import claim_daily_digest, release_daily_digest
from core.notifications.mail import TransportUnavailableError, get_recipient_language, send_notice_mail
from core.notifications.notice_types import RenderedNotice, find_notice_topic, render_notices
from core.notifications.outbox import (
    CLAIM_LEASE,
    DIGEST_INTERVAL,
    MAX_SERVER_RETRY_DELAY,
    SERVER_RETRY_DELAY,
    claim_due_notices,
    describe_error,
    log,
    postpone_failed_notices,
    postpone_until_server_answers,
    release_claimed_notices,
    select_notices,
)

_SERVER_AWAY_KEY = "core.notifications.mail.away-until"
MAX_FAILURES_IN_A_ROW = 3  # letters that fail one after the other, after which the rest waits for the next round


def deliver_due_notices(*, at: datetime, most: int = 100, seconds: Callable[[], float] = time.monotonic) -> int:
    """Sends what is due and returns how many letters went out. `seconds` measures how long that takes.

    A notice is claimed for five minutes before it is tried, so two workers do not send it both, and one that dies in
    between leaves it to be tried again. No letter is begun when half of that time is over. After five failures of its
    own a notice is set aside for a person to look at. While the mail server is away all letters wait, and it is tried
    with one of them every two minutes: workers have other things to do than to wait for it.
    """
    away_until = cache.get(_SERVER_AWAY_KEY)
    if away_until is not None and at < away_until <= at + SERVER_RETRY_DELAY:
        return 0
    begun, sent, in_a_row = seconds(), 0, 0
    letters = deque(_group_into_mails(claim_due_notices(at, most), at))
    while letters and in_a_row < MAX_FAILURES_IN_A_ROW and seconds() - begun < CLAIM_LEASE.total_seconds() / 2:
        notices = letters.popleft()
        try:
            sent += _deliver_mail(notices, at)
            in_a_row = 0
        except TransportUnavailableError as error:
            log.warning("mail server away", error=str(error))
            cache.set(_SERVER_AWAY_KEY, at + SERVER_RETRY_DELAY, timeout=MAX_SERVER_RETRY_DELAY.total_seconds())
            postpone_until_server_answers(notices, at, error)
            release_daily_digest(notices, at)
            break
        except Exception as error:
            names = [str(notice.public_id) for notice in notices]
            log.warning(
                "letter failed", notices=names, error=describe_error(error), exc_info=not isinstance(error, OSError)
            )
            postpone_failed_notices(notices, at, error)
            release_daily_digest(notices, at)
            in_a_row += 1
    rest = [notice for letter in letters for notice in letter]
    release_claimed_notices(rest, due_at=at)
    release_daily_digest(rest, at)
    return sent


def _group_into_mails(claimed: list[Notice], at: datetime) -> list[list[Notice]]:
    """Which notices go into a letter together: what leaves at once to one person, and their others, once a day."""
    letters: list[list[Notice]] = []
    now: dict[int, list[Notice]] = defaultdict(list)
    daily: dict[int, list[Notice]] = defaultdict(list)
    muted = set(
        Mute.objects.filter(user__in={notice.recipient_id for notice in claimed}).values_list("user_id", "topic")
    )
    for notice in claimed:
        if (notice.recipient_id, find_notice_topic(notice)) in muted:
            select_notices([notice]).update(muted_at=at)
        elif notice.recipient_id is None:
            letters.append([notice])
        elif notice.is_immediate:
            now[notice.recipient_id].append(notice)
        else:
            daily[notice.recipient_id].append(notice)
    letters += now.values()
    for recipient, notices in sorted(daily.items()):
        if claim_daily_digest(recipient, at):
            letters.append(notices)
        else:
            last = User.objects.get(pk=recipient).last_digest_at or at
            release_claimed_notices(notices, due_at=max(last + DIGEST_INTERVAL, at))
    return letters


def _deliver_mail(notices: list[Notice], at: datetime) -> int:
    """Sends one letter about those of the notices that are still ours and still true; returns 1 if there was one."""
    ours = (
        select_notices(notices).filter(due_at=at + CLAIM_LEASE, sent_at=None).select_related("recipient").order_by("pk")
    )
    told = _render_deliverable(list(ours), at)
    if not told:
        release_daily_digest(notices, at)
        return 0
    send_notice_mail(told)
    select_notices([notice for notice, _ in told]).update(sent_at=at, last_error="")
    return 1


def _render_deliverable(notices: list[Notice], at: datetime) -> list[tuple[Notice, RenderedNotice]]:
    """What is still to be said, in words; what is no longer true is dropped, what has no words waits by itself."""
    if not notices:
        return []
    words = render_notices(notices, language=get_recipient_language(notices[0]), at=at)
    told = []
    for notice in notices:
        letter = words[notice.pk]
        if isinstance(letter, Exception):
            postpone_failed_notices([notice], at, letter)
        elif letter is None or (notice.recipient and not notice.recipient.is_active):
            select_notices([notice]).update(obsolete_at=at)
        else:
            told.append((notice, letter))
    return told
