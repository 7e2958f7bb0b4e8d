"""The policy: weights, limits and clocks of runs and matches."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.clock_rules import TieredHours
from core.models import PublicIdModel
from core.models.zone_trigger import KNOWN_TIME_ZONE
from matching.rules.score_parts import PARTS

MAX_UNDO_MINUTES = 120

POSITIVE_FIELDS = (
    *(
        f"{clock}_hours{tier}"
        for clock in ("review", "offer", "confirm")
        for tier in ("", "_near_election", "_final_weeks")
    ),
    *(
        "team_completion_hours",
        "closing_days",
        "campaign_silence_days",
        "max_unanswered_acceptances",
        "availability_valid_days",
        "max_offers_per_week",
        "no_match_notice_days",
        "hand_answer_days",
    ),
    *(
        "broadcast_size",
        "broadcast_after_declines",
        "emergency_broadcast_size",
        "emergency_answer_minutes",
        "report_review_hours",
        "run_interval_hours",
    ),
)
"""The fields that must be at least 1: with 0, a clock would end when it starts."""


@pghistory.track()
class Policy(PublicIdModel):
    """One version of the policy. A draft can be edited; an active or retired version never changes."""

    class State(models.TextChoices):
        """The state of a version: draft, in force, or replaced."""

        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("Active")
        RETIRED = "retired", _("Retired")

    number = models.PositiveIntegerField(_("version"), unique=True)
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT, editable=False)
    activated_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When this version came into force.")
    )
    # The body of a class is a namespace like any other: each part of the score puts the field of its weight into it.
    for _part in PARTS:
        vars()[_part.weight_field] = models.PositiveSmallIntegerField(
            default=_part.default_weight, help_text=_(_part.weight_help)
        )
    del _part
    horizon_days = models.PositiveSmallIntegerField(
        default=42, help_text=_("Days ahead: requests that start later wait for a later run.")
    )
    array_retention_days = models.PositiveSmallIntegerField(
        default=7, help_text=_("Days for which a run's pseudonymous arrays are stored.")
    )
    review_hours = models.PositiveSmallIntegerField(default=24, help_text=_("Working hours for a reviewer to decide."))
    review_hours_near_election = models.PositiveSmallIntegerField(
        default=12, help_text=_("The same with less than six weeks to the election.")
    )
    review_hours_final_weeks = models.PositiveSmallIntegerField(
        default=4, help_text=_("The same with less than two weeks to the election.")
    )
    undo_minutes = models.PositiveSmallIntegerField(
        default=10,
        help_text=_("Minutes for which an approval can be undone before its offer leaves; urgent ones leave at once."),
    )
    offer_hours = models.PositiveSmallIntegerField(default=48, help_text=_("Hours for a volunteer to answer an offer."))
    offer_hours_near_election = models.PositiveSmallIntegerField(
        default=24, help_text=_("The same with less than six weeks to the election.")
    )
    offer_hours_final_weeks = models.PositiveSmallIntegerField(
        default=12, help_text=_("The same with less than two weeks to the election.")
    )
    confirm_hours = models.PositiveSmallIntegerField(
        default=48, help_text=_("Hours for a campaign to answer an acceptance.")
    )
    confirm_hours_near_election = models.PositiveSmallIntegerField(
        default=24, help_text=_("The same with less than six weeks to the election.")
    )
    confirm_hours_final_weeks = models.PositiveSmallIntegerField(
        default=12, help_text=_("The same with less than two weeks to the election.")
    )
    team_completion_hours = models.PositiveSmallIntegerField(
        default=120, help_text=_("Hours for a team that begins together to be complete.")
    )
    closing_days = models.PositiveSmallIntegerField(default=14, help_text=_("Days for the hand-over."))
    campaign_silence_days = models.PositiveSmallIntegerField(
        default=7, help_text=_("Days without a message from the campaign before reviewers are notified.")
    )
    max_unanswered_acceptances = models.PositiveSmallIntegerField(
        default=3, help_text=_("Acceptances in a row that a campaign may leave unanswered before it is paused.")
    )
    rest_days = models.PositiveSmallIntegerField(
        default=14, help_text=_("Days of rest after a project, unless the volunteer waives them.")
    )
    availability_valid_days = models.PositiveSmallIntegerField(
        default=60, help_text=_("Days after which a volunteer's availability must be confirmed again.")
    )
    max_offers_per_week = models.PositiveSmallIntegerField(
        default=3, help_text=_("Maximum offers to one volunteer in a week.")
    )
    no_match_notice_days = models.PositiveSmallIntegerField(
        default=14, help_text=_("Minimum days between “no match yet” messages to one volunteer.")
    )
    hand_answer_days = models.PositiveSmallIntegerField(
        default=7, help_text=_("Days within which a raised hand gets an answer: an offer, or why there is none yet.")
    )
    broadcast_size = models.PositiveSmallIntegerField(
        default=3, help_text=_("Volunteers who are asked at once for an ordinary seat.")
    )
    broadcast_after_declines = models.PositiveSmallIntegerField(
        default=2, help_text=_("Declines before a seat may be offered to several volunteers at once.")
    )
    emergency_broadcast_size = models.PositiveSmallIntegerField(
        default=5, help_text=_("Volunteers who are asked at once in an emergency.")
    )
    emergency_answer_minutes = models.PositiveSmallIntegerField(
        default=30, help_text=_("Minutes to answer an emergency's offer.")
    )
    report_review_hours = models.PositiveSmallIntegerField(
        default=24, help_text=_("Hours for a reviewer to handle a problem report.")
    )
    run_interval_hours = models.PositiveSmallIntegerField(default=24, help_text=_("Hours between two full runs."))
    time_zone = models.CharField(max_length=64, default="America/New_York", help_text=_("The reviewers' time zone."))

    class Meta:
        verbose_name_plural = _("policies")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="active"), name="matching_policy_one_active"),
            models.CheckConstraint(condition=Q(state__in=["draft", "active", "retired"]), name="matching_policy_state"),
            models.CheckConstraint(
                condition=Q(**{f"{part.weight_field}__lte": 1000 for part in PARTS}), name="matching_policy_weights"
            ),
            models.CheckConstraint(
                condition=Q(undo_minutes__lte=MAX_UNDO_MINUTES), name="matching_policy_undo_minutes"
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 1 for name in POSITIVE_FIELDS}),
                name="matching_policy_clocks",
            ),
        ]
        triggers = [KNOWN_TIME_ZONE]

    def __str__(self) -> str:
        return gettext("%(name)s (version %(number)d)") % {"name": self.name, "number": self.number}

    @property
    def weights(self) -> dict[str, int]:
        """The weight of each part of the score, by the part's name."""
        return {part.name: getattr(self, part.weight_field) for part in PARTS}

    @property
    def review(self) -> TieredHours:
        """The working hours that a reviewer has to decide."""
        return TieredHours(self.review_hours, self.review_hours_near_election, self.review_hours_final_weeks)

    @property
    def offer(self) -> TieredHours:
        """The hours that a volunteer has to answer an offer."""
        return TieredHours(self.offer_hours, self.offer_hours_near_election, self.offer_hours_final_weeks)

    @property
    def confirm(self) -> TieredHours:
        """The hours that a campaign has to answer an acceptance."""
        return TieredHours(self.confirm_hours, self.confirm_hours_near_election, self.confirm_hours_final_weeks)
