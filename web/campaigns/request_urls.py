"""Addresses of the pages about one request."""

from django.urls import path

from web.campaigns import (
    request_cancel_pages,
    request_close_pages,
    request_pages,
    role_add_pages,
    role_end_pages,
    role_pages,
)

_PROJECT = "campaigns/<uuid:campaign_id>/projects/<uuid:request_id>/"

urlpatterns = [
    path(_PROJECT, request_pages.RequestPage.as_view(), name="campaign-request"),
    path(f"{_PROJECT}roles/<uuid:role_id>/", role_pages.RolePage.as_view(), name="campaign-role"),
    path(f"{_PROJECT}roles/add/", role_add_pages.AddRolePage.as_view(), name="campaign-role-add"),
    path(f"{_PROJECT}roles/<uuid:role_id>/close/", role_end_pages.CloseRolePage.as_view(), name="campaign-role-close"),
    path(f"{_PROJECT}close/", request_close_pages.CloseRequestPage.as_view(), name="campaign-request-close"),
    path(f"{_PROJECT}cancel/", request_cancel_pages.CancelRequestPage.as_view(), name="campaign-request-cancel"),
]
