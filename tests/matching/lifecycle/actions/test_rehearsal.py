"""What a rehearsal says is what the change does, and it leaves nothing behind."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from campaigns.actions.amendments import amend_request
from campaigns.actions.request_ends import reduce_seats
from campaigns.actions.role_amendments import amend_role
from campaigns.actions.role_changes import change_role
from campaigns.change_rules import RequestChange, RoleChange
from campaigns.models import Request, Role
from core.errors import Invalid, NotAllowed, Stale
from matching.lifecycle.actions.rehearsal import ChangeEffects, change_if, rehearse_change
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_match
from tests.web.stored_rows import list_changed_tables, read_stored_rows
from volunteers.models import SkillClaim

Change = Callable[[Cast, Role, datetime], object]


def more_hours(cast: Cast, role: Role, at: datetime) -> object:
    return amend_role(actor=cast.carol, role=role, change=RoleChange(hours_per_week=3), at=at)


def higher_level(cast: Cast, role: Role, at: datetime) -> object:
    return amend_role(actor=cast.carol, role=role, change=RoleChange(level=4), at=at)


def new_words(cast: Cast, role: Role, at: datetime) -> object:
    return amend_role(actor=cast.carol, role=role, change=RoleChange(tasks="Builds it."), at=at)


def later_end(cast: Cast, role: Role, at: datetime) -> object:
    ends_on = role.request.ends_on + timedelta(days=1)
    return amend_request(actor=cast.carol, request=role.request, change=RequestChange(ends_on=ends_on), at=at)


@pytest.mark.parametrize(
    ("state", "change", "effects", "becomes"),
    [
        (MatchState.PROPOSED, more_hours, ChangeEffects(), "proposed"),
        (MatchState.APPROVED, more_hours, ChangeEffects(), "superseded"),
        (MatchState.OFFERED, more_hours, ChangeEffects(offer_renewed=1), "offered"),
        (MatchState.ACCEPTED, more_hours, ChangeEffects(asked_again=1), "offered"),
        (MatchState.ACTIVE, more_hours, ChangeEffects(informed=1), "active"),
        (MatchState.ACCEPTED, later_end, ChangeEffects(asked_again=1), "offered"),
        (MatchState.CLOSING, later_end, ChangeEffects(), "closing"),
        (MatchState.OFFERED, higher_level, ChangeEffects(), "offered"),
        (MatchState.ACCEPTED, higher_level, ChangeEffects(ended=1), "released"),
        (MatchState.ACTIVE, higher_level, ChangeEffects(), "active"),
        (MatchState.ACCEPTED, new_words, ChangeEffects(), "accepted"),
    ],
)
def test_it_says_what_the_change_does(
    cast: Cast, now: datetime, state: MatchState, change: Change, effects: ChangeEffects, becomes: str
) -> None:
    match = make_match(cast, now, state)
    SkillClaim.objects.filter(volunteer=match.volunteer).update(level=3)  # enough until a higher level is asked for
    role, before = cast.request.roles.get(), read_stored_rows()

    said = rehearse_change(cast.request, lambda: change(cast, role, now))

    assert said == effects
    assert said.concerns_people == (effects != ChangeEffects())
    assert list_changed_tables(before) == set()
    change(cast, cast.request.roles.get(), now)
    match.refresh_from_db()
    assert match.state == becomes


def test_what_the_check_does_not_take_is_not_done(cast: Cast, now: datetime) -> None:
    make_match(cast, now, MatchState.ACCEPTED)
    role, before, seen = cast.request.roles.get(), read_stored_rows(), []

    def refuse(effects: ChangeEffects) -> None:
        seen.append(effects)
        raise Stale("other by now")

    with pytest.raises(Stale):
        change_if(cast.request, lambda: more_hours(cast, role, now), check=refuse)
    assert list_changed_tables(before) == set()
    change_if(cast.request, lambda: more_hours(cast, role, now), check=seen.append)
    assert seen == [ChangeEffects(asked_again=1)] * 2
    assert cast.request.roles.get().hours_per_week == 3


def test_an_offer_to_several_people_for_one_place_counts_once(cast: Cast, now: datetime) -> None:
    match = make_match(cast, now, MatchState.OFFERED)
    Match.objects.update(is_broadcast=True)
    copy = Match.objects.get(pk=match.pk)
    copy.pk, copy.volunteer = None, cast.bob.volunteer
    copy.public_id = cast.bob.public_id
    copy.save()
    role = cast.request.roles.get()

    assert rehearse_change(cast.request, lambda: more_hours(cast, role, now)) == ChangeEffects(ended=1)


def test_a_place_that_goes_ends_what_is_on_it(cast: Cast, now: datetime) -> None:
    make_match(cast, now, MatchState.ACTIVE)
    role = cast.request.roles.get()
    change_role(actor=cast.carol, role=role, change=RoleChange(), seat_count=2, at=now)
    assert (
        rehearse_change(cast.request, lambda: reduce_seats(actor=cast.carol, role=role, seat_count=1, at=now))
        == ChangeEffects()
    )
    other = Request.objects.exclude(pk=cast.request.pk).count()
    assert (other, role.seats.filter(closed_at=None).count()) == (0, 2)


def test_what_the_change_refuses_is_refused(cast: Cast, now: datetime) -> None:
    role = cast.request.roles.get()
    for error, actor, change, version in (
        (NotAllowed, cast.dave, RoleChange(level=4), None),
        (Stale, cast.carol, RoleChange(level=4), 1),
        (Invalid, cast.carol, RoleChange(hours_per_week=61), None),
    ):
        with pytest.raises(error):
            rehearse_change(
                cast.request,
                lambda actor=actor, change=change, version=version: amend_role(  # type: ignore[misc]
                    actor=actor, role=role, change=change, at=now, version=version
                ),
            )
    assert cast.request.roles.get().level == 3
