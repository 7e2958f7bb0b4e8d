"""Addresses of the review desk, below `/admin/desk/`."""

from django.urls import URLPattern, URLResolver, path

from web.desk import key_pages, team_decisions, team_pages, together_page
from web.desk.run_urls import urlpatterns as run_patterns

app_name = "desk"

_TEAM = "teams/<uuid:request_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("keys/", key_pages.KeysPage.as_view(), name="keys"),
    *run_patterns,
    path("teams/", team_pages.TeamPage.as_view(), name="teams"),
    path("teams/together/", together_page.TogetherPage.as_view(), name="together"),
    path(_TEAM, team_pages.TeamPage.as_view(), name="team"),
    path(f"{_TEAM}claim/", team_decisions.ClaimPage.as_view(), name="claim"),
    path(f"{_TEAM}approve/", team_decisions.ApprovePage.as_view(), name="approve"),
    path(f"{_TEAM}reject/", team_decisions.RejectPage.as_view(), name="reject"),
    path(f"{_TEAM}swap/<uuid:match_id>/", team_decisions.SwapPage.as_view(), name="swap"),
    path(f"{_TEAM}undo/", team_decisions.UndoPage.as_view(), name="undo"),
]
