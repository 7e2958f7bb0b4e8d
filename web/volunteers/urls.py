"""Addresses of the pages of volunteers."""

from django.urls import path

from web.volunteers import calendar_pages, invitation_pages

urlpatterns = [
    path("invitation/<str:token>/", invitation_pages.InvitationPage.as_view(), name="invitation"),
    path("calendar/<str:secret>.ics", calendar_pages.serve_calendar, name="calendar"),
]
