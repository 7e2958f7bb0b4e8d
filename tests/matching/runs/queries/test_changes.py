"""What a run changed against the one before it, and a draft against the active policy."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from core.errors import NotAllowed, Stale, WrongState
from core.models import User
from matching.models import Match, Policy, Run
from matching.rules.states import MatchState
from matching.runs.actions.policies import activate_policy, draft_policy
from matching.runs.actions.policy_trials import try_policy
from matching.runs.queries.changes import Change, RunChanges, compare_runs
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, create_user, create_volunteer, publish_new_request
from tests.run_execution import execute_full_run, execute_queued_runs

Api = Callable[[User | None], APIClient]


def compare(run: Run, reader: User) -> RunChanges:
    changes = compare_runs(run, reader=reader)
    assert changes is not None
    return changes


@pytest.fixture
def runs(cast: Cast, now: datetime) -> tuple[Run, Run]:
    """Alice has the one place; then she leaves, Erin comes, and there is a second request."""
    before = execute_full_run(now)
    create_volunteer(cast.alice, now, max_hours_per_week=1)
    create_volunteer(create_user("erin"), now)
    publish_new_request(cast.carol, cast.campaign, now, title="More", roles=[FRONT_END_ROLE])
    return before, execute_full_run(now + timedelta(hours=1))


def test_each_number_has_its_list(cast: Cast, runs: tuple[Run, Run]) -> None:
    changes = compare(runs[1], cast.rita)

    assert changes.base == runs[0]
    assert (changes.kept_count, changes.new_count, changes.gone_count, changes.decided_count) == (0, 1, 1, 0)
    assert (changes.people, changes.seats) == (Change(1, 1), Change(1, 1))
    assert [pair.volunteer.first_name for pair in changes.new_pairs] == ["Erin"]
    assert [pair.volunteer.first_name for pair in changes.gone_pairs] == ["Alice"]
    assert [person.volunteer.first_name for person in changes.gaining] == ["Erin"]
    [losing] = changes.losing
    assert (losing.volunteer.first_name, len(losing.before), losing.after) == ("Alice", 1, [])
    assert losing.points_before == changes.points.before
    [skill] = changes.skills
    assert (skill.skill.code, skill.gaining, skill.losing) == ("front-end", 1, 1)


def test_what_a_reviewer_has_decided_meanwhile_is_not_lost(cast: Cast, runs: tuple[Run, Run]) -> None:
    Match.objects.filter(run=runs[0]).update(state=MatchState.DECLINED)

    changes = compare(runs[1], cast.rita)

    assert (changes.decided_count, changes.gone_count, changes.losing_count) == (1, 0, 0)
    assert changes.seats == Change(0, 1)


def test_a_reader_sees_nothing_of_their_own_contests_and_of_themselves(
    cast: Cast, runs: tuple[Run, Run], now: datetime
) -> None:
    erin = User.objects.get(email__startswith="erin")
    User.objects.filter(pk=erin.pk).update(is_staff=True)
    assert compare(runs[1], erin).new_count == 0
    register_campaign(actor=cast.rita, candidacy=build_candidacy("Lee Roe", now), name="Roe", at=now)

    changes = compare(runs[1], cast.rita)

    assert (changes.new_count, changes.gone_count, changes.people, changes.skills) == (0, 0, Change(0, 0), [])


def test_without_a_run_before_there_is_nothing_to_compare(api: Api, cast: Cast, now: datetime) -> None:
    run = execute_full_run(now)

    answer = api(cast.rita).get(f"/api/v1/runs/{run.public_id}/changes")

    assert answer.status_code == 404


def test_a_draft_is_tried_beside_the_active_policy_and_then_adopted(api: Api, cast: Cast, now: datetime) -> None:
    create_volunteer(create_user("erin"), now)  # like Alice, but she has waited for a shorter time
    type(cast.alice.volunteer).objects.filter(first_name="Alice").update(waiting_since=now - timedelta(weeks=9))
    type(cast.alice.volunteer).objects.filter(first_name="Erin").update(waiting_since=now)
    draft = draft_policy(actor=cast.rita, name="No turns", changes={"weight_volunteer_wait": 0})
    Run.objects.filter(state=Run.State.QUEUED).delete()

    made = api(cast.rita).post(f"/api/v1/policies/{draft.public_id}/trials")
    with pytest.raises(WrongState, match="under way"):
        try_policy(actor=cast.rita, policy=draft, at=now)
    execute_queued_runs(now)

    run = Run.objects.get(public_id=made.json()["id"])
    assert (made.status_code, made.json()["base"]) == (202, str(run.base.public_id if run.base else ""))
    assert (run.policy, run.dry_run, Match.objects.count()) == (draft, True, 0)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        told = api(cast.rita).get(f"/api/v1/runs/{run.public_id}/changes")
    assert len(queries) == 8
    assert (told.status_code, told.json()["base"]) == (200, made.json()["base"])
    assert told.json()["seats"] == {"before": 1, "after": 1}
    assert told.json()["points"]["after"] < told.json()["points"]["before"]

    Policy.objects.filter(pk=draft.pk).update(weight_volunteer_wait=1)
    with pytest.raises(Stale):
        activate_policy(actor=cast.rita, policy=draft, at=now, digest=run.policy_digest)
    Policy.objects.filter(pk=draft.pk).update(weight_volunteer_wait=0)
    assert activate_policy(actor=cast.rita, policy=draft, at=now, digest=run.policy_digest).state == "active"
    with pytest.raises(WrongState, match="Only a draft"):
        try_policy(actor=cast.rita, policy=draft, at=now)
    with pytest.raises(NotAllowed):
        try_policy(actor=cast.alice, policy=draft, at=now)
