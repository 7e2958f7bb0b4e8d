"""Every address, joined from the apps'."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config.document_views import AccountDocumentView, AccountYAMLDocumentView, DocumentPageView, DocumentView
from core.accounts.passkey_views import AddPasskeyView
from core.accounts.reset_codes import SingleResetView
from core.accounts.sign_in_pages import SendCodeView, SignInView
from core.notifications.mail_events import list_mail_event_paths
from core.pages import health_check, problem_types_page

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
    path("healthz", health_check, name="healthz"),
    # Each in place of allauth's, which has the name of this address.
    path("accounts/login/", SignInView.as_view()),
    path("accounts/login/code/", SendCodeView.as_view()),
    path("accounts/password/reset/complete/", SingleResetView.as_view()),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/webauthn/add/", AddPasskeyView.as_view()),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("", include("web.visitors.urls")),
    path("", include("web.volunteers.urls")),
    path("", include("web.campaigns.urls")),
    path("mail/events/", include(list_mail_event_paths(settings.MAIL_PROVIDER, settings.ANYMAIL))),
    path("admin/desk/", include("web.desk.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include(api)),
    path("api/schema", DocumentView.as_view(), name="schema"),
    path("api/problems", problem_types_page, name="problems"),
    path("api/docs", DocumentPageView.as_view(), name="docs"),
]

if not settings.PRODUCTION:
    urlpatterns.append(path("design/", include("web.design.urls")))

handler400 = "web.visitors.error_pages.bad_request"
handler403 = "web.visitors.error_pages.permission_denied"
handler404 = "web.visitors.error_pages.page_not_found"
handler500 = "web.visitors.error_pages.server_error"
