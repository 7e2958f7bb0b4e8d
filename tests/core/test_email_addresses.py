"""Addresses that only look alike are not the same, and every proved address of an account counts."""

from datetime import date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from campaigns.actions.invitation_answers import accept_invitation
from campaigns.actions.invitations import invite_member
from campaigns.link_tokens import derive_link_token
from campaigns.notice_types import CampaignNotice
from core.email_addresses import has_proven_address, is_own_address, normalize_address
from core.errors import Invalid, NotAllowed, WrongState
from core.imports.fields import read_email
from core.models import User
from core.privacy.erasure import data_subject_of
from matching.lifecycle.actions.vetoes import veto_pair
from matching.lifecycle.queries.alternates import reviewer_profile_ids
from tests.cast import Cast, create_user
from volunteers.actions.erasure import profiles_of_person
from volunteers.actions.vetting import vet_volunteer
from volunteers.models import Volunteer

ALIKE = ("dave@ma\u0131l.example", "dave@ma\u0130l.example", "dave@\u217fail.example.evil")


def create_imported(email: str, now: datetime) -> Volunteer:
    return Volunteer.objects.create(
        first_name="Imogen", email=email, max_hours_per_week=1, time_zone="UTC", waiting_since=now
    )


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (" Dave@Mail.Example ", "dave@mail.example"),
        ("dave@m\u00fcnchen.example", "dave@xn--mnchen-3ya.example"),
        ("dave@mu\u0308nchen.example", "dave@xn--mnchen-3ya.example"),
        ("dave@ma\u0131l.example", "dave@xn--mal-kua.example"),
        ("dave@\uff4dail.example", "dave@mail.example"),
    ],
)
def test_an_address_has_one_form(written: str, stored: str) -> None:
    assert normalize_address(written) == stored == read_email(written.strip(), date(2026, 1, 1))


@pytest.mark.parametrize("address", ["d\u0131ve@mail.example", "\u212aim@mail.example", "\u017fam@mail.example"])
def test_a_letter_that_looks_like_another_is_refused(cast: Cast, now: datetime, address: str) -> None:
    with pytest.raises(Invalid):
        read_email(address, now.date())
    with pytest.raises(Invalid):
        invite_member(actor=cast.carol, campaign=cast.campaign, email=address, position="staff", at=now)
    Client().post("/accounts/signup/", {"email": address, "password1": "correct horse battery"})
    assert not User.objects.filter(email=address).exists()


def test_an_address_that_looks_alike_proves_nothing(cast: Cast) -> None:
    for address in ALIKE:
        EmailAddress.objects.create(user=cast.dave, email=address, verified=True)

    assert not has_proven_address(cast.dave, "dave@mail.example")
    assert not is_own_address(cast.dave, "dave@mail.example")


def test_an_erasure_reaches_no_profile_of_an_address_that_looks_alike(cast: Cast, now: datetime) -> None:
    create_imported("\u212aim@example.org", now)

    kim = create_user("kim")

    assert not profiles_of_person(data_subject_of(kim, at=now)).exists()


def test_an_invitation_to_another_proved_address_is_accepted(cast: Cast, now: datetime) -> None:
    invitation = invite_member(
        actor=cast.carol, campaign=cast.campaign, email="dave@Work.example", position="staff", at=now
    )
    token = derive_link_token(CampaignNotice.MEMBER_INVITATION, invitation.public_id)
    address = EmailAddress.objects.create(user=cast.dave, email="dave@work.example", verified=False)
    with pytest.raises(WrongState):
        accept_invitation(actor=cast.dave, token=token, at=now)

    address.set_verified()

    assert accept_invitation(actor=cast.dave, token=token, at=now).user == cast.dave


def test_nobody_decides_about_a_profile_that_was_imported_with_an_address_of_theirs(cast: Cast, now: datetime) -> None:
    EmailAddress.objects.create(user=cast.rita, email="rita@work.example", verified=True)
    profile = create_imported("rita@work.example", now)

    assert reviewer_profile_ids(cast.rita) == [profile.pk]
    with pytest.raises(NotAllowed):
        veto_pair(actor=cast.rita, volunteer=profile, campaign=cast.campaign, reason="Kin.", at=now)
    until = now.date() + timedelta(days=90)
    with pytest.raises(NotAllowed):
        vet_volunteer(actor=cast.rita, volunteer=profile, area="voter_files", method="call", valid_until=until, at=now)


@pytest.mark.parametrize(
    "address",
    ['"dave"@mail.example', '"da\\ve"@mail.example', '" "@mail.example', "dave@[127.0.0.1]", "da ve@mail.example"],
)
def test_a_quoted_name_and_a_number_for_a_domain_are_no_address(cast: Cast, now: datetime, address: str) -> None:
    """Quoted and bare names are one mailbox, so a rule about the same address would not see it."""
    with pytest.raises(Invalid, match="Write it like"):
        normalize_address(address)
