"""What a volunteer says about themselves beside skills, week and wishes."""

from dataclasses import replace
from datetime import datetime

import pytest

from core.errors import Invalid, NotFound, Stale, WrongState
from matching.lifecycle.actions.departure import leave_service
from tests.cast import Cast
from volunteers.actions.details import replace_details
from volunteers.models import Volunteer
from volunteers.profile_limits import MAX_LANGUAGES_PER_VOLUNTEER, MAX_PROJECTS
from volunteers.stated_profile import Details

DETAILS = Details(first_name="Ali", contact="ali on Signal", max_projects=3, languages=["es", "en", "es"])


def test_details_replace_what_was_said_and_leave_the_rest(cast: Cast, now: datetime) -> None:
    before = Volunteer.objects.get(user=cast.alice)

    after = replace_details(actor=cast.alice, details=DETAILS, at=now, version=before.version)

    assert (after.first_name, after.contact, after.max_projects) == ("Ali", "ali on Signal", 3)
    assert after.languages == ["es", "en"]
    assert after.version == before.version + 1
    assert after.claims.count() == before.claims.count()
    assert (after.max_hours_per_week, after.availability_confirmed_at) == (
        before.max_hours_per_week,
        before.availability_confirmed_at,
    )


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"first_name": " "}, "first_name"),
        ({"max_projects": MAX_PROJECTS + 1}, "max_projects"),
        ({"max_projects": 0}, "max_projects"),
        ({"languages": ["xx"]}, "languages.0"),
        ({"languages": ["en"] * (MAX_LANGUAGES_PER_VOLUNTEER + 1)}, "languages"),
        ({"may_make_decisions": "perhaps"}, "may_make_decisions"),
        ({"job_restricts": ""}, "job_restricts"),
    ],
)
def test_what_is_wrong_is_said_by_its_path(cast: Cast, now: datetime, change: dict[str, object], path: str) -> None:
    with pytest.raises(Invalid) as caught:
        replace_details(actor=cast.alice, details=replace(DETAILS, **change), at=now)  # type: ignore[arg-type]

    assert path in {error.path for error in caught.value.errors}
    assert Volunteer.objects.get(user=cast.alice).first_name == "Alice"


def test_only_a_fresh_change_of_ones_own_profile_counts(cast: Cast, now: datetime) -> None:
    version = Volunteer.objects.get(user=cast.alice).version
    with pytest.raises(Stale):
        replace_details(actor=cast.alice, details=DETAILS, at=now, version=version - 1)
    with pytest.raises(NotFound):
        replace_details(actor=cast.dave, details=DETAILS, at=now)
    leave_service(actor=cast.alice, at=now)
    with pytest.raises(WrongState):
        replace_details(actor=cast.alice, details=DETAILS, at=now)
