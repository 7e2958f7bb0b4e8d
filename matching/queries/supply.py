"""The supply side of a snapshot: people, what they can do, and when."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, Q, QuerySet

from core.models import Jurisdiction
from core.queries import skill_ancestors
from core.weekly import Regime, Window, inwards, to_words
from matching.engine.problem import Bits
from matching.models import Match, Policy
from matching.queries.demand import AREAS, LEVELS, bits
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Vetting, Volunteer

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Supply:
    """Volunteers by row, and the row of each by id. `people` selects them in the database."""

    people: "QuerySet[Volunteer, Any]"
    volunteers: list[Volunteer]
    row: dict[int, int]

    @property
    def zones(self) -> set[str]:
        """The time zones on whose clocks these people live."""
        return {volunteer.time_zone for volunteer in self.volunteers}

    def columns(
        self, rows: Iterable[Sequence[int]], *names: str, second: dict[int, int] | None = None
    ) -> dict[str, Any]:
        """Rows whose first value is a volunteer's id as columns, with ids turned into row numbers.

        `second` maps the second value to its row likewise. What is not in play on either side falls out: it cannot
        be in anybody's way.
        """
        known = [
            (self.row[one], other if second is None else second[other], *rest)
            for one, other, *rest in rows
            if one in self.row and (second is None or other in second)
        ]
        values = np.array(known, np.int64).reshape(len(known), len(names))
        return {name: np.ascontiguousarray(values[:, k]) for k, name in enumerate(names)}


def here(*, count_unclaimed: bool = False) -> "QuerySet[Volunteer]":
    """People who are active, of age, and here by their own word unless the unclaimed are counted too."""
    claimed = Q(user__is_active=True) | Q(user=None) if count_unclaimed else Q(user__is_active=True)
    return Volunteer.objects.filter(claimed, state=Volunteer.State.ACTIVE, adult=True)


def in_supply(*, policy: Policy, at: datetime, count_unclaimed: bool = False) -> "QuerySet[Volunteer]":
    """Those of them who can be proposed now: rested, sure of their hours, and not asked too often this week."""
    fresh = Q(availability_confirmed_at__gt=at - timedelta(days=policy.fresh_days)) | Q(user=None)
    rested = Q(rest_until=None) | Q(rest_until__lte=at.date())
    asked = Match.objects.filter(offered_at__gt=at - WEEK, request__emergency=False).values("volunteer")
    enough = asked.annotate(offers=Count("pk")).filter(offers__gte=policy.offers_a_week).values("volunteer")
    return here(count_unclaimed=count_unclaimed).filter(fresh, rested).exclude(pk__in=enough)


def read_supply(people: "QuerySet[Volunteer]") -> Supply:
    """These people, in the order of their ids."""
    volunteers = list(people.order_by("pk"))
    return Supply(people.values("pk"), volunteers, {one.pk: row for row, one in enumerate(volunteers)})


def supply_arrays(
    supply: Supply, *, on: date, regimes: Sequence[Regime], language_bit: dict[str, int]
) -> dict[str, Any]:
    """The Problem's arrays about volunteers and their claims."""
    people = supply.volunteers

    def ints(values: Iterable[int]) -> Any:
        return np.fromiter(values, np.int64, len(people))

    def flags(values: Iterable[bool]) -> Any:
        return np.fromiter(values, np.bool_, len(people))

    return {
        "volunteer_id": ints(one.pk for one in people),
        "hours": ints(one.hours for one in people),
        "projects": ints(one.projects for one in people),
        "languages": np.array([bits(one.languages, language_bit) for one in people], np.uint64),
        "leads": flags(one.wants_to_lead for one in people),
        "decides": flags(one.may_decide == "yes" for one in people),
        "vetted_until": _vetted_until(supply),
        "turn_weeks": ints(max(0, (on - one.raised_at.date()).days // 7) for one in people),
        "availability": _availability(supply, regimes),
        "levels": np.array([bits(one.levels, LEVELS) for one in people], np.uint64),
        "level_only": flags(one.level_only for one in people),
        "party_only": flags(one.party_only for one in people),
        "place_only": flags(one.place_only for one in people),
        **_named(supply),
        **_claims(supply),
        **_time_off(supply),
    }


def _vetted_until(supply: Supply) -> Any:
    until = np.full((len(supply.volunteers), len(AREAS)), -1, np.int64)
    for volunteer, area, last in Vetting.objects.filter(volunteer__in=supply.people).values_list(
        "volunteer_id", "area", "until"
    ):
        if volunteer in supply.row:
            until[supply.row[volunteer], AREAS[area]] = last.toordinal()
    return until


def _availability(supply: Supply, regimes: Sequence[Regime]) -> Bits:
    windows: dict[int, list[Window]] = defaultdict(list)
    rows = AvailabilityWindow.objects.filter(volunteer__in=supply.people).order_by("volunteer_id", "weekday", "starts")
    seen: dict[Any, Window] = {}  # thousands of people share a few windows: make each once
    for volunteer, weekday, starts, ends in rows.values_list("volunteer_id", "weekday", "starts", "ends"):
        key = (weekday, starts, ends)
        windows[volunteer].append(seen.get(key) or seen.setdefault(key, Window(*key)))
    masks = np.zeros((len(supply.volunteers), len(regimes), 6), np.uint64)
    words: dict[tuple[Any, ...], Bits] = {}
    for row, one in enumerate(supply.volunteers):
        if one.pk in windows:
            pattern = (one.time_zone, *windows[one.pk])
            if pattern not in words:
                grid = [to_words(inwards(windows[one.pk], one.time_zone, regime)) for regime in regimes]
                words[pattern] = np.array(grid, np.uint64)
            masks[row] = words[pattern]
    return masks


def _named(supply: Supply) -> dict[str, Any]:
    mine = {"volunteer__in": supply.people}
    parties = Volunteer.parties.through.objects.filter(**mine).order_by("pk").values_list("volunteer_id", "party_id")
    place_row = {pk: row for row, pk in enumerate(Jurisdiction.objects.order_by("pk").values_list("pk", flat=True))}
    named = Volunteer.places.through.objects.filter(**mine).order_by("pk")
    places = named.values_list("volunteer_id", "jurisdiction_id")
    return {
        **supply.columns(parties, "party_volunteer", "party"),
        **supply.columns(places, "place_volunteer", "place", second=place_row),
    }


def _claims(supply: Supply) -> dict[str, Any]:
    """Every claim, copied to the ancestors of its skill: the highest level counts, and whether any is wanted."""
    lines = skill_ancestors()
    best: dict[tuple[int, int], tuple[int, bool]] = {}
    claims = SkillClaim.objects.filter(volunteer__in=supply.people)
    for volunteer, skill, level, wanted in claims.values_list("volunteer_id", "skill_id", "level", "wanted"):
        if volunteer in supply.row:
            for one in lines[skill]:
                before = best.get((one, supply.row[volunteer]), (0, False))
                best[one, supply.row[volunteer]] = (max(level, before[0]), wanted or before[1])
    keys = sorted(best)
    return {
        "claim_skill": np.array([skill for skill, _ in keys], np.int64),
        "claim_volunteer": np.array([row for _, row in keys], np.int64),
        "claim_level": np.array([best[key][0] for key in keys], np.int64),
        "claim_wanted": np.array([best[key][1] for key in keys], np.bool_),
    }


def _time_off(supply: Supply) -> dict[str, Any]:
    rows = (
        TimeOff.objects.filter(volunteer__in=supply.people)
        .order_by("pk")
        .values_list("volunteer_id", "starts_on", "ends_on")
    )
    days = ((one, first.toordinal(), last.toordinal()) for one, first, last in rows)
    return supply.columns(days, "time_off_volunteer", "time_off_first", "time_off_last")
