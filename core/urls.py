"""Core's part of the API."""

from django.urls import path

from core.api.skills import SkillList

urlpatterns = [path("skills/", SkillList.as_view(), name="skills")]
