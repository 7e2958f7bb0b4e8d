"""URLs of matching's pages."""

from django.urls import path

from matching import pages

urlpatterns = [path("calendar/<str:secret>.ics", pages.serve_calendar, name="calendar")]
