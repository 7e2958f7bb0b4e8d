"""Addresses of the pages of one's own work as a volunteer."""

from django.urls import path

from web.volunteers import (
    calendar_pages,
    checklist_pages,
    decline_pages,
    desk_pages,
    details_pages,
    interest_pages,
    message_pages,
    offer_pages,
    profile_pages,
    project_pages,
    report_pages,
    skill_pages,
    veto_pages,
    wishes_pages,
    withdraw_pages,
)

urlpatterns = [
    path("", desk_pages.desk_page, name="volunteer-desk"),
    path("profile/", profile_pages.profile_page, name="my-profile-page"),
    path("about/", details_pages.OwnDetailsPage.as_view(), name="my-details"),
    path("calendar/", calendar_pages.CalendarPage.as_view(), name="my-calendar"),
    path("on-call/", profile_pages.OnCallPage.as_view(), name="my-on-call"),
    path("never/", veto_pages.vetoes_page, name="my-vetoes"),
    path("never/<uuid:veto>/", veto_pages.LiftVetoPage.as_view(), name="my-veto-lift"),
    path("leave/", profile_pages.LeavePage.as_view(), name="my-leave-page"),
    path("skills/", skill_pages.OwnSkillsPage.as_view(), name="my-skills"),
    path("wishes/", wishes_pages.OwnWishesPage.as_view(), name="my-wishes"),
    path("still-right/", desk_pages.HoursStillRightPage.as_view(), name="volunteer-hours-still-right"),
    path("rest/", desk_pages.WaiveRestPage.as_view(), name="volunteer-waive-rest"),
    path("back/", desk_pages.ComeBackPage.as_view(), name="volunteer-come-back"),
    path("levels/<uuid:question>/", desk_pages.LevelQuestionPage.as_view(), name="volunteer-level-question"),
    path("asked/<uuid:interest>/back/", interest_pages.TakeBackPage.as_view(), name="interest-withdraw"),
    path("offers/<uuid:match>/", offer_pages.OfferPage.as_view(), name="volunteer-offer"),
    path("offers/<uuid:match>/no/", decline_pages.DeclinePage.as_view(), name="volunteer-decline"),
    path("projects/<uuid:match>/", project_pages.project_page, name="volunteer-project"),
    path("projects/<uuid:match>/messages/", message_pages.MessagesPage.as_view(), name="volunteer-messages"),
    path("projects/<uuid:match>/list/", checklist_pages.TickPage.as_view(), name="volunteer-tick"),
    path("projects/<uuid:match>/out/", withdraw_pages.WithdrawPage.as_view(), name="volunteer-withdraw"),
    path("projects/<uuid:match>/never/", veto_pages.NeverPage.as_view(), name="volunteer-never"),
    path("projects/<uuid:match>/report/", report_pages.ReportPage.as_view(), name="volunteer-report"),
    path("projects/<uuid:match>/handed-over/", checklist_pages.HandedOverPage.as_view(), name="volunteer-handed-over"),
]
