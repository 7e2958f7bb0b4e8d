"""The weights, limits and clocks that a run uses."""

import pghistory
from django.db import models
from django.db.models import Q

from core.clock_rules import TieredHours
from core.models import PublicIdModel

WEIGHT_FIELDS = {
    "priority": "weight_priority",
    "election": "weight_election",
    "waiting": "weight_request_wait",
    "level": "weight_level",
    "wanted": "weight_wanted_skill",
    "nice": "weight_nice_skills",
    "spare": "weight_spare_time",
    "place": "weight_jurisdiction",
    "turn": "weight_volunteer_wait",
}
"""The field of `Policy` that weighs a part of the score, by the part's name."""

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
"""What must be at least one, or a clock would end before it began."""


@pghistory.track()
class Policy(PublicIdModel):
    """One version of the rules we use. A draft is edited freely, an active or retired one never again."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "Draft"
        ACTIVE = "active", "Active"
        RETIRED = "retired", "Retired"

    number = models.PositiveIntegerField("version", unique=True)
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT, editable=False)
    activated_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When it came into force.")
    weight_priority = models.PositiveSmallIntegerField(default=40, help_text="For each step of a request's priority.")
    weight_election = models.PositiveSmallIntegerField(
        default=4, help_text="For each week nearer to the election than 26."
    )
    weight_request_wait = models.PositiveSmallIntegerField(
        default=6, help_text="For each week that the request waits, up to 12."
    )
    weight_level = models.PositiveSmallIntegerField(
        default=10, help_text="For each level above the one asked for, up to 2."
    )
    weight_wanted_skill = models.PositiveSmallIntegerField(
        default=25, help_text="When the volunteer would like to use the skill."
    )
    weight_nice_skills = models.PositiveSmallIntegerField(default=8, help_text="For each nice-to-have skill, up to 3.")
    weight_spare_time = models.PositiveSmallIntegerField(
        default=3, help_text="For each two spare hours in common, up to 5 times."
    )
    weight_jurisdiction = models.PositiveSmallIntegerField(
        default=12, help_text="When the contest is in a place that they named."
    )
    weight_volunteer_wait = models.PositiveSmallIntegerField(
        default=2, help_text="For each week that the volunteer waits, up to 26."
    )
    horizon_days = models.PositiveSmallIntegerField(
        default=42, help_text="Requests that start within these days compete."
    )
    array_retention_days = models.PositiveSmallIntegerField(
        default=7, help_text="How long a run's pseudonymous arrays are kept."
    )
    review_hours = models.PositiveSmallIntegerField(default=24, help_text="Working hours for a reviewer to decide.")
    review_hours_near_election = models.PositiveSmallIntegerField(
        default=12, help_text="Under six weeks to the election."
    )
    review_hours_final_weeks = models.PositiveSmallIntegerField(default=4, help_text="Under two weeks to the election.")
    offer_hours = models.PositiveSmallIntegerField(default=48, help_text="For a volunteer to answer.")
    offer_hours_near_election = models.PositiveSmallIntegerField(
        default=24, help_text="Under six weeks to the election."
    )
    offer_hours_final_weeks = models.PositiveSmallIntegerField(default=12, help_text="Under two weeks to the election.")
    confirm_hours = models.PositiveSmallIntegerField(default=48, help_text="For a campaign to answer.")
    confirm_hours_near_election = models.PositiveSmallIntegerField(
        default=24, help_text="Under six weeks to the election."
    )
    confirm_hours_final_weeks = models.PositiveSmallIntegerField(
        default=12, help_text="Under two weeks to the election."
    )
    team_completion_hours = models.PositiveSmallIntegerField(default=120, help_text="For a whole team to be complete.")
    closing_days = models.PositiveSmallIntegerField(default=14, help_text="For the hand-over.")
    campaign_silence_days = models.PositiveSmallIntegerField(
        default=7, help_text="Without a word from the campaign, a reviewer is told."
    )
    max_unanswered_acceptances = models.PositiveSmallIntegerField(
        default=3, help_text="Acceptances in a row that a campaign leaves unanswered before it gets no new offers."
    )
    rest_days = models.PositiveSmallIntegerField(default=14, help_text="After a project, unless waived.")
    availability_valid_days = models.PositiveSmallIntegerField(
        default=60, help_text="Availability must be confirmed this often."
    )
    max_offers_per_week = models.PositiveSmallIntegerField(default=3, help_text="Nobody is asked more often than this.")
    no_match_notice_days = models.PositiveSmallIntegerField(
        default=14, help_text="Whom nothing fits is told so this often at most."
    )
    broadcast_size = models.PositiveSmallIntegerField(
        default=3, help_text="People asked at once for an ordinary place."
    )
    broadcast_after_declines = models.PositiveSmallIntegerField(
        default=2, help_text="Declines before a place may be offered to several at once."
    )
    emergency_broadcast_size = models.PositiveSmallIntegerField(
        default=5, help_text="People asked at once in an emergency."
    )
    emergency_answer_minutes = models.PositiveSmallIntegerField(default=30, help_text="For an emergency's offers.")
    report_review_hours = models.PositiveSmallIntegerField(default=24, help_text="For a reviewer to look at a report.")
    run_interval_hours = models.PositiveSmallIntegerField(
        default=24, help_text="A run over everything is asked this often."
    )
    time_zone = models.CharField(max_length=64, default="America/New_York", help_text="Where the reviewers work.")

    class Meta:
        verbose_name_plural = "policies"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="active"), name="matching_policy_one_active"),
            models.CheckConstraint(condition=Q(state__in=["draft", "active", "retired"]), name="matching_policy_state"),
            models.CheckConstraint(
                condition=Q(**{f"{name}__lte": 1000 for name in WEIGHT_FIELDS.values()}), name="matching_policy_weights"
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 1 for name in POSITIVE_FIELDS}),
                name="matching_policy_clocks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (version {self.number})"

    @property
    def review(self) -> TieredHours:
        """A reviewer's clock."""
        return TieredHours(self.review_hours, self.review_hours_near_election, self.review_hours_final_weeks)

    @property
    def offer(self) -> TieredHours:
        """A volunteer's clock."""
        return TieredHours(self.offer_hours, self.offer_hours_near_election, self.offer_hours_final_weeks)

    @property
    def confirm(self) -> TieredHours:
        """A campaign's clock."""
        return TieredHours(self.confirm_hours, self.confirm_hours_near_election, self.confirm_hours_final_weeks)
