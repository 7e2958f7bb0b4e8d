from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import Invalid, NotAllowed, WrongState
from core.models import Notice
from tests.cast import Cast, create_user, create_volunteer
from volunteers.actions.invitations import claim_profile, invite_imported_volunteer, make_invitation_token
from volunteers.models import Invitation, Volunteer
from volunteers.notice_texts import render_invitation as in_words


@pytest.fixture
def imported(cast: Cast, now: datetime) -> Volunteer:
    """Erin's row from a spreadsheet."""
    return Volunteer.objects.create(
        source="sheet",
        source_key="1",
        email="erin@example.org",
        max_hours_per_week=3,
        time_zone="America/New_York",
        waiting_since=now,
    )


def test_an_invitation_is_owed_once_while_it_is_open(cast: Cast, imported: Volunteer, now: datetime) -> None:
    first = invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now)

    assert invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now) == first
    notice = Notice.objects.get()
    assert (notice.recipient, notice.address) == (None, "erin@example.org")
    letter = in_words(notice, None, now)
    assert letter is not None
    assert make_invitation_token(first) in letter.address


def test_saying_yes_makes_the_row_theirs(cast: Cast, imported: Volunteer, now: datetime) -> None:
    invitation = invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now)
    erin = create_user("erin")

    volunteer = claim_profile(actor=erin, token=make_invitation_token(invitation), adult=True, at=now)

    assert (volunteer.user, volunteer.claimed_at, volunteer.waiting_since, volunteer.email) == (erin, now, now, "")
    assert in_words(Notice.objects.get(), None, now) is None  # a used invitation is not sent any more


def test_an_invitation_works_once_and_not_for_ever(cast: Cast, imported: Volunteer, now: datetime) -> None:
    invitation = invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now)
    with pytest.raises(WrongState, match="too old"):
        claim_profile(
            actor=create_user("late"), token=make_invitation_token(invitation), adult=True, at=now + timedelta(days=30)
        )
    claim_profile(actor=create_user("erin"), token=make_invitation_token(invitation), adult=True, at=now)

    with pytest.raises(WrongState, match="used already"):
        claim_profile(actor=create_user("eve"), token=make_invitation_token(invitation), adult=True, at=now)


def test_links_cannot_be_made_up(cast: Cast, imported: Volunteer, now: datetime) -> None:
    invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now)

    with pytest.raises(Invalid, match="Copy it whole"):
        claim_profile(actor=create_user("eve"), token=str(Invitation.objects.get().public_id), adult=True, at=now)


def test_who_has_a_profile_or_no_address_is_told(cast: Cast, imported: Volunteer, now: datetime) -> None:
    invitation = invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now)
    with pytest.raises(WrongState, match="You have a profile already"):
        claim_profile(actor=cast.alice, token=make_invitation_token(invitation), adult=True, at=now)
    with pytest.raises(NotAllowed):
        invite_imported_volunteer(actor=cast.alice, volunteer=imported, at=now)
    with pytest.raises(WrongState, match="claimed their profile already"):
        invite_imported_volunteer(actor=cast.rita, volunteer=create_volunteer(create_user("frank"), now), at=now)
    Volunteer.objects.filter(pk=imported.pk).update(email="")
    with pytest.raises(Invalid, match="no address"):
        invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now)


def test_opening_the_link_changes_nothing_and_the_button_does(cast: Cast, imported: Volunteer, now: datetime) -> None:
    invitation = invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now)
    address = reverse("invitation", args=[make_invitation_token(invitation)])
    assert Client().get(address).status_code == 302  # sign in first
    erin = create_user("erin")
    client = Client()
    client.force_login(erin)

    assert client.get(address).status_code == 200
    assert Volunteer.objects.filter(user=erin).count() == 0
    assert client.post(address, {}).status_code == 400  # not of age
    assert client.post(address, {"adult": "on"}).status_code == 302

    assert Volunteer.objects.get(user=erin) == imported
