from datetime import datetime

import pytest

from campaigns.actions.registration import register_campaign
from core.errors import Invalid, NotAllowed, WrongState
from core.models import Notice
from matching.lifecycle.actions.vetoes import lift_veto, veto_campaign, veto_pair, veto_volunteer
from matching.lifecycle.actions.volunteer_answers import accept_offer, decline_offer, withdraw_from_match
from matching.lifecycle.queries.vetoes import vetoes_visible_to
from matching.models import Match, Veto
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, create_user, create_volunteer, publish_new_request
from tests.match_factory import make_accepted_match, make_active_match, make_offered_match, make_proposed_match
from tests.notices import list_notified_names
from tests.run_execution import execute_full_run
from volunteers.models import Volunteer


def alice(cast: Cast) -> Volunteer:
    return Volunteer.objects.get(user=cast.alice)


def test_a_volunteer_says_never_to_a_campaign_that_asked_them(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)

    for _ in range(2):
        veto = veto_campaign(actor=cast.alice, match=match, reason="An ex.", at=now)

    match.refresh_from_db()
    assert (veto.side, Veto.objects.count()) == ("volunteer", 1)
    assert (match.state, match.reason, list_notified_names("match-ended")) == (MatchState.SUPERSEDED, "veto", {"alice"})
    execute_full_run(now)
    assert not Match.objects.filter(state=MatchState.PROPOSED).exists()
    lift_veto(actor=cast.alice, veto=veto, at=now)
    execute_full_run(now)
    assert Match.objects.filter(state=MatchState.PROPOSED).count() == 1


def test_it_can_be_said_after_the_end(cast: Cast, now: datetime) -> None:
    match = decline_offer(actor=cast.alice, match=make_offered_match(cast, now), at=now)

    assert veto_campaign(actor=cast.alice, match=match, at=now).campaign == cast.campaign


@pytest.mark.parametrize("stage", [make_accepted_match, make_active_match])
def test_who_has_said_yes_ends_that_first(cast: Cast, now: datetime, stage) -> None:  # type: ignore[no-untyped-def]
    match = stage(cast, now)
    with pytest.raises(WrongState, match="I need out"):
        veto_campaign(actor=cast.alice, match=match, at=now)
    with pytest.raises(WrongState, match="Answer them first"):
        veto_volunteer(actor=cast.carol, match=match, at=now)
    with pytest.raises(WrongState, match="Release the match"):
        veto_pair(actor=cast.rita, volunteer=alice(cast), campaign=cast.campaign, reason="Kin.", at=now)

    assert not Veto.objects.exists()


def test_a_campaign_says_never_to_whom_it_was_shown_and_to_nobody_else(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    with pytest.raises(Invalid):
        veto_volunteer(actor=cast.carol, match=match, at=now)
    match = withdraw_from_match(actor=cast.alice, match=accepted_after(cast, match, now), at=now)

    veto = veto_volunteer(actor=cast.carol, match=match, at=now)

    assert (veto.volunteer, veto.side) == (match.volunteer, "campaign")
    for stranger in (cast.dave, cast.rita, cast.bob):
        with pytest.raises(NotAllowed):
            veto_volunteer(actor=stranger, match=match, at=now)
        with pytest.raises(NotAllowed):
            veto_campaign(actor=stranger, match=match, at=now)


def accepted_after(cast: Cast, match: Match, at: datetime) -> Match:
    return accept_offer(actor=cast.alice, match=match, at=at)


def test_a_reviewer_keeps_two_apart_and_says_why(cast: Cast, now: datetime) -> None:
    match = make_proposed_match(cast, now)
    with pytest.raises(Invalid) as refused:
        veto_pair(actor=cast.rita, volunteer=alice(cast), campaign=cast.campaign, reason=" ", at=now)
    assert refused.value.field == "reason"

    veto = veto_pair(actor=cast.rita, volunteer=alice(cast), campaign=cast.campaign, reason="Kin.", at=now)

    match.refresh_from_db()
    assert (match.state, veto.side, Notice.objects.filter(recipient=cast.alice).count()) == (
        MatchState.SUPERSEDED,
        "reviewer",
        0,
    )


def test_each_side_takes_back_its_own_alone(cast: Cast, now: datetime) -> None:
    match = decline_offer(actor=cast.alice, match=make_offered_match(cast, now), at=now)
    theirs = veto_campaign(actor=cast.alice, match=match, at=now)
    ours = veto_pair(actor=cast.rita, volunteer=alice(cast), campaign=cast.campaign, reason="Kin.", at=now)

    for actor, veto in ((cast.rita, theirs), (cast.carol, theirs), (cast.alice, ours), (cast.carol, ours)):
        with pytest.raises(NotAllowed):
            lift_veto(actor=actor, veto=veto, at=now)
    lift_veto(actor=cast.rita, veto=ours, at=now)
    lift_veto(actor=cast.alice, veto=theirs, at=now)

    assert not Veto.objects.exists()


def test_a_reviewer_does_nothing_in_a_contest_of_their_own(cast: Cast, now: datetime) -> None:
    veto = veto_pair(actor=cast.rita, volunteer=alice(cast), campaign=cast.campaign, reason="Kin.", at=now)
    register_campaign(actor=cast.rita, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)

    assert not vetoes_visible_to(cast.rita).exists()
    with pytest.raises(NotAllowed):
        lift_veto(actor=cast.rita, veto=veto, at=now)
    with pytest.raises(NotAllowed):
        veto_pair(actor=cast.rita, volunteer=alice(cast), campaign=cast.campaign, reason="Kin.", at=now)


def test_what_else_was_proposed_between_them_ends_and_somebody_else_is_found(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    publish_new_request(cast.carol, cast.campaign, now, title="Second", roles=[FRONT_END_ROLE])
    create_volunteer(create_user("erin"), now)
    Volunteer.objects.filter(user=cast.alice).update(max_hours_per_week=20, max_projects=3)
    execute_full_run(now)

    veto_campaign(actor=cast.alice, match=match, at=now)

    assert not Match.objects.filter(volunteer=match.volunteer).exclude(state=MatchState.SUPERSEDED).exists()


def test_nobody_is_told_that_the_other_side_said_never(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)

    veto_pair(actor=cast.rita, volunteer=alice(cast), campaign=cast.campaign, reason="Kin.", at=now)

    match.refresh_from_db()
    assert (match.state, match.reason, list_notified_names("match-ended")) == (
        MatchState.SUPERSEDED,
        "plans_changed",
        {"alice"},
    )
