from datetime import datetime

import pytest

from core.errors import Invalid, NotAllowed, WrongState
from core.models import Notice
from tests.cast import Cast, create_user, create_volunteer
from volunteers.actions.invitations import invite_imported_volunteer, make_invitation_token
from volunteers.models import Volunteer
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


def test_who_has_no_address_or_a_profile_is_not_invited(cast: Cast, imported: Volunteer, now: datetime) -> None:
    invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now)
    with pytest.raises(NotAllowed):
        invite_imported_volunteer(actor=cast.alice, volunteer=imported, at=now)
    with pytest.raises(WrongState, match="claimed their profile already"):
        invite_imported_volunteer(actor=cast.rita, volunteer=create_volunteer(create_user("frank"), now), at=now)
    Volunteer.objects.filter(pk=imported.pk).update(email="")
    with pytest.raises(Invalid, match="no address"):
        invite_imported_volunteer(actor=cast.rita, volunteer=imported, at=now)
