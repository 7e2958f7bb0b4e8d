"""The ways in which a pin comes to have an obstacle."""

from collections.abc import Callable
from datetime import datetime, timedelta

from campaigns.actions.campaign_pauses import pause_campaign
from campaigns.actions.request_ends import cancel_request
from campaigns.actions.roles_and_seats import close_seat
from campaigns.models import Seat
from matching.lifecycle.actions.vetoes import veto_pair
from matching.models import Pin
from matching.rules.states import MatchState
from tests.cast import (
    FRONT_END_ROLE,
    Cast,
    publish_new_request,
)
from tests.match_factory import create_match, make_accepted_match
from volunteers.models import SkillClaim, TimeOff, Volunteer

WHY = "They asked for each other."


def seat_of(cast: Cast) -> Seat:
    return Seat.objects.get(role__request=cast.request)


def add_request(cast: Cast, now: datetime, **changes: object) -> Seat:
    request = publish_new_request(cast.carol, cast.campaign, now, title="Second", roles=[FRONT_END_ROLE], **changes)
    return Seat.objects.get(role__request=request)


def hold_seat(cast: Cast, pin: Pin, now: datetime) -> None:
    make_accepted_match(cast, now)


def close(cast: Cast, pin: Pin, now: datetime) -> None:
    Seat.objects.create(role=pin.seat.role, number=2)
    close_seat(actor=cast.carol, seat=pin.seat, at=now)


def cancel(cast: Cast, pin: Pin, now: datetime) -> None:
    cancel_request(actor=cast.carol, request=cast.request, at=now)


def pause_the_campaign(cast: Cast, pin: Pin, now: datetime) -> None:
    pause_campaign(campaign=cast.campaign, at=now)


def pause_volunteer(cast: Cast, pin: Pin, now: datetime) -> None:
    Volunteer.objects.filter(pk=pin.volunteer_id).update(state="paused", answer_due_at=None)


def let_rest(cast: Cast, pin: Pin, now: datetime) -> None:
    Volunteer.objects.filter(pk=pin.volunteer_id).update(rest_until=now.date() + timedelta(days=60))


def make_busy(cast: Cast, pin: Pin, now: datetime) -> None:
    other = add_request(cast, now, meetings=[])
    create_match(MatchState.ACTIVE, volunteer=pin.volunteer, seat=other, at=now)


def lower_hours(cast: Cast, pin: Pin, now: datetime) -> None:
    Volunteer.objects.filter(pk=pin.volunteer_id).update(max_hours_per_week=3)


def veto(cast: Cast, pin: Pin, now: datetime) -> None:
    veto_pair(actor=cast.rita, volunteer=pin.volunteer, campaign=cast.campaign, reason="Kin.", at=now)


def lose_skill(cast: Cast, pin: Pin, now: datetime) -> None:
    SkillClaim.objects.filter(volunteer=pin.volunteer_id).update(level=1)


def go_away(cast: Cast, pin: Pin, now: datetime) -> None:
    TimeOff.objects.create(volunteer=pin.volunteer, starts_on=now.date(), ends_on=now.date() + timedelta(days=90))


WAYS: list[tuple[Callable[[Cast, Pin, datetime], None], str, str]] = [
    (hold_seat, "seat_taken", "Waits: another volunteer has this place."),
    (close, "seat", "Waits: this place is no longer open."),
    (cancel, "seat", "Waits: this place is no longer open."),
    (pause_the_campaign, "seat", "Waits: this place is no longer open."),
    (pause_volunteer, "volunteer", "Waits: this person is no longer available."),
    (let_rest, "volunteer", "Waits: this person is no longer available."),
    (make_busy, "hours", "Waits: this person has too few hours left."),
    (lower_hours, "hours", "Waits: this person has too few hours left."),
    (veto, "veto", "Waits: this person is ruled out by a veto."),
    (lose_skill, "level", "Waits: this person has the skill at a lower level."),
    (go_away, "time_off", "Waits: this person is away in that time."),
]
