"""A database with every kind of personal data that can be stored about a user."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.actions.filings import state_filing
from campaigns.actions.invitations import invite_member
from campaigns.actions.kept_plans import keep_plan
from campaigns.filing_rules import FilingChange
from campaigns.models import Campaign, CandidateLink, CandidateStop, MemberInvitation, Request
from core.accounts.removed_addresses import remember_removed_address
from core.enums import AccessPoint, NoticeTopic, ViewerKind
from core.models import BouncedAddress, FactorRecovery, IdempotencyKey, Jurisdiction, Party, PersonalToken, User
from core.models.factor_recovery import RECOVERY_LIFETIME, RECOVERY_WAIT
from core.notifications.bounces import mark_bounced
from core.notifications.muted_topics import set_topic_muted
from core.notifications.outbox import enqueue_notice
from core.privacy.contact_access import record_contact_access
from core.reference.unknown_words import report_unknown_word
from ledger.models import Expense, TimeEntry
from matching.lifecycle.actions.calendar_feed import open_calendar_feed
from matching.lifecycle.actions.checklists import tick_checklist_item
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.incident_watch import take_incident
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import handle_report, report_problem
from matching.models import DutyShift, IncidentWatch, Interest, Match, Pin, Veto
from matching.runs.actions.scheduling import queue_run
from tests.cast import FRONT_END_ROLE, Cast, ensure_totp, publish_new_request
from tests.match_factory import make_active_match
from tests.run_execution import execute_full_run
from volunteers.actions.invitations import invite_imported_volunteer
from volunteers.actions.level_questions import ask_skill_level
from volunteers.actions.vetting import vet_volunteer
from volunteers.models import TimeOff, Volunteer


@dataclass
class FullRecords:
    """Alice works for Carol's campaign; Rita reviews; each has every record that their role can have."""

    alice: User
    carol: User
    rita: User
    match: Match
    volunteer: Volunteer
    imported: Volunteer
    request: Request
    campaign: Campaign


def create_full_records(cast: Cast, at: datetime) -> FullRecords:
    """Create a record of every kind for Alice, Carol and Rita."""
    match = make_active_match(cast, at)
    match.run = execute_full_run(at)  # a real one, with its arrays
    match.save(update_fields=["run"])
    volunteer = match.volunteer
    volunteer.parties.add(Party.objects.create(code="reform", name="Reform"))
    volunteer.jurisdictions.add(Jurisdiction.objects.get(code="US-WA"))
    TimeOff.objects.create(volunteer=volunteer, starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 9))
    vet_volunteer(
        actor=cast.rita, volunteer=volunteer, area="incidents", method="call", valid_until=date(2027, 1, 1), at=at
    )
    ask_skill_level(volunteer=volunteer, skill=match.seat.role.skill, at=at)
    open_calendar_feed(actor=cast.alice, secret="calendar-secret", authenticated_at=at, at=at)
    write_message(actor=cast.alice, match=match, text="Hello Carol", at=at)
    write_message(actor=cast.carol, match=match, text="Hello Alice", at=at)
    tick_checklist_item(actor=cast.alice, match=match, stage="kickoff", item_code="employer", at=at)
    said = report_problem(actor=cast.alice, match=match, kind="other", text="It is late", at=at)
    handle_report(actor=cast.rita, report=said, outcome="Spoke with Alice.", at=at)
    report_problem(actor=cast.carol, match=match, kind="other", text="Alice is late", at=at)
    for side, by in (("volunteer", cast.alice), ("campaign", cast.carol), ("reviewer", cast.rita)):
        said_never: dict[str, Any] = {"volunteer": volunteer, "campaign": cast.campaign, "side": side}
        Veto.objects.create(created_by=by, created_at=at, reason=f"Never, says the {side}", **said_never)
    mark_bounced(address=cast.alice.email, kind=BouncedAddress.Kind.BOUNCED, code="5.1.1", at=at)
    Pin.objects.create(volunteer=volunteer, seat=match.seat, created_by=cast.rita, created_at=at, reason="Alice asked.")
    liked = {"volunteer": volunteer, "role": match.seat.role, "since": at}
    Interest.objects.create(**liked, answer_due_at=at + timedelta(days=7))
    DutyShift.objects.create(reviewer=cast.rita, starts_at=at, ends_at=at + timedelta(days=1))
    details = IncidentDetails(description="Odd mail.", since="Today", contact="+1 503 555 0188")
    incident = report_incident(actor=cast.carol, campaign=cast.campaign, incident=details, time_zone="UTC", at=at)
    take_incident(actor=cast.rita, incident=incident, at=at)
    IncidentWatch.objects.filter(incident=incident).update(call_due_at=at, called_at=at, called_by=cast.rita)
    told: dict[str, Any] = {"match": match, "day": at.date(), "entered_by": cast.alice, "entered_at": at}
    report_unknown_word(word="Beekeeping", at=at)
    TimeEntry.objects.create(minutes=90, note="Alice's note", **told)
    Expense.objects.create(cents=900, what="Toner", **told)
    _create_declined_match(cast, volunteer, at)
    imported = _create_imported_volunteer(cast, at)
    invite_member(actor=cast.carol, campaign=cast.campaign, email="new@example.org", position="staff", at=at)
    invite_member(actor=cast.carol, campaign=cast.campaign, email=cast.alice.email, position="staff", at=at)
    send_candidate_link(actor=cast.rita, campaign=cast.campaign, email=cast.alice.email, at=at)
    stopped = {"stopped_at": at, "answer_due_at": at, "reason": "They are strangers."}
    closed = {"handled_at": at, "handled_by": cast.rita, "outcome": "resumed", "note": "Alice knows them."}
    CandidateStop.objects.create(campaign=cast.campaign, **stopped, **closed)
    state_filing(actor=cast.carol, campaign=cast.campaign, change=FilingChange(safe_phone="+1 503 555 0177"), at=at)
    queue_run(actor=cast.rita, at=at)
    for user in (cast.alice, cast.carol, cast.rita):
        _create_account_rows(user, at)
        ensure_totp(user)
        remember_removed_address(user, f"old.{user.email}", at=at)
        keep_plan(actor=user, draft_id="abc", content="{}", at=at)
        PersonalToken.objects.create(
            user=user,
            name=f"Of {user.email}",
            scope="read",
            token_digest=user.email,
            has_mfa=False,
            created_at=at,
            expires_at=at + timedelta(days=9),
        )
    _create_factor_recoveries(cast, at)
    record_contact_access(cast.rita, ViewerKind.REVIEWER, _list_accountless_rows(cast.alice), AccessPoint.REVIEW, at=at)
    cast.request.refresh_from_db()
    return FullRecords(cast.alice, cast.carol, cast.rita, match, volunteer, imported, cast.request, cast.campaign)


