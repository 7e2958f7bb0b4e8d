"""Addresses of the pages that links in mails about campaigns open."""

from django.urls import path

from campaigns import pages

urlpatterns = [
    path("join/<str:token>/", pages.join_page, name="join"),
    path("candidate/<str:token>/", pages.candidate_page, name="candidate"),
]
