"""Every state of every page of a volunteer: how it comes about, and what the page must say in it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from campaigns.actions.amendments import amend_request
from campaigns.actions.campaigns import register_campaign, verify_campaign
from campaigns.actions.requests import cancel_request
from campaigns.draft_rules import RequestChange
from campaigns.models import Request, Seat
from core.models import Skill, User
from core.week_mask import Window
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.departure import leave_service
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, create_user, publish_new_request
from tests.match_factory import (
    create_match,
    make_accepted_match,
    make_active_match,
    make_closing_match,
    make_match,
    make_offered_match,
)
from tests.matching.lifecycle.actions.test_offers import responder
from volunteers.actions.availability import set_paused
from volunteers.actions.level_questions import ask_skill_level
from volunteers.models import Volunteer

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Bartholomew of the Long and Winding Roadways"
INCIDENT = IncidentDetails(description="Strange sign-ins.", since="This morning", contact="+1 555 0100")


@dataclass(frozen=True, slots=True)
class PageState:
    """`make` brings the state about and returns the address. `primary` is how many primary buttons the page has."""

    name: str
    make: Callable[[Cast, datetime], str]
    heading: str
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    primary: int = 0
    reader: str = "alice"


def offer_of(match: Match) -> str:
    return f"/me/offers/{match.public_id}/"


def project_of(match: Match) -> str:
    return f"/me/projects/{match.public_id}/"


def change_volunteer(cast: Cast, **changes: Any) -> None:
    Volunteer.objects.filter(user=cast.alice).update(**changes)


def make_other_request(cast: Cast, now: datetime, title: str = "Welcome emails", **changes: Any) -> Request:
    """A request of another campaign, in another contest, that Alice fits, too."""
    manager = create_user(f"manager-{title.split()[0].lower()}")
    candidacy = build_candidacy(f"Ada {title.split()[0]}", now, district=title.split()[0][:20])
    campaign = register_campaign(actor=manager, candidacy=candidacy, name=f"Ada for {title}", at=now)
    campaign = verify_campaign(actor=cast.rita, campaign=campaign, at=now)
    days: dict[str, Any] = {"meetings": [Window(3, time(19), time(20))], "summary": "Letters that new people get."}
    role = replace(FRONT_END_ROLE, name="Email marketer", hours_per_week=3)
    return publish_new_request(manager, campaign, now, roles=[role], title=title, **(days | changes))


def match_in(request: Request, cast: Cast, now: datetime, state: MatchState, reason: str = "") -> Match:
    seat = Seat.objects.filter(role__request=request).earliest("pk")
    volunteer = Volunteer.objects.get(user=cast.alice)
    match = create_match(state, volunteer=volunteer, seat=seat, at=now, reason=reason)
    # Offers of one week are limited in number, so this one came earlier.
    Match.objects.filter(pk=match.pk, offered_at__isnull=False).update(offered_at=now - timedelta(days=8))
    return match


# The first page


def show_desk(cast: Cast, now: datetime) -> str:
    return "/me/"


def make_desk_without_hours(cast: Cast, now: datetime) -> str:
    change_volunteer(cast, availability_confirmed_at=now - timedelta(days=70))
    return "/me/"


def make_desk_of_paused(cast: Cast, now: datetime) -> str:
    set_paused(actor=cast.alice, is_paused=True, at=now)
    return "/me/"


def make_desk_of_left(cast: Cast, now: datetime) -> str:
    leave_service(actor=cast.alice, at=now)
    return "/me/"


def make_desk_of_resting(cast: Cast, now: datetime) -> str:
    make_match(cast, now, MatchState.COMPLETED)
    return "/me/"


def make_full_desk(cast: Cast, now: datetime) -> str:
    """Everything at once."""
    change_volunteer(cast, max_hours_per_week=20, max_projects=5, availability_confirmed_at=now - timedelta(days=56))
    active = match_in(make_other_request(cast, now), cast, now, MatchState.ACTIVE)
    for text in ("Hello Alice!", "When can you begin?"):
        manager = active.request.contact.user  # type: ignore[union-attr]
        write_message(actor=manager, match=active, text=text, at=now)
    gone = make_other_request(cast, now, "Voter data", meetings=[Window(4, time(20), time(21))])
    match_in(gone, cast, now, MatchState.SUPERSEDED)
    Match.objects.filter(request=gone).update(offered_at=now, reason="request_cancelled")
    match_in(
        make_other_request(cast, now, "Another site", meetings=[Window(4, time(18), time(19))]),
        cast,
        now,
        MatchState.DECLINED,
    )
    match_in(
        make_other_request(cast, now, "Donations page", meetings=[Window(2, time(20), time(21))]),
        cast,
        now,
        MatchState.CLOSING,
    )
    ask_skill_level(volunteer=cast.alice.volunteer, skill=Skill.objects.get(code="front-end"), at=now)
    change_volunteer(cast, rest_until=None)
    make_offered_match(cast, now)  # last: who has an open offer is asked for nothing else
    return "/me/"


def make_desk_of_long_name(cast: Cast, now: datetime) -> str:
    change_volunteer(cast, first_name=LONG_NAME[:80])
    return make_full_desk(cast, now)


def make_hours_question(cast: Cast, now: datetime) -> str:
    return "/me/still-right/"


def make_level_question(cast: Cast, now: datetime) -> str:
    skill = Skill.objects.get(code="front-end")
    ask_skill_level(volunteer=cast.alice.volunteer, skill=skill, at=now)
    return f"/me/levels/{cast.alice.volunteer.level_questions.get().public_id}/"


# Offers


def make_offer(cast: Cast, now: datetime) -> str:
    return offer_of(make_offered_match(cast, now))


def make_first_offer(cast: Cast, now: datetime) -> str:
    User.objects.filter(pk=cast.alice.pk).update(conduct_accepted_at=None)
    return make_offer(cast, now)


def make_last_hours_of_offer(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now - timedelta(days=1, hours=20))
    Match.objects.filter(pk=match.pk).update(due_at=now + timedelta(hours=3))
    return offer_of(match)


def make_expired_offer(cast: Cast, now: datetime) -> str:
    return offer_of(make_match(cast, now - timedelta(days=4), MatchState.EXPIRED))


def make_declined_offer(cast: Cast, now: datetime) -> str:
    return offer_of(make_match(cast, now, MatchState.DECLINED))


def make_broadcast_offer(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now)
    Match.objects.filter(pk=match.pk).update(is_broadcast=True)
    return offer_of(match)


def make_lost_offer(cast: Cast, now: datetime) -> str:
    """Two are asked at once, and the other one is quicker."""
    responder("erin", now)
    responder("fred", now)
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=INCIDENT, time_zone="America/New_York", at=now)
    broadcast_emergencies(at=now)
    lost, won = Match.objects.filter(is_broadcast=True).order_by("volunteer__first_name")
    assert won.volunteer.user
    accept_offer(actor=won.volunteer.user, match=won, at=now)
    return offer_of(lost)


def make_emergency_offer(cast: Cast, now: datetime) -> str:
    responder("erin", now)
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=INCIDENT, time_zone="America/New_York", at=now)
    broadcast_emergencies(at=now)
    return offer_of(Match.objects.get(is_broadcast=True))


def make_changed_offer(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now - timedelta(hours=20))
    change = RequestChange(ends_on=cast.request.ends_on + timedelta(days=7))
    amend_request(actor=cast.carol, request=Request.objects.get(pk=cast.request.pk), change=change, at=now)
    return offer_of(match)


def make_cancelled_offer(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now)
    cancel_request(actor=cast.carol, request=Request.objects.get(pk=cast.request.pk), at=now)
    return offer_of(match)


def make_offer_beside_work(cast: Cast, now: datetime) -> str:
    change_volunteer(cast, max_hours_per_week=8, max_projects=2)
    match_in(make_other_request(cast, now), cast, now, MatchState.ACTIVE)
    return offer_of(make_offered_match(cast, now))


def make_offer_in_kathmandu(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now)
    change_volunteer(cast, time_zone="Asia/Kathmandu")
    return offer_of(match)


def make_reported_offer(cast: Cast, now: datetime) -> str:
    match = make_offered_match(cast, now)
    report_problem(actor=cast.alice, match=match, kind="other", at=now)
    return offer_of(match)


def make_no(cast: Cast, now: datetime) -> str:
    return make_offer(cast, now) + "no/"


# Projects


def make_accepted(cast: Cast, now: datetime) -> str:
    return project_of(make_accepted_match(cast, now))


def make_phone_yes(cast: Cast, now: datetime) -> str:
    match = make_accepted_match(cast, now)
    Match.objects.filter(pk=match.pk).update(revocable_until=now + timedelta(hours=24))
    return project_of(match)


def make_active(cast: Cast, now: datetime) -> str:
    return project_of(make_active_match(cast, now))


def make_paused(cast: Cast, now: datetime) -> str:
    match = make_active_match(cast, now)
    report_problem(actor=cast.carol, match=match, kind="other", at=now)
    return project_of(match)


def make_closing(cast: Cast, now: datetime) -> str:
    return project_of(make_closing_match(cast, now))


def make_completed(cast: Cast, now: datetime) -> str:
    return project_of(make_match(cast, now, MatchState.COMPLETED))


def make_refused(cast: Cast, now: datetime) -> str:
    return project_of(make_match(cast, now, MatchState.REFUSED))


def make_released(cast: Cast, now: datetime) -> str:
    return project_of(make_match(cast, now, MatchState.RELEASED))


def make_withdrawn(cast: Cast, now: datetime) -> str:
    return project_of(make_match(cast, now, MatchState.WITHDRAWN))


def make_way_out(cast: Cast, now: datetime) -> str:
    return make_active(cast, now) + "out/"


def make_report(cast: Cast, now: datetime) -> str:
    return make_active(cast, now) + "report/"


def make_hand_over(cast: Cast, now: datetime) -> str:
    return make_closing(cast, now) + "handed-over/"


def make_empty_messages(cast: Cast, now: datetime) -> str:
    return make_active(cast, now) + "messages/"


def make_forty_messages(cast: Cast, now: datetime) -> str:
    match = make_active_match(cast, now)
    for number in range(40):
        actor = cast.carol if number % 2 else cast.alice
        write_message(actor=actor, match=match, text=f"Message number {number + 1}", at=now + timedelta(minutes=number))
    return project_of(match) + "messages/"


def make_paused_messages(cast: Cast, now: datetime) -> str:
    return make_paused(cast, now) + "messages/"


def make_messages_of_ended(cast: Cast, now: datetime) -> str:
    return make_completed(cast, now) + "messages/"


QUESTION = "Front end for “Website”: would you do it?"
WAITING = "There is nothing for you to do now"

STATES = [
    PageState("desk-no-profile", show_desk, "You have not raised your hand yet", primary=1, reader="dave"),
    PageState(
        "desk-nothing", show_desk, "Hello Alice", (WAITING, "You hear from us by Monday, 9 March", "Nothing yet")
    ),
    PageState(
        "desk-hours",
        make_desk_without_hours,
        "Hello Alice, one thing waits for you",
        ("Are your hours still right?", "We ask you for nothing new until you say so."),
        primary=1,
    ),
    PageState("desk-paused", make_desk_of_paused, "Hello Alice", ("You are on a pause", "I am back")),
    PageState("desk-left", make_desk_of_left, "Hello Alice", ("You have left.", "I am back")),
    PageState("desk-resting", make_desk_of_resting, "Hello Alice", ("You rest until", "Go on at once", "Before")),
    PageState(
        "desk-everything",
        make_full_desk,
        "Hello Alice, 5 things wait for you",
        ("Messages (2 new)", "And then", "They called the project off.", "Plans changed", "You said no"),
        primary=1,
    ),
    PageState("desk-long-name", make_desk_of_long_name, f"Hello {LONG_NAME[:80]}, 5 things wait for you", primary=1),
    PageState("hours", make_hours_question, "Are your hours still right?", ("4 hours a week",), primary=1),
    PageState("level", make_level_question, "Which level is right?", ("It is about",), primary=1),
    PageState(
        "offer",
        make_offer,
        QUESTION,
        (
            "Say yes or no by Wednesday, 4 March, 09:00, Eastern time (New York)",
            "Kim Doe",
            "Every Tuesday, 19:00 to 20:00, Eastern time (New York).",
            "Exactly this, and nothing else",
        ),
        ("I keep to the code of conduct", "swordfish", "carol@example.org"),
        primary=1,
    ),
    PageState("offer-first", make_first_offer, QUESTION, ("I keep to the code of conduct",), primary=1),
    PageState("offer-last-hours", make_last_hours_of_offer, QUESTION, ("3 hours left.",), primary=1),
    PageState("offer-expired", make_expired_offer, "Time was over", ("You lose nothing.",), ("Yes, I’ll do it",)),
    PageState("offer-declined", make_declined_offer, "You said no", ("You keep your turn",), ("Yes, I’ll do it",)),
    PageState("offer-broadcast", make_broadcast_offer, QUESTION, ("The first yes gets the place.",), primary=1),
    PageState(
        "offer-lost", make_lost_offer, "Plans changed", ("another one said yes first",), ("Kim Doe",), reader="erin"
    ),
    PageState(
        "offer-emergency",
        make_emergency_offer,
        "Incident responder for “A security incident”: would you do it?",
        ("This is urgent", "30 minutes left.", "You learn its name once both of you have said yes."),
        ("Kim Doe", "Doe for Senate", "State Senate"),
        primary=1,
        reader="erin",
    ),
    PageState(
        "offer-changed",
        make_changed_offer,
        QUESTION,
        ("This has changed since you were asked before", "before: 19 April 2026; now: 26 April 2026"),
        primary=1,
    ),
    PageState("offer-cancelled", make_cancelled_offer, "Plans changed", ("They called the project off.",)),
    PageState(
        "offer-beside-work",
        make_offer_beside_work,
        QUESTION,
        ("You also do “Welcome emails”. Together that is 7 of your 8 hours a week.",),
        primary=1,
    ),
    PageState(
        "offer-kathmandu",
        make_offer_in_kathmandu,
        QUESTION,
        (
            "Every Wednesday, 04:45 to 05:45, Kathmandu (Asia).",
            "For you that is the next day: it is Wednesday where you live, and Tuesday there.",
        ),
        primary=1,
    ),
    PageState("offer-reported", make_reported_offer, QUESTION, ("You reported a problem.",), primary=1),
    PageState("offer-no", make_no, "Not this one?", ("Rather not say", "Never this campaign"), primary=1),
    PageState(
        "accepted",
        make_accepted,
        "Thank you, Alice. Now it is their turn.",
        ("They answer by Wednesday, 4 March", "Write to them first", "I need out"),
        ("swordfish", "carol@example.org"),
        primary=1,
    ),
    PageState(
        "accepted-by-phone",
        make_phone_yes,
        "Thank you, Alice. Now it is their turn.",
        ("You can take it back until Tuesday, 3 March, 07:00, Eastern time (New York).",),
        primary=1,
    ),
    PageState(
        "active",
        make_active,
        "Website",
        ("swordfish", "carol@example.org", "I checked my employer's rules", "You meet next", "for the campaign to do"),
        primary=1,
    ),
    PageState("active-paused", make_paused, "Website", ("Contact is paused",), ("carol@example.org",), primary=1),
    PageState("closing", make_closing, "Hand over “Website”", ("Hand over by", "The closing list", "to do"), primary=1),
    PageState("completed", make_completed, "Thank you, Alice. It is done.", ("Now you rest until",), ("carol@",)),
    PageState("refused", make_refused, "Not this time", ("You keep your turn",), ("hours do not work",)),
    PageState("released", make_released, "Ended early", ("Report a problem",)),
    PageState("withdrawn", make_withdrawn, "You stepped out", ("It costs you no turn.",)),
    PageState("out", make_way_out, "Leave this project?", ("You need not say why.", "No, I stay")),
    PageState("report", make_report, "Report a problem", ("Contact pauses at once", "within 24 hours"), primary=1),
    PageState("hand-over", make_hand_over, "Is everything handed over?", ("Not ticked yet",), primary=1),
    PageState("messages-none", make_empty_messages, "Messages", ("A hello is a good first one.",), primary=1),
    PageState(
        "messages-forty",
        make_forty_messages,
        "Messages",
        ("Message number 40", "Message number 21", "Earlier messages"),
        ("Message number 20 ",),
        primary=1,
    ),
    PageState("messages-paused", make_paused_messages, "Messages", ("Contact is paused",), ("Send it",)),
    PageState("messages-ended", make_messages_of_ended, "Messages", ("no more messages",), ("Send it",)),
]
