"""The roles of reviewers: who gives them, and what each may do."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from core.accounts.reviewer_roles import list_roles, set_reviewer_roles
from core.enums import ReviewerRole
from core.errors import HandraiserError, Invalid, NotAllowed
from core.models import Notice, User
from matching.lifecycle.queries.policies import get_active_policy
from matching.runs.actions.policies import activate_policy, draft_policy
from tests.cast import authenticate_client, create_user, sign_in_browser

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
ALL = tuple(ReviewerRole.values)


@pytest.fixture
def administrator(db: None) -> User:
    user = create_user("ada", reviewer=True)
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    return User.objects.get(pk=user.pk)


def test_an_administrator_gives_and_takes_roles_and_everyone_concerned_is_told(administrator: User) -> None:
    other, dave = create_user("olga", reviewer=True), create_user("dave")
    set_reviewer_roles(actor=administrator, email=other.email, roles=ALL, at=AT)
    Notice.objects.all().delete()

    given = set_reviewer_roles(actor=administrator, email="Dave@example.org", roles=["reviewer"], at=AT)

    assert given == dave
    assert list_roles(given) == [ReviewerRole.REVIEWER]
    assert not given.may_edit_policy
    told = Notice.objects.order_by("kind").values_list("recipient__email", "kind")
    assert list(told) == [(dave.email, "reviewer-roles"), (other.email, "reviewer-roles-review")]
    events = apps.get_model("core", "UserRolesEvent").objects.filter(pgh_obj=dave)
    assert list(events.values_list("is_staff", "is_superuser")) == [(True, False)]

    ended = set_reviewer_roles(actor=administrator, email=dave.email, roles=[], at=AT)
    assert list_roles(ended) == []
    assert not ended.is_reviewer


def test_the_same_roles_again_change_and_tell_nothing(administrator: User) -> None:
    rita = create_user("rita", reviewer=True)
    set_reviewer_roles(actor=administrator, email=rita.email, roles=["policy_editor", "reviewer"], at=AT)
    assert not Notice.objects.exists()


def test_who_is_no_administrator_gives_none_and_nobody_changes_their_own(administrator: User) -> None:
    rita, dave = create_user("rita", reviewer=True), create_user("dave")
    refusals: list[tuple[User, str, list[str], type[HandraiserError]]] = [
        (rita, dave.email, ["reviewer"], NotAllowed),
        (administrator, administrator.email, [], NotAllowed),
        (administrator, dave.email, ["administrator"], Invalid),
        (administrator, "nobody@example.org", ["reviewer"], HandraiserError),
    ]
    for actor, email, roles, error in refusals:
        with pytest.raises(error):
            set_reviewer_roles(actor=actor, email=email, roles=roles, at=AT)
    assert list_roles(User.objects.get(pk=dave.pk)) == []


def test_only_a_policy_editor_changes_the_policy(administrator: User) -> None:
    rita = create_user("rita", reviewer=True)
    draft = draft_policy(actor=rita, name="Fewer offers", changes={})
    rita = set_reviewer_roles(actor=administrator, email=rita.email, roles=["reviewer"], at=AT)

    with pytest.raises(NotAllowed, match="policy editors"):
        draft_policy(actor=rita, name="Another", changes={})
    with pytest.raises(NotAllowed, match="policy editors"):
        activate_policy(actor=rita, policy=draft, at=AT)
    assert get_active_policy() != draft

    browser = Client()
    sign_in_browser(browser, rita)
    assert browser.get(reverse("admin:matching_policy_add")).status_code == 403


def test_the_page_and_the_api_are_for_administrators_alone(administrator: User) -> None:
    rita, dave = create_user("rita", reviewer=True), create_user("dave")
    page = reverse("admin:core_user_change_roles", args=[dave.pk])
    statuses = {}
    for user in (rita, administrator):
        browser, client = Client(), APIClient()
        sign_in_browser(browser, user)
        authenticate_client(client, user)
        body = {"email": dave.email, "roles": ["reviewer"]}
        statuses[user.email] = (
            browser.get(page).status_code,
            client.get("/api/v1/reviewers").status_code,
            client.post("/api/v1/reviewers", body, format="json").status_code,
        )
    assert statuses == {rita.email: (403, 403, 403), administrator.email: (200, 200, 200)}

    browser.post(page, {"roles": []})
    assert list_roles(User.objects.get(pk=dave.pk)) == []
