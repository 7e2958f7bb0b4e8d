"""What the two sides of a match say to each other, report and tick off."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from core.notifications.outbox import enqueue_notice
from matching.actions.steps import hold, may_review, tell_reviewers
from matching.checklists import CHECKLISTS, Stage
from matching.models import Check, Match, Message, Report
from matching.queries.matches import active_policy, contact_of, reported, side_of
from matching.rules import KNEW, MET, TALKING, Problem, Side, State


@transaction.atomic
def write(*, actor: User, match: Match, text: str, at: datetime) -> Message:
    """One side writes to the other through us, so that neither needs the other's contact.

    Raises NotAllowed (no part in it), WrongState (not before the yes, not after the end, not while a report is open),
    Invalid (nothing written).
    """
    side = _part(actor, match)
    match = hold(match)
    if match.state not in TALKING:
        raise WrongState("Messages can be exchanged from the volunteer's yes until the work is over.")
    if reported(match) and side != Side.REVIEWER:
        raise WrongState("Contact pauses while a reviewer looks at a report. We will write to you.")
    if not text.strip():
        raise Invalid("Write something first.", field="text")
    message = Message.objects.create(match=match, side=side, author=actor, text=text.strip(), written_at=at)
    if side == Side.CAMPAIGN and match.state == State.ACTIVE:
        Match.objects.filter(pk=match.pk).update(remind_at=at + timedelta(days=active_policy().silent_days))
    others = {Side.VOLUNTEER: match.volunteer.user, Side.CAMPAIGN: contact_of(match.request)}
    for other, user in others.items():
        if other != side and user is not None:
            name = str(message.public_id)
            subjects = {"match": str(match.public_id), "message": name}
            enqueue_notice(to=user, kind="message", cause=f"message:{name}:{other}", subjects=subjects, at=at)
    return message


def report(*, actor: User, match: Match, problem: str, text: str = "", at: datetime) -> Report:
    """Somebody of the match says that something is wrong: contact pauses, and a reviewer looks at it within a day.

    It can be said after the end, too: what was misused may come to light only then.
    Raises NotAllowed, WrongState (reported already), Invalid (what it is about).
    """
    side = _part(actor, match, KNEW)
    if problem not in Problem.values:
        raise Invalid(f"Say what it is about: {', '.join(Problem.values)}.", field="problem")
    due_at = at + timedelta(hours=active_policy().report_hours)
    try:
        with transaction.atomic():
            match = hold(match)
            made = Report.objects.create(
                match=match, side=side, reported_by=actor, problem=problem, text=text, reported_at=at, due_at=due_at
            )
            tell_reviewers("report", match, at=at, about=made.public_id)
    except IntegrityError as error:
        raise WrongState("You have reported this already. A reviewer is looking at it.") from error
    return made


@transaction.atomic
def handle_report(*, actor: User, report: Report, outcome: str, at: datetime) -> Report:
    """A reviewer from outside the contest has looked at it; what was found and done is kept for reviewers.

    Contact goes on, unless the match was ended meanwhile. Raises NotAllowed, WrongState, Invalid (no outcome).
    """
    may_review(actor, report.match.request)
    if not outcome.strip():
        raise Invalid("Write down what you found and what was done.", field="outcome")
    hold(report.match)
    open_one = Report.objects.filter(pk=report.pk, handled_at=None)
    if not open_one.update(handled_by=actor, handled_at=at, outcome=outcome.strip()):
        raise WrongState("Another reviewer has handled this report.")
    if report.reported_by:
        subjects = {"match": str(report.match.public_id)}
        cause = f"report-handled:{report.public_id}"
        enqueue_notice(to=report.reported_by, kind="report-handled", cause=cause, subjects=subjects, at=at)
    report.refresh_from_db()
    return report


@transaction.atomic
def tick(*, actor: User, match: Match, stage: str, code: str, done: bool = True, at: datetime) -> None:
    """Ticks a line of the kick-off or closing list, or takes the tick back; each side ticks its own lines.

    Raises NotAllowed, WrongState (not its time), Invalid (no such line).
    """
    side = _part(actor, match)
    item = next((one for one in CHECKLISTS.get(Stage(stage), ()) if one.code == code), None)
    if item is None:
        raise Invalid("There is no such line in this list.", field="code")
    if item.side != side:
        raise NotAllowed("This line is for the other side to tick.")
    match = hold(match)
    open_in = {Stage.KICKOFF: (State.ACTIVE,), Stage.CLOSING: (State.CLOSING,)}
    if match.state not in open_in[Stage(stage)]:
        raise WrongState("This list is gone through while the work begins, or while it is handed over.")
    if done:
        Check.objects.get_or_create(match=match, stage=stage, code=code, defaults={"done_at": at, "done_by": actor})
    else:
        Check.objects.filter(match=match, stage=stage, code=code).delete()


def _part(actor: User, match: Match, campaign_in: tuple[State, ...] = MET) -> Side:
    side = side_of(actor, match)
    if side is None or (side == Side.CAMPAIGN and match.state not in campaign_in):
        raise NotAllowed("You have no part in this match.")
    return side
