"""Several asked at once: emergencies, and ordinary places after noes; and alternates, chosen by a reviewer."""

from datetime import date, datetime, timedelta

import pytest

from campaigns.actions.registration import register_campaign
from campaigns.models import Request, Seat
from core.errors import Full, Invalid, NotAllowed, Stale, WrongState
from core.models import Notice, User
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.lifecycle.actions.broadcasts import start_broadcast
from matching.lifecycle.actions.clocks import broadcast_emergencies, process_due_matches, send_due_reminders
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.lifecycle.actions.review import approve_alternate, approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer, decline_offer
from matching.models import Match, Policy, Veto
from matching.rules.states import MatchState
from matching.rules.transitions import ActorKind
from tests.cast import (
    FRONT_END_ROLE,
    Cast,
    build_candidacy,
    create_user,
    create_volunteer,
    publish_new_request,
    verify_by_phone,
)
from tests.match_factory import make_active_match, make_offered_match, make_proposed_match
from tests.run_execution import execute_full_run, execute_queued_runs
from volunteers.models import Vetting, Volunteer

MINUTE = timedelta(minutes=1)
INCIDENT = IncidentDetails(description="Strange sign-ins.", since="This morning", contact="+1 555 0100")


def responder(name: str, now: datetime, *, on_call: bool = True, vetted: bool = True, **said: object) -> User:
    """Somebody who has handled incidents."""
    user = create_user(name)
    volunteer = create_volunteer(user, now, **({"claims": [("incident-response", 4, True)]} | said))
    Volunteer.objects.filter(pk=volunteer.pk).update(on_call=on_call)
    if vetted:
        until, reviewer = date(2027, 1, 1), User.objects.get(email="rita@example.org")
        Vetting.objects.create(
            volunteer=volunteer, area="incidents", valid_until=until, method="call", reviewer=reviewer, created_at=now
        )
    return user


def incident(cast: Cast, now: datetime) -> Request:
    return report_incident(
        actor=cast.carol, campaign=cast.campaign, incident=INCIDENT, time_zone="America/New_York", at=now
    )


def test_an_emergency_asks_vetted_people_on_call_at_once_for_thirty_minutes(cast: Cast, now: datetime) -> None:
    for name in ("erin", "fred"):
        responder(name, now)
    responder("gina", now, on_call=False)
    responder("hugo", now, vetted=False)

    incident(cast, now)
    assert broadcast_emergencies(at=now) == 2

    asked = Match.objects.order_by("volunteer__first_name")
    assert [(one.volunteer.first_name, one.state, one.is_broadcast, one.due_at) for one in asked] == [
        ("Erin", MatchState.OFFERED, True, now + 30 * MINUTE),
        ("Fred", MatchState.OFFERED, True, now + 30 * MINUTE),
    ]
    assert Notice.objects.get(kind="incident").recipient == cast.rita
    assert broadcast_emergencies(at=now) == 0  # they are being asked


def test_the_first_yes_starts_the_work_and_the_others_end_kindly(cast: Cast, now: datetime) -> None:
    erin, fred = responder("erin", now), responder("fred", now)
    incident(cast, now)
    broadcast_emergencies(at=now)

    won = accept_offer(actor=erin, match=Match.objects.get(volunteer__user=erin), at=now)
    lost = Match.objects.get(volunteer__user=fred)

    assert (won.state, lost.state, lost.reason) == (MatchState.ACTIVE, MatchState.SUPERSEDED, "other_accepted_first")
    assert Notice.objects.get(kind="match-ended").recipient == fred
    with pytest.raises(WrongState, match="plans changed before your answer came"):
        accept_offer(actor=fred, match=lost, at=now)


def test_an_emergency_holds_through_the_night_and_asks_the_next_when_nobody_answers(cast: Cast, now: datetime) -> None:
    night = now.replace(hour=7)  # 2:00 in New York
    for name in ("anna", "erin", "fred", "gina", "hugo", "iris"):
        responder(name, now)
    incident(cast, night)

    assert broadcast_emergencies(at=night) == 5
    assert [process_due_matches(at=night + 29 * MINUTE), process_due_matches(at=night + 30 * MINUTE)] == [0, 5]
    assert broadcast_emergencies(at=night + 30 * MINUTE) == 1


def test_when_nobody_is_left_on_call_the_reviewers_are_told_once(cast: Cast, now: datetime) -> None:
    incident(cast, now)

    assert [broadcast_emergencies(at=now), broadcast_emergencies(at=now + MINUTE)] == [0, 0]
    assert [notice.recipient for notice in Notice.objects.filter(kind="nobody-on-call")] == [cast.rita]


