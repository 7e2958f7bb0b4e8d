"""Pages behind links in mails. Only their buttons change anything, so a mail scanner that opens a link cannot."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from campaigns.actions.candidate_links import end_manager_access, record_candidate_consent
from campaigns.actions.invitations import accept_invitation
from campaigns.queries import find_candidate_link, find_invitation, managers_of, open_manager_invitations
from core.accounts.mfa import is_mfa_required, list_authenticators, mfa_not_required
from core.api.current_user import get_current_user
from core.email_addresses import list_own_addresses
from core.enums import AccessPoint, ViewerKind
from core.errors import HandraiserError
from core.privacy.contact_logging import render_with_contacts


@mfa_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show which campaign invites, and to which position; the button accepts."""
    error_text = ""
    if request.method == "POST":
        try:
            member = accept_invitation(actor=get_current_user(request), token=token, at=timezone.now())
        except HandraiserError as refusal:
            error_text = refusal.message
        else:
            messages.success(request, _("You act for %(campaign)s now.") % {"campaign": member.campaign.name})
            if is_mfa_required(member.user) and not list_authenticators(member.user).exists():
                messages.warning(
                    request, _("It shows you other people, so set up a second factor next, at “Your sign-in”.")
                )
            return redirect("home")
    invitation = find_invitation(token, at=timezone.now())
    if invitation is not None and invitation.email not in list_own_addresses(get_current_user(request)):
        invitation = None
    context = {"invitation": invitation, "error": error_text}
    return render(request, "campaigns/join.html", context, status=400 if error_text else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the managers of the candidate's campaign. The link is the proof of who the candidate is.

    Its buttons agree to the campaign, or end a manager's access.
    """
    link = find_candidate_link(token)
    if link is None:
        raise Http404
    error_text = ""
    if request.method == "POST":
        at = timezone.now()
        try:
            if request.POST.get("manager"):
                successor = request.POST.get("successor", "")
                end_manager_access(
                    token=token, manager=_parse_uuid(request.POST["manager"]), successor=successor, at=at
                )
                messages.success(request, _("Their access has ended."))
            else:
                record_candidate_consent(token=token, at=at)
                messages.success(request, _("Thank you. We have written down that you agree."))
        except HandraiserError as refusal:
            error_text = refusal.message
        else:
            return redirect("candidate", token=token)
    at = timezone.now()
    managers = list(managers_of(link.campaign))
    is_manager_awaited = open_manager_invitations(link.campaign, at=at).exists()
    context = {"key": link, "managers": managers, "awaited": is_manager_awaited, "error": error_text}
    return render_with_contacts(
        request,
        "campaigns/candidate.html",
        context,
        viewer=None,
        viewer_kind=ViewerKind.CANDIDATE,
        access_point=AccessPoint.CANDIDATE,
        status=400 if error_text else 200,
    )


def _parse_uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
