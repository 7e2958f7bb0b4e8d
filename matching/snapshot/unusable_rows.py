"""Find the rows that a run leaves out: they came past the constraints, and would stop the run for everyone."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, CheckConstraint, ExpressionWrapper, F, Model, Q, QuerySet, Value, When

from campaigns.models import Seat
from core.date_rules import FIRST_DAY, LAST_DAY, MAX_REQUEST_SPAN_DAYS
from core.time_zones import is_time_zone
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Vetting, Volunteer

MAX_LEFT_OUT_ROWS = 100  # that a run names; the others are left out as well
_STORABLE_DAYS = (FIRST_DAY, LAST_DAY)


class LeftOutRow(NamedTuple):
    """A row that a run left out: `request` or `volunteer`, and its public id."""

    kind: str
    id: str


def usable_seat() -> Q:
    """Return the condition that the numbers and days of a seat's role, request and contest can be computed with."""
    request = "role__request"
    latest_end = F(f"{request}__starts_on") + timedelta(days=MAX_REQUEST_SPAN_DAYS)
    return Q(
        **{
            "role__hours_per_week__range": (1, 60),
            "role__level__range": (1, 5),
            f"{request}__priority__range": (1, 5),
            f"{request}__starts_on__range": _STORABLE_DAYS,
            f"{request}__ends_on__range": _STORABLE_DAYS,
            f"{request}__ends_on__gte": F(f"{request}__starts_on"),
            f"{request}__ends_on__lte": latest_end,
            f"{request}__campaign__candidate__contest__election_on__range": _STORABLE_DAYS,
        }
    )


def list_unusable_requests(seats: "QuerySet[Seat]") -> list[LeftOutRow]:
    """Return the requests of these seats that a run leaves out."""
    usable = Case(When(usable_seat(), then=Value(True)), default=Value(False), output_field=BooleanField())
    columns = "role__request__public_id", "role__request__time_zone", "usable"
    rows = seats.order_by().annotate(usable=usable).values_list(*columns).distinct()
    unusable_ids = {str(public_id) for public_id, zone, is_usable in rows if not (is_usable and is_time_zone(zone))}
    return [LeftOutRow("request", public_id) for public_id in sorted(unusable_ids)]


def list_volunteers(people: "QuerySet[Volunteer]") -> list[LeftOutRow]:
    """Return these volunteers as rows that a run leaves out."""
    public_ids = people.order_by("public_id").values_list("public_id", flat=True)
    return [LeftOutRow("volunteer", str(public_id)) for public_id in public_ids]


def volunteers_breaking_constraints(people: "QuerySet[Volunteer]") -> "QuerySet[Volunteer]":
    """Return those of these volunteers who have a row that breaks a check constraint of its table.

    It reads the tables whole, so it is for a run that could not read its snapshot.
    """
    broken = Q(pk__in=_rows_breaking_constraints(Volunteer).values("pk"))
    # The wait is our clock's, and has no constraint.
    broken |= ~Q(waiting_since__date__range=_STORABLE_DAYS)
    for model in (AvailabilityWindow, SkillClaim, TimeOff, Vetting):
        broken |= Q(pk__in=_rows_breaking_constraints(model).values("volunteer"))
    return people.filter(broken)


def _rows_breaking_constraints(model: type[Model]) -> "QuerySet[Any]":
    rows: QuerySet[Any] = model._default_manager.order_by()
    broken = Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            # As an annotation: `exclude` would also return rows in which the condition is null, which it allows.
            holds = ExpressionWrapper(Q(constraint.condition), output_field=BooleanField())
            rows = rows.annotate(**{f"holds_{constraint.name}": holds})
            broken |= Q(**{f"holds_{constraint.name}": False})
    return rows.filter(broken)
