"""The texts of matching's notices. Subjects and first lines give nothing away to a person who reads along."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.notice_pages import CAMPAIGN_DESK
from core.conflict_of_interest import has_any_part
from core.enums import NoticeTopic
from core.models import Notice
from core.notifications.moments import format_moment
from core.notifications.notice_types import NoticePage, RenderedNotice, register_notice_type
from matching.incident_notice_texts import (
    render_incident,
    render_incident_call_overdue,
    render_incident_called_off,
    render_incident_taken_over,
    render_incident_unanswered,
    render_nobody_on_call,
)
from matching.lifecycle.interest_end_texts import INTEREST_END_TEXTS
from matching.lifecycle.match_notice_text import MatchNoticeText, NoticeText
from matching.lifecycle.match_notice_texts import MATCH_NOTICE_TEXTS
from matching.lifecycle.queries.deadlines import deadline_after_notice
from matching.lifecycle.queries.message_access import is_thread_shown
from matching.meeting_notice_texts import render_meeting_reminder
from matching.models import Match, Run
from matching.notice_rows import NoticeRows
from matching.open_roles.explanations import explain_waiting
from matching.rules.end_texts import END_REASON_TEXTS
from matching.rules.interest_ends import ENDS_WITH_NOTICE, InterestEnd
from matching.rules.notice_types import MatchingNotice
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState
from matching.runs import explanations
from matching.runs.change_suggestions import suggest_request_change
from volunteers.models import Volunteer

_CAMPAIGN_MESSAGES = NoticePage("campaign-person-messages", gettext_lazy("Read and answer"))
_VOLUNTEER_DESK = NoticePage("volunteer-desk", gettext_lazy("See where you stand"))
_VOLUNTEER_MESSAGES = NoticePage("volunteer-messages", gettext_lazy("Read and answer"))
_VOLUNTEER_PROJECT = NoticePage("volunteer-project", gettext_lazy("Open your project"))


def _build_match_renderer(
    notice_text: MatchNoticeText,
) -> Callable[[Notice, NoticeRows, datetime], RenderedNotice | None]:
    def render(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
        match = rows.find_match(notice)
        if match is None or match.state not in notice_text.states:
            return None
        side = rows.side_of_reader(match)
        deadline = deadline_after_notice(match, notice, at=at)
        is_over = deadline is not None and deadline <= at
        if side is None or (is_over and match.state == MatchState.OFFERED):
            return None
        time_zone = match.volunteer.time_zone if side == MatchSide.VOLUNTEER else match.request.time_zone
        values: dict[str, Any] = {
            "name": match.volunteer.first_name if side == MatchSide.VOLUNTEER else "",
            "until": format_moment(deadline, time_zone) if deadline and not is_over else _("tomorrow"),
            "why": END_REASON_TEXTS.get(match.reason, _("plans changed")),
        }
        subject, text = _choose_words(notice_text, match)
        values |= {"minutes": _count_answer_minutes(match)}
        page = notice_text.find_page(side)
        if page is not None:
            arguments = _list_page_arguments(notice_text, match, side)
            return page.link(subject % values, text % values, *arguments)
        return RenderedNotice(subject % values, text % values, _admin_address(match, side))

    return render


def _choose_words(notice_text: MatchNoticeText, match: Match) -> tuple[NoticeText, NoticeText]:
    """Return the subject and the text that are true of this match."""
    if match.request.emergency and notice_text.emergency_text:
        return notice_text.emergency_subject, notice_text.emergency_text
    is_active = match.state == MatchState.ACTIVE
    return notice_text.subject, (notice_text.text_once_active if is_active else None) or notice_text.text


def _count_answer_minutes(match: Match) -> int:
    """Return how many minutes lie between an offer and the end of its clock; 0 without both."""
    if match.offered_at is None or match.due_at is None:
        return 0
    return max(0, round((match.due_at - match.offered_at).total_seconds() / 60))


def _list_page_arguments(notice_text: MatchNoticeText, match: Match, side: MatchSide) -> list[UUID]:
    """Return the ids in the address of the page to which a notice leads this side."""
    if side != MatchSide.CAMPAIGN:
        return [match.public_id]
    campaign_id = match.request.campaign.public_id
    return [campaign_id] if notice_text.leads_to_desk else [campaign_id, match.public_id]


def render_message(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice of a new message, without its text."""
    match = rows.find_match(notice)
    side = rows.side_of_reader(match) if match else None
    if match is None or side is None or not rows.has_message(notice):
        return None
    subject = _("Somebody wrote to you")
    text = _("Hello,\n\nthere is a message for you. Please sign in to read and answer it.")
    if side == MatchSide.CAMPAIGN:
        return _CAMPAIGN_MESSAGES.link(subject, text, match.request.campaign.public_id, match.public_id)
    if side == MatchSide.VOLUNTEER:
        if not is_thread_shown(match):
            return None
        return _VOLUNTEER_MESSAGES.link(subject, text, match.public_id)
    return RenderedNotice(subject, text)


