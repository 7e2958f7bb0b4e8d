"""Addresses of the pages of campaign staff and candidates."""

from django.urls import include, path

from web.campaigns import answer_pages, conversation_pages, desk_pages, link_pages, person_pages

_PERSON = "campaigns/<uuid:campaign_id>/people/<uuid:match_id>/"

urlpatterns = [
    path("join/<str:token>/", link_pages.JoinPage.as_view(), name="join"),
    path("candidate/<str:token>/", link_pages.CandidatePage.as_view(), name="candidate"),
    path("", include("web.campaigns.plan_urls")),
    path("", include("web.campaigns.request_urls")),
    path("campaigns/", desk_pages.choose_campaign, name="campaigns"),
    path("campaigns/<uuid:campaign_id>/", desk_pages.desk_page, name="campaign-desk"),
    path(_PERSON, person_pages.PersonPage.as_view(), name="campaign-person"),
    path(f"{_PERSON}no/", answer_pages.DeclinePage.as_view(), name="campaign-person-decline"),
    path(f"{_PERSON}messages/", conversation_pages.MessagesPage.as_view(), name="campaign-person-messages"),
    path(f"{_PERSON}list/", conversation_pages.ChecklistPage.as_view(), name="campaign-person-checklist"),
    path(f"{_PERSON}report/", conversation_pages.ReportPage.as_view(), name="campaign-person-report"),
    path(f"{_PERSON}done/", answer_pages.WorkDonePage.as_view(), name="campaign-person-done"),
    path(f"{_PERSON}end/", answer_pages.ReleasePage.as_view(), name="campaign-person-release"),
    path(f"{_PERSON}handed-over/", answer_pages.HandoverDonePage.as_view(), name="campaign-person-complete"),
]
