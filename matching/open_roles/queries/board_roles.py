"""Find the open roles that the public board may show."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from campaigns.models import Role, Seat
from core.models import Skill
from matching.engine.problem import Int
from matching.models import Policy
from matching.snapshot.open_seats import open_seats
from matching.snapshot.unusable_rows import usable_seat

SECURITY_BRANCH = "security"
"""The branch of skills that guard a campaign: who asks for them says that the campaign is open to attack."""


def board_seats(policy: Policy, *, on: date) -> "QuerySet[Seat]":
    """Return the seats behind the board: those that a run could fill on that day, less what the board never shows.

    Never shown are emergencies, roles for vetted volunteers, and requests that their campaign keeps off the board. A
    request with any security work is left out whole: its other roles would stand beside it and give it away.
    """
    security_roles = Role.objects.filter(skill__in=security_skills())
    return open_seats(on=on, horizon_days=policy.horizon_days, include_approved=True).filter(
        usable_seat(),
        ~Q(role__request__in=security_roles.values("request")),
        role__vetted_for="",
        role__request__is_on_board=True,
        role__request__emergency=False,
    )


def security_skills() -> "QuerySet[Skill]":
    """Return the branch of security and the skills below it, down to four levels, as part of a statement."""
    paths = ["__".join([*["parent"] * depth, "code"]) for depth in range(5)]
    return Skill.objects.filter(reduce(or_, (Q(**{path: SECURITY_BRANCH}) for path in paths))).order_by()


def roles_with_ids(ids: Int | list[int]) -> "QuerySet[Role]":
    """Return the roles with these ids."""
    # As the text of an array: thousands of parameters take long to parse, and Django prepares each number of a list.
    array = Value(f"{{{','.join(str(int(pk)) for pk in ids)}}}")
    template = "(%(expressions)s::bigint[]))"
    is_among = Func(F("pk"), array, template=template, arg_joiner=" = ANY (", output_field=BooleanField())
    return Role.objects.filter(is_among)
