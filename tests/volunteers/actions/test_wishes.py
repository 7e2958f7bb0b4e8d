"""Where and for whom a volunteer would like to serve."""

from datetime import datetime

import pytest

from core.errors import Invalid, NotFound, Stale
from core.models import Party
from tests.cast import Cast
from volunteers.actions.wishes import replace_wishes
from volunteers.models import Volunteer
from volunteers.profile_limits import MAX_JURISDICTIONS_PER_VOLUNTEER, MAX_PARTIES_PER_VOLUNTEER
from volunteers.stated_profile import Wishes


def test_wishes_replace_what_was_said_and_leave_the_rest(cast: Cast, now: datetime) -> None:
    before = Volunteer.objects.get(user=cast.alice)
    party = Party.objects.create(code="lantern", name="Lantern Party")
    wishes = Wishes(levels=["state", "state"], parties=[party.code], restrict_to_parties=True, jurisdictions=["US-CA"])

    after = replace_wishes(actor=cast.alice, wishes=wishes, at=now, version=before.version)

    assert (after.levels, after.restrict_to_levels, after.restrict_to_parties) == (["state"], False, True)
    assert [row.code for row in after.parties.all()] == [party.code]
    assert [row.code for row in after.jurisdictions.all()] == ["US-CA"]
    assert after.version == before.version + 1
    assert (after.max_hours_per_week, after.availability_confirmed_at) == (
        before.max_hours_per_week,
        before.availability_confirmed_at,
    )
    again = replace_wishes(actor=cast.alice, wishes=Wishes(), at=now)
    assert (again.levels, again.restrict_to_parties) == ([], False)
    assert not again.parties.exists()
    assert not again.jurisdictions.exists()


@pytest.mark.parametrize(
    ("wishes", "paths"),
    [
        (Wishes(restrict_to_levels=True, restrict_to_jurisdictions=True), {"levels", "jurisdictions"}),
        (Wishes(levels=["moon"], parties=["none-such"]), {"levels", "parties.0"}),
        (Wishes(levels=["state"] * 4), {"levels"}),
        (Wishes(parties=["x"] * (MAX_PARTIES_PER_VOLUNTEER + 1)), {"parties"}),
        (Wishes(jurisdictions=["US-CA"] * (MAX_JURISDICTIONS_PER_VOLUNTEER + 1)), {"jurisdictions"}),
    ],
)
def test_what_is_wrong_is_said_by_its_path(cast: Cast, now: datetime, wishes: Wishes, paths: set[str]) -> None:
    with pytest.raises(Invalid) as caught:
        replace_wishes(actor=cast.alice, wishes=wishes, at=now)

    assert paths <= {error.path for error in caught.value.errors}
    assert not Volunteer.objects.get(user=cast.alice).restrict_to_levels


def test_only_a_fresh_change_of_ones_own_profile_counts(cast: Cast, now: datetime) -> None:
    version = Volunteer.objects.get(user=cast.alice).version
    with pytest.raises(Stale):
        replace_wishes(actor=cast.alice, wishes=Wishes(), at=now, version=version - 1)
    with pytest.raises(NotFound):
        replace_wishes(actor=cast.dave, wishes=Wishes(), at=now)
