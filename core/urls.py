"""Core's part of the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from core.api.me import Me
from core.api.notices import MyMail, NoticeViewSet
from core.api.personal import MyData, MyErasure
from core.api.skills import SkillList
from core.api.tokens import TokenViewSet

router = SimpleRouter(use_regex_path=False)
router.register("me/tokens", TokenViewSet, basename="my-token")
router.register("me/notices", NoticeViewSet, basename="notice")

urlpatterns = [
    path("me/", Me.as_view(), name="me"),
    path("me/data/", MyData.as_view(), name="my-data"),
    path("me/erasure/", MyErasure.as_view(), name="my-erasure"),
    path("me/mail/", MyMail.as_view(), name="my-mail"),
    path("skills/", SkillList.as_view(), name="skills"),
    *router.urls,
]
