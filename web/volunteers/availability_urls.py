"""Addresses of the volunteer's own week."""

from django.urls import path

from web.volunteers import availability_pages, time_off_pages

urlpatterns = [
    path("me/week/", availability_pages.WeekPage.as_view(), name="my-week"),
    path("me/week/pause/", availability_pages.PausePage.as_view(), name="my-pause"),
    path("me/time-off/", time_off_pages.TimeOffPage.as_view(), name="my-time-off"),
]
