"""A reviewer's session alone takes no decision that cannot be taken back, in the admin and in the API."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.models import CandidateLink, Member, MemberInvitation
from core.accounts.authentication import AuthenticationContext
from core.accounts.factor_recovery import request_recovery
from core.errors import NotAllowed
from core.models import FactorRecovery, User
from core.privacy.erasure import data_subject_of, erase_on_written_request
from tests.cast import Cast, create_user, current_totp_code, ensure_totp, sign_in_browser
from volunteers.models import Volunteer

ADMIN_PAGES = {
    "core.user": {"erase", "recover_factor", "change_roles"},
    "core.factorrecovery": {"approve"},
    "volunteers.volunteer": {"erase"},
    "campaigns.campaign": {"correct_names", "end", "send_link"},
    "campaigns.candidatestop": {"close_stop"},
    "campaigns.contest": {"correct_days"},
}
"""Pages of the admin that ask for a recent sign-in."""

OTHER_ADMIN_PAGES = {
    "core.factorrecovery": {"stop"},  # it keeps a factor, so it must be quick
    "core.unknownskillword": {"make_alias"},
    "volunteers.volunteer": {"vet"},
    "matching.match": {f"do_{name}" for name in ("approve", "reject", "broadcast", "accept", "cancel", "release")}
    | {"do_finish", "do_complete", "do_undo"},
    "matching.proposal": {"approve_one", "reject_one", "choose_alternate"},
    "matching.problemreport": {"close_report"},
    "matching.dutyshift": {"end_shift"},
    "campaigns.request": {"record_call", "take"},  # every minute counts; the call ends a reminder
}
"""Everyday decisions: a new button belongs to one of the two lists."""


@pytest.fixture
def old_session(cast: Cast) -> Client:
    """A browser in which Rita has signed in long ago."""
    cache.clear()
    client = Client()
    sign_in_browser(client, cast.rita, is_long_ago=True)
    return client


def confirm_by_factor(client: Client, address: str) -> Any:
    return client.post(address, {"code": current_totp_code()})


def test_each_button_of_the_admin_is_in_one_of_the_lists() -> None:
    guarded: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for model, page in admin.site._registry.items():
        for name in getattr(page, "actions_detail", ()):
            is_guarded = hasattr(getattr(page, name), "recent_sign_in_required")
            (guarded if is_guarded else others).setdefault(model._meta.label_lower, set()).add(name)

    assert guarded == ADMIN_PAGES
    assert others == OTHER_ADMIN_PAGES


def test_an_old_session_erases_nobody_and_comes_back_to_the_page(cast: Cast, old_session: Client) -> None:
    page = f"/admin/core/user/{cast.bob.pk}/erase/"

    shown, sent = old_session.get(page), old_session.post(page, {"asked": "on"})

    assert [answer.status_code for answer in (shown, sent)] == [302, 302]
    assert User.objects.filter(pk=cast.bob.pk).exists()
    proof = sent["location"]
    assert proof.startswith("/accounts/2fa/reauthenticate/?next=")
    assert confirm_by_factor(old_session, proof)["location"] == page
    assert old_session.get(page).status_code == 200
    old_session.post(page, {"asked": "on"})
    assert not User.objects.filter(pk=cast.bob.pk).exists()


def test_an_old_session_takes_none_of_the_decisions(cast: Cast, old_session: Client, now: datetime) -> None:
    ensure_totp(cast.carol)
    imported = Volunteer.objects.create(
        first_name="Ina", email="ina@example.org", max_hours_per_week=2, time_zone="UTC", adult=True, waiting_since=now
    )
    recovery = request_recovery(
        actor=create_user("remy", reviewer=True), email=cast.carol.email, callback="By phone.", at=now
    )
    contest = cast.campaign.candidate.contest
    pages: dict[str, dict[str, object]] = {
        f"/admin/core/user/{cast.alice.pk}/recover-factor/": {"callback": "By phone."},
        f"/admin/core/factorrecovery/{recovery.pk}/approve/": {"has_read": "on"},
        f"/admin/volunteers/volunteer/{imported.pk}/erase/": {"asked": "on"},
        f"/admin/campaigns/campaign/{cast.campaign.pk}/end/": {"version": cast.campaign.version},
        f"/admin/campaigns/campaign/{cast.campaign.pk}/candidate-link/": {"email": "kim@example.org"},
        f"/admin/campaigns/campaign/{cast.campaign.pk}/correct-names/": {"name": "Doe", "candidate": "Jo Doe"},
        f"/admin/campaigns/contest/{contest.pk}/correct-days/": {
            "election_on": contest.election_on + timedelta(days=1),
            "seen_election_on": contest.election_on,
        },
    }

    answers = [old_session.post(page, body)["location"] for page, body in pages.items()]

    assert [address.startswith("/accounts/2fa/reauthenticate/?next=%2Fadmin%2F") for address in answers] == [True] * 7
    recovery.refresh_from_db()
    cast.campaign.refresh_from_db()
    assert (recovery.state, cast.campaign.state) == (FactorRecovery.State.REQUESTED, "verified")
    assert FactorRecovery.objects.count() == 1
    assert not CandidateLink.objects.exists()
    assert Volunteer.objects.get(pk=imported.pk).first_name == "Ina"


def test_nor_does_it_by_the_api(cast: Cast, now: datetime) -> None:
    ensure_totp(cast.carol)
    recovery = request_recovery(
        actor=create_user("remy", reviewer=True), email=cast.carol.email, callback="By phone.", at=now
    )
    campaign = f"/api/v1/campaigns/{cast.campaign.public_id}"
    calls: dict[str, dict[str, object]] = {
        "/api/v1/factor-recoveries": {"email": cast.alice.email, "callback": "By phone."},
        f"/api/v1/factor-recoveries/{recovery.public_id}/approve": {},
        f"{campaign}/end": {"version": cast.campaign.version},
        f"{campaign}/candidate-link": {"email": "kim@example.com"},
        f"{campaign}/invitations": {"email": "new@example.com", "position": "manager"},
    }
    Member.objects.all().delete()

    def ask(authenticated_at: datetime | None) -> list[tuple[int, str | None]]:
        client, access = APIClient(), AuthenticationContext(has_mfa=True, authenticated_at=authenticated_at)
        client.force_authenticate(cast.rita, token=access)  # type: ignore[arg-type]
        answers = [client.post(path, body, format="json") for path, body in calls.items()]
        return [(answer.status_code, answer.json().get("code")) for answer in answers]

    assert ask(now - timedelta(minutes=11)) == [(403, "sign_in_again")] * 5
    assert ask(None) == [(403, "sign_in_again")] * 5  # by a personal token
    assert (CandidateLink.objects.count(), MemberInvitation.objects.count()) == (0, 0)
    assert [status for status, _code in ask(timezone.now())] == [409, 200, 200, 409, 409]


def test_a_managers_old_session_changes_no_manager(cast: Cast, now: datetime) -> None:
    staff, other = (create_user(name) for name in ("sam", "max"))
    sam, max_ = (
        Member.objects.create(campaign=cast.campaign, user=user, position=position, since=now)
        for user, position in ((staff, "staff"), (other, "manager"))
    )
    ensure_totp(cast.carol)
    invitations = f"/api/v1/campaigns/{cast.campaign.public_id}/invitations"

    def ask(has_mfa: bool, authenticated_at: datetime | None) -> list[tuple[int, str | None]]:
        client, access = APIClient(), AuthenticationContext(has_mfa=has_mfa, authenticated_at=authenticated_at)
        client.force_authenticate(cast.carol, token=access)  # type: ignore[arg-type]
        position: dict[str, Any] = {"format": "json", "headers": {"if-match": '"1"'}}
        answers = [
            client.post(invitations, {"email": "new@example.com", "position": "manager"}, format="json"),
            client.patch(f"/api/v1/members/{sam.public_id}", {"position": "manager"}, **position),
            client.patch(f"/api/v1/members/{max_.public_id}", {"position": "staff"}, **position),
            client.delete(f"/api/v1/members/{max_.public_id}", **position),
        ]
        return [(answer.status_code, answer.json().get("code") if answer.content else None) for answer in answers]

    assert ask(True, now - timedelta(minutes=11)) == [(403, "sign_in_again")] * 4
    assert ask(True, None) == [(403, "sign_in_again")] * 4  # by a personal token
    assert MemberInvitation.objects.count() == 0
    assert set(Member.objects.values_list("user__email", "position", "version")) == {
        ("carol@example.org", "manager", 1),
        ("sam@example.org", "staff", 1),
        ("max@example.org", "manager", 1),
    }
    assert [status for status, _code in ask(True, timezone.now())] == [201, 200, 200, 412]


def test_no_reviewer_erases_another(cast: Cast, reviewer_client: Client, now: datetime) -> None:
    quinn = create_user("quinn", reviewer=True)

    page = reviewer_client.post(f"/admin/core/user/{quinn.pk}/erase/", {"asked": "on"}).content.decode()

    assert "no reviewer erases another" in page
    assert User.objects.filter(pk=quinn.pk).exists()
    User.objects.filter(pk=quinn.pk).update(is_staff=False)
    quinn.refresh_from_db()
    erase_on_written_request(actor=cast.rita, person=data_subject_of(quinn, at=now), asked=True, at=now)
    assert not User.objects.filter(pk=quinn.pk).exists()


def test_an_administrator_without_the_role_is_not_erased_either(cast: Cast, now: datetime) -> None:
    User.objects.filter(pk=cast.bob.pk).update(is_superuser=True)
    cast.bob.refresh_from_db()

    with pytest.raises(NotAllowed, match="no reviewer erases another"):
        erase_on_written_request(actor=cast.rita, person=data_subject_of(cast.bob, at=now), asked=True, at=now)


def test_no_reviewer_erases_their_own_imported_profile_here(cast: Cast, reviewer_client: Client, now: datetime) -> None:
    own = Volunteer.objects.create(
        first_name="Rita", email=cast.rita.email, max_hours_per_week=2, time_zone="UTC", adult=True, waiting_since=now
    )

    page = reviewer_client.post(f"/admin/volunteers/volunteer/{own.pk}/erase/", {"asked": "on"}).content.decode()

    assert "for yourself, see your own account" in page
    assert Volunteer.objects.get(pk=own.pk).first_name == "Rita"
