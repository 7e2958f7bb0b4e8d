"""Read one volunteer: all that they have said, and what stands between them and requests already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from core.enums import OptionalAnswer
from core.week_mask import Window
from matching.models import Match, Veto
from matching.rules.states import STATES_COUNTS_AS_SERVICE, STATES_HOLDING_SEAT, STATES_NOT_PROPOSED_AGAIN, MatchState
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchFacts:
    """What stands between a volunteer and requests already, by ids.

    `held` are requests and the hours a week there; `sided` are contests and the campaign served in each.
    """

    held: Sequence[tuple[int, int]] = ()
    refused: Sequence[int] = ()
    sided: Sequence[tuple[int, int]] = ()
    vetoed: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleVolunteer:
    """What a volunteer says of themselves; what has a default is as in a new profile.

    `claims` are ids of skills with level and wish; `parties` and `jurisdictions` are ids.
    """

    claims: Sequence[tuple[int, int, bool]]
    max_hours_per_week: int
    windows: Sequence[Window]
    time_zone: str
    languages: Sequence[str]
    max_projects: int = 1
    wants_to_lead: bool = False
    may_make_decisions: bool = False
    levels: Sequence[str] = ()
    restrict_to_levels: bool = False
    parties: Sequence[int] = ()
    restrict_to_parties: bool = False
    jurisdictions: Sequence[int] = ()
    restrict_to_jurisdictions: bool = False
    vetted_until: Mapping[str, date] = field(default_factory=dict)
    time_off: Sequence[tuple[date, date]] = ()
    matches: MatchFacts = MatchFacts()


def read_single_volunteer(volunteer: Volunteer) -> SingleVolunteer:
    """Read all that a stored volunteer has said and done, in eight statements."""
    return SingleVolunteer(
        claims=[*volunteer.claims.values_list("skill_id", "level", "wants_to_use")],
        max_hours_per_week=volunteer.max_hours_per_week,
        windows=[Window(*row) for row in volunteer.windows.values_list("weekday", "starts", "ends")],
        time_zone=volunteer.time_zone,
        languages=volunteer.languages,
        max_projects=volunteer.max_projects,
        wants_to_lead=volunteer.wants_to_lead,
        may_make_decisions=volunteer.may_make_decisions == OptionalAnswer.YES,
        levels=volunteer.levels,
        restrict_to_levels=volunteer.restrict_to_levels,
        parties=[*volunteer.parties.order_by().values_list("pk", flat=True)],
        restrict_to_parties=volunteer.restrict_to_parties,
        jurisdictions=[*volunteer.jurisdictions.order_by().values_list("pk", flat=True)],
        restrict_to_jurisdictions=volunteer.restrict_to_jurisdictions,
        vetted_until=dict(volunteer.vettings.order_by("valid_until").values_list("area", "valid_until")),
        time_off=[*volunteer.time_off.values_list("starts_on", "ends_on")],
        matches=read_match_facts(
            Match.objects.filter(volunteer=volunteer),
            vetoed=[*Veto.objects.filter(volunteer=volunteer).values_list("campaign_id", flat=True)],
        ),
    )


def read_match_facts(matches: "QuerySet[Match]", *, vetoed: Sequence[int]) -> MatchFacts:
    """Read what these matches of one volunteer mean for further ones; `vetoed` are the campaigns of their vetoes."""
    contest = "request__campaign__candidate__contest"
    columns = ("state", "is_broadcast", "request_id", "seat__role__hours_per_week", contest, "request__campaign")
    rows = matches.order_by("pk").values_list(*columns)
    held, refused, sided = [], [], []
    for state, is_broadcast, request, hours, contest_id, campaign in rows:
        # A broadcast offer holds nothing until it is accepted, as in HOLDS_SEAT.
        if state in STATES_HOLDING_SEAT and not (state == MatchState.OFFERED and is_broadcast):
            held.append((request, hours))
        if state in STATES_NOT_PROPOSED_AGAIN:
            refused.append(request)
        if state in STATES_COUNTS_AS_SERVICE:
            sided.append((contest_id, campaign))
    return MatchFacts(held=held, refused=refused, sided=sided, vetoed=vetoed)
