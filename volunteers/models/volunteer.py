"""Volunteers. They are personal data: history does not track this table, so that a person can be erased."""

from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.enums import OfficeLevel, OptionalAnswer
from core.models import ImportedModel, Jurisdiction, Party, PublicIdModel, VersionedModel, build_day_bounds
from core.models.user import MAX_FIRST_NAME_LENGTH
from core.models.zone_trigger import KNOWN_TIME_ZONE


def default_languages() -> list[str]:
    """Return the languages of a volunteer who gave none."""
    return ["en"]


class Volunteer(PublicIdModel, VersionedModel, ImportedModel):
    """A volunteer, or, while `user` is empty, an imported profile that the person has not claimed yet.

    Levels, parties and jurisdictions are preferences; with the flag beside them they are limits. They reveal political
    opinion and are visible to the volunteer and to reviewers only.
    """

    class State(models.TextChoices):
        """Whether the volunteer is in the supply."""

        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        LEFT = "left", _("Left")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="volunteer"
    )
    first_name = models.CharField(max_length=MAX_FIRST_NAME_LENGTH, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True, help_text=_("Of an unclaimed profile: the address for the invitation."))
    contact = models.CharField(
        max_length=200, blank=True, help_text=_("For the members of a project. Empty: the account's address.")
    )
    adult = models.BooleanField(default=False, help_text=_("Says to be 18 or over."))
    max_hours_per_week = models.PositiveSmallIntegerField(help_text=_("Most hours a week."))
    max_projects = models.PositiveSmallIntegerField(default=1, help_text=_("Most projects at once."))
    time_zone = models.CharField(max_length=64)
    languages = ArrayField(models.CharField(max_length=10), default=default_languages)
    wants_to_lead = models.BooleanField(default=False)
    may_make_decisions = models.CharField(
        max_length=6,
        choices=OptionalAnswer,
        default=OptionalAnswer.NOT_SAID,
        help_text=_("May take decisions in campaigns here."),
    )
    job_restricts = models.CharField(
        max_length=6,
        choices=OptionalAnswer,
        default=OptionalAnswer.NOT_SAID,
        help_text=_("The job restricts political work."),
    )
    levels = ArrayField(models.CharField(max_length=10, choices=OfficeLevel), default=list, blank=True)
    restrict_to_levels = models.BooleanField(default=False)
    parties = models.ManyToManyField(Party, blank=True, related_name="+")
    restrict_to_parties = models.BooleanField(default=False)
    jurisdictions = models.ManyToManyField(Jurisdiction, blank=True, related_name="+")
    restrict_to_jurisdictions = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE, editable=False)
    waiting_since = models.DateTimeField(editable=False, help_text=_("Since sign-up, or the end of the last project."))
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    on_call = models.BooleanField(
        default=False, help_text=_("May be asked at any hour when a campaign has been hacked.")
    )
    rest_until = models.DateField(null=True, blank=True, editable=False, help_text=_("Rests after a project."))
    availability_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer_due_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("Until when an answer is promised: an offer, or why there is none yet. Empty once it is given."),
    )
    answer_escalated_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When the reviewers were told that the answer is late.")
    )
    erased_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("Since then anonymous: its matches are still counted.")
    )

    class Meta(ImportedModel.Meta):
        abstract = False
        constraints = [
            *ImportedModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(max_hours_per_week__range=(1, 60)), name="volunteers_volunteer_hours"
            ),
            models.CheckConstraint(
                condition=models.Q(max_projects__range=(1, 5)), name="volunteers_volunteer_projects"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["active", "paused", "left"]), name="volunteers_volunteer_state"
            ),
            models.CheckConstraint(
                condition=models.Q(may_make_decisions__in=OptionalAnswer.values), name="volunteers_volunteer_decide"
            ),
            models.CheckConstraint(
                condition=models.Q(job_restricts__in=OptionalAnswer.values), name="volunteers_volunteer_job"
            ),
            # A profile is claimed exactly when it has an account: only the volunteer themselves can claim it.
            models.CheckConstraint(
                condition=models.Q(user=None, claimed_at=None) | models.Q(user__isnull=False, claimed_at__isnull=False),
                name="volunteers_volunteer_claimed",
            ),
            models.CheckConstraint(
                condition=models.Q(user=None) | models.Q(adult=True), name="volunteers_volunteer_adult"
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(user=None, state="left", first_name="", last_name="", email="", contact=""),
                name="volunteers_volunteer_erased",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_due_at=None) | models.Q(state="active", user__isnull=False),
                name="volunteers_volunteer_promise",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_escalated_at=None) | models.Q(answer_due_at__isnull=False),
                name="volunteers_volunteer_escalated",
            ),
            *build_day_bounds("volunteers_volunteer", "rest_until"),
        ]
        triggers = [KNOWN_TIME_ZONE]
        indexes = [
            # Read by matching.runs.queries.supply_estimate: which zones there are.
            models.Index(fields=["time_zone"], name="volunteers_volunteer_zone"),
            # Read by volunteers.queries: promises past their date.
            models.Index(
                fields=["answer_due_at"],
                condition=models.Q(answer_due_at__isnull=False),
                name="volunteers_volunteer_promised",
            ),
        ]

    def __str__(self) -> str:
        name = " ".join(filter(None, (self.first_name, self.last_name)))
        return name or gettext("Volunteer %(id)s") % {"id": str(self.public_id)[:8]}

    @property
    def reach(self) -> str:
        """How a project's members reach the volunteer; empty for an unclaimed profile."""
        return self.contact or self.user.email if self.user else ""

    @property
    def contact_subject_id(self) -> int | UUID | None:
        """The account's id; for an unclaimed profile with an address, this row's public id."""
        return self.user_id or (self.public_id if self.email else None)
