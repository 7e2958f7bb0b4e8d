"""How far a match of the cast has come: Alice in the one seat of Carol's request."""

from datetime import datetime, timedelta

from django.db.models import F

from campaigns.models import Request
from campaigns.rules import RoleDraft
from core.models import Notice, User
from matching.lifecycle.actions.campaign_answers import confirm_match, finish_work
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match, Run
from matching.rules.states import MatchState
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run, requeue_lost_runs
from tests.cast import Cast, publish_new_request

FRONT_END_ROLE = RoleDraft(name="Front end", skill="front-end", hours=4)


def execute_full_run(at: datetime) -> Run:
    """A run over everything, at once; what waited for a worker is answered by it."""
    Run.objects.filter(state=Run.State.QUEUED).delete()
    done = execute_run(queue_run(actor=None, at=at).pk, now=lambda: at, seconds=lambda: 0.0)
    assert done is not None
    assert (done.state, done.error) == (Run.State.DONE, "")
    return done


def execute_queued_runs(at: datetime) -> int:
    """Executes every run that waits, as a worker does; returns how many."""
    requeue_lost_runs(at=at)
    waiting = list(Run.objects.filter(state=Run.State.QUEUED).order_by("asked_at").values_list("pk", flat=True))
    for pk in waiting:
        done = execute_run(pk, now=lambda: at, seconds=lambda: 0.0)
        assert done is not None
        assert (done.state, done.error) == (Run.State.DONE, "")
    return len(waiting)


def make_proposed_match(cast: Cast, at: datetime, user: User | None = None) -> Match:
    """Alice is proposed."""
    execute_full_run(at)
    return Match.objects.get(volunteer__user=user or cast.alice, state=MatchState.PROPOSED)


def make_offered_match(cast: Cast, at: datetime) -> Match:
    """Alice has been asked."""
    match = approve_match(actor=cast.rita, match=make_proposed_match(cast, at), at=at)
    mark_notices_sent()
    return match


def make_accepted_match(cast: Cast, at: datetime) -> Match:
    """Alice has said yes."""
    match = accept_offer(actor=cast.alice, match=make_offered_match(cast, at), at=at)
    mark_notices_sent()
    return match


def make_active_match(cast: Cast, at: datetime) -> Match:
    """Carol has said yes too."""
    return confirm_match(actor=cast.carol, match=make_accepted_match(cast, at), at=at)


def make_closing_match(cast: Cast, at: datetime) -> Match:
    """The work is done."""
    return finish_work(actor=cast.carol, match=make_active_match(cast, at), at=at)


MAKER_BY_STATE = {
    MatchState.PROPOSED: make_proposed_match,
    MatchState.OFFERED: make_offered_match,
    MatchState.ACCEPTED: make_accepted_match,
    MatchState.ACTIVE: make_active_match,
    MatchState.CLOSING: make_closing_match,
}


def publish_team_request(cast: Cast, at: datetime, *, minimum: int | None = None) -> Request:
    """Instead of the one seat: a request for two, staffed whole."""
    cast.request.roles.all().delete()
    roles = [
        RoleDraft(name="Front end", skill="front-end", hours=4),
        RoleDraft(name="Copy", skill="copywriting", hours=2, minimum=minimum),
    ]
    days = {"starts_on": at.date() + timedelta(days=7), "ends_on": at.date() + timedelta(days=48)}
    return publish_new_request(cast.carol, cast.campaign, at, title="Team", roles=roles, staffing="whole", **days)


def mark_notices_sent() -> None:
    """What is owed to anybody has left when it was owed."""
    Notice.objects.filter(sent_at=None).update(sent_at=F("created_at"))


def list_notified_names(kind: str) -> set[str]:
    """Who is owed a notice of this kind."""
    return {notice.recipient.email.split("@")[0] for notice in Notice.objects.filter(kind=kind) if notice.recipient}
