"""Draw the skills that each volunteer claims, and their vetting marks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from core.enums import VettingArea
from core.models import User
from demo.seed.professions import (
    CORE_LEVEL_WEIGHTS,
    OPTIONAL_LEVEL_WEIGHTS,
    SIDELINE_LEVEL_WEIGHTS,
    SIDELINE_SHARES,
    Profession,
)
from demo.seed.volunteers import DrawnVolunteers
from demo.seed.world import World
from volunteers.models import SkillClaim, Vetting, Volunteer

# Campaigns ask leaders of data work for a mark, though the skill alone asks for none.
EXTRA_VETTING_AREAS = {"data-analysis": VettingArea.VOTER_FILES, "data-engineering": VettingArea.VOTER_FILES}
VETTED_SHARE = {
    VettingArea.VOTER_FILES: 0.3,
    VettingArea.MONEY: 0.3,
    VettingArea.AD_ACCOUNTS: 0.6,
    VettingArea.CREDENTIALS: 0.45,
    VettingArea.INCIDENTS: 0.5,
}
MIN_VETTED_LEVEL = 3
TRANSLATOR_SHARE = 0.3


@dataclass
class DrawnSkillsAndVetting:
    """Claims and vetting marks of all volunteers."""

    claims: list[SkillClaim] = field(default_factory=list)
    vettings: list[Vetting] = field(default_factory=list)


def draw_skills_and_vetting(world: World, drawn_volunteers: DrawnVolunteers, reviewer: User) -> DrawnSkillsAndVetting:
    """Draw claims that fit each volunteer's profession, and marks where a skill asks for one."""
    drawn = DrawnSkillsAndVetting()
    for volunteer, profession in zip(drawn_volunteers.volunteers, drawn_volunteers.professions, strict=True):
        levels = _draw_levels(world, volunteer, profession)
        if volunteer is drawn_volunteers.volunteers[0]:
            levels = {code: 5 for code in profession.core_skills} | {"ux-research": 5, "brand-identity": 4}
        drawn.claims += [
            SkillClaim(volunteer=volunteer, skill=world.skills[code], level=level, wants_to_use=world.rng.happens(0.72))
            for code, level in levels.items()
        ]
        if volunteer.user:
            vettings = _draw_vettings(world, volunteer, levels, reviewer)
            # So that the emergency lane can be tried.
            volunteer.on_call = VettingArea.INCIDENTS in {vetting.area for vetting in vettings}
            drawn.vettings += vettings
    return drawn


def _draw_levels(world: World, volunteer: Volunteer, profession: Profession) -> dict[str, int]:
    rng = world.rng
    levels = {code: rng.pick_weighted(CORE_LEVEL_WEIGHTS) for code in profession.core_skills}
    for code, share in profession.optional_skills.items():
        if rng.happens(share):
            levels[code] = rng.pick_weighted(OPTIONAL_LEVEL_WEIGHTS)
    for code, share in SIDELINE_SHARES.items():
        if code not in levels and rng.happens(share):
            levels[code] = rng.pick_weighted(SIDELINE_LEVEL_WEIGHTS)
    if len(volunteer.languages) > 1 and rng.happens(TRANSLATOR_SHARE):
        levels["translation"] = rng.pick_weighted(OPTIONAL_LEVEL_WEIGHTS)
    return levels


def _draw_vettings(world: World, volunteer: Volunteer, levels: Mapping[str, int], reviewer: User) -> list[Vetting]:
    codes = [code for code, level in levels.items() if level >= MIN_VETTED_LEVEL]
    areas = {world.skills[code].vetted_for or EXTRA_VETTING_AREAS.get(code, "") for code in codes} - {""}
    return [
        Vetting(
            public_id=world.rng.public_id(),
            volunteer=volunteer,
            area=area,
            method=world.rng.choice(Vetting.Method.values),
            reviewer=reviewer,
            created_at=world.days_ago(world.rng.randint(1, 300)),
            valid_until=world.today + timedelta(days=world.rng.choice((20, 60, 180, 270, 365))),
        )
        for area in sorted(areas)
        if world.rng.happens(VETTED_SHARE[VettingArea(area)])
    ]
