"""Read runs."""

from django.db.models import QuerySet

from core.conflict_of_interest import no_part_in_contest
from core.models import User
from matching.models import Run

CONTESTS_OF_RUN = "roles__request__campaign__candidate__contest"
"""The lookup path from a run to the contests of the roles that it is limited to."""


def runs_visible_to(user: User) -> "QuerySet[Run]":
    """Return the runs that a reviewer sees: all but those limited to roles of a contest in which they have a part.

    The result of such a run says how a single request stands; that of others counts everything together.
    """
    return Run.objects.filter(no_part_in_contest(user, CONTESTS_OF_RUN)) if user.is_reviewer else Run.objects.none()
