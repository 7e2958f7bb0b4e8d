from datetime import datetime, timedelta

import pytest

from campaigns.actions.campaign_ends import end_campaign
from campaigns.models import Campaign, Member, Request
from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.models import Notice
from matching.lifecycle.actions.campaign_answers import (
    complete_match,
    confirm_match,
    finish_work,
    refuse_match,
    release_by_campaign,
)
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer, complete_by_volunteer
from matching.models import Match, Veto
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, create_user, create_volunteer, publish_new_request
from tests.match_factory import (
    make_accepted_match,
    make_active_match,
    make_closing_match,
    make_offered_match,
    make_proposed_match,
)
from tests.run_execution import execute_full_run, execute_queued_runs
from volunteers.actions.availability import waive_rest
from volunteers.models import LevelQuestion, Volunteer


def test_a_campaigns_yes_begins_the_work_until_the_request_ends(cast: Cast, now: datetime) -> None:
    match = confirm_match(actor=cast.carol, match=make_accepted_match(cast, now), at=now)

    next_day = datetime.combine(cast.request.ends_on + timedelta(days=1), now.time(), now.tzinfo)
    assert match.state == MatchState.ACTIVE
    assert match.due_at == next_day.replace(hour=13)  # 9:00 in New York: daylight saving has begun by then
    assert Notice.objects.get(kind="work-started").recipient == cast.alice


def test_work_never_outlasts_the_election(cast: Cast, now: datetime) -> None:
    contest = cast.campaign.candidate.contest
    contest.election_on = now.date() + timedelta(days=10)
    contest.save()
    match = make_active_match(cast, now)

    assert match.due_at is not None
    assert match.due_at.date() == contest.election_on + timedelta(days=1)


