"""What must be true after the faults: nothing is lost, and nothing is doubled."""

from collections import Counter
from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import F

from campaigns.models import Request
from core.models import Notice, User
from drills.day.faults import Fault
from drills.day.load import Load
from drills.report import DrillReport
from drills.site import Site
from matching.models import Message, Veto
from matching.rules.notice_types import MatchingNotice

INVARIANTS = {
    "a seat is held twice": """
        SELECT seat_id FROM matching_match
        WHERE state IN ('approved', 'accepted', 'active') OR (state = 'offered' AND NOT is_broadcast)
        GROUP BY seat_id HAVING count(*) > 1
    """,
    "a person holds two places of one request": """
        SELECT request_id, volunteer_id FROM matching_match
        WHERE state IN ('approved', 'offered', 'accepted', 'active')
        GROUP BY request_id, volunteer_id HAVING count(*) > 1
    """,
    "a person hears the same twice": """
        SELECT recipient_id, kind, subjects FROM core_notice
        WHERE kind IN ('offer', 'offer-reminder', 'offer-accepted', 'offer-expired', 'work-started', 'match-ended',
            'handover-started', 'match-completed', 'handover-ended', 'message', 'report', 'report-overdue')
        GROUP BY recipient_id, kind, subjects HAVING count(*) > 1
    """,
    "a person was not told of an offer, or of its end": """
        SELECT one.id, word.kind FROM matching_match one
        JOIN (VALUES ('offered', 'offer'), ('expired', 'offer-expired'), ('closing', 'handover-started'),
            ('completed', 'match-completed')) word (state, kind) ON word.state = one.state
        JOIN volunteers_volunteer volunteer ON volunteer.id = one.volunteer_id
        WHERE one.offered_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM core_notice notice WHERE notice.recipient_id = volunteer.user_id AND notice.kind = word.kind
                AND notice.subjects ->> 'match' = one.public_id::text
        )
    """,
}
"""What must never be, each as a query that returns no row. `tests/matching/lifecycle/invariants.py` has more."""


def judge_writes(report: DrillReport, load: Load) -> None:
    """Judge whether each write that was acknowledged is there, once."""
    report.say(f"Answers: {dict(sorted(load.statuses.items()))}; 0 is a connection that was cut.")
    report.judge(
        "each refusal was 503 and said when to try again", load.bad_answers[:3] or "all", holds=not load.bad_answers
    )
    report.judge("each write was answered in the end", load.unanswered or "all", holds=not load.unanswered)
    stored = dict(User.objects.filter(email__in=load.languages).values_list("email", "language"))
    lost = {email for email, language in load.languages.items() if stored.get(email) != language}
    report.judge(f"of {len(load.languages)} settings, none is lost", len(lost), holds=not lost and bool(stored))
    titles = Counter(Request.objects.filter(title__startswith="Drill draft").values_list("title", flat=True))
    _judge_once(report, "drafts", load.drafts, titles)
    texts = Counter(Message.objects.filter(text__startswith="Drill message").values_list("text", flat=True))
    _judge_once(report, "messages", load.messages, texts)
    vetoes = Counter(str(public_id) for public_id in Veto.objects.values_list("public_id", flat=True))
    _judge_once(report, "vetoes", load.vetoes, Counter({name: vetoes[name] for name in load.vetoes}))
    proved = load.sign_ups.proved
    lost = set(proved) - set(EmailAddress.objects.filter(verified=True).values_list("email", flat=True))
    report.judge(f"of {len(proved)} people who signed up, none is lost", len(lost), holds=not lost and bool(proved))
    told = Notice.objects.filter(kind=MatchingNotice.MESSAGE, subjects__has_key="message")
    wanted = set(Message.objects.filter(text__startswith="Drill message").values_list("public_id", flat=True))
    counts = Counter(told.values_list("subjects__message", flat=True))
    wrong = [str(name) for name in wanted if counts[str(name)] != 1]
    report.judge("each message has one notice", wrong or "all", holds=not wrong)


def _judge_once(report: DrillReport, noun: str, acknowledged: Sequence[str], stored: Counter[str]) -> None:
    lost = [text for text in acknowledged if not stored[text]]
    doubled = [text for text, number in stored.items() if number > 1]
    words = f"of {len(acknowledged)} {noun}, none is lost and none is doubled"
    measured = f"lost {lost[:3]}, doubled {doubled[:3]}" if lost or doubled else "none"
    report.judge(words, measured, holds=bool(acknowledged) and not lost and not doubled)


def judge_letters(report: DrillReport, site: Site, faults: Sequence[Fault], load: Load) -> None:
    """Judge whether each letter that is marked as sent has come, and none came twice without a reason."""
    groups = Notice.objects.filter(sent_at__isnull=False, muted_at=None).exclude(sent_at=F("created_at"))
    sent: Counter[str] = Counter(dict.fromkeys(load.sign_ups.promised, 1))
    for email, address, _sent_at, _is_immediate in groups.values_list(
        "recipient__email", "address", "sent_at", "is_immediate"
    ).distinct():
        sent[email or address] += 1
    came = site.mail.counts
    lost = [address for address, number in sent.items() if came[address] < number]
    doubled = sum(
        came[address] - sent[address] for address in came if address in sent and came[address] > sent[address]
    )
    allowed = site.mail.deaths + sum(fault.doubled_letters for fault in faults)
    words = f"of {sum(sent.values())} letters, none is lost"
    report.judge(words, lost[:3] or "none", holds=not lost and bool(sent))
    report.judge(
        f"none came twice, but for {site.mail.deaths} deaths of the mail server and {allowed - site.mail.deaths} kills",
        doubled,
        holds=doubled <= allowed,
    )
    failed = Notice.objects.filter(failed_at__isnull=False).count()
    report.judge("no notice was given up", failed, holds=failed == 0)


def judge_invariants(report: DrillReport) -> None:
    """Judge that what must never be is not."""
    with connection.cursor() as cursor:
        for words, query in INVARIANTS.items():
            cursor.execute(query)
            rows = cursor.fetchall()
            report.judge(f"never: {words}", rows[:3] or "no row", holds=not rows)
