"""How each state of the board, of one open place and of what was asked for comes about."""

from datetime import datetime, timedelta

from django.urls import reverse

from campaigns.draft_rules import RoleDraft
from campaigns.models import Role
from matching.lifecycle.actions.interests import end_settled_interests
from matching.models import Interest
from matching.open_roles.actions.interests import express_interest
from matching.rules.interest_limits import MAX_OPEN_INTERESTS
from tests.cast import FRONT_END_ROLE, Cast, publish_new_request
from tests.matching.open_roles.board_world import register_verified_campaign
from volunteers.actions.availability import set_paused
from volunteers.actions.skills import replace_skills

UX_ROLE = RoleDraft(name="Interviews", skill="ux-research", hours_per_week=2, level=4)


def fill_board(cast: Cast, now: datetime) -> None:
    """Three campaigns in Washington, so that their state, office and party are shown."""
    for number in range(2):
        campaign, manager = register_verified_campaign(cast, f"Board {number}", now)
        publish_new_request(manager, campaign, now, roles=[[FRONT_END_ROLE], [UX_ROLE]][number])


def find_open_role(cast: Cast) -> Role:
    return Role.objects.get(request=cast.request)


def find_role_address(role: Role) -> str:
    return reverse("open-role", args=[role.board_id])


def show_board(cast: Cast, now: datetime) -> str:
    fill_board(cast, now)
    return reverse("open-roles")


def show_narrowed_board(cast: Cast, now: datetime) -> str:
    return show_board(cast, now) + "?where=US-WA&hours=4"


def show_nothing_like_it(cast: Cast, now: datetime) -> str:
    return show_board(cast, now) + "?hours=1"


def show_empty_board(cast: Cast, now: datetime) -> str:
    type(cast.request).objects.update(is_on_board=False)
    return reverse("open-roles")


def show_board_in_pause(cast: Cast, now: datetime) -> str:
    set_paused(actor=cast.alice, is_paused=True, at=now)
    return show_board(cast, now)


def ask(cast: Cast, now: datetime, count: int = 1) -> list[Interest]:
    """Alice asks for her campaign's role, and for some others of it."""
    roles = [find_open_role(cast)]
    for number in range(count - 1):
        title = f"Number {number}"
        roles.append(
            publish_new_request(cast.carol, cast.campaign, now, roles=[FRONT_END_ROLE], title=title).roles.get()
        )
    return [express_interest(actor=cast.alice, open_role_id=role.board_id, at=now) for role in roles]


def show_board_of_all_asked(cast: Cast, now: datetime) -> str:
    ask(cast, now, MAX_OPEN_INTERESTS)
    return show_board(cast, now)


def show_role(cast: Cast, now: datetime) -> str:
    fill_board(cast, now)
    return find_role_address(find_open_role(cast))


def show_asked_role(cast: Cast, now: datetime) -> str:
    ask(cast, now)
    return show_role(cast, now)


def show_unfit_role(cast: Cast, now: datetime) -> str:
    replace_skills(actor=cast.alice, claims=[("copywriting", 4, True)], at=now)
    return show_role(cast, now)


def show_role_in_pause(cast: Cast, now: datetime) -> str:
    set_paused(actor=cast.alice, is_paused=True, at=now)
    return show_role(cast, now)


def show_role_after_all_asked(cast: Cast, now: datetime) -> str:
    ask(cast, now, MAX_OPEN_INTERESTS)
    fill_board(cast, now)
    return find_role_address(Role.objects.exclude(interests__isnull=False).filter(skill__code="front-end").get())


def show_gone_role(cast: Cast, now: datetime) -> str:
    address = show_role(cast, now)
    type(cast.request).objects.update(is_on_board=False)
    return address


def show_take_back(cast: Cast, now: datetime) -> str:
    (interest,) = ask(cast, now)
    return reverse("interest-withdraw", args=[interest.public_id])


def make_desk_of_asked(cast: Cast, now: datetime) -> str:
    """One place that she waits for, and one that is not needed any more."""
    first, _second = ask(cast, now, 2)
    Role.objects.get(pk=first.role_id).seats.update(closed_at=now)
    end_settled_interests(at=now + timedelta(seconds=1))
    return "/me/"
