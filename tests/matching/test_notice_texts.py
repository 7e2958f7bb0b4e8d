"""Every kind of notice there is, as every possible recipient of it reads it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from itertools import count

import pytest
from django.core import mail
from django.test import Client

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.invitations import invite_member
from campaigns.draft_rules import RoleDraft
from campaigns.models import Campaign, CandidateStop, Member, Request
from core.models import FactorRecovery, Notice, Party, Skill, User
from core.models.factor_recovery import RECOVERY_LIFETIME
from core.notifications import notice_types
from core.notifications.delivery import deliver_due_notices
from core.notifications.mail import build_notice_mail
from core.notifications.notice_types import RenderedNotice, render_notices
from core.notifications.outbox import PendingNotice, enqueue_notices
from matching.lifecycle.actions.clocks import process_due_matches
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.lifecycle.match_notice_texts import MATCH_NOTICE_TEXTS
from matching.lifecycle.queries.calendar import find_next_meeting
from matching.models import IncidentWatch, Interest, Match, Pin, ProblemReport, Run
from matching.rules.states import STATES_IN_MEETINGS, MatchState
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from tests.cast import Cast, create_user, publish_new_request, sign_in_browser
from volunteers.models import Invitation, LevelQuestion, Volunteer

SKILL = "front-end"


@pytest.fixture
def match(cast: Cast, now: datetime) -> Match:
    """Alice was asked, with words all around her that nobody must read over her shoulder."""
    Request.objects.all().delete()
    party, _new = Party.objects.get_or_create(code="XQ", defaults={"name": "Quokka Party"})
    candidate = cast.campaign.candidate
    candidate.name, candidate.party = "Zebulon Aardvark", party
    candidate.save()
    cast.campaign.name = "Aardvark Onwards"
    cast.campaign.save()
    role = RoleDraft(name="Wizardry", skill=SKILL, hours_per_week=4)
    publish_new_request(
        cast.carol,
        cast.campaign,
        now,
        roles=[role],
        title="Xylophone",
        summary="Yodelling.",
        brief="Kazoo.",
        out_of_scope="Vuvuzela.",
        channel="Zither",
    )
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)
    return approve_match(actor=cast.rita, match=Match.objects.get(volunteer__user=cast.alice), at=now)


def secrets(match: Match) -> set[str]:
    """What must never stand in a letter, in small letters."""
    request = match.request
    contest = request.campaign.candidate.contest
    said = "Zebulon, Aardvark, Onwards, Quokka, Wizardry, Xylophone, Yodelling, Kazoo, Vuvuzela, Zither, swordfish"
    skill = Skill.objects.get(code=SKILL)
    names = {*said.split(", "), skill.name, skill.code, contest.office, contest.jurisdiction.name, "carol", "bob@"}
    return {name.lower() for name in names}


def every_notice(cast: Cast, match: Match, now: datetime, *, only: User | None = None) -> Iterator[tuple[str, Notice]]:
    """One of each kind to each recipient, with the state that makes it true, one after the other."""
    numbers = count()
    everybody: list[User | str] = [cast.alice, cast.bob, cast.carol, cast.rita, "imported@example.org"]
    readers = [only] if only else everybody
    skill = Skill.objects.get(code=SKILL)
    question = LevelQuestion.objects.create(volunteer=match.volunteer, skill=skill, asked_at=now)
    row = Volunteer.objects.create(
        source="s", source_key="1", email="x@y.org", max_hours_per_week=1, time_zone="UTC", waiting_since=now
    )
    code = {"code_account": cast.dave, "code_sent_at": now, "codes_sent": 1}
    asked = Invitation.objects.create(volunteer=row, invited_at=now, expires_at=now + timedelta(days=1), **code)
    recovery = FactorRecovery.objects.create(
        person=cast.bob, callback="Bassoon", requested_at=now, expires_at=now + RECOVERY_LIFETIME
    )
    Match.objects.update(state=MatchState.ACCEPTED)
    message = write_message(actor=cast.alice, match=match, text="Bassoon", at=now)
    report_problem(actor=cast.alice, match=match, kind="conduct", text="Bassoon", at=now)
    pin = Pin.objects.create(
        **{"volunteer": cast.bob.volunteer, "seat": match.seat, "created_by": cast.rita, "created_at": now},
        **{"reason": "Bassoon", "obstacle": "time_off", "waits_since": now},
    )
    interest = Interest.objects.create(
        **{"volunteer": cast.bob.volunteer, "role": match.seat.role, "since": now, "answer_due_at": now + timedelta(7)},
        **{"ended_at": now, "end_reason": "not_this_time"},
    )
    Notice.objects.all().delete()
    subjects = {
        "ended_interest": str(interest.public_id),
        "pin": str(pin.public_id),
        "match": str(match.public_id),
        "message": str(message.public_id),
        "request": str(match.request.public_id),
        "campaign": str(match.request.campaign.public_id),
        "contest": str(match.request.campaign.candidate.contest.public_id),
        "level_question": str(question.public_id),
        "invitation": str(asked.public_id),
        "volunteer": str(cast.bob.volunteer.public_id),
        "run": str(Run.objects.latest("pk").public_id),
        "account": str(cast.rita.public_id),
        "recovery": str(recovery.public_id),
        "state": recovery.state,
        "ended_by": "candidate",
        **_letters_of(match.request.campaign, now),
    }
    Run.objects.update(left_out=[{"kind": "request", "id": str(match.request.public_id)}])
    # The meeting of next week, of which both reminders are wanted.
    meeting = find_next_meeting(match.request, match.request.windows.get(kind="meeting"), at=now)
    subjects["starts_at"] = meeting.isoformat() if meeting else ""
    User.objects.update(is_reminded_an_hour_before=True)
    reminders = {"meeting-day-before", "meeting-hour-before"}
    states = {told.notice_type: told.states for told in MATCH_NOTICE_TEXTS} | {
        **dict.fromkeys(reminders, STATES_IN_MEETINGS),
        "review-delayed": (MatchState.PROPOSED,),
        "empty-seats": (MatchState.DECLINED,),
    }
    other = create_user("otto")
    IncidentWatch.objects.create(incident=match.request, taken_at=now, all_told_due_at=now, call_due_at=now)
    watch = IncidentWatch.objects.filter(incident=match.request)
    for kind in notice_types.list_notice_types():
        # A campaign that waits to be verified, or that nobody is found for, only where that is what is told.
        is_unverified = kind in (
            "verification-requested",
            "verification-overdue",
            "verification-delayed",
            "verification-started",
            "plan-published",
        )
        Campaign.objects.update(
            state="unverified" if is_unverified else "verified",
            answer_due_at=now + timedelta(days=1) if is_unverified else None,
            paused_at=now if kind == "campaign-paused" else None,
        )
        # Bob was promised an answer: for the letter to the reviewers, one that is late.
        promised = now + timedelta(days=-1 if kind == "hand-answers-overdue" else 1)
        Volunteer.objects.filter(user=cast.bob).update(answer_due_at=promised)
        # A report pauses contact, and so the reminders of meetings: it is closed for these.
        is_handled = kind in reminders
        ProblemReport.objects.update(handled_at=now if is_handled else None, outcome="Spoken." if is_handled else "")
        # A candidate's stop is open only where that is what is told; else a reviewer has closed it.
        is_closed = kind not in ("campaign-stopped", "stop-raised", "stop-overdue", "stop-confirmed")
        CandidateStop.objects.update(handled_at=now if is_closed else None, outcome="resumed" if is_closed else "")
        # An administrator hears of a contest only where no reviewer is left for it.
        lacks_reviewer = kind == "contest-without-reviewer"
        administers = lacks_reviewer or kind == "reviewer-roles-review"
        User.objects.filter(email="rita@example.org").update(is_staff=not lacks_reviewer, is_superuser=administers)
        # Only an incident that was called off is told as that.
        is_called_off = kind in ("incident-called-off", "incident-call-overdue")
        Request.objects.update(state="cancelled" if is_called_off else "published")
        # Another reviewer has it only where that is what is told.
        is_taken_over = kind == "incident-taken-over"
        User.objects.filter(pk=other.pk).update(is_staff=is_taken_over)
        watch.update(reviewer=other if is_taken_over else None)
        whose = match.volunteer if kind == "review-delayed" else cast.bob.volunteer
        subjects["volunteer"] = str(whose.public_id)
        for state in states.get(kind, (MatchState.ACCEPTED,)):
            Match.objects.update(state=state, due_at=now + timedelta(days=1))
            enqueue_notices([PendingNotice(to, kind, str(next(numbers)), subjects) for to in readers], at=now)
            for notice in Notice.objects.select_related("recipient").filter(kind=kind):
                yield kind, notice
            Notice.objects.all().delete()


def _letters_of(campaign: Campaign, now: datetime) -> dict[str, str]:
    """An open invitation to act for the campaign, and its candidate's link."""
    carol, rita = (User.objects.get(email=f"{name}@example.org") for name in ("carol", "rita"))
    invitation = invite_member(actor=carol, campaign=campaign, email="x@y.org", position="staff", at=now)
    key = send_candidate_link(actor=rita, campaign=campaign, email="k@y.org", at=now)
    stopped = {"stopped_at": now, "answer_due_at": now + timedelta(days=1), "reason": "Bassoon"}
    CandidateStop.objects.create(campaign=campaign, **stopped)
    Notice.objects.all().delete()
    return {"member_invitation": str(invitation.public_id), "candidate_link": str(key.public_id)}


