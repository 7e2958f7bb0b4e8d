"""What could be wrong with a team, as a table: each flag is raised by its fact alone, and by nothing else."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from matching.rules.review_flags import (
    CLOSER_LOOK_PERCENT,
    FLAGS_OF_TEAM,
    ProposalFacts,
    RaisedFlag,
    ReviewFlag,
    ReviewLane,
    TeamFacts,
    Work,
    find_busiest_time,
    find_lane,
    is_chosen_for_closer_look,
    judge_team,
)

ONE, TWO = UUID(int=1), UUID(int=2)
GOOD = ProposalFacts(ONE, hours_taken=4, hours_offered=4, projects_taken=1, projects_offered=1)


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"is_vetted_work": True}, ReviewFlag.VETTED_WORK),
        ({"has_twin": True}, ReviewFlag.SAME_PERSON),
        ({"is_level_asked": True}, ReviewFlag.LEVEL_ASKED),
        ({"makes_decisions": True}, ReviewFlag.DECIDES),
        ({"job_restricts": True}, ReviewFlag.JOB_RESTRICTS),
        ({"has_changed": True}, ReviewFlag.CHANGED),
        ({"hours_taken": 5}, ReviewFlag.TOO_MUCH),
        ({"projects_taken": 2}, ReviewFlag.TOO_MUCH),
    ],
)
def test_a_fact_of_a_person_raises_its_flag(changes: dict[str, object], flag: ReviewFlag) -> None:
    assert judge_team(TeamFacts([replace(GOOD, **changes)])) == [RaisedFlag(flag, ONE)]  # type: ignore[arg-type]


def test_only_what_falls_together_is_counted_together() -> None:
    day = date(2026, 3, 2)
    spring = Work(1, day, day + timedelta(days=30), 4)
    summer = Work(2, day + timedelta(days=31), day + timedelta(days=60), 4)
    second = Work(2, day + timedelta(days=50), day + timedelta(days=90), 3)

    assert find_busiest_time([spring, summer], spring.starts_on, spring.ends_on) == (4, 1)
    assert find_busiest_time([spring, summer], summer.starts_on, summer.ends_on) == (4, 1)
    assert find_busiest_time([spring, summer, second], summer.starts_on, summer.ends_on) == (7, 1)
    assert find_busiest_time([spring, summer], spring.starts_on, summer.starts_on) == (4, 1)
    assert find_busiest_time([spring, replace(summer, starts_on=spring.ends_on)], day, spring.ends_on) == (8, 2)


def test_a_good_team_has_no_flag() -> None:
    decider = replace(GOOD, match_id=TWO, makes_decisions=True, may_decide=True, company="acme.example")
    flags = judge_team(TeamFacts([GOOD, decider]))
    assert (flags, find_lane(flags)) == ([], ReviewLane.NOTHING_FLAGGED)


def test_two_of_one_company_are_both_flagged() -> None:
    both = [replace(GOOD, match_id=pk, company="acme.example") for pk in (ONE, TWO)]
    assert [raised.match_id for raised in judge_team(TeamFacts(both))] == [ONE, TWO]


def test_flags_of_the_team_name_no_person() -> None:
    flags = judge_team(TeamFacts([GOOD], lacks_lead=True, is_campaign_new=True, has_place_changed=True))
    assert {raised.flag for raised in flags} == FLAGS_OF_TEAM
    assert {raised.match_id for raised in flags} == {None}
    assert find_lane(flags) == ReviewLane.LOOK_CLOSELY


def test_one_red_flag_needs_a_second_reviewer() -> None:
    flags = [RaisedFlag(ReviewFlag.CHANGED, ONE), RaisedFlag(ReviewFlag.VETTED_WORK, TWO)]
    assert find_lane(flags) == ReviewLane.SECOND_REVIEWER


def test_a_share_is_chosen_for_a_closer_look_by_a_secret() -> None:
    ids = [UUID(int=number) for number in range(2_000)]
    chosen = [request_id for request_id in ids if is_chosen_for_closer_look(request_id, "key")]

    assert len(chosen) == pytest.approx(len(ids) * CLOSER_LOOK_PERCENT / 100, rel=0.25)
    assert chosen == [request_id for request_id in ids if is_chosen_for_closer_look(request_id, "key")]
    assert chosen != [request_id for request_id in ids if is_chosen_for_closer_look(request_id, "another")]
