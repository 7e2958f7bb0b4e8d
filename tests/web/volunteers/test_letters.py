"""Every letter to a volunteer leads, through the sign-in, to the page that has the button which it names."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from core.models import Notice, Skill, User
from core.notifications.mail import build_notice_mail
from core.notifications.notice_types import RenderedNotice, list_notice_types, render_notices
from core.notifications.outbox import enqueue_notice
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import handle_report, report_problem
from matching.lifecycle.match_notice_texts import MATCH_NOTICE_TEXTS
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_active_match, make_match, make_proposed_match
from tests.web.volunteers.reading import list_buttons, read_text
from volunteers.actions.level_questions import ask_skill_level
from volunteers.models import Invitation, Volunteer

MakeSubjects = Callable[[Cast, datetime], dict[str, str]]


def match_in_state(state: MatchState) -> MakeSubjects:
    def make(cast: Cast, now: datetime) -> dict[str, str]:
        match = make_match(cast, now, state)
        if state == MatchState.SUPERSEDED:
            Match.objects.filter(pk=match.pk).update(offered_at=now)
        return {"match": str(match.public_id)}

    return make


def make_message(cast: Cast, now: datetime) -> dict[str, str]:
    match = make_active_match(cast, now)
    message = write_message(actor=cast.carol, match=match, text="Hello", at=now)
    return {"match": str(match.public_id), "message": str(message.public_id)}


def make_handled_report(cast: Cast, now: datetime) -> dict[str, str]:
    match = make_active_match(cast, now)
    report = report_problem(actor=cast.alice, match=match, kind="other", at=now)
    handle_report(actor=cast.rita, report=report, outcome="Spoke with both.", at=now)
    return {"match": str(match.public_id)}


def make_level_question(cast: Cast, now: datetime) -> dict[str, str]:
    volunteer = cast.alice.volunteer
    ask_skill_level(volunteer=volunteer, skill=Skill.objects.get(code="front-end"), at=now)
    return {"level_question": str(volunteer.level_questions.get().public_id)}


def make_waiting(cast: Cast, now: datetime) -> dict[str, str]:
    Volunteer.objects.filter(user=cast.alice).update(answer_due_at=now + timedelta(days=3))
    return {"volunteer": str(cast.alice.volunteer.public_id)}


def make_old_hours(cast: Cast, now: datetime) -> dict[str, str]:
    Volunteer.objects.filter(user=cast.alice).update(availability_confirmed_at=now - timedelta(days=60))
    return {"volunteer": str(cast.alice.volunteer.public_id)}


def make_proposal(cast: Cast, now: datetime) -> dict[str, str]:
    make_proposed_match(cast, now)
    return make_waiting(cast, now)


LETTERS: dict[str, tuple[MakeSubjects, str, str]] = {
    "offer": (match_in_state(MatchState.OFFERED), "Look at it and answer", "Yes, I’ll do it"),
    "offer-reminder": (match_in_state(MatchState.OFFERED), "Look at it and answer", "Yes, I’ll do it"),
    "offer-changed": (match_in_state(MatchState.OFFERED), "Look at it and answer", "No, not this one"),
    "request-terms-changed": (match_in_state(MatchState.ACTIVE), "Look at it", "I need out"),
    "request-text-changed": (match_in_state(MatchState.ACTIVE), "Read it", "Kick-off card"),
    "offer-expired": (match_in_state(MatchState.EXPIRED), "See how it ended", "Less time just now?"),
    "match-ended": (match_in_state(MatchState.SUPERSEDED), "See how it ended", "Plans changed"),
    "acceptance-recorded": (match_in_state(MatchState.ACCEPTED), "Look at it", "I need out"),
    "work-started": (match_in_state(MatchState.ACTIVE), "Open the kick-off card", "Kick-off card"),
    "handover-started": (match_in_state(MatchState.CLOSING), "Open the list", "The closing list"),
    "match-completed": (match_in_state(MatchState.COMPLETED), "See what comes next", "Go on at once"),
    "alarm-called-off": (match_in_state(MatchState.SUPERSEDED), "See how it ended", "Plans changed"),
    "work-stopped": (match_in_state(MatchState.RELEASED), "See how it ended", "Ended early"),
    "message": (make_message, "Read and answer", "Send it"),
    "report-handled": (make_handled_report, "Open your project", "I need out"),
    "level-question": (make_level_question, "Say which level", "Which level is right?"),
    "availability-check": (make_old_hours, "Yes, still right", "Yes, still right"),
    "hand-raised": (make_waiting, "Open my page", "You hear from us by"),
    "review-delayed": (make_proposal, "See where you stand", "Where you stand"),
}
"""For each kind: what makes it true, the verb of its link, and what it speaks of on the page."""

ELSEWHERE = {"invitation", "claim-code", "no-match-yet"}
"""An invitation has a page without a profile. Its code belongs to the tab that asks for it. `no-match-yet` needs
a run.
"""


def enqueue_letter(kind: str, cast: Cast, now: datetime) -> tuple[Notice, RenderedNotice]:
    subjects = LETTERS[kind][0](cast, now)
    Notice.objects.all().delete()
    enqueue_notice(to=cast.alice, kind=kind, cause="the only one", subjects=subjects, at=now)
    notice = Notice.objects.get()
    letter = render_notices([notice], language="en", at=now)[notice.pk]
    assert isinstance(letter, RenderedNotice)
    return notice, letter


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_leads_through_the_sign_in_to_the_button_that_it_names(cast: Cast, now: datetime, kind: str) -> None:
    _make, verb, words = LETTERS[kind]
    notice, letter = enqueue_letter(kind, cast, now)
    assert letter.button == verb
    mail = build_notice_mail([(notice, letter)])
    assert letter.address in mail.body
    assert f">{verb}</a>" in str(mail.alternatives[0][0])

    client = Client()
    turned_away = client.get(letter.address)
    assert turned_away.status_code == 302
    assert parse_qs(urlsplit(turned_away["Location"]).query)["next"] == [letter.address]
    client.force_login(cast.alice)
    page = client.get(letter.address, follow=True)
    assert page.status_code == 200
    assert words in read_text(page)
    if words in ("Yes, I’ll do it", "No, not this one", "Yes, still right", "Send it", "Go on at once"):
        assert words in list_buttons(page)


def test_every_kind_of_letter_to_a_volunteer_is_opened_here() -> None:
    of_matches = {one.notice_type for one in MATCH_NOTICE_TEXTS if one.volunteer_page is not None}
    others = {"message", "report-handled", "level-question", "availability-check", "hand-raised", "review-delayed"}

    assert LETTERS.keys() == of_matches | others
    assert list_notice_types().keys() >= LETTERS.keys() | ELSEWHERE


def test_an_invitation_leads_to_its_page(cast: Cast, now: datetime) -> None:
    row = Volunteer.objects.create(
        source="s", source_key="1", email="x@y.org", max_hours_per_week=1, time_zone="UTC", waiting_since=now
    )
    invitation = Invitation.objects.create(volunteer=row, invited_at=now, expires_at=now + timedelta(days=1))
    enqueue_notice(
        to="x@y.org", kind="invitation", cause="it", subjects={"invitation": str(invitation.public_id)}, at=now
    )
    notice = Notice.objects.get(kind="invitation")
    letter = render_notices([notice], language="en", at=now)[notice.pk]
    assert isinstance(letter, RenderedNotice)
    assert letter.button == "See the invitation"

    client = Client()
    client.force_login(User.objects.get(email="dave@example.org"))
    assert "Yes, I would like to help" in list_buttons(client.get(letter.address))


@pytest.mark.parametrize("kind", ["offer", "work-started", "match-completed", "level-question"])
def test_a_letter_that_is_opened_late_leads_to_what_is_there_now(cast: Cast, now: datetime, kind: str) -> None:
    """Weeks later: the offer is over, the project has ended, the question is answered."""
    _notice, letter = enqueue_letter(kind, cast, now)
    Match.objects.update(state=MatchState.WITHDRAWN, reason="time", due_at=None)
    cast.alice.volunteer.level_questions.update(answered_at=now)

    client = Client()
    client.force_login(cast.alice)
    page = client.get(letter.address, follow=True)

    assert page.status_code == 200
    assert "You stepped out" in read_text(page) or "You have answered this question already." in read_text(page)