def test_a_double_click_makes_one_emergency(cast: Cast, now: datetime) -> None:
    assert incident(cast, now) == incident(cast, now + MINUTE)
    assert Notice.objects.filter(kind="incident").count() == 1


def test_an_open_offer_of_ordinary_work_keeps_nobody_from_an_emergency(cast: Cast, now: datetime) -> None:
    both = [("incident-response", 4, True), ("front-end", 5, True)]
    erin = responder("erin", now, claims=both, max_hours_per_week=8, max_projects=2)
    approve_match(actor=cast.rita, match=make_proposed_match(cast, now, user=erin), at=now)

    incident(cast, now)

    assert broadcast_emergencies(at=now) == 1


def test_an_unverified_campaigns_emergency_waits_for_a_reviewer_and_goes_on_once_verified(
    cast: Cast, now: datetime
) -> None:
    responder("erin", now)
    campaign = register_campaign(
        actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe for Senate", at=now
    )
    report_incident(actor=cast.dave, campaign=campaign, incident=INCIDENT, time_zone="America/New_York", at=now)
    assert broadcast_emergencies(at=now) == 0
    page = Notice.objects.get(kind="incident")
    letter = render_notices([page], language="en", at=now)[page.pk]
    assert isinstance(letter, RenderedNotice)
    assert "not verified yet" in letter.text

    verify_by_phone(actor=cast.rita, campaign=campaign, at=now)
    assert broadcast_emergencies(at=now) == 1


def test_a_stale_race_changes_nothing(cast: Cast, now: datetime) -> None:
    Policy.objects.update(broadcast_after_declines=1)
    first = make_offered_match(cast, now)
    decline_offer(actor=cast.alice, match=first, at=now)
    create_volunteer(create_user("erin"), now)
    execute_queued_runs(now)
    match = Match.objects.get(state=MatchState.PROPOSED)

    with pytest.raises(Stale):
        PERSON_ACTIONS[ActorKind.REVIEWER, "broadcast"].perform(
            actor=cast.rita, match=match, at=now, version=match.version + 1
        )

    assert not Match.objects.filter(state=MatchState.OFFERED).exists()


def test_a_run_leaves_emergencies_to_the_race(cast: Cast, now: datetime) -> None:
    responder("erin", now)
    incident(cast, now)

    assert execute_full_run(now).seat_count == 1  # Carol's ordinary one


def test_somebody_asked_in_a_race_is_not_asked_for_two_places(cast: Cast, now: datetime) -> None:
    erin = responder("erin", now)
    incident(cast, now)
    broadcast_emergencies(at=now)
    other = IncidentDetails(description="Another thing.", since="Now", contact="+1 555 0100")
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=other, time_zone="America/New_York", at=now)

    assert broadcast_emergencies(at=now) == 0
    accept_offer(actor=erin, match=Match.objects.get(volunteer__user=erin), at=now)
    assert broadcast_emergencies(at=now + MINUTE) == 0


def test_an_ordinary_place_is_raced_by_a_reviewer_after_two_noes_only(cast: Cast, now: datetime) -> None:
    for name in ("erin", "fred", "gina", "hugo"):
        create_volunteer(create_user(name), now)
    first = make_offered_match(cast, now)
    decline_offer(actor=cast.alice, match=first, at=now)
    with pytest.raises(WrongState, match="after 2 noes; so far: 1"):
        start_broadcast(actor=cast.rita, seat=first.seat, at=now)
    execute_queued_runs(now)
    second = approve_alternate(
        actor=cast.rita, seat=first.seat, volunteer=Match.objects.get(state=MatchState.PROPOSED).volunteer, at=now
    )
    assert second.volunteer.user is not None
    decline_offer(actor=second.volunteer.user, match=second, at=now)
    execute_queued_runs(now)

    offers = start_broadcast(actor=cast.rita, seat=first.seat, at=now)

    assert (len(offers), {match.state for match in offers}) == (3, {MatchState.OFFERED})
    assert not Match.objects.filter(state=MatchState.PROPOSED, seat=first.seat).exists()
    with pytest.raises(WrongState, match="taken, or people are being asked"):
        start_broadcast(actor=cast.rita, seat=first.seat, at=now)
    assert send_due_reminders(at=now + timedelta(hours=26)) == 3


