"""Core's part of the API."""

from django.urls import path

from core.api.me import Me
from core.api.skills import SkillList

urlpatterns = [
    path("me/", Me.as_view(), name="me"),
    path("skills/", SkillList.as_view(), name="skills"),
]
