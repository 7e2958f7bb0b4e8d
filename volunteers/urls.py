"""The volunteers' part of the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from volunteers.api.availability import AvailabilityViewSet, MyAvailabilityView
from volunteers.api.level_questions import LevelQuestionViewSet
from volunteers.api.profile import MyProfileView
from volunteers.api.profile_claims import ProfileClaimView

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("me/availability", AvailabilityViewSet, basename="my-availability")
router.register("me/level-questions", LevelQuestionViewSet, basename="my-level-question")

urlpatterns = [
    path("me/profile", MyProfileView.as_view(), name="my-profile"),
    path("me/availability", MyAvailabilityView.as_view(), name="my-availability"),
    path("me/profile/claim", ProfileClaimView.as_view(), name="my-profile-claim"),
    *router.urls,
]
