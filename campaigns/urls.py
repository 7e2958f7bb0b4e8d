"""The campaigns' part of the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from campaigns.api.campaigns import CampaignViewSet
from campaigns.api.candidate_links import (
    CandidateConsentView,
    CandidateLinkView,
    CandidateManagersView,
    EndManagerAccessView,
    StopCampaignView,
)
from campaigns.api.candidate_stops import CandidateStopViewSet
from campaigns.api.contests import ContestListView
from campaigns.api.filings import FilingView
from campaigns.api.members import (
    CampaignInvitationsView,
    CampaignMembersView,
    LeaveCampaignView,
    MemberInvitationViewSet,
    MemberViewSet,
)
from campaigns.api.playbooks import PlaybookListView
from campaigns.api.requests import RequestViewSet
from campaigns.api.roles_and_seats import RoleViewSet, SeatViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("campaigns", CampaignViewSet)
router.register("candidate-stops", CandidateStopViewSet, basename="candidate-stop")
router.register("members", MemberViewSet)
router.register("member-invitations", MemberInvitationViewSet, basename="member-invitation")
router.register("requests", RequestViewSet)
router.register("roles", RoleViewSet)
router.register("seats", SeatViewSet)

urlpatterns = [
    path("campaigns/<uuid:id>/members", CampaignMembersView.as_view(), name="campaign-members"),
    path("campaigns/<uuid:id>/invitations", CampaignInvitationsView.as_view(), name="campaign-invitations"),
    path("campaigns/<uuid:id>/leave", LeaveCampaignView.as_view(), name="campaign-leave"),
    path("campaigns/<uuid:id>/candidate-link", CandidateLinkView.as_view(), name="campaign-candidate-link"),
    path("campaigns/<uuid:id>/filing", FilingView.as_view(), name="campaign-filing"),
    path("candidate/managers", CandidateManagersView.as_view(), name="candidate-managers"),
    path("candidate/consent", CandidateConsentView.as_view(), name="candidate-consent"),
    path("candidate/stop", StopCampaignView.as_view(), name="candidate-stop"),
    path("candidate/end-manager-access", EndManagerAccessView.as_view(), name="candidate-end-manager-access"),
    path("contests", ContestListView.as_view(), name="contests"),
    path("playbooks", PlaybookListView.as_view(), name="playbooks"),
    *router.urls,
]
