"""Addresses of the pages of volunteers."""

from django.urls import include, path

from web.volunteers import board_pages, calendar_pages, invitation_pages, open_role_pages

urlpatterns = [
    path("me/", include("web.volunteers.me_urls")),
    path("open-roles/", board_pages.open_roles_page, name="open-roles"),
    path("open-roles/<uuid:open_role>/", open_role_pages.OpenRolePage.as_view(), name="open-role"),
    path("invitation/<str:token>/", invitation_pages.InvitationPage.as_view(), name="invitation"),
    path("", include("web.volunteers.start_urls")),
    path("", include("web.volunteers.availability_urls")),
    path("calendar/<str:secret>.ics", calendar_pages.serve_calendar, name="calendar"),
]
