"""Every address, joined from the apps'."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from core import pages

api = [
    path("", include("core.urls")),
    path("", include("campaigns.urls")),
    path("", include("volunteers.urls")),
    path("", include("matching.urls")),
    path("auth/", include("allauth.headless.urls")),
]

admin.autodiscover()

urlpatterns = [
    path("", pages.home, name="home"),
    path("healthz", pages.healthz, name="healthz"),
    path("my-data/", pages.my_data, name="my-data-page"),
    path("conduct/", pages.conduct, name="conduct"),
    path("mail/stop/<str:token>/", pages.mail_stop, name="mail-stop"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("", include("campaigns.page_urls")),
    path("", include("volunteers.page_urls")),
    path("", include("matching.page_urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include(api)),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(), name="docs"),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.failed"
