"""Matching's part of the API."""

from rest_framework.routers import SimpleRouter

from matching.api.matches import MyMatchViewSet
from matching.api.review import MatchViewSet
from matching.api.runs import RunViewSet

router = SimpleRouter(use_regex_path=False)
router.register("me/matches", MyMatchViewSet, basename="my-match")
router.register("matches", MatchViewSet, basename="match")
router.register("runs", RunViewSet)

urlpatterns = router.urls
