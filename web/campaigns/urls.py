"""Addresses of the pages of campaign staff and candidates."""

from django.urls import path

from web.campaigns import link_pages

urlpatterns = [
    path("join/<str:token>/", link_pages.JoinPage.as_view(), name="join"),
    path("candidate/<str:token>/", link_pages.CandidatePage.as_view(), name="candidate"),
]
