"""What happens after a plan is published, and when."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, CandidateLink, Request
from campaigns.queries import EDITOR_POSITIONS
from core.accounts.mfa import list_authenticators
from core.api.current_user import get_current_user
from core.notifications.moments import describe_day, describe_moment
from core.time_zones import name_time_zone
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Policy
from matching.open_roles.queries.board_presence import find_board_presence
from web.campaigns.board_words import describe_board_presence
from web.campaigns.member_requests import find_membership, find_request_of_member
from web.campaigns.plan_words import describe_span
from web.campaigns.stored_plan_pages import go_to_plan
from web.design.components import Stage, StageState


def go_to_published(stored: Request) -> HttpResponse:
    """Return the redirect to what happens after a publication."""
    return redirect("campaign-published", campaign_id=stored.campaign.public_id, request_id=stored.public_id)


@require_safe
def published_page(request: HttpRequest, campaign_id: UUID, request_id: UUID) -> HttpResponse:
    """Say what happens now, and when. A draft, and a project that ended, lead to where they stand."""
    user = get_current_user(request)
    member = find_membership(user, campaign_id)  # also of a campaign that is over, which plans no more
    if member.position not in EDITOR_POSITIONS:
        raise Http404
    stored = find_request_of_member(member, request_id)
    if stored.state != Request.State.PUBLISHED or stored.campaign.state == Campaign.State.ENDED:
        return go_to_plan(stored)
    needs_factor = not list_authenticators(user).exists()
    context = {
        "campaign": stored.campaign,
        "stored": stored,
        "stages": list_next_stages(stored, get_active_policy()),
        "needs_factor": needs_factor,
        "is_verified": stored.campaign.state == Campaign.State.VERIFIED,
        "span": describe_span(stored.starts_on, stored.ends_on),
        "zone": name_time_zone(stored.time_zone),
        "board": describe_board_presence(stored, find_board_presence(stored)),
    }
    return render(request, "campaigns/published.html", context)


def list_next_stages(stored: Request, policy: Policy) -> list[Stage]:
    """Return what happens after a publication, with the times that are promised."""
    offer = ngettext(
        "They have %(count)d hour to say yes or no.", "They have %(count)d hours to say yes or no.", policy.offer_hours
    )
    answer = ngettext(
        "You have %(count)d hour to answer. You see first name, skills and hours.",
        "You have %(count)d hours to answer. You see first name, skills and hours.",
        policy.confirm_hours,
    )
    return [
        Stage(_("Published"), StageState.DONE),
        *_list_checks(stored),
        Stage(_("People who fit are asked"), note=offer % {"count": policy.offer_hours}),
        Stage(_("You say yes to each of them"), note=answer % {"count": policy.confirm_hours}),
        Stage(_("The work starts"), note=describe_span(stored.starts_on, stored.ends_on)),
    ]


def _list_checks(stored: Request) -> list[Stage]:
    """Return what comes before volunteers are asked: for a new campaign that we make sure who it is."""
    campaign = stored.campaign
    if campaign.state == Campaign.State.VERIFIED:
        return [Stage(_("We look for people"), StageState.NOW, _("A person checks each of our choices."))]
    if campaign.answer_due_at is None:
        call = _("We call the number in your public filing.")
    else:
        until = describe_moment(campaign.answer_due_at, stored.time_zone)
        call = _("By %(until)s, at the number in your public filing.") % {"until": until}
    link = CandidateLink.objects.filter(campaign=campaign).first()
    has_agreed = link is not None and link.consented_at is not None
    return [
        Stage(_("We call you"), StageState.NOW, call),
        Stage(
            _("The candidate agrees"),
            StageState.DONE if has_agreed else StageState.LATER,
            _("They have agreed.") if has_agreed else _describe_candidate_letter(stored, link),
        ),
        Stage(
            _("You set up extra sign-in protection"),
            note=_("It takes 2 minutes: your phone or an app shows that it is you. Without it you see no volunteer."),
        ),
        Stage(_("We look for people"), note=_("The moment we know who you are.")),
    ]


def _describe_candidate_letter(stored: Request, link: CandidateLink | None) -> str:
    """Return by when the candidate gets our letter, and what happens without an answer."""
    due_at = stored.campaign.answer_due_at
    if link is not None:
        return _(
            "Our letter went out on %(day)s. In it they say whether you act for them. You see no volunteer before "
            "they answer. You can’t answer for them."
        ) % {"day": describe_day(link.created_at, stored.time_zone)}
    if due_at is None:
        return _(
            "They get a letter at the address in your public filing. In it they say whether you act for them. You see "
            "no volunteer before they answer. You can’t answer for them."
        )
    return _(
        "By %(until)s they get a letter at the address in your public filing. In it they say whether you act for them. "
        "You see no volunteer before they answer. If their answer is still missing after that, we write to you. You "
        "can’t answer for them."
    ) % {"until": describe_moment(due_at, stored.time_zone)}
