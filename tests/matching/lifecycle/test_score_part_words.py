"""Every part of the score has its words: for reviewers, in the reason of a match, and on the page of an offer."""

import pytest

from campaigns.models import Role, Seat
from core.models import Skill
from matching.lifecycle.explanations import SCORE_PART_LABELS, explain_match, label_score_part
from matching.lifecycle.volunteer_explanations import list_offer_reasons
from matching.models import Match
from matching.rules.score_parts import PART_NAMES, PARTS, Scope

PARTS_OF_REQUEST = [part.name for part in PARTS if part.scope == Scope.REQUEST]
"""What a request earns with any volunteer, which the volunteer is not told."""
PARTS_OF_VOLUNTEER = [part.name for part in PARTS if part.scope != Scope.REQUEST]
PARTS_OF_CONTEST = [part.name for part in PARTS if part.tells_contest]


def build_match(**score_parts: int) -> Match:
    role = Role(skill=Skill(name="Front end"), level=3, hours_per_week=4)
    return Match(seat=Seat(role=role), score_parts=score_parts)


def test_every_part_has_a_label() -> None:
    assert [*SCORE_PART_LABELS] == [*PART_NAMES]


@pytest.mark.parametrize("part", PARTS_OF_VOLUNTEER)
def test_a_part_that_the_volunteer_earns_has_a_sentence_on_the_offer_page(part: str) -> None:
    assert list_offer_reasons(build_match(**{part: 10})) != list_offer_reasons(build_match())


@pytest.mark.parametrize("part", PARTS_OF_VOLUNTEER)
def test_a_part_that_the_volunteer_earns_is_in_the_reason_of_the_match(part: str) -> None:
    assert explain_match(build_match(**{part: 10})) != explain_match(build_match())


@pytest.mark.parametrize("part", PARTS_OF_CONTEST)
def test_a_part_about_the_contest_is_left_out_while_the_campaign_has_no_name(part: str) -> None:
    hidden, nothing = build_match(**{part: 10}), build_match()

    assert list_offer_reasons(hidden, names_campaign=False) == list_offer_reasons(nothing, names_campaign=False)
    assert explain_match(hidden, names_campaign=False) == explain_match(nothing, names_campaign=False)


@pytest.mark.parametrize("part", PARTS_OF_REQUEST)
def test_a_part_that_the_request_earns_is_not_told(part: str) -> None:
    assert list_offer_reasons(build_match(**{part: 10})) == list_offer_reasons(build_match())
    assert explain_match(build_match(**{part: 10})) == explain_match(build_match())


def test_the_weightiest_part_is_named_first() -> None:
    reasons = list_offer_reasons(build_match(turn=4, level=10, wanted=25))

    assert reasons[0] == "You know more about “Front end” than they ask for."
    assert reasons[2:] == ["You would like to use this skill.", "You have waited, and that counts."]
    assert explain_match(build_match(turn=4, wanted=25)).endswith(
        "would like to use this skill and has waited for a turn."
    )


def test_a_part_that_a_stored_match_had_and_that_is_no_more_keeps_its_name() -> None:
    assert label_score_part("loyalty") == "loyalty"
    assert label_score_part("wanted") == "wish"
    assert explain_match(build_match(loyalty=10)) == explain_match(build_match())
