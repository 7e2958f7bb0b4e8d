"""One row of each kind that is deleted after some days."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.filings import state_filing
from campaigns.actions.invitations import invite_member
from campaigns.actions.kept_plans import keep_plan
from campaigns.filing_rules import FilingChange
from campaigns.models import CandidateLink, CandidateStop, Contest, Filing, KeptPlan, MemberInvitation, Request
from core.accounts.removed_addresses import remember_removed_address
from core.models import (
    BouncedAddress,
    ContactAccess,
    FactorRecovery,
    Notice,
    PersonalToken,
    RemovedAddress,
    UnknownSkillWord,
    User,
)
from core.models.factor_recovery import RECOVERY_LIFETIME
from core.notifications.bounces import mark_bounced
from core.notifications.outbox import enqueue_notice
from core.reference.unknown_words import report_unknown_word
from matching.lifecycle.actions.departure import leave_service
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import handle_report, report_problem
from matching.models import DutyShift, IncidentWatch, Interest, Match, Message, ProblemReport, ReviewClaim
from tests.cast import Cast
from tests.match_factory import make_active_match
from volunteers.models import Invitation, Volunteer


def notice(cast: Cast, at: datetime) -> "QuerySet[Any]":
    enqueue_notice(to=cast.bob, kind="verified", cause="old", subjects={}, at=at)
    Notice.objects.update(sent_at=at)
    return Notice.objects.all()


def look(cast: Cast, at: datetime) -> "QuerySet[Any]":
    ContactAccess.objects.create(viewer_id=1, viewer_kind="reviewer", subject_id=2, access_point="review", at=at)
    return ContactAccess.objects.all()


def session(cast: Cast, at: datetime) -> "QuerySet[Any]":
    Session.objects.create(session_key="k", session_data="", expire_date=at)
    return Session.objects.all()


def token(cast: Cast, at: datetime) -> "QuerySet[Any]":
    PersonalToken.objects.create(
        user=cast.bob,
        name="x",
        scope="read",
        token_digest="d",
        has_mfa=False,
        created_at=at - timedelta(days=9),
        expires_at=at,
    )
    return PersonalToken.objects.all()


def bounce(cast: Cast, at: datetime) -> "QuerySet[Any]":
    mark_bounced(address=cast.bob.email, kind=BouncedAddress.Kind.BOUNCED, code="5.1.1", at=at)
    return BouncedAddress.objects.all()


def removed_address(cast: Cast, at: datetime) -> "QuerySet[Any]":
    remember_removed_address(cast.bob, "bob@old.example", at=at)
    return RemovedAddress.objects.all()


def unknown_word(cast: Cast, at: datetime) -> "QuerySet[Any]":
    report_unknown_word(word="Beekeeping", at=at)
    return UnknownSkillWord.objects.all()


def sign_up(cast: Cast, at: datetime) -> "QuerySet[Any]":
    never = User.objects.create_user("never@example.org", "x", joined_at=at)
    EmailAddress.objects.create(user=never, email=never.email, verified=False, primary=True)
    proved = User.objects.create_user("proved@example.org", "x", joined_at=at)
    EmailAddress.objects.create(user=proved, email=proved.email, verified=True, primary=True)
    return User.objects.filter(pk=never.pk)


def member_invitation(cast: Cast, at: datetime) -> "QuerySet[Any]":
    invite_member(actor=cast.carol, campaign=cast.campaign, email="x@example.org", position="staff", at=at)
    MemberInvitation.objects.update(revoked_at=at, email="")
    return MemberInvitation.objects.all()


def candidate_link(cast: Cast, at: datetime) -> "QuerySet[Any]":
    send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="kim@example.org", at=at)
    Request.objects.update(state="closed")
    Contest.objects.update(election_on=at.date())
    return CandidateLink.objects.all()


def candidate_stop(cast: Cast, at: datetime) -> "QuerySet[Any]":
    candidate_link(cast, at)
    CandidateStop.objects.create(campaign=cast.campaign, stopped_at=at, answer_due_at=at)
    return CandidateStop.objects.all()


def kept_plan(cast: Cast, at: datetime) -> "QuerySet[Any]":
    keep_plan(actor=cast.bob, draft_id="abc", content="{}", at=at)
    return KeptPlan.objects.all()


def filing(cast: Cast, at: datetime) -> "QuerySet[Any]":
    state_filing(actor=cast.carol, campaign=cast.campaign, change=FilingChange(safe_phone="+1 503 555 0177"), at=at)
    Request.objects.update(state="closed")
    Contest.objects.update(election_on=at.date())
    return Filing.objects.all()


def brief(cast: Cast, at: datetime) -> "QuerySet[Any]":
    begun = at - timedelta(days=9)
    days = {"starts_on": begun.date(), "ends_on": at.date(), "created_at": begun}
    Request.objects.update(state="closed", channel="#here", **days)
    return Request.objects.exclude(brief="", channel="", contact=None)


def unclaimed(cast: Cast, at: datetime) -> "QuerySet[Any]":
    row = Volunteer.objects.create(email="u@example.org", max_hours_per_week=1, time_zone="UTC", waiting_since=at)
    return Volunteer.objects.filter(pk=row.pk)


def left(cast: Cast, at: datetime) -> "QuerySet[Any]":
    gone = leave_service(actor=cast.bob, at=at)
    return Volunteer.objects.filter(pk=gone.pk)


def invitation(cast: Cast, at: datetime) -> "QuerySet[Any]":
    row = Volunteer.objects.create(
        email="u@example.org", max_hours_per_week=1, time_zone="UTC", waiting_since=at + timedelta(days=999)
    )
    Invitation.objects.create(volunteer=row, invited_at=at, expires_at=at)
    return Invitation.objects.all()


def message(cast: Cast, at: datetime) -> "QuerySet[Any]":
    match = make_active_match(cast, datetime(2026, 3, 2, 12, tzinfo=UTC))
    write_message(actor=cast.alice, match=match, text="Hello", at=at)
    Match.objects.filter(pk=match.pk).update(state="completed", state_changed_at=at)
    return Message.objects.all()


def note(cast: Cast, at: datetime) -> "QuerySet[Any]":
    message(cast, at)
    Match.objects.update(note="Something")
    return Match.objects.exclude(note="")


def reported(cast: Cast, at: datetime) -> "QuerySet[Any]":
    match = make_active_match(cast, datetime(2026, 3, 2, 12, tzinfo=UTC))
    said = report_problem(actor=cast.alice, match=match, kind="other", text="Late", at=at)
    handle_report(actor=cast.rita, report=said, outcome="Spoke.", at=at)
    return ProblemReport.objects.exclude(text="")


def interest(cast: Cast, at: datetime) -> "QuerySet[Any]":
    said = {"volunteer": cast.alice.volunteer, "role": cast.request.roles.get(), "since": at}
    Interest.objects.create(**said, answer_due_at=at + timedelta(days=7), ended_at=at, end_reason="filled")
    return Interest.objects.all()


def duty_shift(cast: Cast, at: datetime) -> "QuerySet[Any]":
    DutyShift.objects.create(reviewer=cast.rita, starts_at=at - timedelta(days=1), ends_at=at)
    return DutyShift.objects.all()


def review_claim(cast: Cast, at: datetime) -> "QuerySet[Any]":
    ReviewClaim.objects.create(request=cast.request, reviewer=cast.rita, lapses_at=at)
    return ReviewClaim.objects.all()


def incident_watch(cast: Cast, at: datetime) -> "QuerySet[Any]":
    Request.objects.filter(pk=cast.request.pk).update(state=Request.State.CLOSED)
    IncidentWatch.objects.create(incident=cast.request, reviewer=cast.rita, taken_at=at, all_told_due_at=at)
    return IncidentWatch.objects.all()


def factor_recovery(cast: Cast, at: datetime) -> "QuerySet[Any]":
    FactorRecovery.objects.create(
        person=cast.bob,
        callback="Called.",
        state="expired",
        requested_at=at - RECOVERY_LIFETIME,
        expires_at=at,
        ended_at=at,
    )
    return FactorRecovery.objects.all()


OVER: dict[str, Callable[[Cast, datetime], "QuerySet[Any]"]] = {
    "notices": notice,
    "contact_access": look,
    "sessions": session,
    "tokens": token,
    "factor_recoveries": factor_recovery,
    "bounced_addresses": bounce,
    "removed_addresses": removed_address,
    "unknown_skill_words": unknown_word,
    "unproved_sign_ups": sign_up,
    "member_invitations": member_invitation,
    "candidate_links": candidate_link,
    "candidate_stops": candidate_stop,
    "filings": filing,
    "kept_plans": kept_plan,
    "briefs": brief,
    "unclaimed": unclaimed,
    "left": left,
    "invitations": invitation,
    "messages": message,
    "notes": note,
    "reports": reported,
    "interests": interest,
    "duty_shifts": duty_shift,
    "review_claims": review_claim,
    "incident_watches": incident_watch,
}
