"""Core's part of the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from core.accounts.api.factor_recoveries import FactorRecoveryViewSet
from core.accounts.api.me import MeView
from core.accounts.api.reviewers import ReviewerViewSet
from core.accounts.api.tokens import TokenViewSet
from core.notifications.api import NoticeViewSet
from core.notifications.muted_topics_api import MutedTopicsView
from core.privacy.api import ErasureView, PersonalDataView
from core.reference.api import SkillListView, UnknownSkillWordView
from core.reference.vocabulary_api import VocabularyView

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("me/tokens", TokenViewSet, basename="my-token")
router.register("reviewers", ReviewerViewSet, basename="reviewer")
router.register("factor-recoveries", FactorRecoveryViewSet, basename="factor-recovery")
router.register("me/notices", NoticeViewSet, basename="my-notice")

urlpatterns = [
    path("me", MeView.as_view(), name="me"),
    path("me/personal-data", PersonalDataView.as_view(), name="my-personal-data"),
    path("me/erasure", ErasureView.as_view(), name="my-erasure"),
    path("me/muted-topics", MutedTopicsView.as_view(), name="my-muted-topics"),
    path("skills", SkillListView.as_view(), name="skills"),
    path("skills/unknown-words", UnknownSkillWordView.as_view(), name="skill-unknown-words"),
    path("vocabulary", VocabularyView.as_view(), name="vocabulary"),
    *router.urls,
]
