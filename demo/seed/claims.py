"""What each volunteer claims to be able to do, and which of them a reviewer has vetted for what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from core.enums import VettingArea
from core.models import User
from demo.seed.people import People
from demo.seed.professions import CORE_LEVELS, SIDE_LEVELS, SIDELINES, SOME_LEVELS, Profession
from demo.seed.world import World
from volunteers.models import SkillClaim, Vetting, Volunteer

# Campaigns ask for a mark of those who lead data work, though the skill alone asks for none.
ALSO_VETTED = {"data-analysis": VettingArea.VOTER_FILES, "data-engineering": VettingArea.VOTER_FILES}
VETTED_SHARE = {
    VettingArea.VOTER_FILES: 0.3,
    VettingArea.MONEY: 0.3,
    VettingArea.AD_ACCOUNTS: 0.6,
    VettingArea.CREDENTIALS: 0.45,
    VettingArea.INCIDENTS: 0.5,
}
LEVEL_TO_VET = 3
TRANSLATORS = 0.3


@dataclass
class Trust:
    """Claims and vetting marks of all volunteers."""

    claims: list[SkillClaim] = field(default_factory=list)
    vettings: list[Vetting] = field(default_factory=list)


def draw_trust(world: World, people: People, reviewer: User) -> Trust:
    """Claims that fit each volunteer's profession, and marks of those whose skills ask for one."""
    drawn = Trust()
    for volunteer, profession in zip(people.volunteers, people.professions, strict=True):
        levels = _levels(world, volunteer, profession)
        if volunteer is people.volunteers[0]:
            levels = {code: 5 for code in profession.core} | {"ux-research": 5, "brand-identity": 4}
        drawn.claims += [
            SkillClaim(volunteer=volunteer, skill=world.skills[code], level=level, wanted=world.chance.happens(0.72))
            for code, level in levels.items()
        ]
        if volunteer.user:
            vettings = _vettings(world, volunteer, levels, reviewer)
            # So that the emergency lane can be tried.
            volunteer.on_call = VettingArea.INCIDENTS in {vetting.area for vetting in vettings}
            drawn.vettings += vettings
    return drawn


def _levels(world: World, volunteer: Volunteer, profession: Profession) -> dict[str, int]:
    chance = world.chance
    levels = {code: chance.pick(CORE_LEVELS) for code in profession.core}
    for code, share in profession.some.items():
        if chance.happens(share):
            levels[code] = chance.pick(SOME_LEVELS)
    for code, share in SIDELINES.items():
        if code not in levels and chance.happens(share):
            levels[code] = chance.pick(SIDE_LEVELS)
    if len(volunteer.languages) > 1 and chance.happens(TRANSLATORS):
        levels["translation"] = chance.pick(SOME_LEVELS)
    return levels


def _vettings(world: World, volunteer: Volunteer, levels: Mapping[str, int], reviewer: User) -> list[Vetting]:
    able = [code for code, level in levels.items() if level >= LEVEL_TO_VET]
    areas = {world.skills[code].vetted_for or ALSO_VETTED.get(code, "") for code in able} - {""}
    return [
        Vetting(
            public_id=world.chance.public_id(),
            volunteer=volunteer,
            area=area,
            method=world.chance.choice(Vetting.Method.values),
            reviewer=reviewer,
            made_at=world.ago(world.chance.randint(1, 300)),
            until=world.today + timedelta(days=world.chance.choice((20, 60, 180, 270, 365))),
        )
        for area in sorted(areas)
        if world.chance.happens(VETTED_SHARE[VettingArea(area)])
    ]
