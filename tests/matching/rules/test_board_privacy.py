"""No combination that the board shows has fewer than three campaigns behind it, whoever joins or leaves."""

from collections import defaultdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.reference.jurisdictions import JURISDICTIONS
from matching.rules.board_privacy import (
    MIN_CAMPAIGNS,
    NOTHING,
    CampaignFacts,
    coarsen_facts,
    find_actor_groups,
    find_hidden_months,
    find_shown_month,
)
from matching.rules.regions import REGION_BY_STATE

STATES = ["US-OR", "US-WA", "US-VT", "US", "XX"]
FACTS = st.builds(
    lambda state, party, level: CampaignFacts(state, REGION_BY_STATE.get(state), party, level),
    st.sampled_from(STATES),
    st.sampled_from(["green", "plum", ""]),
    st.sampled_from(["federal", "state", "local"]),
)
CAMPAIGNS = st.dictionaries(st.integers(1, 40), FACTS, max_size=30)
EDITORS = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 60)), max_size=60)


def actors_behind(shown: dict[int, CampaignFacts], actors: dict[int, int], **seen: str) -> dict[CampaignFacts, int]:
    """By combination, how many who act alone stand behind it, among the rows that a filter leaves."""
    behind: dict[CampaignFacts, set[int]] = defaultdict(set)
    for campaign, facts in shown.items():
        if all(getattr(facts, name) == value for name, value in seen.items()):
            behind[facts].add(actors.get(campaign, campaign))
    return {facts: len(found) for facts, found in behind.items()}


@given(CAMPAIGNS, EDITORS)
def test_each_shown_combination_has_three_campaigns_behind_it(
    facts: dict[int, CampaignFacts], editors: list[tuple[int, int]]
) -> None:
    actors = find_actor_groups(pair for pair in editors if pair[0] in facts)
    shown = coarsen_facts(facts, actors)

    assert shown.keys() == facts.keys()
    for combination, count in actors_behind(shown, actors).items():
        # A board on which fewer than three act in all shows nothing of any of them.
        assert count >= MIN_CAMPAIGNS or (combination == NOTHING and len(set(shown.values())) == 1)
    for campaign, combination in shown.items():
        # It is coarser, and never wrong.
        assert all(value in (None, true) for value, true in zip(combination, facts[campaign], strict=True))
        assert combination.state is None or combination.region == facts[campaign].region


@given(
    CAMPAIGNS,
    EDITORS,
    st.sampled_from(STATES),
    st.sampled_from(["green", "plum", ""]),
    st.sampled_from(["federal", "state", "local"]),
)
def test_so_has_each_that_a_filter_finds(
    facts: dict[int, CampaignFacts], editors: list[tuple[int, int]], state: str, party: str, level: str
) -> None:
    actors = find_actor_groups(pair for pair in editors if pair[0] in facts)
    shown = coarsen_facts(facts, actors)

    for seen in ({"state": state}, {"party": party}, {"level": level}, {"party": party, "level": level}):
        assert all(count >= MIN_CAMPAIGNS for count in actors_behind(shown, actors, **seen).values())


@given(CAMPAIGNS, FACTS, st.integers(1, 5))
def test_one_person_with_many_campaigns_makes_nobody_else_known(
    facts: dict[int, CampaignFacts], own: CampaignFacts, copies: int
) -> None:
    """However many campaigns a person has verified, with the same facts: they count as one."""
    with_copies = facts | {100 + number: own for number in range(copies)}
    actors = {campaign: min(campaign, 100) for campaign in with_copies}
    shown = coarsen_facts(with_copies, actors)

    for combination, count in actors_behind(shown, actors).items():
        others = {campaign for campaign, seen in shown.items() if seen == combination and campaign < 100}
        assert combination == NOTHING or len(others) >= MIN_CAMPAIGNS - 1
        assert combination == NOTHING or count >= MIN_CAMPAIGNS