def _list_accountless_rows(user: User) -> list[UUID]:
    """Create rows that hold their address and belong to no account."""
    models = (Volunteer, MemberInvitation, CandidateLink)
    return [row.public_id for model in models for row in model._default_manager.filter(email=user.email)]


def _create_declined_match(cast: Cast, volunteer: Volunteer, at: datetime) -> None:
    """An offer that Alice declined, with what she said."""
    days = {"starts_on": at.date() + timedelta(days=60), "ends_on": at.date() + timedelta(days=90)}
    asked = publish_new_request(cast.carol, cast.campaign, at, title="Another", roles=[FRONT_END_ROLE], **days)
    seat = asked.roles.get().seats.get()
    ended = {
        "state": "declined",
        "note": "Alice has no time",
        "reason": "time",
        "offered_at": at,
        "state_changed_at": at,
    }
    Match.objects.create(volunteer=volunteer, seat=seat, score=0, score_parts={}, proposed_at=at, **ended)


def _create_imported_volunteer(cast: Cast, at: datetime) -> Volunteer:
    """An imported row with Alice's address that no user has claimed."""
    row = Volunteer.objects.create(
        first_name="Alice",
        email=cast.alice.email,
        max_hours_per_week=2,
        time_zone="UTC",
        waiting_since=at,
        source="list",
        source_key="7",
    )
    invitation = invite_imported_volunteer(actor=cast.rita, volunteer=row, at=at)
    invitation.code_account, invitation.code_sent_at = cast.alice, at
    invitation.save()
    return row


def _create_factor_recoveries(cast: Cast, at: datetime) -> None:
    """Rita has asked for one of Alice's factor, and approved and stopped one of Carol's."""
    asked: dict[str, Any] = {"requested_at": at, "expires_at": at + RECOVERY_LIFETIME}
    FactorRecovery.objects.create(person=cast.alice, requested_by=cast.rita, callback="Called Alice back", **asked)
    FactorRecovery.objects.create(
        person=cast.carol,
        callback="Called Carol back",
        approved_by=cast.rita,
        approved_at=at,
        due_at=at + RECOVERY_WAIT,
        state=FactorRecovery.State.STOPPED,
        stopped_by=cast.rita,
        ended_at=at,
        **asked,
    )


def _create_account_rows(user: User, at: datetime) -> None:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    IdempotencyKey.objects.create(
        user=user, key="k", request_digest="d", response_status=200, response_body=user.email, created_at=at
    )
    set_topic_muted(user=user, topic=NoticeTopic.WAITING)
    enqueue_notice(to=user, kind="verified", cause=f"life:{user.pk}", subjects={"campaign": "x"}, at=at)
    record_contact_access(user, ViewerKind.SELF, [user.pk], AccessPoint.EXPORT, at=at)
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Party),
        object_id="1",
        object_repr=f"By {user.email}",
        action_flag=2,
        change_message=user.email,
    )
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "password", "email": user.email}]
    session.save()
