"""Addresses of the pages that need no role."""

from django.urls import path

from web.visitors import account_pages, data_pages, language_pages, letter_pages, mail_pages, site_pages

urlpatterns = [
    path("", site_pages.home_page, name="home"),
    path("about/", site_pages.about_page, name="about"),
    path("help/", site_pages.help_page, name="help"),
    path("for-campaigns/", site_pages.for_campaigns_page, name="for-campaigns"),
    path("conduct/", site_pages.conduct_page, name="conduct"),
    path("account/", account_pages.account_page, name="account"),
    path("account/sign-in-again/", account_pages.SignInAgainPage.as_view(), name="sign-in-again"),
    path("account/name/", account_pages.NamePage.as_view(), name="account-name"),
    path("language/", language_pages.choose_language, name="choose-language"),
    path("account/letters/", letter_pages.LettersPage.as_view(), name="account-letters"),
    path("my-data/", data_pages.PersonalDataPage.as_view(), name="my-data-page"),
    path("recovery/stop/<str:token>/", account_pages.RecoveryStopPage.as_view(), name="recovery-stop"),
    path("mail/stop/<str:token>/", mail_pages.unsubscribe_page, name="mail-stop"),
]
