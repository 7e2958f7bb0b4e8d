"""How each state of a volunteer's desk, and of its questions, comes about."""

from datetime import datetime, time, timedelta

from core.models import BouncedAddress, Skill
from core.notifications.bounces import mark_bounced
from core.week_mask import Window
from matching.lifecycle.actions.departure import leave_service
from matching.lifecycle.actions.messages import write_message
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import (
    make_match,
    make_offered_match,
)
from tests.web.volunteers.state_rows import change_volunteer, make_other_request, match_in
from volunteers.actions.availability import set_paused
from volunteers.actions.level_questions import ask_skill_level
from volunteers.actions.skills import replace_skills
from volunteers.actions.vetting import vet_volunteer
from volunteers.actions.weeks import add_time_off

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Bartholomew of the Long and Winding Roadways"


def show_desk(cast: Cast, now: datetime) -> str:
    return "/me/"


def make_desk_without_hours(cast: Cast, now: datetime) -> str:
    change_volunteer(cast, availability_confirmed_at=now - timedelta(days=70))
    return "/me/"


def make_desk_of_answered(cast: Cast, now: datetime) -> str:
    """A run found no place, and said so."""
    change_volunteer(cast, answer_due_at=None)
    return "/me/"


def make_desk_of_paused(cast: Cast, now: datetime) -> str:
    set_paused(actor=cast.alice, is_paused=True, at=now)
    return "/me/"


def make_desk_of_away(cast: Cast, now: datetime) -> str:
    first = now.date().replace(day=23)
    add_time_off(actor=cast.alice, starts_on=first, ends_on=first + timedelta(days=6), at=now)
    return "/me/"


def make_desk_of_bounced(cast: Cast, now: datetime) -> str:
    mark_bounced(address=cast.alice.email, kind=BouncedAddress.Kind.BOUNCED, code="5.1.1", at=now)
    return "/me/"


def make_skills_of_paused(cast: Cast, now: datetime) -> str:
    """A whole field, and a trusted skill after the call."""
    claims = [("copywriting", 4, True), ("engineering", 3, False), ("voter-file", 2, True)]
    replace_skills(actor=cast.alice, claims=claims, at=now)
    area, last = Skill.objects.get(code="voter-file").vetted_for, now.date() + timedelta(days=90)
    volunteer = cast.alice.volunteer
    vet_volunteer(actor=cast.rita, volunteer=volunteer, area=area, method="call", valid_until=last, at=now)
    set_paused(actor=cast.alice, is_paused=True, at=now)
    return "/me/skills/"


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
