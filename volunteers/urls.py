"""The volunteers' part of the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from volunteers.api.here import HereViewSet, QuestionViewSet
from volunteers.api.profile import MyProfile

router = SimpleRouter(use_regex_path=False)
router.register("me/availability", HereViewSet, basename="my-availability")
router.register("me/questions", QuestionViewSet, basename="my-question")

urlpatterns = [path("me/profile/", MyProfile.as_view(), name="my-profile"), *router.urls]
