"""The words of the notices that this app owes. Subjects and first lines tell nobody who looks over a shoulder."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Notice
from core.registry import Letter, register_renderer
from core.vocabulary import Topic
from matching import wording
from matching.models import Match
from matching.queries.subjects import Subjects
from matching.rules import Side, State

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about a match, for as long as it is in one of `states`: what is no longer true is not sent.

    `text` may use %(name)s, %(until)s and %(why)s: the first name, the end of the clock where the reader lives, and why
    it ended. `begun` is said instead once work has begun.
    """

    kind: str
    topic: Topic
    states: tuple[State, ...]
    subject: Words
    text: Words
    at_once: bool = False
    begun: Words = ""


ENDED = (State.SUPERSEDED, State.RELEASED, State.REFUSED)
WORKING = (State.ACTIVE, State.CLOSING)

TOLD = (
    Told(
        "offer",
        Topic.OFFERS,
        (State.OFFERED,),
        gettext_lazy("There is an answer for you"),
        gettext_lazy(
            "Hello %(name)s,\n\nwe found something that fits your skills and your hours. "
            "Please sign in to see what it is, and say yes or no by %(until)s (your time).\n\n"
            "No is a good answer too: it costs you no turn."
        ),
        at_once=True,
    ),
    Told(
        "reminder",
        Topic.OFFERS,
        (State.OFFERED,),
        gettext_lazy("Your answer is awaited"),
        gettext_lazy(
            "Hello %(name)s,\n\nhalf of the time for your answer is over: please say yes or no by %(until)s "
            "(your time). After that we ask the next person, and you lose no turn."
        ),
        at_once=True,
    ),
    Told(
        "expired",
        Topic.PROGRESS,
        (State.EXPIRED,),
        gettext_lazy("Your answer is no longer needed"),
        gettext_lazy(
            "Hello %(name)s,\n\nthe time to answer is over, so we ask the next person. You lose no turn by it. "
            "If you have less time at the moment, change your hours or pause."
        ),
    ),
    Told(
        "over",
        Topic.PROGRESS,
        ENDED,
        gettext_lazy("Plans changed"),
        gettext_lazy(
            "Hello %(name)s,\n\nthis time nothing comes of it: %(why)s. Thank you for being ready. You lose no turn, "
            "and we go on looking for you."
        ),
    ),
    Told(
        "recorded",
        Topic.PROGRESS,
        (State.ACCEPTED, State.ACTIVE),
        gettext_lazy("We wrote down your yes"),
        gettext_lazy(
            "Hello %(name)s,\n\nyou told us on the phone that you say yes, and we wrote it down. If that is not "
            "right, take it back within 24 hours: sign in and choose “I need out”. No reason is needed."
        ),
        at_once=True,
    ),
    Told(
        "begun",
        Topic.PROGRESS,
        (State.ACTIVE,),
        gettext_lazy("It begins"),
        gettext_lazy(
            "Hello %(name)s,\n\nboth sides said yes. Sign in to see the kick-off card: what is to be done and what is "
            "not, whom to write to, and when you first meet."
        ),
        at_once=True,
    ),
    Told(
        "closing",
        Topic.PROGRESS,
        (State.CLOSING,),
        gettext_lazy("Time to hand over"),
        gettext_lazy(
            "Hello %(name)s,\n\nthe work is done, or its time is over. Please go through the closing list by %(until)s "
            "(your time): what was made, accounts, access."
        ),
    ),
    Told(
        "completed",
        Topic.PROGRESS,
        (State.COMPLETED,),
        gettext_lazy("Thank you"),
        gettext_lazy(
            "Hello %(name)s,\n\nit is done. Thank you! You now rest for a while; if you would rather go on at once, "
            "sign in and say so."
        ),
    ),
    Told(
        "accepted",
        Topic.OFFERS,
        (State.ACCEPTED, State.ACTIVE),
        gettext_lazy("Somebody said yes"),
        gettext_lazy("Hello,\n\nsomebody accepted a place in your project. Please sign in and answer by %(until)s."),
        at_once=True,
        begun=gettext_lazy(
            "Hello,\n\nsomebody accepted a place in your project, and it begins. Please sign in and welcome them."
        ),
    ),
    Told(
        "answer-reminder",
        Topic.OFFERS,
        (State.ACCEPTED,),
        gettext_lazy("Somebody awaits your answer"),
        gettext_lazy(
            "Hello,\n\nsomebody said yes to you and waits for your answer until %(until)s. Without one they are free "
            "again, and after three in a row we stop asking people for you."
        ),
        at_once=True,
    ),
    Told(
        "withdrew",
        Topic.PROGRESS,
        (State.WITHDRAWN, State.RELEASED),
        gettext_lazy("Somebody had to leave"),
        gettext_lazy(
            "Hello,\n\nsomebody had to leave your project. We are looking for somebody else already; nobody else's "
            "place changes by it."
        ),
        at_once=True,
    ),
    Told(
        "silent",
        Topic.MESSAGES,
        (State.ACTIVE,),
        gettext_lazy("Somebody waits to hear from you"),
        gettext_lazy(
            "Hello,\n\nsomebody works for you and has not heard from you for a week. Please write them a line. We told "
            "a reviewer as well."
        ),
    ),
    Told(
        "waits",
        Topic.REVIEW,
        (State.APPROVED, State.ACCEPTED),
        gettext_lazy("Somebody waits without an answer"),
        gettext_lazy("Hello,\n\na clock has ended and nobody has answered. Please look at what holds it up."),
    ),
    Told(
        "review-waits",
        Topic.REVIEW,
        (State.PROPOSED,),
        gettext_lazy("A proposal waits for review"),
        gettext_lazy("Hello,\n\na proposal has waited longer than it should. The longest waiting are on top."),
    ),
    Told(
        "campaign-silent",
        Topic.REVIEW,
        (State.ACTIVE, State.RELEASED),
        gettext_lazy("A campaign is silent"),
        gettext_lazy("Hello,\n\na campaign leaves its volunteers without a word. Please speak with it."),
    ),
)
"""Everything that is said about a match and depends on nothing else."""

