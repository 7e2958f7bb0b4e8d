"""Addresses of runs, of drafts of the policy, and of why and why not, below `/admin/desk/`."""

from django.urls import path

from web.desk.run_change_pages import AdoptPolicyPage, PolicyListPage, RunChangesPage, TryPolicyPage
from web.desk.run_pages import CancelRunPage, RunListPage, RunPage, StartRunPage
from web.desk.why_pages import WhyPage, WhyPairPage, WhyRequestPage, WhyRolePage, WhyVolunteerPage

urlpatterns = [
    path("runs/", RunListPage.as_view(), name="runs"),
    path("runs/start/", StartRunPage.as_view(), name="run-start"),
    path("runs/<uuid:id>/", RunPage.as_view(), name="run"),
    path("runs/<uuid:id>/cancel/", CancelRunPage.as_view(), name="run-cancel"),
    path("runs/<uuid:id>/changes/", RunChangesPage.as_view(), name="run-changes"),
    path("runs/<uuid:id>/adopt/", AdoptPolicyPage.as_view(), name="policy-adopt"),
    path("policies/", PolicyListPage.as_view(), name="policies"),
    path("policies/<uuid:id>/try/", TryPolicyPage.as_view(), name="policy-try"),
    path("why/", WhyPage.as_view(), name="why"),
    path("why/volunteers/<uuid:id>/", WhyVolunteerPage.as_view(), name="why-volunteer"),
    path("why/requests/<uuid:id>/", WhyRequestPage.as_view(), name="why-request"),
    path("why/roles/<uuid:id>/", WhyRolePage.as_view(), name="why-role"),
    path("why/roles/<uuid:role>/<uuid:volunteer>/", WhyPairPage.as_view(), name="why-pair"),
]
