"""Requests: projects for which a campaign asks for volunteers."""

from datetime import timedelta

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import day_triggers
from campaigns.models.campaign import Campaign, Member
from campaigns.models.playbook import Playbook, Staffing
from core.date_rules import MAX_REQUEST_SPAN_DAYS
from core.enums import Weekday
from core.models import ImportedModel, PublicIdModel, VersionedModel, build_day_bounds
from core.models.zone_trigger import KNOWN_TIME_ZONE
from core.reference_texts import ReferenceKind, translate_reference


# Both fields may name the member who reported an emergency, and history is never erased: so it leaves them out.
@pghistory.track(exclude=["brief", "channel"])
class Request(PublicIdModel, VersionedModel, ImportedModel):
    """One project. Its summary is shown with an offer; its brief is confidential until the match is active."""

    class State(models.TextChoices):
        """Progress of a request from draft to its end."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    class CancelReason(models.TextChoices):
        """Why a campaign cancels a request. No volunteer reads it."""

        NOT_GIVEN = "", _("Rather not say")
        DONE_ELSEWHERE = "elsewhere", _("We found help elsewhere")
        TOO_SLOW = "too_slow", _("It took too long to find people")
        NOT_NEEDED = "not_needed", _("We no longer need it")
        NO_TIME = "no_time", _("We have no time for it")
        OTHER = "other", _("Something else")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="requests")
    playbook = models.ForeignKey(Playbook, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=160)
    summary = models.TextField(max_length=2000, blank=True)
    brief = models.TextField(max_length=10000, blank=True)
    out_of_scope = models.TextField(max_length=2000, blank=True, help_text=_("What the project does not include."))
    channel = models.CharField(
        max_length=200, blank=True, help_text=_("Where its volunteers talk, once they are active.")
    )
    contact = models.ForeignKey(
        Member,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Answers the volunteers every week. A request is not published without one."),
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    time_zone = models.CharField(max_length=64, default="America/New_York")
    priority = models.PositiveSmallIntegerField(default=3, help_text=_("1 can wait, 5 cannot."))
    urgent = models.BooleanField(default=False)
    emergency = models.BooleanField(
        default=False,
        editable=False,
        help_text=_("A security incident: several volunteers are asked at once, and no name is shown."),
    )
    staffing = models.CharField(max_length=8, choices=Staffing, default=Staffing.ROLLING)
    auto_confirm = models.BooleanField(
        default=False, help_text=_("Volunteers who accept are confirmed without the campaign.")
    )
    is_on_board = models.BooleanField(
        default=True, help_text=_("Its open roles may be shown on the public board, without the campaign's name.")
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    cancel_reason = models.CharField(
        max_length=10, choices=CancelReason, blank=True, editable=False, help_text=_("Why the campaign cancelled it.")
    )
    created_at = models.DateTimeField(editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    terms_changed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When the terms that decide who fits last changed.")
    )

    class Meta(ImportedModel.Meta):
        abstract = False
        constraints = [
            *ImportedModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="campaigns_request_dates"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__lte=models.F("starts_on") + timedelta(days=MAX_REQUEST_SPAN_DAYS)),
                name="campaigns_request_span",
            ),
            *build_day_bounds("campaigns_request", "starts_on", "ends_on"),
            models.CheckConstraint(condition=models.Q(priority__range=(1, 5)), name="campaigns_request_priority"),
            models.CheckConstraint(condition=models.Q(staffing__in=Staffing.values), name="campaigns_request_staffing"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "published", "closed", "cancelled"]),
                name="campaigns_request_state",
            ),
            models.CheckConstraint(
                condition=models.Q(cancel_reason="")
                | models.Q(
                    state="cancelled", cancel_reason__in=["elsewhere", "too_slow", "not_needed", "no_time", "other"]
                ),
                name="campaigns_request_cancel_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="campaigns_request_published_when",
            ),
        ]
        triggers = [day_triggers.REQUEST_DAYS, KNOWN_TIME_ZONE]
        indexes = [
            # Read by the matcher's snapshot.
            models.Index(fields=["starts_on"], condition=models.Q(state="published"), name="campaigns_request_open"),
        ]

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        """Return the title in the active language, where it is that of a playbook or the name of a skill."""
        return translate_reference(self.title, ReferenceKind.PLAYBOOK, ReferenceKind.SKILL)

    @property
    def shown_summary(self) -> str:
        """Return the summary in the active language, where it is that of a playbook."""
        return translate_reference(self.summary, ReferenceKind.PLAYBOOK)


class RequestWindow(models.Model):
    """A weekly time at which the volunteers work or meet, in the request's time zone.

    A request without work windows allows work at any time. `ends` at or before `starts` is on the next day.
    """

    class Kind(models.TextChoices):
        """Purpose of a window."""

        WORK = "work", _("Work")
        MEETING = "meeting", _("Meeting")

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="windows")
    kind = models.CharField(max_length=8, choices=Kind)
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["kind", "weekday", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "weekday", "starts"], name="campaigns_window_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["work", "meeting"]), name="campaigns_window_kind"),
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="campaigns_window_weekday"),
            models.CheckConstraint(condition=~models.Q(starts=models.F("ends")), name="campaigns_window_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}-{self.ends:%H:%M}"
