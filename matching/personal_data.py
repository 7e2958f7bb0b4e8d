"""The personal data of matching: a volunteer's matches, and what a user wrote and did about matches.

A volunteer is given a match from its offer on. What would lead to the campaign of an emergency is left out until both
sides have said yes. They are not given what others wrote about them, nor the vetoes of
campaigns; a reviewer is not given what they wrote about others.
"""

from django.db.models import Q, QuerySet

from core.models import User
from core.privacy.erasure_handlers import ErasureHandler, register_erasure_handler
from core.privacy.export_sections import ExportSection, register_export_sections
from matching.lifecycle.queries.campaign_names import CAMPAIGN_NAMED
from matching.lifecycle.queries.matches import matches_offered_to
from matching.lifecycle.queries.vetoes import vetoes_by_volunteer
from matching.models import (
    CalendarFeed,
    ChecklistTick,
    DutyShift,
    IncidentWatch,
    Interest,
    Match,
    Message,
    Pin,
    ProblemReport,
    Run,
    Veto,
)
from matching.privacy import erasure
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState


def _matches_ended_by(user: User) -> QuerySet[Match]:
    return matches_offered_to(user).filter(state__in=(MatchState.DECLINED, MatchState.WITHDRAWN))


register_export_sections(
    ExportSection(
        "matches",
        Match,
        matches_offered_to,
        (
            *(
                "public_id",
                "version",
                "request__title",
                "seat__role__name",
                "state",
                "score",
                "score_parts",
                "is_broadcast",
            ),
            *(
                "proposed_at",
                "offered_at",
                "state_changed_at",
                "due_at",
                "remind_at",
                "campaign_asked_at",
                "revocable_until",
            ),
        ),
        # The parts say something about the contest: what it is worth to serve in this jurisdiction, how near it is.
        conditions={"score": CAMPAIGN_NAMED, "score_parts": CAMPAIGN_NAMED},
        shapes={"score_parts": "ScoreParts"},
    ),
    ExportSection("said_at_the_end", Match, _matches_ended_by, ("public_id", "reason", "note")),
    ExportSection(
        "messages_written",
        Message,
        lambda user: Message.objects.filter(author=user),
        ("public_id", "side", "text", "written_at"),
    ),
    ExportSection(
        "reports_made",
        ProblemReport,
        lambda user: ProblemReport.objects.filter(reported_by=user),
        ("public_id", "side", "kind", "text", "reported_at", "answer_due_at", "handled_at"),
    ),
    ExportSection(
        "reports_handled",
        ProblemReport,
        lambda user: ProblemReport.objects.filter(handled_by=user),
        ("public_id", "handled_at"),
    ),
    ExportSection(
        "lines_ticked",
        ChecklistTick,
        lambda user: ChecklistTick.objects.filter(ticked_by=user),
        ("stage", "item_code", "ticked_at"),
    ),
    ExportSection(
        "calendar", CalendarFeed, lambda user: CalendarFeed.objects.filter(volunteer__user=user), ("created_at",)
    ),
    ExportSection(
        "vetoes",
        Veto,
        vetoes_by_volunteer,
        ("public_id", "campaign__name", "reason", "created_at"),
        conditions={"campaign__name": Q(named=True)},
    ),
    ExportSection(
        "vetoes_made_for_others",
        Veto,
        lambda user: Veto.objects.filter(created_by=user).exclude(side=MatchSide.VOLUNTEER),
        ("side", "created_at"),
    ),
    # The role by its id on the board alone: nothing here leads to a campaign.
    ExportSection(
        "interests",
        Interest,
        lambda user: Interest.objects.filter(volunteer__user=user),
        ("public_id", "role__board_id", "since", "answer_due_at", "ended_at", "end_reason"),
        names={"end_reason": "interest_end"},  # as the API calls it
    ),
    ExportSection("pins_made", Pin, lambda user: Pin.objects.filter(created_by=user), ("created_at",)),
    ExportSection(
        "duty_shifts",
        DutyShift,
        lambda user: DutyShift.objects.filter(reviewer=user),
        ("public_id", "starts_at", "ends_at"),
    ),
    # Without the incident, which names a campaign; and the moment is that of the first who took it.
    ExportSection(
        "incidents_taken", IncidentWatch, lambda user: IncidentWatch.objects.filter(reviewer=user), ("taken_at",)
    ),
    ExportSection(
        "incident_calls", IncidentWatch, lambda user: IncidentWatch.objects.filter(called_by=user), ("called_at",)
    ),
    ExportSection(
        "runs_asked_for", Run, lambda user: Run.objects.filter(requested_by=user), ("public_id", "requested_at")
    ),
)

register_erasure_handler(
    ErasureHandler(
        app="matching",
        preview=erasure.preview_erasure,
        terminate=erasure.end_match_activity,
        erase=erasure.erase_match_data,
        subject_ids=erasure.list_subject_ids,
    )
)
