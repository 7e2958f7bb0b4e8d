"""The scope of a run: everything, the free seats of some roles, or the free hours of some volunteers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Role, Seat
from core.reference.queries import map_skill_ancestors
from matching.models import HOLDS_SEAT, Match, Run
from matching.rules.states import MatchState
from volunteers.models import SkillClaim, Volunteer


@dataclass(frozen=True, slots=True)
class RunScope:
    """The ids of the roles or of the volunteers to which a run is limited; with neither everything is in scope."""

    roles: Sequence[int] | None = None
    volunteers: Sequence[int] | None = None

    @classmethod
    def of_run(cls, run: Run) -> "RunScope":
        """Read the scope of a run."""
        if not run.is_limited:
            return cls()
        volunteers = sorted(run.volunteers.values_list("pk", flat=True))
        return cls(volunteers=volunteers) if volunteers else cls(roles=sorted(run.roles.values_list("pk", flat=True)))

    @property
    def replaced_proposals(self) -> Q:
        """The proposals that the run replaces; it leaves the others as they are."""
        if self.volunteers is not None:
            return Q(state=MatchState.PROPOSED, volunteer__in=self.volunteers)
        if self.roles is not None:
            return Q(state=MatchState.PROPOSED, seat__role__in=self.roles)
        return Q(state=MatchState.PROPOSED)

    @property
    def occupying_matches(self) -> Q:
        """The matches that take up hours: those that hold a seat, and proposals that the run does not replace."""
        if self.volunteers is not None:
            return HOLDS_SEAT & Q(volunteer__in=self.volunteers)
        return (
            HOLDS_SEAT | Q(state=MatchState.PROPOSED) & ~self.replaced_proposals
            if self.roles is not None
            else HOLDS_SEAT
        )

    def limit_seats(self, free: "QuerySet[Seat]") -> "QuerySet[Seat]":
        """Limit open seats to those that the run may fill."""
        if self.volunteers is not None:
            # A seat that is proposed to a volunteer outside the scope is not free for those inside it.
            proposals = Match.objects.filter(state=MatchState.PROPOSED, seat=OuterRef("pk"))
            return free.filter(~Exists(proposals.exclude(volunteer__in=self.volunteers)))
        return free.filter(role__in=self.roles) if self.roles is not None else free

    def limit_volunteers(self, supply: "QuerySet[Volunteer]") -> "QuerySet[Volunteer]":
        """Limit volunteers to the scope: for some roles, those who claim a skill that one of them needs."""
        if self.volunteers is not None:
            return supply.filter(pk__in=self.volunteers)
        if self.roles is None:
            return supply
        needed = set(Role.objects.filter(pk__in=self.roles).values_list("skill", flat=True))
        # A claim counts for the ancestors of its skill as well.
        sufficient = [skill for skill, ancestors in map_skill_ancestors().items() if needed & set(ancestors)]
        return supply.filter(Exists(SkillClaim.objects.filter(volunteer=OuterRef("pk"), skill__in=sufficient)))