def render_problem_report(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the urgent notice of a problem report, for reviewers."""
    match = rows.find_match(notice)
    if match is None or rows.side_of_reader(match) != MatchSide.REVIEWER:
        return None
    report = rows.find_open_report(match)
    if report is None:
        return None
    address = reverse("admin:matching_problemreport_change", args=[report.pk])
    if match.request.emergency and match.request.state == "published":
        return RenderedNotice(
            _("Urgent: a problem in an emergency"),
            _(
                "Hello,\n\na problem was reported in an emergency. Contact is paused, so the helper and the campaign "
                "do not reach each other until you have looked. Please do it now, and call the campaign."
            ),
            address,
        )
    return RenderedNotice(
        _("A problem was reported"),
        _("Hello,\n\nsomebody reported a problem. Contact is paused until a reviewer has looked, by %(until)s.")
        % {"until": format_moment(report.answer_due_at, "UTC") + " UTC"},
        address,
    )


def render_problem_report_handled(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice that a reviewer has closed the recipient's problem report."""
    match = rows.find_match(notice)
    if match is None:
        return None
    subject = _("We looked at what you reported")
    if rows.side_of_reader(match) == MatchSide.CAMPAIGN:
        text = _(
            "Hello,\n\na reviewer has looked at what you told us. Thank you for saying it. If it is not solved, report "
            "it again."
        )
        return CAMPAIGN_DESK.link(subject, text, match.request.campaign.public_id)
    text = _(
        "Hello,\n\na reviewer has looked at what you told us. Thank you for saying it. If you want to stop, choose "
        "“I need out”: no reason is needed. If it is not solved, report it again."
    )
    if rows.side_of_reader(match) == MatchSide.VOLUNTEER:
        return _VOLUNTEER_PROJECT.link(subject, text, match.public_id)
    return RenderedNotice(subject, text)


def render_no_match_yet(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the regular notice to a volunteer without a match, with what would help."""
    volunteer = rows.find_waiting_volunteer(notice)
    if volunteer is None:
        return None
    fits = rows.find_fits(volunteer, at)
    return _VOLUNTEER_DESK.link(
        _("Where you stand"),
        _("Hello %(name)s,\n\n%(why)s\n\nWe look again every day. The longer you wait, the more it counts.")
        % {"name": volunteer.first_name, "why": explain_waiting(fits) if fits else _("We have no offer for you yet.")},
    )


def render_empty_seats(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the regular notice to a campaign with empty seats, with what would help."""
    request = rows.find_request_being_staffed(notice)
    count, empty_roles = rows.find_empty_seats(request, at) if request else (0, [])
    if request is None or not count:
        return None
    why = suggest_request_change(empty_roles, about=str(request.public_id))
    return CAMPAIGN_DESK.link(
        _("Where your request stands"),
        ngettext(
            "Hello,\n\nfor %(count)d place that you ask for we have found nobody yet. %(why)s\n\n"
            "We go on looking every day.",
            "Hello,\n\nfor %(count)d places that you ask for we have found nobody yet. %(why)s\n\n"
            "We go on looking every day.",
            count,
        )
        % {"count": count, "why": why},
        request.campaign.public_id,
    )


def render_rows_left_out(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice that a run left rows out, for reviewers."""
    run = Run.objects.filter(public_id=notice.subjects["run"]).first()
    if run is None or not run.left_out or notice.recipient is None or not notice.recipient.is_reviewer:
        return None
    return RenderedNotice(
        _("Something was left out of a run"),
        _(
            "Hello,\n\na run of the matcher could not compute with something that is stored, so it left that out and "
            "matched everybody else. The run's page names it. Please have its dates, numbers and time zone corrected."
        ),
        reverse("admin:matching_run_change", args=[run.pk]),
    )


def render_team_without_common_hours(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice that a team has no hour in common."""
    request = rows.find_request(notice)
    if request is None or request.state != "published":
        return None
    is_staff = rows.find_request_being_staffed(notice) is not None
    if not (is_staff or rows.is_reviewer_of(request)):
        return None
    subject = _("A team without an hour in common")
    text = _(
        "Hello,\n\na team has said yes, and there is no hour in the week at which all of its people are free. It can "
        "begin all the same: agree on how you work together in writing, or meet in smaller groups."
    )
    if is_staff:
        return CAMPAIGN_DESK.link(subject, text, request.campaign.public_id)
    return RenderedNotice(subject, text)


def render_review_delayed(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice to a volunteer that a review takes longer than it should."""
    volunteer = rows.find_waiting_volunteer(notice)
    if volunteer is None or not volunteer.matches.filter(state=MatchState.PROPOSED).exists():
        return None
    return _VOLUNTEER_DESK.link(
        _("Where you stand"),
        _(
            "Hello %(name)s,\n\nthere may be something for you. Somebody of ours looks at it before you are asked, and "
            "that takes longer than it should: we have reminded them. It does not set you back."
        )
        % {"name": volunteer.first_name},
    )


def render_interest_ended(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the answer to a volunteer's interest: why it has ended. The page says which role it was."""
    interest = rows.find_ended_interest(notice)
    if interest is None or interest.end_reason not in ENDS_WITH_NOTICE:
        return None
    if interest.end_reason == InterestEnd.UNAVAILABLE and interest.volunteer.state == Volunteer.State.ACTIVE:
        return None  # they are back, and their page offers to ask again
    return _VOLUNTEER_DESK.link(
        _("About something that you asked for"),
        _("Hello %(name)s,\n\nyou said of a place that you’d like it. %(why)s")
        % {"name": interest.volunteer.first_name, "why": INTEREST_END_TEXTS[InterestEnd(interest.end_reason)]},
    )


def render_unkept_pin(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice that a run did not keep a pin, for the reviewer who made it."""
    pin = rows.find_waiting_pin(notice)
    if pin is None or notice.recipient is None:
        return None
    return RenderedNotice(
        _("A pin of yours waits"),
        _(
            "Hello,\n\na pin that you made could not be kept. %(why)s The next runs try again. Lift it if it is not "
            "needed any more."
        )
        % {"why": explanations.explain_waiting_pin(pin.obstacle, names_other_work=not has_any_part(notice.recipient))},
        reverse("admin:matching_pin_change", args=[pin.pk]),
    )


def _admin_address(match: Match, side: MatchSide) -> str:
    return reverse("admin:matching_match_change", args=[match.pk]) if side == MatchSide.REVIEWER else ""


# Notices of one recipient share these rows, so that each is read once.
_register_notice_type = partial(register_notice_type, load_facts=NoticeRows, subjects=("match",))

for _text in MATCH_NOTICE_TEXTS:
    _register_notice_type(_text.notice_type, _build_match_renderer(_text), _text.topic, is_immediate=_text.is_urgent)
_register_notice_type(MatchingNotice.MESSAGE, render_message, NoticeTopic.MESSAGES, subjects=("match", "message"))
for _kind in (MatchingNotice.MEETING_DAY_BEFORE, MatchingNotice.MEETING_HOUR_BEFORE):
    _register_notice_type(
        _kind,
        render_meeting_reminder,
        NoticeTopic.MEETINGS,
        is_immediate=True,
        subjects=("request", "starts_at"),
    )
_register_notice_type(MatchingNotice.REPORT, render_problem_report, NoticeTopic.REVIEW, is_immediate=True)
_register_notice_type(MatchingNotice.REPORT_OVERDUE, render_problem_report, NoticeTopic.REVIEW, is_immediate=True)
_register_notice_type(MatchingNotice.REPORT_HANDLED, render_problem_report_handled, NoticeTopic.PROGRESS)
_register_notice_type(
    MatchingNotice.TEAM_WITHOUT_COMMON_HOURS,
    render_team_without_common_hours,
    NoticeTopic.PROGRESS,
    is_immediate=True,
    subjects=("request",),
)
for _kind, _render in (
    (MatchingNotice.INCIDENT, render_incident),
    (MatchingNotice.INCIDENT_TAKEN_OVER, render_incident_taken_over),
    (MatchingNotice.INCIDENT_UNANSWERED, render_incident_unanswered),
    (MatchingNotice.INCIDENT_CALLED_OFF, render_incident_called_off),
    (MatchingNotice.INCIDENT_CALL_OVERDUE, render_incident_call_overdue),
    (MatchingNotice.NOBODY_ON_CALL, render_nobody_on_call),
):
    _register_notice_type(_kind, _render, NoticeTopic.REVIEW, is_immediate=True, subjects=("request",))
_register_notice_type(MatchingNotice.RUN_ROWS_LEFT_OUT, render_rows_left_out, NoticeTopic.REVIEW, subjects=("run",))
_register_notice_type(MatchingNotice.UNKEPT_PIN, render_unkept_pin, NoticeTopic.REVIEW, subjects=("pin",))
for _kind, _render, _subject in (
    (MatchingNotice.NO_MATCH_YET, render_no_match_yet, "volunteer"),
    (MatchingNotice.EMPTY_SEATS, render_empty_seats, "request"),
    (MatchingNotice.INTEREST_ENDED, render_interest_ended, "ended_interest"),
    (MatchingNotice.REVIEW_DELAYED, render_review_delayed, "volunteer"),
):
    _register_notice_type(_kind, _render, NoticeTopic.WAITING, subjects=(_subject,))
