"""How much of a campaign the public board may show: never so much that fewer than three campaigns share it. Pure.

A role on the board names no campaign. But "a Democrat, local office, Wyoming" may be one campaign, and with it the
board would say what that campaign lacks. So state, party and level of office are shown only together with other
campaigns: each combination that is shown stands for at least `MIN_CAMPAIGNS`. A campaign is shown as coarsely as its
combination needs, for all its roles and all readers alike, so that no two answers can be compared.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

MIN_CAMPAIGNS = 3
"""Campaigns that must share what is shown of one of them."""


class CampaignFacts(NamedTuple):
    """What is known of a campaign, or as much of it as is shown: None stands for a fact that is not shown.

    `state` is the code of the state, or of the country for an office of the whole country. `party` is its code, and
    empty for a candidate without a party.
    """

    state: str | None = None
    region: str | None = None
    party: str | None = None
    level: str | None = None


NOTHING = CampaignFacts()

_RUNGS: tuple[Callable[[CampaignFacts], CampaignFacts], ...] = (
    lambda facts: facts,
    lambda facts: facts._replace(state=None),
    lambda facts: facts._replace(state=None, party=None),
    lambda facts: facts._replace(state=None, party=None, level=None),
)
"""From fine to coarse: each makes of a campaign's facts what may be shown of them."""


def coarsen_facts(facts: Mapping[int, CampaignFacts], actors: Mapping[int, int]) -> dict[int, CampaignFacts]:
    """Return what may be shown of each campaign, by the campaigns' ids.

    `actors` says who acts for each: campaigns with the same value count once, so that one person cannot be three.
    Only campaigns that are shown with the same facts count for each other. If they were counted with those that show
    more, the few that are left would be known by what they are not.
    """
    shown: dict[int, CampaignFacts] = {}
    hidden = set(facts)
    for coarsen in _RUNGS:
        by_campaign = {campaign: coarsen(facts[campaign]) for campaign in hidden}
        for combination, campaigns in _group_by(hidden, by_campaign.__getitem__).items():
            if combination != NOTHING and _count_actors(campaigns, actors) >= MIN_CAMPAIGNS:
                shown |= dict.fromkeys(campaigns, combination)
        hidden -= shown.keys()
    # One or two that are left would be known by their silence, so the smallest combination falls silent with them.
    while hidden and shown and _count_actors(hidden, actors) < MIN_CAMPAIGNS:
        groups = _group_by(shown, shown.__getitem__)
        smallest = min(groups, key=lambda combination: (len(groups[combination]), _sort_key(combination)))
        for campaign in groups[smallest]:
            del shown[campaign]
            hidden.add(campaign)
    return shown | dict.fromkeys(hidden, NOTHING)


def find_hidden_months(
    shown: Mapping[int, CampaignFacts], last_ends: Mapping[int, date], actors: Mapping[int, int]
) -> dict[CampaignFacts, date]:
    """Return for each combination the first day of the month from which on the board does not say when work ends.

    Work ends some weeks after the election at the latest (`last_ends`), and elections are public. So a late month would
    leave only those of the combination whose election is late. A month is shown if it comes before that of the third
    campaign, the latest first. From that month on it is hidden: then a hidden month also stands for three. It depends
    on no request, so that a new one changes nothing. A combination of fewer campaigns shows no month, and is left out.
    """
    latest: dict[CampaignFacts, dict[int, date]] = defaultdict(dict)
    for campaign, combination in shown.items():
        of_actors, actor = latest[combination], actors.get(campaign, campaign)
        of_actors[actor] = max(last_ends[campaign], of_actors.get(actor, date.min))
    ends = {combination: sorted(of_actors.values(), reverse=True) for combination, of_actors in latest.items()}
    return {
        combination: days[MIN_CAMPAIGNS - 1].replace(day=1)
        for combination, days in ends.items()
        if len(days) >= MIN_CAMPAIGNS
    }


def find_shown_month(ends_on: date, hidden_from: date | None) -> date | None:
    """Return the first day of the month in which work ends; None where it is not shown."""
    month = ends_on.replace(day=1)
    return month if hidden_from is not None and month < hidden_from else None


def find_actor_groups(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each campaign a number that it shares with all that one person acts for, also by way of a third.

    `pairs` are campaigns with a person who acts for them.
    """
    parents: dict[int, int] = {}  # of a forest of campaigns
    first_of_person: dict[int, int] = {}

    def find_root(campaign: int) -> int:
        while parents.setdefault(campaign, campaign) != campaign:
            campaign = parents[campaign]
        return campaign

    for campaign, person in pairs:
        parents[find_root(campaign)] = find_root(first_of_person.setdefault(person, campaign))
    return {campaign: find_root(campaign) for campaign in parents}


def _group_by(keys: Iterable[int], find_combination: Callable[[int], CampaignFacts]) -> dict[CampaignFacts, list[int]]:
    groups: dict[CampaignFacts, list[int]] = defaultdict(list)
    for key in keys:
        groups[find_combination(key)].append(key)
    return groups


def _count_actors(campaigns: Iterable[int], actors: Mapping[int, int]) -> int:
    return len({actors.get(campaign, campaign) for campaign in campaigns})


def _sort_key(combination: CampaignFacts) -> tuple[str, ...]:
    return tuple(value or "" for value in combination)
