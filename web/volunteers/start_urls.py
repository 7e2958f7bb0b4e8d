"""Addresses of a stranger's first visit."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from web.volunteers import start_code, start_fits, start_pages, start_skills, start_under_18, start_when, start_you

urlpatterns = [
    path("start/", login_not_required(start_pages.begin_page), name="start"),
    path("start/skills/", start_skills.SkillsPage.as_view(), name="start-skills"),
    path("start/when/", start_when.WhenPage.as_view(), name="start-when"),
    path("start/fits/", start_fits.FitsPage.as_view(), name="start-fits"),
    path("start/code/", start_code.CodePage.as_view(), name="start-code"),
    path("start/you/", start_you.YouPage.as_view(), name="start-you"),
    path("start/under-18/sure/", start_under_18.UnderAgePage.as_view(), name="start-under-18-sure"),
    path("start/under-18/", start_under_18.under_18_page, name="start-under-18"),
]
