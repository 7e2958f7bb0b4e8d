"""One volunteer and one seat, and how far they have come."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from campaigns.models import Request, Seat
from core.models import PublicIdModel, VersionedModel
from matching.models.run import Run
from matching.rules.states import STATES_HOLDING_SEAT, STATES_REVIEWED, MatchState
from volunteers.models import Volunteer

HOLDS_SEAT = Q(state__in=[state for state in STATES_HOLDING_SEAT if state != MatchState.OFFERED]) | Q(
    state=MatchState.OFFERED, is_broadcast=False
)
"""Matches that hold their seat and the volunteer's hours."""


@pghistory.track(
    pghistory.InsertEvent(condition=pgtrigger.Q(new__state__in=STATES_REVIEWED)),
    pghistory.UpdateEvent(condition=pgtrigger.Q(new__state__in=STATES_REVIEWED)),
    exclude=["note", "parts"],
)
class Match(PublicIdModel, VersionedModel):
    """A pair. `parts` holds the named parts of its score, which they sum to.

    History follows it from the first human decision on; the Run is the record of proposing.
    """

    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="matches")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="matches")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="matches")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="matches", editable=False)
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.PROPOSED)
    score = models.IntegerField()
    parts = models.JSONField()
    reason = models.CharField(max_length=20, blank=True, help_text="Why it ended, as a choice.")
    note = models.CharField(max_length=500, blank=True, help_text="What the person who ended it added.")
    proposed_at = models.DateTimeField()
    state_changed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True, help_text="When the clock of this state ends.")
    remind_at = models.DateTimeField(null=True, blank=True, help_text="When whoever is to act is reminded.")
    escalated_at = models.DateTimeField(null=True, blank=True, help_text="When reviewers were told that it waits.")
    offered_at = models.DateTimeField(null=True, blank=True, help_text="When the volunteer learned of it.")
    campaign_asked_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the campaign was asked about somebody's yes: for a team, when it is complete.",
    )
    revocable_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Until when a yes that was heard on the phone can be taken back before anything follows from it.",
    )
    is_broadcast = models.BooleanField(
        default=False, help_text="Offered to several at once: the first yes takes the place."
    )

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MatchState.values), name="matching_match_state"),
            # Nobody is promised a place that somebody else has, nor two places in one request.
            models.UniqueConstraint(fields=["seat"], condition=HOLDS_SEAT, name="matching_match_seat_held_once"),
            models.UniqueConstraint(
                fields=["request", "volunteer"],
                condition=Q(state__in=STATES_HOLDING_SEAT),
                name="matching_match_person_held_once",
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(state="proposed"), name="matching_match_seat_proposed_once"
            ),
            models.UniqueConstraint(
                fields=["request", "volunteer"],
                condition=Q(state="proposed"),
                name="matching_match_person_proposed_once",
            ),
        ]
        indexes = [
            # Read by actions.clocks: what is due, and who is to be reminded.
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="matching_match_due"),
            models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="matching_match_remind"),
            # Read by the review list and by the snapshot.
            models.Index(fields=["state", "-score"], name="matching_match_review"),
        ]
        triggers = [
            # The request is a copy of the seat's, here for the unique constraints; nobody can store another one.
            pgtrigger.Trigger(
                name="request_of_seat",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("seat_id", "request_id"),
                when=pgtrigger.Before,
                func="""
                    SELECT role.request_id INTO NEW.request_id
                    FROM campaigns_seat AS seat JOIN campaigns_role AS role ON role.id = seat.role_id
                    WHERE seat.id = NEW.seat_id;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Match {str(self.public_id)[:8]}"


class ProposalManager(models.Manager["Proposal"]):
    """Matches that wait for a reviewer."""

    def get_queryset(self) -> "models.QuerySet[Proposal]":
        """Those in the state `proposed`."""
        return super().get_queryset().filter(state=MatchState.PROPOSED)


class Proposal(Match):
    """A match that waits for a reviewer: the same row, seen from the review list."""

    objects: ClassVar[ProposalManager] = ProposalManager()

    class Meta:
        proxy = True
