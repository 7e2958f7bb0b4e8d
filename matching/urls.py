"""Matching's part of the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from matching.api.leaving import Leave, Return
from matching.api.matches import MyMatchViewSet
from matching.api.me import Incidents, MyCalendar, Team
from matching.api.pins import PinViewSet
from matching.api.placements import PlacementViewSet
from matching.api.policies import PolicyViewSet
from matching.api.preview import DraftPreview, RequestPreview
from matching.api.review import MatchViewSet, ReportViewSet
from matching.api.runs import RunViewSet
from matching.api.vetoes import CampaignVetoViewSet, MyVetoViewSet, VetoViewSet

router = SimpleRouter(use_regex_path=False)
router.register("me/matches", MyMatchViewSet, basename="my-match")
router.register("me/vetoes", MyVetoViewSet, basename="my-veto")
router.register("placement-vetoes", CampaignVetoViewSet, basename="placement-veto")
router.register("vetoes", VetoViewSet)
router.register("pins", PinViewSet)
router.register("placements", PlacementViewSet, basename="placement")
router.register("matches", MatchViewSet, basename="match")
router.register("reports", ReportViewSet)
router.register("runs", RunViewSet)
router.register("policies", PolicyViewSet)

urlpatterns = [
    path("me/calendar/", MyCalendar.as_view(), name="my-calendar"),
    path("me/leave/", Leave.as_view(), name="my-leave"),
    path("me/return/", Return.as_view(), name="my-return"),
    path("campaigns/<uuid:id>/incidents/", Incidents.as_view(), name="incidents"),
    path("requests/preview/", DraftPreview.as_view(), name="preview"),
    path("requests/<uuid:id>/preview/", RequestPreview.as_view(), name="request-preview"),
    path("requests/<uuid:id>/team/", Team.as_view(), name="team"),
    *router.urls,
]
