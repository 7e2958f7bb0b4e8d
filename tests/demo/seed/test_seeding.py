from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db.models import Count, F, Model
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from campaigns.models import Campaign, Candidate, Contest, Request, RequestWindow, Role, Seat
from core.models import User
from core.reference.queries import map_skill_ancestors
from demo.logins import FURTHER_LOGIN_EMAILS, MANAGER_EMAIL, REVIEWER_EMAIL, TREASURER_EMAIL, VOLUNTEER_EMAIL
from demo.seed.database import clear_demo
from demo.seed.seeding import SeededCounts, seed_database
from demo.seed.world import DEMO_SOURCE, WorldSize
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.models import Match, Pin, Veto
from matching.rules.states import MatchState
from matching.snapshot.open_seats import open_seats
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Vetting, Volunteer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
SMALL = WorldSize(volunteers=60, campaigns=12, requests=15)
TABLES: tuple[type[Model], ...] = (
    User,
    Contest,
    Candidate,
    Campaign,
    Request,
    RequestWindow,
    Role,
    Seat,
    Volunteer,
    SkillClaim,
    Vetting,
    AvailabilityWindow,
    TimeOff,
    Match,
    Pin,
    Veto,
)


def planted_rows() -> dict[str, list[dict[str, Any]]]:
    """Every value of every row that depends neither on the numbers that the database gives nor on chance."""
    found = {}
    for model in TABLES:
        columns = [
            field.name
            for field in model._meta.concrete_fields
            if not (field.primary_key or field.is_relation or field.name in ("password", "board_id"))
        ]
        found[model.__name__] = list(model._default_manager.order_by("pk").values(*columns))
    return found


def test_the_same_seed_on_the_same_day_gives_the_same_rows() -> None:
    seed_database(seed=7, today=TODAY, size=SMALL)
    first = planted_rows()
    clear_demo()
    seed_database(seed=7, today=TODAY, size=SMALL)
    assert planted_rows() == first
    assert all(first[name] for name in ("User", "Candidate", "Request", "Seat", "Volunteer", "SkillClaim"))


def test_another_seed_gives_other_people() -> None:
    seed_database(seed=7, today=TODAY, size=SMALL)
    first = planted_rows()
    clear_demo()
    seed_database(seed=8, today=TODAY, size=SMALL)
    names = [(row["first_name"], row["last_name"]) for row in planted_rows()["Volunteer"]]
    assert names != [(row["first_name"], row["last_name"]) for row in first["Volunteer"]]


def test_another_day_moves_every_date_by_as_many_days() -> None:
    seed_database(seed=7, today=TODAY, size=SMALL)
    first = list(Request.objects.order_by("source_key").values_list("starts_on", "published_at"))
    clear_demo()
    seed_database(seed=7, today=TODAY + timedelta(weeks=3), size=SMALL)
    later = Request.objects.order_by("source_key").values_list("starts_on", "published_at")
    three = timedelta(weeks=3)
    assert list(later) == [(starts + three, published and published + three) for starts, published in first]


def test_nobody_is_planted_in_the_future() -> None:
    today = timezone.localdate()
    seed_database(seed=7, today=today, size=SMALL)
    now = timezone.now()
    assert not User.objects.filter(joined_at__gte=now).exists()
    assert not Volunteer.objects.filter(waiting_since__gte=now).exists()
    assert not Volunteer.objects.filter(availability_confirmed_at__gte=now).exists()
    assert not Request.objects.filter(published_at__gte=now).exists()
    assert not Match.objects.filter(state_changed_at__gte=now).exists()


def test_a_demo_of_one_of_each_can_be_planted() -> None:
    planted = seed_database(seed=7, today=TODAY, size=WorldSize(volunteers=1, campaigns=1, requests=1))
    assert (planted.volunteers, planted.campaigns, planted.requests) == (1, 1, 1)
    assert planted.seats >= 1


