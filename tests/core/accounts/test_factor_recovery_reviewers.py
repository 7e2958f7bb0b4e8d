"""Who may ask for the recovery of a second factor, and who may approve it."""

from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from campaigns.actions.registration import register_campaign
from campaigns.models import Member
from core.accounts.factor_recovery import approve_recovery, request_recovery
from core.accounts.recovery_ends import process_due_recoveries, stop_recovery
from core.errors import NotAllowed, WrongState
from core.models import FactorRecovery, User
from core.models.factor_recovery import RECOVERY_WAIT
from tests.cast import Cast, build_candidacy, create_user, ensure_totp, sign_in_browser
from tests.core.accounts.recoveries import API, CALLBACK, SECOND, Api, has_factor, state_of, who_was_told


def test_the_one_who_asked_does_not_approve(cast: Cast, asked: FactorRecovery, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="A second reviewer"):
        approve_recovery(actor=cast.rita, recovery=asked, at=now)
    with pytest.raises(NotAllowed, match="Only reviewers"):
        approve_recovery(actor=cast.dave, recovery=asked, at=now)


def test_a_reviewer_recovers_neither_themselves_nor_approves_it(cast: Cast, remy: User, now: datetime) -> None:
    ensure_totp(remy)
    with pytest.raises(NotAllowed, match="your own"):
        request_recovery(actor=remy, email=remy.email, callback=CALLBACK, at=now)
    recovery = request_recovery(actor=cast.rita, email=remy.email, callback=CALLBACK, at=now)

    with pytest.raises(NotAllowed, match="A second reviewer"):
        approve_recovery(actor=remy, recovery=recovery, at=now)


def test_a_reviewer_with_a_part_in_a_contest_of_hers_neither_asks_nor_approves(
    cast: Cast, remy: User, now: datetime
) -> None:
    rival = register_campaign(actor=cast.dave, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    ruth = create_user("ruth", reviewer=True)
    Member.objects.create(campaign=rival, user=ruth, position="staff", since=now)

    with pytest.raises(NotAllowed, match="a part in a contest"):
        request_recovery(actor=ruth, email=cast.carol.email, callback=CALLBACK, at=now)
    asked = request_recovery(actor=cast.rita, email=cast.carol.email, callback=CALLBACK, at=now)
    with pytest.raises(NotAllowed, match="a part in a contest"):
        approve_recovery(actor=ruth, recovery=asked, at=now)
    assert state_of(asked) == "requested"


@pytest.mark.parametrize("who", ["requested_by", "approved_by"])
def test_a_reviewer_who_is_none_any_more_counts_no_longer(
    cast: Cast, approved: FactorRecovery, now: datetime, who: str
) -> None:
    User.objects.filter(pk=getattr(approved, who).pk).update(is_staff=False)

    process_due_recoveries(at=now + RECOVERY_WAIT)

    assert (state_of(approved), has_factor(cast.carol)) == ("stopped", True)


@pytest.mark.parametrize("who", ["requested_by", "approved_by"])
@pytest.mark.parametrize("column", ["is_staff", "is_active"])
def test_a_role_that_was_lost_and_came_back_stops_it_for_good(
    cast: Cast, approved: FactorRecovery, now: datetime, who: str, column: str
) -> None:
    reviewer = User.objects.filter(pk=getattr(approved, who).pk)
    reviewer.update(**{column: False})
    reviewer.update(**{column: True})

    process_due_recoveries(at=now)

    assert (state_of(approved), has_factor(cast.carol)) == ("stopped", True)
    assert cast.carol.email in who_was_told("factor-recovery", "stopped")


def test_nobody_approves_what_a_former_reviewer_asked_for(
    cast: Cast, asked: FactorRecovery, remy: User, now: datetime
) -> None:
    User.objects.filter(pk=cast.rita.pk).update(is_staff=False)
    User.objects.filter(pk=cast.rita.pk).update(is_staff=True)

    with pytest.raises(WrongState):
        approve_recovery(actor=remy, recovery=asked, at=now)


def test_a_reviewer_sees_no_recovery_of_their_own_factor(api: Api, cast: Cast, remy: User, now: datetime) -> None:
    ensure_totp(remy)
    recovery = request_recovery(actor=cast.rita, email=remy.email, callback=CALLBACK, at=now)
    browser, page = Client(), "/admin/core/factorrecovery/"
    sign_in_browser(browser, remy)

    assert api(remy).get(f"{API}/{recovery.public_id}").status_code == 404
    assert list(browser.get(page).context["cl"].queryset) == []
    assert browser.get(f"{page}{recovery.pk}/change/").status_code == 302
    for button in ("approve", "stop"):
        assert browser.get(f"{page}{recovery.pk}/{button}/").status_code == 404


def test_a_reviewer_whose_number_is_that_of_an_address_is_told_too(
    cast: Cast, asked: FactorRecovery, remy: User, now: datetime
) -> None:
    second = EmailAddress.objects.get(email=SECOND)
    EmailAddress.objects.filter(pk=remy.pk).exclude(pk=second.pk).delete()
    EmailAddress.objects.filter(pk=second.pk).update(id=remy.pk)

    stop_recovery(actor=cast.rita, recovery=asked, at=now)

    assert who_was_told("factor-recovery", "stopped") == {cast.carol.email, SECOND}
    assert remy.email in who_was_told("factor-recovery-review", "stopped")
