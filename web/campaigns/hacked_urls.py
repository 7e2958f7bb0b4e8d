"""Addresses of the pages for a campaign that may have been hacked."""

from django.urls import path

from web.campaigns import hacked_pages, incident_pages

_INCIDENT = "<uuid:campaign_id>/<uuid:request_id>/"

urlpatterns = [
    path("", hacked_pages.hacked_page, name="hacked"),
    path("ask/", hacked_pages.hacked_sign_in_page, name="hacked-sign-in"),
    path("<uuid:campaign_id>/", hacked_pages.HackedReportPage.as_view(), name="hacked-report"),
    path("<uuid:campaign_id>/sign-out/", incident_pages.SignOutMembersPage.as_view(), name="hacked-sign-out"),
    path(_INCIDENT, incident_pages.incident_page, name="incident"),
    path(f"{_INCIDENT}false-alarm/", incident_pages.FalseAlarmPage.as_view(), name="incident-false-alarm"),
]
