"""Report a problem in a match, and close a report."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.models import Request
from core.clock_rules import compute_deadline
from core.conflict_of_interest import check_not_oneself
from core.errors import Invalid, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice
from matching.lifecycle.actions.locking import lock_match
from matching.lifecycle.actions.notifications import may_mail_campaign, notify_reviewers_about_match
from matching.lifecycle.actions.permissions import check_match_side, check_may_review_pair
from matching.lifecycle.actions.teams import start_ready_members
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, ProblemReport
from matching.rules.notice_types import MatchingNotice
from matching.rules.problem_kinds import ProblemKind
from matching.rules.sides import MatchSide
from matching.rules.states import STATES_REPORTABLE
from volunteers.actions.erased_profiles import check_not_erased, is_each_held

ERASED_OUTCOME = "—"
"""The outcome of a closed report about an erased volunteer: the database asks for one."""


def report_problem(*, actor: User, match: Match, kind: str, text: str = "", at: datetime) -> ProblemReport:
    """Report a problem for one side of a match: contact pauses, and the reviewers are notified.

    A report is possible after the end too, because misuse may come to light only then. Raises NotAllowed, WrongState
    (reported already; the volunteer was erased), Invalid (unknown kind of problem).
    """
    side = check_match_side(actor, match, STATES_REPORTABLE)
    if kind not in ProblemKind.values:
        kinds = ", ".join(ProblemKind.values)
        raise Invalid(_("Say what it is about: %(kinds)s.") % {"kinds": kinds}, field="kind")
    zone = match.volunteer.time_zone if side == MatchSide.VOLUNTEER else match.request.time_zone
    answer_due_at = compute_deadline(at, get_active_policy().report_review_hours, zone)
    try:
        with transaction.atomic():
            match = lock_match(match)
            check_not_erased([match.volunteer_id])
            report = ProblemReport.objects.create(
                match=match,
                side=side,
                reported_by=actor,
                kind=kind,
                text=text,
                reported_at=at,
                answer_due_at=answer_due_at,
            )
            notify_reviewers_about_match(MatchingNotice.REPORT, match, at=at, about=report.public_id)
    except IntegrityError as error:
        raise WrongState(_("You have reported this already. A reviewer is looking at it.")) from error
    return report


@transaction.atomic
def handle_report(*, actor: User, report: ProblemReport, outcome: str, at: datetime) -> ProblemReport:
    """Close a report with what was found and done, which only reviewers see, and notify its author.

    Contact goes on, unless the match has ended meanwhile, and what waited for it starts. Of a volunteer who was erased
    meanwhile no words are kept. Raises NotAllowed (a part in the contest, or the user's own report or match),
    WrongState, Invalid (no outcome).
    """
    check_may_review_pair(actor, report.match.volunteer, report.match.request.campaign)
    check_not_oneself(actor, report.reported_by_id)
    if not outcome.strip():
        raise Invalid(_("Write down what you found and what was done."), field="outcome")
    match = lock_match(report.match)
    outcome = outcome.strip() if is_each_held([match.volunteer_id]) else ERASED_OUTCOME
    open_report = ProblemReport.objects.filter(pk=report.pk, handled_at=None)
    if not open_report.update(handled_by=actor, handled_at=at, outcome=outcome):
        raise WrongState(_("Another reviewer has handled this report."))
    if report.reported_by:
        subjects = {"match": str(report.match.public_id)}
        cause = f"{MatchingNotice.REPORT_HANDLED}:{report.public_id}"
        is_mailed = report.reported_by_id == match.volunteer.user_id or may_mail_campaign(match.request)
        enqueue_notice(
            to=report.reported_by,
            kind=MatchingNotice.REPORT_HANDLED,
            cause=cause,
            subjects=subjects,
            at=at,
            is_mailed=is_mailed,
        )
    if match.request.state == Request.State.PUBLISHED:
        start_ready_members(match.request, at=at)
    report.refresh_from_db()
    return report
