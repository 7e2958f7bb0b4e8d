from datetime import date

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from campaigns.models import Campaign, Candidate, Contest, Playbook
from core.models import Jurisdiction, ShippedEntry, Skill, SkillAlias, User
from core.reference.sync import sync_installation
from demo.seed.database import clear_demo, is_demo_seeded, refuse_foreign_rows
from demo.seed.seeding import seed_database
from demo.seed.world import WorldSize
from matching.models import Policy
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
SMALL = WorldSize(volunteers=20, campaigns=4, requests=4)


def imported_volunteer() -> Volunteer:
    return Volunteer.objects.create(
        source="sign-up sheet",
        source_key="1",
        max_hours_per_week=3,
        time_zone="America/New_York",
        waiting_since=timezone.now(),
    )


def imported_campaign() -> Campaign:
    contest = Contest.objects.create(
        jurisdiction=Jurisdiction.objects.get(code="US-OH"),
        level="state",
        office="Governor",
        cycle=2027,
        election_on=TODAY,
    )
    candidate = Candidate.objects.create(contest=contest, name="Ruth Ellis")
    return Campaign.objects.create(candidate=candidate, name="Ellis", source="roll", created_at=timezone.now())


def test_an_empty_database_has_no_demo_and_nobody_to_protect() -> None:
    assert not is_demo_seeded()
    refuse_foreign_rows()


def test_a_planted_demo_is_found_and_does_not_count_as_somebody_else() -> None:
    seed_database(seed=7, today=TODAY, size=SMALL)
    assert is_demo_seeded()
    refuse_foreign_rows()


def test_the_demo_is_not_planted_where_somebody_has_an_account() -> None:
    User.objects.create_user("ana@campaign.org")
    with pytest.raises(CommandError, match="holds 1 people and 0 campaigns that are not of the demo"):
        seed_database(seed=7, today=TODAY, size=SMALL)
    assert Volunteer.objects.count() == 0


def test_the_demo_is_not_planted_where_volunteers_were_imported() -> None:
    imported_volunteer()
    with pytest.raises(CommandError, match="holds 1 people and 0 campaigns"):
        seed_database(seed=7, today=TODAY, size=SMALL)


def test_the_demo_is_not_planted_where_campaigns_were_imported() -> None:
    imported_campaign()
    with pytest.raises(CommandError, match="holds 0 people and 1 campaigns"):
        seed_database(seed=7, today=TODAY, size=SMALL)


def test_clearing_leaves_what_the_installation_began_with_and_nothing_else() -> None:
    kept = [model.objects.count() for model in (Skill, Jurisdiction, Playbook, Policy)]
    seed_database(seed=7, today=TODAY, size=SMALL)
    clear_demo()
    assert [model.objects.count() for model in (Skill, Jurisdiction, Playbook, Policy)] == kept
    assert all(kept)
    assert [model.objects.count() for model in (User, Volunteer, Campaign, Contest)] == [0, 0, 0, 0]


def test_clearing_leaves_the_words_of_the_skills() -> None:
    shipped = [model.objects.count() for model in (SkillAlias, ShippedEntry)]
    clear_demo()

    assert [model.objects.count() for model in (SkillAlias, ShippedEntry)] == shipped
    assert {(result.created, result.corrected) for result in sync_installation()} == {(0, 0)}


def test_clearing_refuses_to_take_somebody_else_along() -> None:
    seed_database(seed=7, today=TODAY, size=SMALL)
    imported_volunteer()
    with pytest.raises(CommandError, match="Name another database in DATABASE_URL"):
        clear_demo()
    assert Volunteer.objects.count() == 21