WHY_OVER: dict[str, Words] = {
    "race": gettext_lazy("we asked several people at once, and somebody else said yes first"),
    "cut": gettext_lazy("the place is no longer needed"),
    "cancelled": gettext_lazy("the project was called off"),
    "silence": gettext_lazy("the other side did not answer in time"),
    "team": gettext_lazy("the team was not complete in time"),
    "over": gettext_lazy("the time of the project was over"),
    "found": gettext_lazy("somebody is doing it by now"),
}


def register() -> None:
    """Makes these kinds known to core."""
    for told in TOLD:
        register_renderer(told.kind, _about_match(told), told.topic, at_once=told.at_once, read=Subjects)
    register_renderer("message", message, Topic.MESSAGES, read=Subjects)
    register_renderer("report", report, Topic.REVIEW, at_once=True, read=Subjects)
    register_renderer("report-waits", report, Topic.REVIEW, at_once=True, read=Subjects)
    register_renderer("report-handled", report_handled, Topic.PROGRESS, at_once=True, read=Subjects)
    register_renderer("incident", incident, Topic.REVIEW, at_once=True, read=Subjects)
    register_renderer("nobody-on-call", nobody_on_call, Topic.REVIEW, at_once=True, read=Subjects)
    register_renderer("nothing", nothing, Topic.WAITING, read=Subjects)