def test_no_letter_of_any_kind_to_anybody_names_a_campaign_a_candidate_a_party_or_a_skill(
    cast: Cast, match: Match, now: datetime
) -> None:
    hidden = {*secrets(match), "bassoon"}
    told: set[str] = set()
    for kind, notice in every_notice(cast, match, now):
        letter = render_notices([notice], language="en", at=now)[notice.pk]
        assert not isinstance(letter, Exception), kind
        if letter is None:
            continue
        told.add(kind)
        whole = message_from_bytes(build_notice_mail([(notice, letter)]).message().as_bytes(), policy=policy.default)
        del whole["To"]
        bodies = [part.get_content() for part in whole.walk() if not part.is_multipart()]
        if kind == "member-invitation":  # a stranger must see who asks; the campaign stands in it once it is verified
            bodies = []
        said = "\n".join([*(f"{name}: {value}" for name, value in whole.items()), *bodies]).lower()
        assert {name for name in hidden if name in said} == set(), (kind, notice.recipient)
        assert "None" not in letter.text
        assert "%(" not in letter.text

    assert told == set(notice_types.list_notice_types())


def test_who_has_no_part_in_it_is_told_nothing(cast: Cast, match: Match, now: datetime) -> None:
    about_a_match = {told.notice_type for told in MATCH_NOTICE_TEXTS} | {
        "message",
        "report",
        "report-overdue",
        *("incident", "incident-taken-over", "incident-unanswered", "incident-called-off", "incident-call-overdue"),
        *("meeting-day-before", "meeting-hour-before"),
        "unkept-pin",
    }
    for kind, notice in every_notice(cast, match, now, only=cast.bob):
        letter = render_notices([notice], language="en", at=now)[notice.pk]
        assert letter is None or kind not in about_a_match, kind


