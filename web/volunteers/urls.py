"""Addresses of the pages of volunteers."""

from django.urls import include, path

from web.volunteers import calendar_pages, invitation_pages

urlpatterns = [
    path("me/", include("web.volunteers.me_urls")),
    path("invitation/<str:token>/", invitation_pages.InvitationPage.as_view(), name="invitation"),
    path("", include("web.volunteers.start_urls")),
    path("", include("web.volunteers.availability_urls")),
    path("calendar/<str:secret>.ics", calendar_pages.serve_calendar, name="calendar"),
]
