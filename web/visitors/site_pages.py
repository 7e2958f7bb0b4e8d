"""Pages about the site: home, who runs it, help, and the code of conduct."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.models import User
from matching.open_roles.queries.wanted_skills import read_wanted_skills
from web.design.navigation import find_signed_in_address, find_way_on

MAX_WANTED_SHOWN = 6


@login_not_required
@require_safe
def home_page(request: HttpRequest) -> HttpResponse:
    """Say what this is, and open its two doors. Who only acts for a campaign finds its desk behind the first button."""
    user = request.user
    first = find_signed_in_address(user) if isinstance(user, User) else ""
    desk = first if first.startswith(reverse("campaigns")) else ""
    at = timezone.now()
    wanted = read_wanted_skills(at=at).list_most_wanted(limit=MAX_WANTED_SHOWN)
    names = ", ".join(skill.shown_name for skill in wanted)
    plan = "" if desk else find_way_on(request, "plan", at=at)
    return render(request, "visitors/home.html", {"campaign_desk": desk, "kept_plan": plan, "wanted": names})


@login_not_required
@require_safe
def about_page(request: HttpRequest) -> HttpResponse:
    """Say who runs this site, whom it serves, where the data lies, and who reviews."""
    return render(request, "visitors/about.html")


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Say how a person is reached, and what to do in the usual cases."""
    return render(request, "visitors/help.html")


@login_not_required
@require_safe
def for_campaigns_page(request: HttpRequest) -> HttpResponse:
    """Say how a campaign is registered, before and after its people have an account."""
    return render(request, "visitors/for_campaigns.html")


@login_not_required
@require_safe
def conduct_page(request: HttpRequest) -> HttpResponse:
    """Show the code of conduct, to which both sides of every match agree."""
    return render(request, "visitors/conduct.html")
