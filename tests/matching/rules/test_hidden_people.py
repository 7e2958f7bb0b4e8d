"""A secret draw leaves some people out of what campaigns read, so that no profile of one's own finds an edge."""

from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings

from campaigns.models import PlaybookRole, PlaybookSupply
from campaigns.request_queries import draft_from_request
from matching.engine.explain import Emptiness
from matching.engine.feasibility import Reason
from matching.rules.supply_estimate import draw_hidden_people, hide_some
from matching.runs.actions.playbook_supply import count_playbook_supply
from matching.runs.actions.supply_estimate import estimate_supply
from matching.runs.change_suggestions import suggest_request_change
from tests.cast import Cast, create_user, create_volunteer
from volunteers.models import Volunteer

pytestmark = pytest.mark.hides_some

QUESTIONS = [f"question {number}" for number in range(200)]


def test_a_question_has_one_draw_and_questions_have_all_of_them() -> None:
    draws = [draw_hidden_people(question) for question in QUESTIONS]
    assert draws == [draw_hidden_people(question) for question in QUESTIONS]
    assert set(draws) == {0, 1, 2, 3, 4}
    with override_settings(SECRET_KEY="another"):
        assert draws != [draw_hidden_people(question) for question in QUESTIONS]


def test_nobody_is_added_and_a_band_promises_its_low_end() -> None:
    for question in QUESTIONS:
        assert hide_some(0, question=question) == 0
        assert 5 <= hide_some(9, question=question) <= 9


@pytest.fixture
def questions_of_five(cast: Cast, now: datetime, settings: Any) -> set[str]:
    """What a campaign is told of five people by questions that differ in nothing that decides."""
    settings.SECRET_KEY = "one key"
    for number in range(4):
        create_volunteer(create_user(f"one{number}"), now, max_hours_per_week=9)
    told = set()
    # Of these questions, under this key, some leave no person out, and others do.
    for campaign, hours, level in product((UUID(int=1), UUID(int=2)), range(1, 5), range(1, 5)):
        cast.campaign.public_id = campaign
        cast.campaign.save(update_fields=["public_id"])
        cast.request.roles.update(hours_per_week=hours, level=level)
        cast.request.refresh_from_db()
        draft = draft_from_request(cast.request)
        answer = estimate_supply(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)
        told.add(answer.roles[0].people_fitting)
    return told


@pytest.mark.django_db
def test_the_fifth_person_moves_some_answers_and_others_not(questions_of_five: set[str]) -> None:
    assert questions_of_five == {"under 5", "5-9"}


@pytest.mark.django_db
def test_the_playbook_meter_moves_at_another_count_for_each_skill(cast: Cast, now: datetime) -> None:
    for number in range(5):  # and Alice, who has too few hours
        create_volunteer(create_user(f"one{number}"), now, max_hours_per_week=20)
    assert Volunteer.objects.filter(claims__skill__code="front-end").count() == 6
    codes = PlaybookRole.objects.values_list("skill__code", flat=True)
    flips = {5 + draw_hidden_people(f"playbook:{code}") for code in codes}
    count_playbook_supply(at=now)

    shown = PlaybookSupply.objects.filter(role__skill__code="front-end", role__level__lte=4)
    expected = "5-9" if draw_hidden_people("playbook:front-end") == 0 else "under 5"
    assert set(shown.values_list("people_fitting", flat=True)) == {expected}
    assert len(flips) > 1


def test_a_letter_about_empty_places_counts_alike() -> None:
    five = [Emptiness(feasible=5, elsewhere=5, first={}, alone={}, fills={Reason.HOURS: 5})]
    texts = {suggest_request_change(five, about=question) for question in QUESTIONS}
    assert len(texts) == 3