def test_raced_offers_count_as_asking_but_emergencies_do_not(cast: Cast, now: datetime) -> None:
    Policy.objects.update(max_offers_per_week=1)
    erin = responder("erin", now, claims=[("incident-response", 4, True), ("front-end", 4, True)])
    create_volunteer(cast.alice, now, max_hours_per_week=1)
    incident(cast, now)
    broadcast_emergencies(at=now)
    decline_offer(actor=erin, match=Match.objects.get(), at=now)

    assert make_proposed_match(cast, now, user=erin)
    Match.objects.filter(request__emergency=True).update(
        request=cast.request, seat=cast.request.roles.get().seats.get()
    )
    assert execute_full_run(now).volunteer_count == 2  # Alice and Bob: Erin was asked this week


def test_a_raced_offer_does_not_keep_the_hours_from_other_work(cast: Cast, now: datetime) -> None:
    erin = responder("erin", now, max_hours_per_week=1, max_projects=1)
    incident(cast, now)
    broadcast_emergencies(at=now)

    volunteer = Volunteer.objects.get(user=erin)
    assert not Match.objects.filter(volunteer=volunteer, is_broadcast=False).exists()
    Match.objects.filter(volunteer=volunteer).update(due_at=now + 30 * MINUTE)
    create_volunteer(erin, now, claims=[("front-end", 4, True)])

    with pytest.raises(Full, match="This no longer fits"):
        accept_offer(actor=erin, match=Match.objects.get(volunteer=volunteer), at=now)


def test_a_reviewer_may_take_an_alternate(cast: Cast, now: datetime) -> None:
    create_volunteer(create_user("erin"), now)
    match = make_proposed_match(cast, now)
    erin = Volunteer.objects.get(first_name="Erin")

    made = approve_alternate(actor=cast.rita, seat=match.seat, volunteer=erin, at=now)

    match.refresh_from_db()
    assert (made.state, made.score, match.state) == (
        MatchState.OFFERED,
        sum(made.score_parts.values()),
        MatchState.SUPERSEDED,
    )
    assert made.score_parts
    with pytest.raises(Full):
        approve_alternate(actor=cast.rita, seat=match.seat, volunteer=match.volunteer, at=now)


def test_an_alternate_has_to_fit_by_every_rule(cast: Cast, now: datetime) -> None:
    match = make_proposed_match(cast, now)
    bob = Volunteer.objects.get(user=cast.bob)
    with pytest.raises(Invalid, match="This does not fit: this person does not have the skill"):
        approve_alternate(actor=cast.rita, seat=match.seat, volunteer=bob, at=now)

    create_volunteer(cast.bob, now)
    Veto.objects.create(volunteer=bob, campaign=cast.campaign, side="volunteer", created_at=now)
    with pytest.raises(Invalid, match="ruled out by a veto"):
        approve_alternate(actor=cast.rita, seat=match.seat, volunteer=bob, at=now)

    match.refresh_from_db()
    assert (match.state, Match.objects.count()) == (MatchState.PROPOSED, 1)


def test_only_reviewers_without_a_part_in_the_contest_choose_or_race(cast: Cast, now: datetime) -> None:
    match = make_proposed_match(cast, now)
    ruth = create_user("ruth", reviewer=True)
    cast.campaign.members.create(user=ruth, position="treasurer", since=now)

    for actor in (cast.alice, cast.carol, ruth):
        with pytest.raises(NotAllowed):
            approve_alternate(actor=actor, seat=match.seat, volunteer=match.volunteer, at=now)
        with pytest.raises(NotAllowed):
            start_broadcast(actor=actor, seat=match.seat, at=now)


@pytest.mark.parametrize("district", ["No. 5", "6"])
def test_who_serves_one_candidate_serves_no_opponent_whose_contest_was_typed_otherwise(
    cast: Cast, now: datetime, district: str
) -> None:
    match = make_active_match(cast, now)
    Volunteer.objects.filter(pk=match.volunteer_id).update(max_hours_per_week=8, max_projects=2)
    typed = build_candidacy("Pat Roe", now, office="STATE  SENATE", district=district)
    campaign = register_campaign(actor=cast.dave, candidacy=typed, name="Roe", at=now)
    verify_by_phone(actor=cast.rita, campaign=campaign, at=now)
    request = publish_new_request(cast.dave, campaign, now, roles=[FRONT_END_ROLE], meetings=[])
    seat = Seat.objects.get(role__request=request)

    if district == "6":
        approve_alternate(actor=cast.rita, seat=seat, volunteer=match.volunteer, at=now)
    else:
        with pytest.raises(Invalid, match="This does not fit"):
            approve_alternate(actor=cast.rita, seat=seat, volunteer=match.volunteer, at=now)
