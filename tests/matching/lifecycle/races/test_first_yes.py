"""Somebody says their first yes in one tab while they change what they said of themselves in another."""

from functools import partial

from core.models import User
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match
from tests.cast import create_volunteer
from tests.matching.lifecycle.races.concurrency import Act, run_at_once
from tests.matching.lifecycle.races.scenario import RaceScenario, create_raced_offer
from volunteers.models import Volunteer


def test_a_first_yes_and_a_changed_profile_do_not_wait_for_each_other(stage: RaceScenario) -> None:
    for _ in range(8):
        stage.reset()
        User.objects.update(conduct_accepted_at=None)
        seat = stage.list_seats("site")[0]
        asked = [create_raced_offer(one, seat, at=stage.at) for one in stage.volunteers]

        acts: list[Act] = [partial(say_first_yes, match, stage) for match in asked]
        acts += [partial(change_profile, match, stage) for match in asked]
        outcomes = run_at_once(acts)

        assert [outcome.error for outcome in outcomes if not outcome.is_clean] == []


def say_first_yes(match: Match, stage: RaceScenario) -> Match:
    actor = User.objects.get(volunteer=match.volunteer)
    return accept_offer(actor=actor, match=match, accepts_code_of_conduct=True, at=stage.at)


def change_profile(match: Match, stage: RaceScenario) -> Volunteer:
    return create_volunteer(User.objects.get(volunteer=match.volunteer), stage.at, max_hours_per_week=8)
