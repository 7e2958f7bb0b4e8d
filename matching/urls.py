"""Matching's part of the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from matching.api.calendar import MyCalendarView
from matching.api.campaign_vetoes import CampaignVetoViewSet
from matching.api.desk import DeskFiguresView
from matching.api.duty import DutyShiftViewSet, RecordIncidentCallView, TakeIncidentView
from matching.api.fits import FitsView, MyFitsView
from matching.api.incidents import IncidentsView
from matching.api.interests import MyInterestViewSet
from matching.api.leaving import LeaveView, ReturnView
from matching.api.match_moves import MatchMovesView
from matching.api.my_matches import MyMatchViewSet
from matching.api.my_vetoes import MyVetoViewSet
from matching.api.open_roles import OpenRoleListView
from matching.api.pins import PinViewSet
from matching.api.placements import PlacementViewSet
from matching.api.policies import PolicyViewSet
from matching.api.problem_reports import ProblemReportViewSet
from matching.api.review import MatchViewSet
from matching.api.review_teams import ReviewTeamViewSet
from matching.api.runs import RunViewSet
from matching.api.supply_estimate import DraftEstimateView, RequestEstimateView
from matching.api.teams import TeamView
from matching.api.vetoes import VetoViewSet
from matching.api.why import PairRulesView, RequestGapsView

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("me/matches", MyMatchViewSet, basename="my-match")
router.register("me/interests", MyInterestViewSet, basename="my-interest")
router.register("me/vetoes", MyVetoViewSet, basename="my-veto")
router.register("placement-vetoes", CampaignVetoViewSet, basename="placement-veto")
router.register("vetoes", VetoViewSet)
router.register("pins", PinViewSet)
router.register("duty-shifts", DutyShiftViewSet, basename="duty-shift")
router.register("placements", PlacementViewSet, basename="placement")
router.register("matches", MatchViewSet, basename="match")
router.register("review-teams", ReviewTeamViewSet, basename="review-team")
router.register("problem-reports", ProblemReportViewSet, basename="problem-report")
router.register("runs", RunViewSet)
router.register("policies", PolicyViewSet)

urlpatterns = [
    path("matches/moves", MatchMovesView.as_view(), name="match-moves"),
    path("open-roles", OpenRoleListView.as_view(), name="open-role-list"),
    path("desk/figures", DeskFiguresView.as_view(), name="desk-figures"),
    path("fits", FitsView.as_view(), name="fits"),
    path("me/fits", MyFitsView.as_view(), name="my-fits"),
    path("me/calendar-feed", MyCalendarView.as_view(), name="my-calendar-feed"),
    path("me/leave", LeaveView.as_view(), name="my-leave"),
    path("me/return", ReturnView.as_view(), name="my-return"),
    path("campaigns/<uuid:id>/incidents", IncidentsView.as_view(), name="campaign-incidents"),
    path("incidents/<uuid:id>/take", TakeIncidentView.as_view(), name="incident-take"),
    path("incidents/<uuid:id>/called", RecordIncidentCallView.as_view(), name="incident-called"),
    path("requests/supply-estimate", DraftEstimateView.as_view(), name="draft-supply-estimate"),
    path("requests/<uuid:id>/supply-estimate", RequestEstimateView.as_view(), name="request-supply-estimate"),
    path("requests/<uuid:id>/team", TeamView.as_view(), name="request-team"),
    path("requests/<uuid:id>/empty-seats", RequestGapsView.as_view(), name="request-empty-seats"),
    path("roles/<uuid:id>/rules", PairRulesView.as_view(), name="role-rules"),
    *router.urls,
]
