"""Why a volunteer has no offer yet is told by the board alone, on her page, in her letter and in her inbox."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.draft_rules import RoleDraft
from campaigns.models import Campaign, Request, Role, Seat
from core.enums import VettingArea
from core.models import Notice
from core.notifications.notice_types import RenderedNotice, render_notices
from core.notifications.outbox import PendingNotice, enqueue_notices
from matching.open_roles import fits_limit
from matching.rules.states import MatchState
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from tests.cast import FRONT_END_ROLE, Cast, create_volunteer, publish_new_request
from tests.match_factory import create_match
from tests.web.volunteers.start_steps import text_of
from volunteers.models import Volunteer

ELSEWHERE = "We look for you among places that are on no list, too, such as emergencies and security work."
UNASKED = "No open place on our list asks for your skills just now."


@pytest.fixture
def dave(cast: Cast) -> Volunteer:
    """A volunteer who could do what the request asks for, but for the level."""
    Role.objects.update(level=5)
    return create_volunteer(cast.dave, timezone.now())


def read_standing(cast: Cast, dave: Volunteer) -> tuple[str, str]:
    """What the volunteer's first page and the letter say after a run over everything."""
    now = timezone.now()
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)
    client = Client()
    client.force_login(cast.dave)
    page = text_of(client.get("/me/"))
    standing = page.partition("Where you stand")[2].partition("You hear")[0]
    enqueue_notices([PendingNotice(cast.dave, "no-match-yet", "x", {"volunteer": str(dave.public_id)})], at=now)
    notice = Notice.objects.get(cause="x")
    rendered = render_notices([notice], language="en", at=now)[notice.pk]
    notice.delete()
    assert isinstance(rendered, RenderedNotice)
    return standing, rendered.text


@pytest.mark.parametrize(
    "hide",
    [
        lambda request: Request.objects.update(is_on_board=False),
        lambda request: Request.objects.update(emergency=True),
        lambda request: Campaign.objects.update(state="unverified"),
        lambda request: Role.objects.update(vetted_for=VettingArea.MONEY),
    ],
)
def test_a_role_that_the_board_hides_changes_no_word(cast: Cast, dave: Volunteer, hide: Callable[..., object]) -> None:
    assert "1 place asks for what you can do" in read_standing(cast, dave)[0]
    hide(cast.request)

    hidden = read_standing(cast, dave)
    Seat.objects.all().delete()
    nothing = read_standing(cast, dave)

    assert hidden == nothing
    assert all(UNASKED in text and ELSEWHERE in text for text in hidden)


def test_security_work_is_neither_counted_nor_denied(cast: Cast, dave: Volunteer) -> None:
    Request.objects.all().delete()
    role = RoleDraft(name="Guard", skill="site-security", hours_per_week=2)
    publish_new_request(cast.carol, cast.campaign, timezone.now(), title="Safe", roles=[FRONT_END_ROLE, role])

    assert all(UNASKED in text and ELSEWHERE in text for text in read_standing(cast, dave))


def test_a_proposal_that_nobody_has_sent_changes_no_word(cast: Cast, dave: Volunteer) -> None:
    Role.objects.update(level=1)
    Volunteer.objects.exclude(pk=dave.pk).update(state="paused", answer_due_at=None)
    seat = Seat.objects.get()
    create_match(MatchState.PROPOSED, volunteer=dave, seat=seat, at=timezone.now())

    page, letter = read_standing(cast, dave)

    assert "1 open place fits you, and you have no offer yet: it may fit other people, too." in page
    assert "1 open place fits you, and you have no offer yet: it may fit other people, too." in letter


def test_each_look_counts_as_a_question_about_what_fits(
    cast: Cast, dave: Volunteer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fits_limit, "MAX_FITS_PER_HOUR", 1)
    page, letter = read_standing(cast, dave)

    assert "1 place asks for what you can do" in page
    assert "We have no offer for you yet." in letter
    assert "We look for a place for you." in read_standing(cast, dave)[0]