@given(CAMPAIGNS, st.data())
def test_two_looks_in_time_leave_two_others_behind_each_campaign(
    facts: dict[int, CampaignFacts], data: st.DataObject
) -> None:
    """Somebody remembers what was shown, and one campaign joins: what is known of each still stands for three."""
    before = coarsen_facts(facts, {})
    joined = data.draw(FACTS)
    after = coarsen_facts(facts | {99: joined}, {})
    for shown in (before, after):
        for combination, count in actors_behind(shown, {}).items():
            assert combination == NOTHING or count >= MIN_CAMPAIGNS


def test_three_that_share_all_are_shown_whole_and_the_rest_coarser() -> None:
    oregon, washington = (CampaignFacts(state, "west", "green", "local") for state in ("US-OR", "US-WA"))
    facts = {1: oregon, 2: oregon, 3: oregon, 4: washington, 5: washington, 6: washington._replace(state="US-ID")}
    shown = coarsen_facts(facts, {})

    assert shown[1] == oregon
    assert shown[4] == shown[6] == CampaignFacts(None, "west", "green", "local")


def test_those_who_show_more_do_not_count_for_those_who_show_less() -> None:
    """One campaign in Idaho beside three in Oregon: "the West" alone would mean Idaho, for who sees Oregon's."""
    oregon = CampaignFacts("US-OR", "west", "green", "local")
    shown = coarsen_facts({1: oregon, 2: oregon, 3: oregon, 4: oregon._replace(state="US-ID")}, {})

    assert set(shown.values()) == {NOTHING}


def test_then_the_party_goes_and_then_the_level() -> None:
    facts = {
        1: CampaignFacts("US-OR", "west", "green", "local"),
        2: CampaignFacts("US-WA", "west", "plum", "local"),
        3: CampaignFacts("US-ID", "west", "", "local"),
        4: CampaignFacts("US-OR", "west", "green", "state"),
        5: CampaignFacts("US-OR", "west", "green", "federal"),
        6: CampaignFacts("US-OR", "west", "plum", "federal"),
    }
    shown = coarsen_facts(facts, {})

    assert [shown[campaign] for campaign in (1, 2, 3)] == [CampaignFacts(None, "west", None, "local")] * 3
    assert [shown[campaign] for campaign in (4, 5, 6)] == [CampaignFacts(None, "west", None, None)] * 3


def test_campaigns_with_a_person_in_common_count_once_also_by_way_of_a_third() -> None:
    groups = find_actor_groups([(1, 10), (2, 10), (2, 11), (3, 11), (4, 12)])

    assert groups[1] == groups[2] == groups[3]
    assert groups[4] != groups[1]


def test_every_state_that_is_shipped_has_a_region() -> None:
    assert {entry.code for entry in JURISDICTIONS if entry.parent} == set(REGION_BY_STATE)


@given(CAMPAIGNS, EDITORS, st.lists(st.integers(6, 12), min_size=41, max_size=41))
def test_three_campaigns_could_end_in_each_month_and_in_each_hidden_one(
    facts: dict[int, CampaignFacts], editors: list[tuple[int, int]], months: list[int]
) -> None:
    """A reader knows the last possible end of each campaign, and by it leaves out those that could not end so late."""
    actors = find_actor_groups(pair for pair in editors if pair[0] in facts)
    last_ends = {campaign: date(2026, months[campaign], 1 + campaign % 28) for campaign in facts}
    shown = coarsen_facts(facts, actors)
    hidden = find_hidden_months(shown, last_ends, actors)

    for campaign, combination in shown.items():
        alike = {other for other in shown if shown[other] == combination}
        least = min(MIN_CAMPAIGNS, len({actors.get(other, other) for other in alike}))
        for month in range(5, months[campaign] + 1):
            seen = find_shown_month(date(2026, month, 1), hidden.get(combination))
            earliest = seen or hidden.get(combination, date.min)
            possible = {actors.get(other, other) for other in alike if last_ends[other] >= earliest}
            assert len(possible) >= (least if seen is None else MIN_CAMPAIGNS)
