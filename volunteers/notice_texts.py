"""Render the notices of volunteers. A renderer returns None when the notice is no longer due."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.enums import NoticeTopic
from core.models import Notice
from core.notifications.moments import format_moment
from core.notifications.notice_types import NoticePage, RenderedNotice, register_notice_type
from volunteers.actions.invitations import make_invitation_token
from volunteers.claim_codes import derive_claim_code, is_claim_code_open
from volunteers.models import Invitation, LevelQuestion, Volunteer
from volunteers.notice_types import VolunteerNotice
from volunteers.queries import hands_past_their_date

_DESK = NoticePage("volunteer-desk", gettext_lazy("Open my page"))
_HOURS = NoticePage("volunteer-hours-still-right", gettext_lazy("Yes, still right"))
_LEVEL = NoticePage("volunteer-level-question", gettext_lazy("Say which level"))
_INVITATION = NoticePage("invitation", gettext_lazy("See the invitation"))


def render_invitation(notice: Notice, facts: None, at: datetime) -> RenderedNotice | None:
    """Ask an imported person whether they want to claim their profile."""
    invitation = Invitation.objects.filter(public_id=notice.subjects["invitation"], used_at=None).first()
    if invitation is None or invitation.expires_at <= at:
        return None
    return _INVITATION.link(
        _("Would you like to help again?"),
        _(
            "Hello,\n\nan organization that you once offered your help to has moved to Handraiser. "
            "Nobody is shown your name and nobody can ask you for anything until you say yes. "
            "If you do nothing, nothing happens."
        ),
        make_invitation_token(invitation),
    )


def render_claim_code(notice: Notice, facts: None, at: datetime) -> RenderedNotice | None:
    """Send the code with which an account without this address claims the imported profile."""
    invitation = Invitation.objects.filter(public_id=notice.subjects["invitation"], used_at=None).first()
    is_latest = invitation is not None and invitation.code_sent_at == notice.created_at
    if invitation is None or not is_latest or not is_claim_code_open(invitation, at=at):
        return None
    return RenderedNotice(
        subject=_("Your code"),
        text=_(
            "Hello,\n\nthe code is %(code)s. Somebody who has your invitation and signed in with another address asks "
            "for it. If it was you, type it in within half an hour. If not, do nothing and pass the code on to nobody: "
            "without it nothing of yours is shown."
        )
        % {"code": derive_claim_code(invitation)},
    )


def render_level_question(notice: Notice, facts: None, at: datetime) -> RenderedNotice | None:
    """Ask the volunteer whether a doubted level is right."""
    questions = LevelQuestion.objects.select_related("volunteer").filter(
        public_id=notice.subjects["level_question"], answered_at=None
    )
    question = questions.first()
    if question is None:
        return None
    return _LEVEL.link(
        _("A question about your profile"),
        _(
            "Hello %(name)s,\n\nsomebody who knows the work well was not sure about one of the levels in your profile. "
            "Nobody judges you by it: levels are hard to guess, and the right one brings you work that suits you. "
            "Please sign in and say which level is right."
        )
        % {"name": question.volunteer.first_name},
        question.public_id,
    )


def render_availability_check(notice: Notice, facts: None, at: datetime) -> RenderedNotice | None:
    """Ask the volunteer whether their hours are still right."""
    volunteer = Volunteer.objects.filter(public_id=notice.subjects["volunteer"], state="active").first()
    if volunteer is None or _has_confirmed_since(volunteer, notice.created_at):
        return None
    return _HOURS.link(
        _("Are your hours still right?"),
        _(
            "Hello %(name)s,\n\nit is a while since you told us when you are free. Please sign in and confirm it with "
            "one tap, or change it. If we hear nothing for a week, you are not proposed for anything new until you do."
        )
        % {"name": volunteer.first_name},
    )


def render_hand_raised(notice: Notice, facts: None, at: datetime) -> RenderedNotice | None:
    """Tell a volunteer until when they get an answer to their raised hand, as long as they wait for it."""
    own_profile = Volunteer.objects.filter(public_id=notice.subjects["volunteer"], user=notice.recipient)
    volunteer = own_profile.filter(answer_due_at__gt=at).first()
    if volunteer is None or volunteer.answer_due_at is None:
        return None
    return _DESK.link(
        _("Thank you: we look for something for you"),
        _(
            "Hello %(name)s,\n\nthank you for raising your hand. You get an answer by %(until)s (your time): something "
            "that fits your skills and your hours, or why there is nothing yet and what would help."
        )
        % {"name": volunteer.first_name, "until": format_moment(volunteer.answer_due_at, volunteer.time_zone)},
    )


def render_hand_answers_overdue(notice: Notice, facts: None, at: datetime) -> RenderedNotice | None:
    """Tell a reviewer, or an administrator, how many raised hands wait for an answer past its promised date."""
    reader = notice.recipient
    if reader is None or not reader.is_active or not (reader.is_staff or reader.is_superuser):
        return None
    count = hands_past_their_date(at).exclude(user=reader).count()
    if not count:
        return None
    return RenderedNotice(
        subject=_("An answer is late"),
        text=ngettext(
            "Hello,\n\n%(count)d person who raised a hand was promised an answer that is past its date. Please look "
            "at what is proposed to them, or write to them yourself.",
            "Hello,\n\n%(count)d people who raised a hand were promised an answer that is past its date. Please look "
            "at what is proposed to them, or write to them yourself.",
            count,
        )
        % {"count": count},
        address=reverse("admin:volunteers_volunteer_changelist"),
    )


def _has_confirmed_since(volunteer: Volunteer, moment: datetime) -> bool:
    return volunteer.availability_confirmed_at is not None and volunteer.availability_confirmed_at > moment


register_notice_type(
    VolunteerNotice.INVITATION, render_invitation, NoticeTopic.ACCOUNT, is_immediate=True, subjects=("invitation",)
)
register_notice_type(
    VolunteerNotice.CLAIM_CODE, render_claim_code, NoticeTopic.ACCOUNT, is_immediate=True, subjects=("invitation",)
)
register_notice_type(
    VolunteerNotice.LEVEL_QUESTION, render_level_question, NoticeTopic.WAITING, subjects=("level_question",)
)
register_notice_type(VolunteerNotice.HAND_RAISED, render_hand_raised, NoticeTopic.WAITING, subjects=("volunteer",))
register_notice_type(VolunteerNotice.HAND_ANSWERS_OVERDUE, render_hand_answers_overdue, NoticeTopic.REVIEW)
register_notice_type(
    VolunteerNotice.AVAILABILITY_CHECK, render_availability_check, NoticeTopic.WAITING, subjects=("volunteer",)
)
