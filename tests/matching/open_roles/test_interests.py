"""A volunteer says of an open role that they would like it, and hears what became of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from campaigns.draft_rules import RoleDraft
from campaigns.models import Role, Seat
from core.errors import Invalid, NotAllowed, NotFound, WrongState
from core.models import Notice, User
from core.notifications.notice_types import RenderedNotice, render_notices
from core.notifications.outbox import enqueue_notice
from matching.lifecycle.actions.departure import leave_service
from matching.lifecycle.actions.interests import end_settled_interests, withdraw_interest
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.explanations import explain_match
from matching.lifecycle.volunteer_explanations import list_offer_reasons
from matching.models import Interest, Match, Veto
from matching.open_roles.actions.interests import express_interest
from matching.rules.interest_ends import InterestEnd
from matching.rules.states import MatchState
from matching.runs.actions.automatic_runs import queue_run_for_role, queue_run_for_volunteer
from tests.cast import FRONT_END_ROLE, Cast, create_user, create_volunteer, publish_new_request
from tests.match_factory import create_match
from tests.run_execution import execute_full_run, execute_queued_runs
from volunteers.actions.availability import return_to_service, set_paused

SWEEP_STATEMENTS, IDLE_SWEEP_STATEMENTS = 17, 15


def like(user: User, at: datetime, role: Role | None = None) -> Interest:
    return express_interest(actor=user, open_role_id=(role or Role.objects.get()).board_id, at=at)


def add_role(cast: Cast, at: datetime, title: str, **changes: Any) -> Role:
    request = publish_new_request(cast.carol, cast.campaign, at, roles=[FRONT_END_ROLE], title=title, **changes)
    return request.roles.get()


def read_letters(user: User, at: datetime) -> list[str]:
    notices = list(Notice.objects.filter(recipient=user, kind="interest-ended"))
    letters = render_notices(notices, at=at, language="en").values() if notices else []
    return [letter.text for letter in letters if isinstance(letter, RenderedNotice)]


def test_of_two_equal_people_the_one_who_asked_is_proposed(cast: Cast, now: datetime) -> None:
    zoe_user = create_user("zoe")
    zoe = create_volunteer(zoe_user, now)
    execute_full_run(now)
    assert Match.objects.get().volunteer.user == cast.alice  # of equals the first

    interest = like(zoe_user, now)
    execute_full_run(now)

    match = Match.objects.get(state="proposed")
    assert match.volunteer == zoe
    assert match.score_parts["interest"] == 20
    assert "said that they would like this" in explain_match(match)
    assert "You said that you’d like this." in list_offer_reasons(match)

    approve_match(actor=cast.rita, match=match, at=now)

    interest.refresh_from_db()
    assert (interest.ended_at, interest.end_reason) == (now, InterestEnd.OFFERED)
    assert not Notice.objects.filter(kind="interest-ended").exists()  # the offer has a notice of its own


@pytest.mark.parametrize("by_role", [True, False])
def test_a_limited_run_reads_it_too(cast: Cast, now: datetime, by_role: bool) -> None:
    zoe_user = create_user("zoe")
    zoe = create_volunteer(zoe_user, now)
    like(zoe_user, now)

    if by_role:
        queue_run_for_role(Role.objects.get(), at=now)
    else:
        queue_run_for_volunteer(zoe, at=now)
    execute_queued_runs(now)

    match = Match.objects.get()
    assert (match.volunteer, match.score_parts["interest"]) == (zoe, 20)


def test_an_interest_that_has_ended_counts_no_more(cast: Cast, now: datetime) -> None:
    withdraw_interest(actor=cast.alice, interest=like(cast.alice, now), at=now)

    execute_full_run(now)

    assert Match.objects.get().score_parts["interest"] == 0


def test_it_promises_an_answer_within_days_and_saying_it_twice_is_once(cast: Cast, now: datetime) -> None:
    interest = like(cast.alice, now)

    assert interest.answer_due_at == datetime(2026, 3, 9, 13, tzinfo=UTC)
    assert like(cast.alice, now + timedelta(hours=1)) == interest
    assert Interest.objects.get().since == now


def hide_by_request(cast: Cast) -> None:
    cast.request.is_on_board = False
    cast.request.save()


def hide_by_vetting(cast: Cast) -> None:
    Role.objects.update(vetted_for="voter_files")


def hide_by_campaign(cast: Cast) -> None:
    type(cast.campaign).objects.update(state="unverified")


@pytest.mark.parametrize("hide", [hide_by_request, hide_by_vetting, hide_by_campaign])
def test_a_hidden_role_is_refused_like_one_that_does_not_exist(
    cast: Cast, now: datetime, hide: Callable[[Cast], None]
) -> None:
    role = Role.objects.get()
    hide(cast)
    refusals = []
    for board_id in (role.board_id, role.public_id, uuid4()):
        with pytest.raises(NotFound) as refusal:
            express_interest(actor=cast.alice, open_role_id=board_id, at=now)
        refusals.append((refusal.value.message, refusal.value.field))

    assert len({*refusals}) == 1


def test_a_veto_changes_no_answer(cast: Cast, now: datetime) -> None:
    """Else a volunteer could veto a campaign, and see which role is refused."""
    side = {"side": Veto.Side.VOLUNTEER, "created_at": now}
    Veto.objects.create(volunteer=cast.alice.volunteer, campaign=cast.campaign, **side)

    assert like(cast.alice, now).ended_at is None
    execute_full_run(now)
    assert not Match.objects.exists()


def test_a_proposal_that_nobody_sent_changes_no_answer(cast: Cast, now: datetime) -> None:
    seat = Seat.objects.get()
    create_match(MatchState.REJECTED, volunteer=cast.alice.volunteer, seat=seat, at=now, reason="fit")

    assert like(cast.alice, now).ended_at is None


def test_what_does_not_fit_is_refused(cast: Cast, now: datetime) -> None:
    with pytest.raises(Invalid, match="does not fit"):
        like(cast.bob, now)
    with pytest.raises(NotFound):
        like(cast.dave, now)  # no profile
    set_paused(actor=cast.alice, is_paused=True, at=now)
    with pytest.raises(WrongState, match="pause"):
        like(cast.alice, now)
    assert not Interest.objects.exists()


def test_three_are_open_at_most(cast: Cast, now: datetime) -> None:
    roles = [Role.objects.get(), *(add_role(cast, now, f"Number {number}") for number in range(3))]
    for role in roles[:3]:
        like(cast.alice, now, role)
    with pytest.raises(WrongState, match="3 roles"):
        like(cast.alice, now, roles[3])

    first = Interest.objects.get(role=roles[0])
    with pytest.raises(NotAllowed):
        withdraw_interest(actor=cast.bob, interest=first, at=now)
    assert withdraw_interest(actor=cast.alice, interest=first, at=now)
    assert not withdraw_interest(actor=cast.alice, interest=first, at=now + timedelta(hours=1))
    like(cast.alice, now, roles[3])

    first.refresh_from_db()
    assert (first.ended_at, first.end_reason) == (now, InterestEnd.WITHDRAWN)
    assert Interest.objects.filter(ended_at=None).count() == 3


def fill(cast: Cast, at: datetime, state: MatchState = MatchState.ACTIVE) -> None:
    other = create_volunteer(create_user("zoe"), at)
    create_match(state, volunteer=other, seat=Seat.objects.get(), at=at)


def close_seats(cast: Cast, at: datetime) -> None:
    Seat.objects.update(closed_at=at)


def cancel_request(cast: Cast, at: datetime) -> None:
    type(cast.request).objects.update(state="cancelled")


def pause(cast: Cast, at: datetime) -> None:
    set_paused(actor=cast.alice, is_paused=True, at=at)


@pytest.mark.parametrize(
    ("happens", "reason", "sentence"),
    [
        (fill, InterestEnd.FILLED, "Others do it by now"),
        (close_seats, InterestEnd.CLOSED, "not needed any more"),
        (cancel_request, InterestEnd.CLOSED, "not needed any more"),
    ],
)
def test_it_ends_with_a_sentence(
    cast: Cast, now: datetime, happens: Callable[[Cast, datetime], None], reason: InterestEnd, sentence: str
) -> None:
    interest = like(cast.alice, now)
    assert end_settled_interests(at=now) == 0
    happens(cast, now)

    assert (end_settled_interests(at=now), end_settled_interests(at=now)) == (1, 0)

    interest.refresh_from_db()
    assert (interest.ended_at, interest.end_reason) == (now, reason)
    (letter,) = read_letters(cast.alice, now)
    assert sentence in letter


def test_in_a_pause_its_date_waits_and_the_end_names_a_new_one(cast: Cast, now: datetime) -> None:
    interest = like(cast.alice, now)
    pause(cast, now)
    later = interest.answer_due_at + timedelta(days=30)
    assert end_settled_interests(at=later) == 0

    set_paused(actor=cast.alice, is_paused=False, at=later)

    interest.refresh_from_db()
    assert (interest.ended_at, interest.answer_due_at > later) == (None, True)
    assert end_settled_interests(at=interest.answer_due_at) == 1
    assert Interest.objects.get().end_reason == InterestEnd.NOT_THIS_TIME


def test_in_a_pause_it_ends_where_the_role_is_gone(cast: Cast, now: datetime) -> None:
    like(cast.alice, now)
    pause(cast, now)
    close_seats(cast, now)

    assert end_settled_interests(at=now) == 1
    assert Interest.objects.get().end_reason == InterestEnd.CLOSED


def test_who_is_back_is_not_told_to_come_back(cast: Cast, now: datetime) -> None:
    interest = like(cast.alice, now)
    leave_service(actor=cast.alice, at=now)
    end_settled_interests(at=now)
    subjects = {"ended_interest": str(interest.public_id)}
    enqueue_notice(to=cast.alice, kind="interest-ended", cause="x", subjects=subjects, at=now)
    (letter,) = read_letters(cast.alice, now)
    assert "When you are back, you can ask again." in letter

    return_to_service(actor=cast.alice, at=now)

    assert read_letters(cast.alice, now) == []


def test_at_its_date_it_ends_in_any_case(cast: Cast, now: datetime) -> None:
    interest = like(cast.alice, now)
    assert end_settled_interests(at=interest.answer_due_at - timedelta(seconds=1)) == 0

    assert end_settled_interests(at=interest.answer_due_at) == 1

    interest.refresh_from_db()
    assert interest.end_reason == InterestEnd.NOT_THIS_TIME
    (letter,) = read_letters(cast.alice, now)
    assert "Not this time" in letter
    assert like(cast.alice, interest.answer_due_at) != interest  # and may be said again


@pytest.mark.parametrize("state", [MatchState.APPROVED, MatchState.OFFERED, MatchState.ACCEPTED])
def test_that_others_are_asked_or_have_said_yes_ends_nothing(cast: Cast, now: datetime, state: MatchState) -> None:
    like(cast.alice, now)
    fill(cast, now, state)

    assert end_settled_interests(at=now) == 0


def test_a_role_with_a_place_left_is_not_taken(cast: Cast, now: datetime) -> None:
    cast.request.roles.all().delete()
    draft = RoleDraft(name="Front end", skill="front-end", hours_per_week=4, seat_count=2)
    role = publish_new_request(cast.carol, cast.campaign, now, roles=[draft], title="Two").roles.get()
    like(cast.alice, now, role)
    first, second = role.seats.order_by("pk")
    create_match(MatchState.ACTIVE, volunteer=create_volunteer(create_user("zoe"), now), seat=first, at=now)
    assert end_settled_interests(at=now) == 0

    Seat.objects.filter(pk=second.pk).update(closed_at=now)

    assert end_settled_interests(at=now) == 1
    assert Interest.objects.get().end_reason == InterestEnd.FILLED


def test_the_sweep_finds_an_offer_too(cast: Cast, now: datetime) -> None:
    like(cast.alice, now)
    create_match(MatchState.OFFERED, volunteer=cast.alice.volunteer, seat=Seat.objects.get(), at=now)
    Interest.objects.update(ended_at=None, end_reason="")

    assert end_settled_interests(at=now) == 1
    assert Interest.objects.get().end_reason == InterestEnd.OFFERED


def test_a_person_who_has_left_gets_no_letter(cast: Cast, now: datetime) -> None:
    like(cast.alice, now)
    leave_service(actor=cast.alice, at=now)

    assert end_settled_interests(at=now) == 1
    assert read_letters(cast.alice, now) == []


@pytest.mark.parametrize(
    "columns",
    [
        {"end_reason": "filled"},
        {"ended_at": datetime(2026, 3, 3, tzinfo=UTC)},
        {"ended_at": datetime(2026, 3, 3, tzinfo=UTC), "end_reason": "bored"},
        {"ended_at": datetime(2026, 3, 1, tzinfo=UTC), "end_reason": "filled"},
        {"answer_due_at": datetime(2026, 3, 1, tzinfo=UTC)},
    ],
)
def test_the_database_refuses_half_an_end(cast: Cast, now: datetime, columns: dict[str, Any]) -> None:
    like(cast.alice, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Interest.objects.update(**columns)


def test_the_database_holds_one_open_interest_of_a_pair(cast: Cast, now: datetime) -> None:
    interest = like(cast.alice, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Interest.objects.create(
            volunteer=interest.volunteer, role=interest.role, since=now, answer_due_at=interest.answer_due_at
        )


def test_the_sweep_takes_these_statements_however_many_interests_end(cast: Cast, now: datetime) -> None:
    counts = []
    for ended in (1, 3):
        for number in range(ended):
            volunteer = create_volunteer(create_user(f"zoe{number}-{ended}"), now)
            like(volunteer.user, now)  # type: ignore[arg-type]
        later = Interest.objects.filter(ended_at=None).earliest("pk").answer_due_at
        with CaptureQueriesContext(connection) as statements:
            assert end_settled_interests(at=later) == ended
        counts.append(len(statements))

    assert counts == [SWEEP_STATEMENTS] * 2
    with CaptureQueriesContext(connection) as statements:
        assert end_settled_interests(at=now) == 0
    assert len(statements) == IDLE_SWEEP_STATEMENTS
