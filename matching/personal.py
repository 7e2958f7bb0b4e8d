"""What is held about somebody's matches, as they may know them, and what they said and did about matches.

A match is told from its offer on. What others thought of the person, and who said never to them, is not told, nor is
what a reviewer wrote about others.
"""

from django.db.models import QuerySet

from core.models import User
from core.privacy.erasure_handlers import ErasureHandler
from core.privacy.export_sections import ExportSection
from core.privacy.retention_rules import RetentionRule
from matching.actions import erasure, retention
from matching.models import Check, Feed, Match, Message, Pin, Report, Run, Veto
from matching.queries.matches import offered_to
from matching.rules import Side, State


def _ended_by_them(user: User) -> QuerySet[Match]:
    return offered_to(user).filter(state__in=(State.DECLINED, State.WITHDRAWN))


HELD = (
    ExportSection(
        "matches",
        Match,
        offered_to,
        (
            *("public_id", "version", "request__title", "seat__role__name", "state", "score", "parts", "raced"),
            *("proposed_at", "offered_at", "moved_at", "due_at", "remind_at", "campaign_asked_at", "objects_until"),
        ),
    ),
    ExportSection("said_at_the_end", Match, _ended_by_them, ("public_id", "reason", "note")),
    ExportSection(
        "messages_written",
        Message,
        lambda user: Message.objects.filter(author=user),
        ("public_id", "side", "text", "written_at"),
    ),
    ExportSection(
        "reports_made",
        Report,
        lambda user: Report.objects.filter(reported_by=user),
        ("public_id", "side", "problem", "text", "reported_at", "due_at", "handled_at"),
    ),
    ExportSection(
        "reports_handled",
        Report,
        lambda user: Report.objects.filter(handled_by=user),
        ("public_id", "handled_at"),
    ),
    ExportSection("lines_ticked", Check, lambda user: Check.objects.filter(done_by=user), ("stage", "code", "done_at")),
    ExportSection("calendar", Feed, lambda user: Feed.objects.filter(volunteer__user=user), ("made_at",)),
    ExportSection(
        "vetoes",
        Veto,
        lambda user: Veto.objects.filter(volunteer__user=user, side=Side.VOLUNTEER),
        ("public_id", "campaign__name", "reason", "made_at"),
    ),
    ExportSection(
        "vetoes_made_for_others",
        Veto,
        lambda user: Veto.objects.filter(made_by=user).exclude(side=Side.VOLUNTEER),
        ("side", "made_at"),
    ),
    ExportSection("pins_made", Pin, lambda user: Pin.objects.filter(made_by=user), ("made_at",)),
    ExportSection("runs_asked_for", Run, lambda user: Run.objects.filter(asked_by=user), ("public_id", "asked_at")),
)

ERASER = ErasureHandler(says=erasure.says, leaves=erasure.leaves, erases=erasure.erases, words=erasure.words)

KEPT = (
    RetentionRule(kind="messages", days=365, forgets=retention.messages),
    RetentionRule(kind="notes", days=365, forgets=retention.notes),
    RetentionRule(kind="reports", days=365, forgets=retention.reports),
    RetentionRule(kind="erased_in_runs", days=7, forgets=retention.arrays),
)
