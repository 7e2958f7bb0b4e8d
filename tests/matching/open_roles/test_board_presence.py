"""Whether a campaign is told that its request may be on the board is what the board does."""

from collections.abc import Callable
from datetime import datetime

import pytest

from campaigns.draft_rules import RoleDraft
from campaigns.models import Request, Role
from core.enums import VettingArea
from core.models import Skill
from matching.open_roles.queries.board import read_board
from matching.open_roles.queries.board_presence import BoardPresence, find_board_presence
from tests.cast import Cast
from tests.cast import publish_new_request as publish


def change_nothing(request: Request) -> None:
    pass


def keep_off(request: Request) -> None:
    Request.objects.filter(pk=request.pk).update(is_on_board=False)


def make_emergency(request: Request) -> None:
    Request.objects.filter(pk=request.pk).update(emergency=True)


def ask_for_security_too(request: Request) -> None:
    skill = Skill.objects.get(code="site-security")
    Role.objects.filter(request=request, name="Copy").update(skill=skill)


def ask_for_vetted_people(request: Request) -> None:
    Role.objects.filter(request=request).update(vetted_for=VettingArea.MONEY)


def ask_for_one_vetted_person(request: Request) -> None:
    Role.objects.filter(request=request, name="Copy").update(vetted_for=VettingArea.MONEY)


@pytest.mark.parametrize(
    ("change", "presence", "roles"),
    [
        (change_nothing, BoardPresence.SHOWN, 2),
        (ask_for_one_vetted_person, BoardPresence.SHOWN, 1),
        (keep_off, BoardPresence.KEPT_OFF, 0),
        (make_emergency, BoardPresence.NEVER, 0),
        (ask_for_security_too, BoardPresence.NEVER, 0),
        (ask_for_vetted_people, BoardPresence.NEVER, 0),
    ],
)
def test_it_is_what_the_board_does(
    cast: Cast, now: datetime, change: Callable[[Request], None], presence: BoardPresence, roles: int
) -> None:
    drafts = [RoleDraft(name=name, skill="copywriting", hours_per_week=2) for name in ("Copy", "More copy")]
    request = publish(cast.carol, cast.campaign, now, roles=drafts, title="Texts")
    Request.objects.exclude(pk=request.pk).update(is_on_board=False)
    change(request)

    assert find_board_presence(Request.objects.get(pk=request.pk)) == presence
    assert len(read_board(at=now).role_ids) == roles
