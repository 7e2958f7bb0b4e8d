"""Count, once a night, how many people could take each role of the playbooks: the figure that everyone may see.

It asks for a role as the playbook has it, at any time of the week and anywhere, and knows of no campaign. So it is the
same for every reader, and probing it tells nothing of one person. Only bands are stored.
"""

from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet

from campaigns.models import PlaybookRole, PlaybookSupply
from campaigns.plan_rules import DEFAULT_TIME_ZONE, schedule_project
from matching.lifecycle.queries.policies import get_active_policy
from matching.rules.supply_estimate import SupplyQuestion, disclosed_band, hide_some
from matching.runs.queries.supply_estimate import count_fits
from matching.runs.queries.willing_volunteers import available_strangers
from matching.snapshot.available_volunteers import time_zones_in_use

NIGHT_HOUR_UTC = 8
"""From this hour on a new count is due: three in the morning in New York."""


def count_playbook_supply(*, at: datetime) -> int:
    """Count for each role that was not counted since the last night, and return how many these were.

    Calling it twice is safe, also at once.
    """
    policy = get_active_policy()
    volunteers, zones = available_strangers(policy=policy, at=at), time_zones_in_use()
    supplies = []
    for role in _list_due_roles(at):
        question = _build_question(role, at)
        fitting = count_fits(question, [], volunteers=volunteers, zones=zones).fitting
        # The same draw each night: another one would show, over the nights, how many there are.
        shown = hide_some(fitting, question=f"playbook:{role.skill.code}")
        supplies.append(PlaybookSupply(role=role, people_fitting=disclosed_band(shown), counted_at=at))
    PlaybookSupply.objects.bulk_create(
        supplies, update_conflicts=True, unique_fields=["role"], update_fields=["people_fitting", "counted_at"]
    )
    return len(supplies)


def _list_due_roles(at: datetime) -> "QuerySet[PlaybookRole]":
    night = datetime.combine(at.date(), time(NIGHT_HOUR_UTC), tzinfo=at.tzinfo)
    last_night = night if night <= at else night - timedelta(days=1)
    due = Q(supply=None) | Q(supply__counted_at__lt=last_night)
    return PlaybookRole.objects.filter(due, playbook__retired=False).select_related("playbook", "skill").order_by("pk")


def _build_question(role: PlaybookRole, at: datetime) -> SupplyQuestion:
    """Return what a role asks for in a project that is planned now."""
    weeks, today = role.playbook.weeks, at.date()
    first, last = schedule_project(wanted_on=today + timedelta(weeks=weeks + 2), weeks=weeks, today=today)
    return SupplyQuestion(
        skill=role.skill.code,
        level=role.level,
        hours=role.hours_per_week,
        languages=(),
        leads=role.is_lead,
        decides=role.makes_decisions,
        vetted_for=role.vetted_for,
        first=first,
        last=last,
        time_zone=DEFAULT_TIME_ZONE,
        work=(),
        meetings=(),
    )
