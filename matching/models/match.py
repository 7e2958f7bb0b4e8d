"""The match of one volunteer and one seat, with its state and its clocks."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Request, Seat
from core.models import PublicIdModel, VersionedModel
from matching.models.run import Run
from matching.rules.states import STATES_HOLDING_SEAT, STATES_REVIEWED, MatchState
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from volunteers.models import Volunteer

HOLDS_SEAT = Q(state__in=[state for state in STATES_HOLDING_SEAT if state != MatchState.OFFERED]) | Q(
    state=MatchState.OFFERED, is_broadcast=False
)
"""The matches that hold their seat and the volunteer's hours."""


@pghistory.track(
    pghistory.InsertEvent(condition=pgtrigger.Q(new__state__in=STATES_REVIEWED)),
    # An approval that is undone, too.
    pghistory.UpdateEvent(
        condition=pgtrigger.Q(new__state__in=STATES_REVIEWED) | pgtrigger.Q(old__state__in=STATES_REVIEWED)
    ),
    exclude=["note", "score_parts"],
)
class Match(PublicIdModel, VersionedModel):
    """A volunteer and a seat. `score_parts` are the named parts of the score and sum up to it.

    History tracks a match from the first human decision on. Before it, the run is the record.
    """

    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="matches")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="matches")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="matches")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="matches", editable=False)
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.PROPOSED)
    score = models.IntegerField()
    score_parts = models.JSONField()
    reason = models.CharField(max_length=20, blank=True, help_text=gettext_lazy("Code of the reason why it ended."))
    note = models.CharField(
        max_length=MAX_NOTE_LENGTH, blank=True, help_text=gettext_lazy("Note of the person who ended it.")
    )
    proposed_at = models.DateTimeField()
    state_changed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True, help_text=gettext_lazy("When the clock of this state ends."))
    remind_at = models.DateTimeField(
        null=True, blank=True, help_text=gettext_lazy("When the side that is to act is reminded.")
    )
    escalated_at = models.DateTimeField(
        null=True, blank=True, help_text=gettext_lazy("When it was escalated to the reviewers.")
    )
    offer_leaves_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy("When the offer of an approved match leaves; until then the approval can be undone."),
    )
    offered_at = models.DateTimeField(
        null=True, blank=True, help_text=gettext_lazy("When it was offered to the volunteer.")
    )
    campaign_asked_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy("When the campaign was asked about the acceptance; in a team, once it is complete."),
    )
    revocable_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy("Until when an acceptance that was given on the phone can be revoked."),
    )
    is_broadcast = models.BooleanField(
        default=False,
        help_text=gettext_lazy("Offered to several volunteers at once: the first to accept takes the seat."),
    )

    class Meta:
        verbose_name_plural = gettext_lazy("matches")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MatchState.values), name="matching_match_state"),
            # Two matches never hold one seat, and one volunteer never holds two seats of a request. The code
            # checks this first, but only the indexes decide between transactions that run at the same time.
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
            # Read by lifecycle.actions.clocks: what is due, and where to remind.
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="matching_match_due"),
            models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="matching_match_remind"),
            models.Index(
                fields=["offer_leaves_at"], condition=Q(offer_leaves_at__isnull=False), name="matching_match_leaving"
            ),
            # Read by the review list and by the snapshot.
            models.Index(fields=["state", "-score"], name="matching_match_review"),
        ]
        triggers = [
            # The unique constraints need the request in this table; the trigger keeps it equal to the seat's.
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
        return _("Match %(number)s") % {"number": str(self.public_id)[:8]}


class ProposalManager(models.Manager["Proposal"]):
    """The manager of proposals: matches that wait for a reviewer."""

    def get_queryset(self) -> "models.QuerySet[Proposal]":
        """Return only matches in the state `proposed`."""
        return super().get_queryset().filter(state=MatchState.PROPOSED)


class Proposal(Match):
    """A match that waits for a reviewer: a proxy for the review list in the admin."""

    objects: ClassVar[ProposalManager] = ProposalManager()

    class Meta:
        proxy = True
