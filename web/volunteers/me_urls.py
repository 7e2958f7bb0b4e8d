"""Addresses of the pages of one's own work as a volunteer."""

from django.urls import path

from web.volunteers import desk_pages, message_pages, offer_pages, project_pages

app_name = "volunteers"

urlpatterns = [
    path("", desk_pages.desk_page, name="desk"),
    path("still-right/", desk_pages.HoursStillRightPage.as_view(), name="hours-still-right"),
    path("rest/", desk_pages.WaiveRestPage.as_view(), name="waive-rest"),
    path("back/", desk_pages.ComeBackPage.as_view(), name="come-back"),
    path("levels/<uuid:question>/", desk_pages.LevelQuestionPage.as_view(), name="level-question"),
    path("offers/<uuid:match>/", offer_pages.OfferPage.as_view(), name="offer"),
    path("offers/<uuid:match>/no/", offer_pages.DeclinePage.as_view(), name="decline"),
    path("projects/<uuid:match>/", project_pages.project_page, name="project"),
    path("projects/<uuid:match>/messages/", message_pages.MessagesPage.as_view(), name="messages"),
    path("projects/<uuid:match>/list/", project_pages.TickPage.as_view(), name="tick"),
    path("projects/<uuid:match>/out/", project_pages.WithdrawPage.as_view(), name="withdraw"),
    path("projects/<uuid:match>/report/", project_pages.ReportPage.as_view(), name="report"),
    path("projects/<uuid:match>/handed-over/", project_pages.HandedOverPage.as_view(), name="handed-over"),
]
