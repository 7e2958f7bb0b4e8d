"""The campaigns' part of the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from campaigns.api.campaigns import CampaignViewSet
from campaigns.api.playbooks import PlaybookList
from campaigns.api.requests import RequestViewSet

router = SimpleRouter(use_regex_path=False)
router.register("campaigns", CampaignViewSet)
router.register("requests", RequestViewSet)

urlpatterns = [path("playbooks/", PlaybookList.as_view(), name="playbooks"), *router.urls]
