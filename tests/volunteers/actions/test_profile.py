from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from core.errors import Invalid, Stale
from core.week_mask import WINDOW_PRESETS, Window
from tests.cast import create_user, create_volunteer
from volunteers.actions.profile import save_profile
from volunteers.models import Volunteer
from volunteers.stated_profile import Profile


def test_raising_a_hand_claims_a_place_in_the_supply(db: None, now: datetime) -> None:
    volunteer = create_volunteer(create_user("erin"), now)

    assert (volunteer.waiting_since, volunteer.claimed_at, volunteer.version) == (now, now, 1)
    assert [(claim.skill.code, claim.level) for claim in volunteer.claims.all()] == [("front-end", 4)]


def test_changing_replaces_what_was_said_and_keeps_the_turn(db: None, now: datetime) -> None:
    erin = create_user("erin")
    create_volunteer(erin, now)

    later = now.replace(hour=18)
    changed = create_volunteer(erin, later, claims=[("editing", 2, False)], windows=WINDOW_PRESETS["weekends"])

    assert (changed.waiting_since, changed.version) == (now, 2)
    assert [claim.skill.code for claim in changed.claims.all()] == ["editing"]
    assert changed.windows.count() == 2


def test_a_stale_page_is_refused(db: None, now: datetime) -> None:
    erin = create_user("erin")
    create_volunteer(erin, now)
    create_volunteer(erin, now)

    old_page = Profile(
        first_name="Erin",
        max_hours_per_week=9,
        time_zone="America/New_York",
        adult=True,
        claims=[("editing", 2, True)],
        windows=WINDOW_PRESETS["evenings"],
    )
    with pytest.raises(Stale, match="changed your profile elsewhere"):
        save_profile(actor=erin, profile=old_page, at=now, version=1)


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"adult": False}, "adult", "18 or over"),
        ({"max_hours_per_week": 0}, "max_hours_per_week", "Give 1 to 60"),
        ({"max_projects": 6}, "max_projects", "Give 1 to 5"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "is not a time zone"),
        ({"claims": []}, "claims", "Name at least one"),
        ({"claims": [("juggling", 3, True)]}, "claims.0.skill", "There is no skill “juggling”"),
        ({"claims": [("editing", 7, True)]}, "claims.0.level", "level is out of range"),
        ({"claims": [("editing", 3, True), ("editing", 4, True)]}, "claims.1.skill", "twice"),
        ({"windows": []}, "windows", "names no free time"),
        ({"windows": [Window(0, time(9), time(10)), Window(0, time(9), time(11))]}, "windows.1", "same time"),
        ({"time_off": [(date(2026, 5, 2), date(2026, 5, 1))]}, "time_off.0.ends_on", "ends before it starts"),
        ({"restrict_to_parties": True}, "parties", "limited to none"),
        ({"jurisdictions": ["US-XX"]}, "jurisdictions.0", "There is no jurisdiction “US-XX”"),
    ],
)
def test_what_cannot_be_used_is_named(
    db: None, now: datetime, changes: dict[str, object], field: str, told: str
) -> None:
    with pytest.raises(Invalid, match=told) as caught:
        create_volunteer(create_user("erin"), now, **changes)

    assert caught.value.field == field
    assert Volunteer.objects.count() == 0


def test_the_database_lets_nobody_in_who_did_not_say_yes(db: None, now: datetime) -> None:
    volunteer = create_volunteer(create_user("erin"), now)

    for wrong in ({"claimed_at": None}, {"adult": False}, {"max_hours_per_week": 0}, {"state": "asleep"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Volunteer.objects.filter(pk=volunteer.pk).update(**wrong)
