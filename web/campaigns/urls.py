"""Addresses of the pages of campaign staff and candidates."""

from django.urls import include, path

from web.campaigns import (
    answer_pages,
    candidate_manager_pages,
    candidate_pages,
    conversation_pages,
    desk_pages,
    handover_pages,
    link_pages,
    member_end_pages,
    member_list_pages,
    member_position_pages,
    person_pages,
)

_MEMBERS = "campaigns/<uuid:campaign_id>/members/"
_PERSON = "campaigns/<uuid:campaign_id>/people/<uuid:match_id>/"

urlpatterns = [
    path("join/<str:token>/", link_pages.JoinPage.as_view(), name="join"),
    path("invited/", link_pages.InvitedPage.as_view(), name="invited"),
    path("invited/code/", link_pages.InvitedCodePage.as_view(), name="invited-code"),
    path("candidate/<str:token>/", candidate_pages.CandidatePage.as_view(), name="candidate"),
    path("candidate/<str:token>/no/", candidate_pages.CandidateStopPage.as_view(), name="candidate-no"),
    path(
        "candidate/<str:token>/managers/<uuid:member_id>/end/",
        candidate_manager_pages.EndManagerPage.as_view(),
        name="candidate-end-manager",
    ),
    path("", include("web.campaigns.plan_urls")),
    path("hacked/", include("web.campaigns.hacked_urls")),
    path("", include("web.campaigns.request_urls")),
    path("campaigns/", desk_pages.choose_campaign, name="campaigns"),
    path("campaigns/<uuid:campaign_id>/", desk_pages.desk_page, name="campaign-desk"),
    path(_MEMBERS, member_list_pages.MembersPage.as_view(), name="campaign-members-page"),
    path(f"{_MEMBERS}leave/", member_end_pages.LeavePage.as_view(), name="campaign-leave-page"),
    path(
        f"{_MEMBERS}invitations/<uuid:invitation_id>/take-back/",
        member_end_pages.TakeBackPage.as_view(),
        name="campaign-invitation-take-back",
    ),
    path(f"{_MEMBERS}<uuid:member_id>/", member_position_pages.PositionPage.as_view(), name="campaign-member-position"),
    path(f"{_MEMBERS}<uuid:member_id>/end/", member_end_pages.EndMembershipPage.as_view(), name="campaign-member-end"),
    path(_PERSON, person_pages.PersonPage.as_view(), name="campaign-person"),
    path(f"{_PERSON}no/", answer_pages.DeclinePage.as_view(), name="campaign-person-decline"),
    path(f"{_PERSON}messages/", conversation_pages.MessagesPage.as_view(), name="campaign-person-messages"),
    path(f"{_PERSON}list/", conversation_pages.ChecklistPage.as_view(), name="campaign-person-checklist"),
    path(f"{_PERSON}report/", conversation_pages.ReportPage.as_view(), name="campaign-person-report"),
    path(f"{_PERSON}done/", handover_pages.WorkDonePage.as_view(), name="campaign-person-done"),
    path(f"{_PERSON}end/", answer_pages.ReleasePage.as_view(), name="campaign-person-release"),
    path(f"{_PERSON}handed-over/", handover_pages.HandoverDonePage.as_view(), name="campaign-person-complete"),
]
