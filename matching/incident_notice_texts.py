"""The texts of the notices about a security incident, which all go to reviewers.

The campaign gets no letter about it: others may read its mail.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Request
from core.models import Notice
from core.notifications.moments import describe_moment
from core.notifications.notice_types import RenderedNotice
from matching.lifecycle.queries.duty import find_incident_owner
from matching.lifecycle.queries.incidents import is_held
from matching.models import IncidentWatch
from matching.notice_rows import NoticeRows


def render_incident(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the urgent notice of a security incident, for reviewers."""
    request = rows.find_request(notice)
    if request is None or request.state != "published" or not rows.is_reviewer_of(request):
        return None
    subject = _("Urgent: a security incident")
    text = _("Hello,\n\na campaign may have been hacked. People on call are being asked now. Please watch over it.")
    if request.campaign.state == "unverified":
        subject = _("Urgent: a security incident, and nobody is asked yet")
        text = _(
            "Hello,\n\na campaign that is not verified yet may have been hacked. Please speak with it and verify "
            "it: people on call are asked as soon as you have."
        )
    elif is_held(request):
        subject = _("Urgent: a security incident, and nobody is asked yet")
        text = _(
            "Hello,\n\na campaign may have been hacked. It has reported more than two incidents within a day, so "
            "nobody is asked yet. Please call the number in its public filing. People on call are asked as soon as you "
            "have pressed “I have it”."
        )
    address = reverse("admin:campaigns_request_change", args=[request.pk])
    return RenderedNotice(subject, f"{text}\n\n{_describe_owner(request, rows)}", address)


def _describe_owner(request: Request, rows: NoticeRows) -> str:
    """Return who has the incident, and how to take it."""
    watch = rows.find_incident_watch(request)
    owner = find_incident_owner(watch) if watch else None
    if owner is not None and rows.is_reader(owner):
        return _("You have it. What happens next is told to you alone.")
    if owner is not None:
        return _("Another reviewer has it. You can take it over on its page.")
    if watch is not None and watch.all_told_at is not None and watch.all_told_at >= watch.all_told_due_at:
        return _("None of us has it yet. If you can look after it, press “I have it” on its page.")
    return _("If you can look after it, press “I have it” on its page. Then the others need not come.")


def render_incident_taken_over(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice to a reviewer that another one has the incident now."""
    incident_notice, request = render_incident(notice, rows, at), rows.find_request(notice)
    watch = rows.find_incident_watch(request) if request else None
    owner = find_incident_owner(watch) if watch else None
    if incident_notice is None or owner is None or rows.is_reader(owner):
        return None
    return RenderedNotice(
        _("Another reviewer has it now"),
        _("Hello,\n\nanother reviewer has taken over a security incident that you had. You need do nothing more."),
        incident_notice.address,
    )


def render_nobody_on_call(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice that no volunteer is left to ask about an incident, for reviewers."""
    incident_notice = render_incident(notice, rows, at)
    if incident_notice is None:
        return None
    return RenderedNotice(
        _("Urgent: nobody is left on call"),
        _(
            "Hello,\n\neverybody who is vetted and on call has been asked about a security incident, and nobody could "
            "come. Please speak with the campaign, and ask somebody yourself."
        ),
        incident_notice.address,
    )


def render_incident_unanswered(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice that the first people asked about an incident do not work on it, for reviewers."""
    incident_notice = render_incident(notice, rows, at)
    if incident_notice is None:
        return None
    return RenderedNotice(
        _("Urgent: nobody has come yet"),
        _(
            "Hello,\n\npeople on call were asked about a security incident, and none of them is at work on it. The "
            "next ones are being asked. Please call the campaign now, on the phone that it gave."
        ),
        incident_notice.address,
    )


def render_incident_called_off(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice that the campaign has called an incident off, for reviewers."""
    request, watch = _find_false_alarm(notice, rows)
    if request is None:
        return None
    text = _(
        "Hello,\n\na campaign has called a security incident off. Please call the number in its public filing and "
        "make sure: the people who broke in could have done it, too."
    )
    if watch is not None and watch.call_due_at is not None:
        promise = _("The call is promised by %(until)s. Then press “I called” on its page.")
        text += "\n\n" + promise % {"until": describe_moment(watch.call_due_at, request.time_zone)}
    return RenderedNotice(
        _("A security incident was called off"), text, reverse("admin:campaigns_request_change", args=[request.pk])
    )


def render_incident_call_overdue(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the notice that the call after a false alarm is past its promised time, for reviewers."""
    request, watch = _find_false_alarm(notice, rows)
    if request is None or watch is None or watch.call_due_at is None or watch.called_at is not None:
        return None
    text = _(
        "Hello,\n\na campaign called a security incident off, and was promised a call by %(until)s. No one has called "
        "yet. Please call the number in its public filing, and press “I called” on its page."
    )
    return RenderedNotice(
        _("Late: a call after a false alarm"),
        text % {"until": describe_moment(watch.call_due_at, request.time_zone)},
        reverse("admin:campaigns_request_change", args=[request.pk]),
    )


def _find_false_alarm(notice: Notice, rows: NoticeRows) -> tuple[Request | None, IncidentWatch | None]:
    """Return the incident that was called off, and its watch, for a reader who reviews it."""
    request = rows.find_request(notice)
    if request is None or request.state != "cancelled" or not rows.is_reviewer_of(request):
        return None, None
    return request, rows.find_incident_watch(request)
