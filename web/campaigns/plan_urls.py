"""Addresses of the pages on which a campaign plans a project."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from web.campaigns import (
    candidate_told_pages,
    change_pages,
    filing_pages,
    name_pages,
    plan_campaign,
    plan_choice,
    plan_outcome,
    plan_pages,
    plan_project,
    plan_race,
    plan_race_typed,
    plan_role,
    plan_sign_in,
    publish_pages,
    published_pages,
)

_PROJECT = "campaigns/<uuid:campaign_id>/projects/<uuid:request_id>/"

urlpatterns = [
    path("plan/", login_not_required(plan_pages.begin_page), name="plan"),
    path("plan/outcome/", plan_outcome.OutcomePage.as_view(), name="plan-outcome"),
    path("plan/closest/", plan_outcome.ClosestPage.as_view(), name="plan-closest"),
    path("plan/role/", plan_role.OwnRolePage.as_view(), name="plan-role"),
    path("plan/project/", plan_project.ProjectPage.as_view(), name="plan-project"),
    path("plan/email/", plan_sign_in.EmailPage.as_view(), name="plan-email"),
    path("plan/code/", plan_sign_in.CodePage.as_view(), name="plan-code"),
    path("plan/choice/", plan_choice.ChoicePage.as_view(), name="plan-choice"),
    path("plan/race/", plan_race.RacePage.as_view(), name="plan-race"),
    path("plan/race/typed/", plan_race_typed.TypedRacePage.as_view(), name="plan-race-typed"),
    path("plan/campaign/", plan_campaign.CampaignPage.as_view(), name="plan-campaign"),
    path("campaigns/<uuid:campaign_id>/filing/", filing_pages.FilingPage.as_view(), name="campaign-filing-page"),
    path("campaigns/<uuid:campaign_id>/names/", name_pages.NamesPage.as_view(), name="campaign-names"),
    path(
        "campaigns/<uuid:campaign_id>/candidate-letter/",
        candidate_told_pages.CandidateToldPage.as_view(),
        name="campaign-candidate-told",
    ),
    path(f"{_PROJECT}publish/", publish_pages.PublishPage.as_view(), name="campaign-publish"),
    path(f"{_PROJECT}change/", change_pages.ChangePage.as_view(), name="campaign-change"),
    path(f"{_PROJECT}published/", published_pages.published_page, name="campaign-published"),
]