def test_an_offer_says_until_when_on_the_clock_of_whom_it_is_for(cast: Cast, match: Match, now: datetime) -> None:
    deliver_due_notices(at=now)

    [letter] = [one for one in mail.outbox if one.to == ["alice@example.org"]]
    assert letter.subject == "There is an answer for you"
    assert "by Wednesday, 4 March, 9 am (your time)" in letter.body
    assert letter.body.startswith("Hello Alice,")


def test_an_offer_in_an_emergency_says_that_it_is_urgent_and_how_long_there_is(
    cast: Cast, match: Match, now: datetime
) -> None:
    Match.objects.update(offered_at=now, due_at=now + timedelta(minutes=30))
    Request.objects.update(emergency=True)
    deliver_due_notices(at=now)

    [letter] = [one for one in mail.outbox if one.to == ["alice@example.org"]]
    assert letter.subject == "Urgent: please answer within 30 minutes"
    assert "this is urgent: you have 30 minutes." in letter.body.splitlines()[2]
    assert "9 am (your time)" not in letter.body


def test_a_campaign_is_not_asked_for_an_answer_that_it_has_given(cast: Cast, match: Match, now: datetime) -> None:
    accept_offer(actor=cast.alice, match=match, at=now, accepts_code_of_conduct=True)
    Match.objects.update(state=MatchState.ACTIVE, due_at=now + timedelta(days=40))

    notice = Notice.objects.get(kind="offer-accepted")
    letter = render_notices([notice], language="en", at=now)[notice.pk]

    assert isinstance(letter, RenderedNotice)
    assert "it begins" in letter.text
    assert " by " not in letter.text