def test_a_campaigns_first_yes_needs_the_code_of_conduct(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    cast.carol.conduct_accepted_at = None
    cast.carol.save()

    with pytest.raises(Invalid, match="code of conduct"):
        confirm_match(actor=cast.carol, match=match, at=now)

    match.refresh_from_db()
    assert match.state == MatchState.ACCEPTED


def test_only_the_campaigns_own_people_answer_for_it(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    other = create_user("treasurer")
    Member.objects.create(campaign=cast.campaign, user=other, position="treasurer", since=now)

    for stranger in (cast.alice, cast.bob, cast.rita, other):
        with pytest.raises(NotAllowed):
            confirm_match(actor=stranger, match=match, at=now)


def test_a_refusal_needs_a_reason_tells_kindly_and_finds_somebody_else(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    create_volunteer(create_user("erin"), now)
    with pytest.raises(Invalid, match="Choose one of these reasons"):
        refuse_match(actor=cast.carol, match=match, reason="", at=now)

    refuse_match(actor=cast.carol, match=match, reason="hours", at=now)
    execute_queued_runs(now)

    assert Notice.objects.get(kind="match-ended").recipient == cast.alice
    assert Match.objects.get(state=MatchState.PROPOSED).volunteer.first_name == "Erin"


def test_a_level_that_the_campaign_doubts_is_put_to_the_volunteer(cast: Cast, now: datetime) -> None:
    refuse_match(actor=cast.carol, match=make_accepted_match(cast, now), reason="level", at=now)

    assert LevelQuestion.objects.get().volunteer.user == cast.alice


def test_never_this_person_is_a_veto_of_the_campaign(cast: Cast, now: datetime) -> None:
    refuse_match(actor=cast.carol, match=make_accepted_match(cast, now), reason="never", at=now)

    assert (Veto.objects.get().side, Veto.objects.get().campaign) == ("campaign", cast.campaign)


def test_work_that_a_campaign_ends_early_frees_the_seat(cast: Cast, now: datetime) -> None:
    release_by_campaign(actor=cast.carol, match=make_active_match(cast, now), reason="need", at=now)

    assert Match.objects.get().state == MatchState.RELEASED
    assert execute_queued_runs(now) == 1


def test_the_hand_over_begins_takes_fourteen_days_and_the_volunteer_rests(cast: Cast, now: datetime) -> None:
    match = finish_work(actor=cast.carol, match=make_active_match(cast, now), at=now)

    volunteer = Volunteer.objects.get(user=cast.alice)
    assert (match.state, match.due_at) == (MatchState.CLOSING, now + timedelta(days=14, hours=1))
    assert (volunteer.rest_until, volunteer.waiting_since) == (now.date() + timedelta(days=14), now)
    assert {notice.recipient for notice in Notice.objects.filter(kind="handover-started")} == {cast.alice, cast.carol}
    assert not execute_queued_runs(now)  # the work is done: nobody else is asked


def test_nobody_is_sought_for_a_seat_whose_work_is_done(cast: Cast, now: datetime) -> None:
    finish_work(actor=cast.carol, match=make_active_match(cast, now), at=now)
    create_volunteer(create_user("erin"), now)

    assert execute_full_run(now).seat_count == 0


def test_somebody_who_rests_is_not_proposed_unless_they_say_so(cast: Cast, now: datetime) -> None:
    complete_match(actor=cast.carol, match=make_closing_match(cast, now), at=now)
    Request.objects.update(state="cancelled")
    _another_request(cast, now)

    execute_full_run(now)
    assert not Match.objects.filter(state=MatchState.PROPOSED).exists()
    waive_rest(actor=cast.alice, at=now)
    execute_full_run(now)
    assert Match.objects.filter(state=MatchState.PROPOSED).exists()


def test_a_volunteer_who_has_handed_over_ends_the_contact_and_the_campaign_is_told(cast: Cast, now: datetime) -> None:
    match = make_closing_match(cast, now)

    assert complete_by_volunteer(actor=cast.alice, match=match, at=now).state == MatchState.COMPLETED
    assert Notice.objects.get(kind="handover-completed").recipient == cast.carol


def test_both_the_campaign_and_a_reviewer_can_say_that_it_is_done(cast: Cast, now: datetime) -> None:
    match = finish_work(actor=cast.rita, match=make_active_match(cast, now), at=now)

    assert complete_match(actor=cast.rita, match=match, at=now).state == MatchState.COMPLETED
    with pytest.raises(WrongState):
        complete_match(actor=cast.carol, match=match, at=now)


def test_a_reviewer_who_acts_for_the_campaign_acts_as_the_campaign(cast: Cast, now: datetime) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.rita, position="staff", since=now)
    match = Match.objects.get(pk=_active_reviewed_by_another(cast, now).pk)

    assert finish_work(actor=cast.rita, match=match, at=now).state == MatchState.CLOSING


def test_a_campaign_that_is_over_calls_everything_off_and_hands_over(cast: Cast, now: datetime) -> None:
    working = make_active_match(cast, now)
    create_volunteer(create_user("erin"), now)
    _another_request(cast, now)
    make_proposed_match(cast, now, user=Volunteer.objects.get(first_name="Erin").user)

    campaign = end_campaign(actor=cast.carol, campaign=cast.campaign, at=now)

    assert campaign.state == Campaign.State.ENDED
    assert set(Request.objects.values_list("state", flat=True)) == {"cancelled"}
    working.refresh_from_db()
    assert (working.state, working.reason) == (MatchState.CLOSING, "request_cancelled")
    assert Match.objects.exclude(pk=working.pk).get().state == MatchState.SUPERSEDED
    with pytest.raises(WrongState, match="ended already"):
        end_campaign(actor=cast.carol, campaign=cast.campaign, at=now)
    with pytest.raises(WrongState, match="This campaign is over"):
        _another_request(cast, now)


def test_only_the_manager_or_a_reviewer_ends_a_campaign_and_not_from_a_stale_page(cast: Cast, now: datetime) -> None:
    for stranger in (cast.alice, cast.dave):
        with pytest.raises(NotAllowed):
            end_campaign(actor=stranger, campaign=cast.campaign, at=now)
    with pytest.raises(Stale):
        end_campaign(actor=cast.rita, campaign=cast.campaign, at=now, version=cast.campaign.version + 1)
    assert end_campaign(actor=cast.rita, campaign=cast.campaign, at=now).state == "ended"


def test_what_the_campaign_was_offered_cannot_be_answered_before_the_volunteer_has(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)

    with pytest.raises(WrongState):
        confirm_match(actor=cast.carol, match=match, at=now)


def _another_request(cast: Cast, now: datetime) -> Request:
    return publish_new_request(cast.carol, cast.campaign, now, title="Second", roles=[FRONT_END_ROLE])


def _active_reviewed_by_another(cast: Cast, now: datetime) -> Match:
    other = create_user("ruth", reviewer=True)
    match = approve_match(actor=other, match=make_proposed_match(cast, now), at=now)
    return confirm_match(actor=cast.carol, match=accept_offer(actor=cast.alice, match=match, at=now), at=now)
