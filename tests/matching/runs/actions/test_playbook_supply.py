"""Who could take the roles of playbooks is counted once a night, in bands, and knows of no campaign."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import PlaybookRole, PlaybookSupply
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Veto
from matching.runs.actions.playbook_supply import count_playbook_supply
from tests.cast import Cast, create_user, create_volunteer
from tests.match_factory import make_active_match
from volunteers.models import Volunteer

EVENING = datetime(2026, 3, 2, 20, tzinfo=UTC)
"""When a role of a playbook, two front-end developers for five hours, is counted first."""


def band_of_front_end(at: datetime) -> str:
    PlaybookSupply.objects.update(counted_at=at - timedelta(days=2))
    count_playbook_supply(at=at)
    return PlaybookSupply.objects.get(role__playbook__code="website", role__name="Front end").people_fitting


def add_developers(count: int, at: datetime, hours: int = 5) -> None:
    begun = Volunteer.objects.count()
    for number in range(begun, begun + count):
        create_volunteer(create_user(f"dev{number}"), at, max_hours_per_week=hours)


def test_every_role_of_every_playbook_has_its_band(cast: Cast, now: datetime) -> None:
    assert count_playbook_supply(at=now) == PlaybookRole.objects.count()

    assert set(PlaybookSupply.objects.values_list("people_fitting", flat=True)) == {"under 5"}


def test_a_band_moves_with_five_people_and_never_tells_fewer(cast: Cast, now: datetime) -> None:
    bands = []
    for more in (4, 1, 5, 15):
        add_developers(more, now)
        bands.append(band_of_front_end(now))

    assert bands == ["under 5", "5-9", "10-24", "25+"]
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaybookSupply.objects.update(people_fitting="1-4")


def test_it_is_counted_once_a_night_and_twice_is_safe(cast: Cast, now: datetime) -> None:
    roles = PlaybookRole.objects.count()

    assert count_playbook_supply(at=EVENING) == roles
    assert count_playbook_supply(at=EVENING.replace(hour=23)) == 0
    assert count_playbook_supply(at=EVENING + timedelta(hours=11)) == 0  # seven in the morning, UTC
    assert count_playbook_supply(at=EVENING + timedelta(hours=12)) == roles
    assert PlaybookSupply.objects.count() == roles


def test_a_retired_playbook_is_not_counted_and_a_new_role_is_counted_at_once(cast: Cast, now: datetime) -> None:
    website = PlaybookRole.objects.get(playbook__code="website", name="Lead")
    website.playbook.retired = True
    website.playbook.save()
    counted = count_playbook_supply(at=now)
    assert counted == PlaybookRole.objects.exclude(playbook=website.playbook).count()

    website.playbook.retired = False
    website.playbook.save()

    assert count_playbook_supply(at=now) == website.playbook.roles.count()


def test_only_people_count_who_said_lately_that_they_could(cast: Cast, now: datetime) -> None:
    add_developers(5, now)
    assert band_of_front_end(now) == "5-9"
    days = get_active_policy().availability_valid_days

    assert band_of_front_end(now + timedelta(days=days)) == "under 5"
    Volunteer.objects.update(availability_confirmed_at=now + timedelta(days=days))
    assert band_of_front_end(now + timedelta(days=days)) == "5-9"
    add_developers(5, now, hours=4)
    assert band_of_front_end(now + timedelta(days=days)) == "5-9"


def test_nothing_between_a_person_and_a_campaign_moves_it(cast: Cast, now: datetime) -> None:
    Volunteer.objects.filter(user=cast.alice).update(max_hours_per_week=5)
    add_developers(4, now)
    assert band_of_front_end(now) == "5-9"

    match = make_active_match(cast, now)
    Veto.objects.create(
        volunteer=match.volunteer, campaign=cast.campaign, side="volunteer", created_by=cast.alice, created_at=now
    )
    Volunteer.objects.filter(user=cast.alice).update(restrict_to_levels=True, levels=["local"])

    assert band_of_front_end(now) == "5-9"