def _about_match(told: Told) -> Callable[[Notice, Subjects, datetime], Letter | None]:
    def render(notice: Notice, subjects: Subjects, at: datetime) -> Letter | None:
        match = subjects.match(notice)
        if match is None or match.state not in told.states:
            return None
        side = subjects.side(match)
        over = match.due_at is not None and match.due_at <= at
        if side is None or (over and match.state == State.OFFERED):
            return None
        zone = match.volunteer.time_zone if side == Side.VOLUNTEER else match.request.time_zone
        said = {
            "name": match.volunteer.first_name if side == Side.VOLUNTEER else "",
            "until": _moment(match.due_at, zone) if match.due_at and not over else _("tomorrow"),
            "why": WHY_OVER.get(match.reason, _("plans changed")),
        }
        text = told.begun if told.begun and match.state == State.ACTIVE else told.text
        return Letter(str(told.subject), str(text) % said, _where(match, side))

    return render


def message(notice: Notice, subjects: Subjects, at: datetime) -> Letter | None:
    """Says that somebody wrote, and not what."""
    match = subjects.match(notice)
    if match is None or subjects.side(match) is None or not subjects.message(notice):
        return None
    return Letter(
        _("Somebody wrote to you"),
        _("Hello,\n\nthere is a message for you. Please sign in to read and answer it."),
    )


def report(notice: Notice, subjects: Subjects, at: datetime) -> Letter | None:
    """Pages the reviewers."""
    match = subjects.match(notice)
    if match is None or subjects.side(match) != Side.REVIEWER:
        return None
    first = subjects.report(match)
    if first is None:
        return None
    return Letter(
        _("A problem was reported"),
        _("Hello,\n\nsomebody reported a problem. Contact is paused until a reviewer has looked, by %(until)s.")
        % {"until": _moment(first.due_at, "UTC") + " UTC"},
        reverse("admin:matching_report_change", args=[first.pk]),
    )


def report_handled(notice: Notice, subjects: Subjects, at: datetime) -> Letter | None:
    """Tells whoever reported that somebody has looked."""
    if subjects.match(notice) is None:
        return None
    return Letter(
        _("We looked at what you reported"),
        _(
            "Hello,\n\na reviewer has looked at what you told us. Thank you for saying it. If you want to stop, choose "
            "“I need out”: no reason is needed. If it is not solved, report it again."
        ),
    )


def incident(notice: Notice, subjects: Subjects, at: datetime) -> Letter | None:
    """Pages the duty reviewers."""
    request = subjects.request(notice)
    if request is None or request.state != "published" or notice.recipient is None or not notice.recipient.is_reviewer:
        return None
    return Letter(
        _("Urgent: a security incident"),
        _("Hello,\n\na campaign may have been hacked. People on call are being asked now. Please watch over it."),
        reverse("admin:campaigns_request_change", args=[request.pk]),
    )


def nobody_on_call(notice: Notice, subjects: Subjects, at: datetime) -> Letter | None:
    """Tells the reviewers that they have to find somebody themselves."""
    paged = incident(notice, subjects, at)
    if paged is None:
        return None
    return Letter(
        _("Urgent: nobody is left on call"),
        _(
            "Hello,\n\neverybody who is vetted and on call has been asked about a security incident, and nobody could "
            "come. Please speak with the campaign, and ask somebody yourself."
        ),
        paged.address,
    )


def nothing(notice: Notice, subjects: Subjects, at: datetime) -> Letter | None:
    """The dated answer to somebody whom nothing fits, with what would help."""
    volunteer = subjects.waiting(notice)
    found = subjects.why(volunteer) if volunteer else None
    if volunteer is None or found is None:
        return None
    return Letter(
        _("Where you stand"),
        _("Hello %(name)s,\n\n%(why)s\n\nWe go on looking every day, and you rise in turn every week.")
        % {"name": volunteer.first_name, "why": wording.why_waiting(found)},
    )


def _where(match: Match, side: Side) -> str:
    return reverse("admin:matching_match_change", args=[match.pk]) if side == Side.REVIEWER else ""


def _moment(moment: datetime, zone: str) -> str:
    return date_format(moment.astimezone(ZoneInfo(zone)), "l, j F, H:i")
