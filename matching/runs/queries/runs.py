"""Read runs."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Request
from core.conflict_of_interest import list_contests_of, no_part_in_contest
from core.errors import NotFound
from core.models import User
from matching.models import Run

CONTESTS_OF_RUN = "roles__request__campaign__candidate__contest"
"""The lookup path from a run to the contests of the roles that it is limited to."""


def runs_visible_to(user: User) -> "QuerySet[Run]":
    """Return the runs that a reviewer sees: all but those that cover a contest in which they have a part.

    A run that is not limited to roles covers all contests with published requests. Two such runs, before and after a
    change, would tell what changed.
    """
    if not user.is_reviewer:
        return Run.objects.none()
    runs = Run.objects.filter(no_part_in_contest(user, CONTESTS_OF_RUN))
    return runs.filter(Exists(Run.roles.through.objects.filter(run=OuterRef("pk")))) if has_open_part(user) else runs


def has_open_part(user: User) -> bool:
    """Return whether the user has a part in a contest with a published request, over which matching runs."""
    contests = list_contests_of(user)
    published = Request.objects.filter(state=Request.State.PUBLISHED, campaign__candidate__contest__in=contests)
    return bool(contests) and published.exists()


def find_run(user: User, run_id: UUID) -> Run:
    """Return the run with this public id. Raises NotFound where the user may not see it."""
    run = runs_visible_to(user).select_related("policy", "base").filter(public_id=run_id).first()
    if run is None:
        raise NotFound(_("There is no such run."))
    return run


def list_recent_runs(user: User, *, limit: int) -> list[Run]:
    """Return the runs that the user may see and that were requested last, the newest first."""
    return list(runs_visible_to(user).select_related("policy").order_by("-requested_at", "-pk")[:limit])


def find_last_full_run(user: User) -> Run | None:
    """Return the last run over everything that is done, unless it was a dry run or the user may not see it."""
    runs = runs_visible_to(user).filter(state=Run.State.DONE, is_limited=False, dry_run=False)
    return runs.select_related("policy").order_by("-finished_at").first()
