"""No reviewer is shut out of a contest by a candidate's link that another one sends them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from rest_framework.test import APIClient

from campaigns.actions.candidate_links import send_candidate_link
from campaigns.models import CandidateAddress, CandidateLink
from core.conflict_of_interest import is_impartial_reviewer
from core.errors import Invalid
from core.models import User
from tests.cast import Cast, create_user

Api = Callable[[User | None], APIClient]


@pytest.fixture
def ruth(cast: Cast) -> User:
    """A second reviewer, with an address that she has proved and one that she has not."""
    user = create_user("ruth", reviewer=True)
    EmailAddress.objects.create(user=user, email="ruth@proved.example", verified=True)
    EmailAddress.objects.create(user=user, email="ruth@claimed.example", verified=False)
    return user


@pytest.mark.parametrize("address", ["ruth@example.org", "Ruth@Example.org", "ruth@proved.example"])
def test_a_link_to_a_reviewer_is_refused_and_changes_nothing(api: Api, cast: Cast, ruth: User, address: str) -> None:
    link = f"/api/v1/campaigns/{cast.campaign.public_id}/candidate-link"

    refused = api(cast.rita).post(link, {"email": address})

    assert refused.status_code == 400
    assert "an administrator ends their role as a reviewer first" in refused.json()["errors"]["email"][0]
    assert not CandidateAddress.objects.exists()
    assert not CandidateLink.objects.exists()
    assert is_impartial_reviewer(ruth, cast.campaign.candidate.contest_id)


def test_an_address_that_a_reviewer_only_claims_is_nobodys(cast: Cast, ruth: User, now: datetime) -> None:
    send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="ruth@claimed.example", at=now)

    assert is_impartial_reviewer(ruth, cast.campaign.candidate.contest_id)


def test_who_is_no_reviewer_any_more_may_be_a_candidate(cast: Cast, ruth: User, now: datetime) -> None:
    with pytest.raises(Invalid):
        send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="ruth@example.org", at=now)
    User.objects.filter(pk=ruth.pk).update(is_staff=False)

    link = send_candidate_link(actor=cast.rita, campaign=cast.campaign, email="ruth@example.org", at=now)

    assert link.email == "ruth@example.org"
