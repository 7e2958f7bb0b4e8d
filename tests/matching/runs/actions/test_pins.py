from datetime import datetime

import pytest

from campaigns.actions.registration import register_campaign
from campaigns.models import Seat
from core.errors import Invalid, NotAllowed, WrongState
from matching.lifecycle.actions.vetoes import veto_pair
from matching.models import Match, Pin
from matching.rules.states import MatchState
from matching.runs.actions.pins import lift_pin, pin_volunteer
from matching.runs.queries.pins import pins_visible_to
from tests.cast import Cast, build_candidacy, create_user, create_volunteer
from tests.match_factory import make_accepted_match
from tests.run_execution import execute_queued_runs
from volunteers.models import Volunteer

WHY = "They asked for each other."


def seat(cast: Cast) -> Seat:
    return Seat.objects.get(role__request=cast.request)


def test_a_pin_is_taken_first_by_the_run_that_follows(cast: Cast, now: datetime) -> None:
    erin = create_volunteer(create_user("erin"), now)
    Volunteer.objects.filter(user=cast.alice).update(waiting_since=now.replace(year=2025))  # whose turn it would be
    execute_queued_runs(now)
    assert Match.objects.get(state=MatchState.PROPOSED).volunteer.user == cast.alice

    made = pin_volunteer(actor=cast.rita, volunteer=erin, seat=seat(cast), reason=WHY, at=now)
    again = pin_volunteer(actor=cast.rita, volunteer=erin, seat=seat(cast), reason="Again.", at=now)

    assert (again, again.reason) == (made, WHY)
    assert execute_queued_runs(now) == 1
    assert Match.objects.get(state=MatchState.PROPOSED).volunteer == erin
    lift_pin(actor=cast.rita, pin=made)
    assert not Pin.objects.exists()


def test_a_pin_that_no_rule_allows_is_refused_with_the_first_rule_in_words(cast: Cast, now: datetime) -> None:
    bob, alice = Volunteer.objects.get(user=cast.bob), Volunteer.objects.get(user=cast.alice)
    veto_pair(actor=cast.rita, volunteer=alice, campaign=cast.campaign, reason="Kin.", at=now)
    paused = create_volunteer(create_user("paula"), now)
    Volunteer.objects.filter(pk=paused.pk).update(state="paused", answer_due_at=None)

    for person_, error, told in (
        (bob, Invalid, "This does not fit: this person does not have the skill. Choose somebody else."),
        (alice, Invalid, "This does not fit: this person is ruled out by a veto. Choose somebody else."),
        (paused, WrongState, "This does not fit: this person is no longer available. Choose somebody else."),
    ):
        with pytest.raises(error) as refused:
            pin_volunteer(actor=cast.rita, volunteer=person_, seat=seat(cast), reason=WHY, at=now)
        assert (refused.value.message, refused.value.field) == (told, "volunteer")
    assert not Pin.objects.exists()


def test_a_place_that_is_taken_or_pinned_is_not_pinned_again(cast: Cast, now: datetime) -> None:
    erin, fred = create_volunteer(create_user("erin"), now), create_volunteer(create_user("fred"), now)
    made = pin_volunteer(actor=cast.rita, volunteer=erin, seat=seat(cast), reason=WHY, at=now)
    with pytest.raises(WrongState, match="another volunteer"):
        pin_volunteer(actor=cast.rita, volunteer=fred, seat=seat(cast), reason=WHY, at=now)
    other = Seat.objects.create(role=seat(cast).role, number=2)
    with pytest.raises(WrongState, match="another seat of this request"):
        pin_volunteer(actor=cast.rita, volunteer=erin, seat=other, reason=WHY, at=now)
    lift_pin(actor=cast.rita, pin=made)
    other.delete()
    make_accepted_match(cast, now)

    with pytest.raises(WrongState, match="no longer open"):
        pin_volunteer(actor=cast.rita, volunteer=fred, seat=seat(cast), reason=WHY, at=now)


def test_only_reviewers_without_a_part_in_it_pin_and_they_say_why(cast: Cast, now: datetime) -> None:
    alice = Volunteer.objects.get(user=cast.alice)
    for stranger in (cast.carol, cast.alice, cast.dave):
        with pytest.raises(NotAllowed):
            pin_volunteer(actor=stranger, volunteer=alice, seat=seat(cast), reason=WHY, at=now)
    with pytest.raises(Invalid) as refused:
        pin_volunteer(actor=cast.rita, volunteer=alice, seat=seat(cast), reason=" ", at=now)
    assert refused.value.field == "reason"
    made = pin_volunteer(actor=cast.rita, volunteer=alice, seat=seat(cast), reason=WHY, at=now)
    register_campaign(actor=cast.rita, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)

    assert not pins_visible_to(cast.rita).exists()
    with pytest.raises(NotAllowed):
        lift_pin(actor=cast.rita, pin=made)
