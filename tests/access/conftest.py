"""A reviewer with a part in a contest, and a match of that contest."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from campaigns.actions.invitations import invite_member
from campaigns.actions.registration import register_campaign
from campaigns.models import CandidateStop, Member, Seat
from core.models import ContactAccess, User
from ledger.models import Expense, TimeEntry
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import ChecklistTick, Interest, Match, Message, Pin, RunArrays, Veto
from matching.rules.states import MatchState
from matching.runs.actions.scheduling import queue_run
from tests.cast import FRONT_END_ROLE as FRONT
from tests.cast import (
    Cast,
    build_candidacy,
    create_user,
    create_volunteer,
    publish_new_request,
    sign_in_browser,
    verify_by_phone,
)
from tests.match_factory import create_match, make_active_match


@pytest.fixture
def ruth(cast: Cast, now: datetime) -> User:
    user = create_user("ruth", reviewer=True)
    manager = create_user("oscar")
    rival = register_campaign(actor=manager, candidacy=build_candidacy("Pat Roe", now), name="Roe for Senate", at=now)
    verify_by_phone(actor=cast.rita, campaign=rival, at=now)
    Member.objects.create(campaign=rival, user=user, position="staff", since=now)
    return user


@pytest.fixture
def ruths_browser(ruth: User) -> Client:
    client = Client()
    sign_in_browser(client, ruth)
    return client


@pytest.fixture
def match(cast: Cast, now: datetime) -> Match:
    """Alice works for Doe for Senate, and each kind of row of its contest is there; Bob is proposed."""
    match = make_active_match(cast, now)
    said: dict[str, Any] = {"match": match, "entered_by": cast.alice, "entered_at": now, "day": now.date()}
    TimeEntry.objects.create(minutes=60, note="Quill", **said)
    Expense.objects.create(cents=900, what="Quill", **said)
    Message.objects.create(match=match, side="campaign", author=cast.carol, text="Quill", written_at=now)
    ChecklistTick.objects.create(match=match, stage="kickoff", item_code="owner", ticked_at=now, ticked_by=cast.carol)
    report_problem(actor=cast.alice, match=match, kind="other", text="Quill", at=now)
    told = {"created_by": cast.rita, "created_at": now, "reason": "Quill"}
    Pin.objects.create(volunteer=match.volunteer, seat=match.seat, **told)
    Veto.objects.create(volunteer=cast.bob.volunteer, campaign=cast.campaign, side="reviewer", **told)
    liked = {"volunteer": cast.bob.volunteer, "role": match.seat.role, "since": now}
    Interest.objects.create(**liked, answer_due_at=now + timedelta(days=7))
    closed = {"handled_at": now, "outcome": "resumed", "note": "Quill"}
    CandidateStop.objects.create(campaign=cast.campaign, stopped_at=now, answer_due_at=now, reason="Quill", **closed)
    invite_member(actor=cast.carol, campaign=cast.campaign, email="quill@example.org", position="staff", at=now)
    more = publish_new_request(cast.carol, cast.campaign, now, title="Website two", roles=[FRONT])
    helper = create_user("helper")
    create_volunteer(helper, now)
    seat = Seat.objects.get(role__request=more)
    create_match(MatchState.PROPOSED, volunteer=helper.volunteer, seat=seat, at=now)
    run = queue_run(actor=cast.rita, roles=[seat.role], at=now)
    RunArrays.objects.create(run=run, problem=b"", solution=b"", delete_on=now.date())
    ContactAccess.objects.create(
        viewer_id=cast.carol.pk, viewer_kind="campaign", subject_id=cast.alice.pk, access_point="placement", at=now
    )
    return match