def test_the_three_who_can_sign_in_are_there_with_verified_addresses() -> None:
    seed_database(seed=7, today=TODAY, size=SMALL)
    assert User.objects.get(email=REVIEWER_EMAIL).is_reviewer
    assert Campaign.objects.get(members__user__email=MANAGER_EMAIL).state == Campaign.State.VERIFIED
    assert Request.objects.filter(contact__user__email=MANAGER_EMAIL, state=Request.State.PUBLISHED).count() >= 3
    assert Volunteer.objects.get(user__email=VOLUNTEER_EMAIL).state == Volunteer.State.ACTIVE
    assert set(EmailAddress.objects.filter(verified=True, primary=True).values_list("email", flat=True)) == {
        REVIEWER_EMAIL,
        MANAGER_EMAIL,
        VOLUNTEER_EMAIL,
        *FURTHER_LOGIN_EMAILS,
        TREASURER_EMAIL,
    }


def test_nobody_can_sign_in_before_passwords_are_made() -> None:
    seed_database(seed=7, today=TODAY, size=SMALL)
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_who_holds_a_seat_claims_its_skill_at_its_level_and_has_the_hours() -> None:
    seed_database(seed=7, today=TODAY, size=WorldSize(volunteers=900, campaigns=40, requests=100))
    lines = map_skill_ancestors()
    held = Match.objects.select_related("volunteer", "seat__role__request")
    assert len(held) >= 3
    for match in held:
        role = match.seat.role
        levels = [claim.level for claim in match.volunteer.claims.all() if role.skill_id in lines[claim.skill_id]]
        assert max(levels) >= role.level
        assert match.volunteer.max_hours_per_week >= role.hours_per_week
        assert match.request_id == role.request_id
        assert role.request.starts_on <= TODAY
    assert not Pin.objects.filter(volunteer__in=held.values("volunteer")).exists()


def test_the_whole_demo_has_what_it_promises_from_a_few_large_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(80):
        planted = seed_database(seed=7, today=TODAY, size=WorldSize())
    assert planted == SeededCounts(volunteers=4500, campaigns=120, requests=300, seats=1830)
    assert Volunteer.objects.filter(source=DEMO_SOURCE).count() == 4500
    assert 280 <= Request.objects.filter(state=Request.State.PUBLISHED).count() <= 299
    assert 1000 <= Role.objects.count() <= 1200
    assert 1750 <= open_seats(on=TODAY, horizon_days=42).count() <= 1830
    assert Match.objects.count() >= 15
    opposed = Contest.objects.annotate(here=Count("candidates__campaign")).filter(here__gt=1)
    assert opposed.count() == 10
    assert not Request.objects.filter(ends_on__gt=F("campaign__candidate__contest__election_on")).exists()
    assert Campaign.objects.filter(state=Campaign.State.UNVERIFIED).count() == 6
    unverified = Request.objects.filter(campaign__state=Campaign.State.UNVERIFIED)
    assert set(unverified.values_list("state", flat=True)) == {Request.State.DRAFT}
    assert 0.06 < Volunteer.objects.filter(user=None).count() / 4500 < 0.1


def test_a_campaign_of_the_demo_that_was_hacked_finds_people_to_ask() -> None:
    today = timezone.localdate()
    seed_database(seed=7, today=today, size=WorldSize(volunteers=4500, campaigns=12, requests=15))
    at = timezone.now()
    manager = User.objects.get(email=MANAGER_EMAIL)

    report_incident(
        actor=manager,
        campaign=Campaign.objects.get(members__user=manager),
        incident=IncidentDetails(description="Strange sign-ins.", since="This morning", contact="+1 555 0100"),
        time_zone="America/New_York",
        accepts_code_of_conduct=True,
        at=at,
    )

    asked = broadcast_emergencies(at=at)
    assert asked >= 2
    assert Match.objects.filter(state=MatchState.OFFERED, is_broadcast=True, request__emergency=True).count() == asked
