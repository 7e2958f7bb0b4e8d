"""The campaigns' part of the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from campaigns.api.campaigns import CampaignViewSet
from campaigns.api.candidates import CandidateConsent, CandidateEnd, CandidateLink, CandidateManagers
from campaigns.api.members import (
    CampaignInvitations,
    CampaignLeave,
    CampaignMembers,
    MemberInvitationViewSet,
    MemberViewSet,
)
from campaigns.api.places import RoleViewSet, SeatViewSet
from campaigns.api.playbooks import PlaybookList
from campaigns.api.requests import RequestViewSet

router = SimpleRouter(use_regex_path=False)
router.register("campaigns", CampaignViewSet)
router.register("members", MemberViewSet)
router.register("member-invitations", MemberInvitationViewSet, basename="member-invitation")
router.register("requests", RequestViewSet)
router.register("roles", RoleViewSet)
router.register("seats", SeatViewSet)

urlpatterns = [
    path("campaigns/<uuid:id>/members/", CampaignMembers.as_view(), name="campaign-members"),
    path("campaigns/<uuid:id>/invitations/", CampaignInvitations.as_view(), name="campaign-invitations"),
    path("campaigns/<uuid:id>/leave/", CampaignLeave.as_view(), name="campaign-leave"),
    path("campaigns/<uuid:id>/candidate-link/", CandidateLink.as_view(), name="campaign-candidate-link"),
    path("candidate/managers/", CandidateManagers.as_view(), name="candidate-managers"),
    path("candidate/consent/", CandidateConsent.as_view(), name="candidate-consent"),
    path("candidate/end-manager/", CandidateEnd.as_view(), name="candidate-end-manager"),
    path("playbooks/", PlaybookList.as_view(), name="playbooks"),
    *router.urls,
]
