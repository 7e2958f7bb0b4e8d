"""Addresses of the pages that volunteers open."""

from django.urls import path

from volunteers import pages

urlpatterns = [path("invitation/<str:token>/", pages.invitation_page, name="invitation")]