def test_whoever_no_longer_acts_for_a_campaign_is_no_longer_told(cast: Cast, match: Match, now: datetime) -> None:
    accept_offer(actor=cast.alice, match=match, at=now, accepts_code_of_conduct=True)
    Member.objects.filter(user=cast.carol).update(position="treasurer")

    notice = Notice.objects.get(kind="offer-accepted")

    assert render_notices([notice], language="en", at=now)[notice.pk] is None


def test_links_open_a_page_and_decide_nothing(cast: Cast, match: Match, now: datetime) -> None:
    addresses, carols, alices = set(), Client(), Client()
    sign_in_browser(carols, cast.carol)
    sign_in_browser(alices, cast.alice)
    for _kind, notice in every_notice(cast, match, now):
        letter = render_notices([notice], language="en", at=now)[notice.pk]
        if isinstance(letter, RenderedNotice):
            addresses.add(letter.address)
            if letter.address.startswith("/campaigns/"):  # now, as long as it is in the state that it tells of
                assert carols.get(letter.address).status_code == 200, letter
            if letter.address.startswith("/me/"):
                assert alices.get(letter.address, follow=True).status_code == 200, letter
    before = {"match": Match.objects.get().version, "users": User.objects.count()}

    pages = {address.split("/")[1] or "home" if address else "home" for address in addresses}
    assert pages == {"home", "admin", "accounts", "invitation", "join", "candidate", "recovery", "campaigns", "me"}
    client = Client()
    sign_in_browser(client, cast.rita)
    of_reviewers = {address or "/" for address in addresses if not address.startswith(("/campaigns/", "/me/"))}
    assert {client.get(address).status_code for address in of_reviewers} == {200}
    assert {"match": Match.objects.get().version, "users": User.objects.count()} == before
    assert Invitation.objects.get().used_at is None


def test_a_report_that_is_closed_pages_nobody(cast: Cast, match: Match, now: datetime) -> None:
    Match.objects.update(state=MatchState.ACCEPTED)
    report_problem(actor=cast.alice, match=match, kind="conduct", at=now)
    ProblemReport.objects.update(handled_at=now, handled_by=cast.rita, outcome="Spoken with both.")

    notice = Notice.objects.get(kind="report")

    assert render_notices([notice], language="en", at=now)[notice.pk] is None


def test_an_invitation_that_has_run_out_is_not_sent(cast: Cast, match: Match, now: datetime) -> None:
    [notice] = [notice for kind, notice in every_notice(cast, match, now, only=cast.bob) if kind == "invitation"]

    assert render_notices([notice], language="en", at=now)[notice.pk] is not None
    assert render_notices([notice], language="en", at=now + timedelta(days=1))[notice.pk] is None


def test_a_week_without_a_worker_ends_with_one_letter_each(cast: Cast, match: Match, now: datetime) -> None:
    for day in range(7):
        at = now + timedelta(days=day)
        execute_run(queue_run(actor=cast.rita, at=at).pk, now=lambda at=at: at, seconds=lambda: 0.0)  # type: ignore[misc]
        process_due_matches(at=at)
    later = now + timedelta(days=7)
    for _round in range(3):
        deliver_due_notices(at=later)

    for user in (cast.alice, cast.bob, cast.carol):
        assert sum(letter.to == [user.email] for letter in mail.outbox) <= 1, user
