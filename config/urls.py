"""Every address, joined from the apps'."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config.document_views import AccountDocumentView, AccountYAMLDocumentView, DocumentPageView, DocumentView
from core.accounts.pages import conduct_page, recovery_stop_page
from core.notifications.pages import unsubscribe_page
from core.pages import health_check, home_page, problem_types_page
from core.privacy.pages import personal_data_page

api: list[URLPattern | URLResolver] = [
    path("", include("core.urls")),
    path("", include("campaigns.urls")),
    path("", include("volunteers.urls")),
    path("", include("matching.urls")),
    path("auth/openapi.json", AccountDocumentView.as_view(), name="auth-schema"),
    path("auth/openapi.yaml", AccountYAMLDocumentView.as_view(), name="auth-schema-yaml"),
    path("auth/", include("core.accounts.auth_api")),
    path("auth/", include("allauth.headless.urls")),
]

admin.autodiscover()

urlpatterns = [
    path("", home_page, name="home"),
    path("healthz", health_check, name="healthz"),
    path("my-data/", personal_data_page, name="my-data-page"),
    path("conduct/", conduct_page, name="conduct"),
    path("recovery/stop/<str:token>/", recovery_stop_page, name="recovery-stop"),
    path("mail/stop/<str:token>/", unsubscribe_page, name="mail-stop"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("", include("campaigns.page_urls")),
    path("", include("volunteers.page_urls")),
    path("", include("matching.page_urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include(api)),
    path("api/schema", DocumentView.as_view(), name="schema"),
    path("api/problems", problem_types_page, name="problems"),
    path("api/docs", DocumentPageView.as_view(), name="docs"),
]

handler400 = "config.error_views.bad_request"
handler403 = "config.error_views.permission_denied"
handler404 = "config.error_views.page_not_found"
handler500 = "config.error_views.server_error"
