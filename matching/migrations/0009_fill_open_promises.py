from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import migrations
from django.db.models import Exists, OuterRef, Q

from core.clock_rules import TieredHours, compute_deadline, compute_working_deadline

DEFAULT_ANSWER_DAYS = 7


def fill_open_promises(apps: Any, schema_editor: Any) -> None:
    """Give everybody who waits for an answer the time until which they get it."""
    at = datetime.now(UTC)
    policy = apps.get_model("matching", "Policy").objects.filter(state="active").first()
    _promise_answers(apps, policy.hand_answer_days if policy else DEFAULT_ANSWER_DAYS, at)
    if policy:
        hours = policy.review_hours, policy.review_hours_near_election, policy.review_hours_final_weeks
        _promise_verifications(apps, TieredHours(*hours), policy.time_zone, at)


def _promise_answers(apps: Any, days: int, at: datetime) -> None:
    """Promise an answer, from now on, to the volunteers who got none since they wait. Nothing was promised before."""
    volunteers = apps.get_model("volunteers", "Volunteer").objects
    offers = apps.get_model("matching", "Match").objects.filter(
        volunteer=OuterRef("pk"), offered_at__gte=OuterRef("waiting_since")
    )
    letters = apps.get_model("core", "Notice").objects.filter(
        recipient=OuterRef("user"), kind="nothing", created_at__gte=OuterRef("waiting_since")
    )
    waiting = volunteers.filter(
        ~Exists(offers),
        ~Exists(letters),
        Q(rest_until=None) | Q(rest_until__lte=at.date()),
        state="active",
        user__isnull=False,
    )
    for zone in list(waiting.order_by("time_zone").values_list("time_zone", flat=True).distinct()):
        known_zone = zone if zone in available_timezones() else "UTC"
        waiting.filter(time_zone=zone).update(answer_due_at=compute_deadline(at, 24 * days, known_zone))


def _promise_verifications(apps: Any, hours: TieredHours, time_zone: str, at: datetime) -> None:
    """Write down what campaigns that wait to be verified were promised: a review's time since they registered."""
    managers = apps.get_model("campaigns", "Member").objects.filter(campaign=OuterRef("pk"), position="manager")
    waiting = apps.get_model("campaigns", "Campaign").objects.filter(Exists(managers), state="unverified")
    for campaign in waiting.select_related("candidate__contest"):
        contest, today = campaign.candidate.contest, at.date()
        is_primary_ahead = contest.primary_on is not None and contest.primary_on >= today
        election_on = contest.primary_on if is_primary_ahead else contest.election_on
        campaign.answer_due_at = compute_working_deadline(
            campaign.created_at, hours.hours_on(election_on, today), time_zone
        )
        campaign.save(update_fields=["answer_due_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0008_promise_hand_answers'),
        ('volunteers', '0006_promise_answers'),
        ('campaigns', '0005_promise_verification'),
        ('core', '0008_skill_aliases'),
    ]

    operations = [
        migrations.RunPython(fill_open_promises, migrations.RunPython.noop),
    ]
