from datetime import datetime

import pytest

from core.errors import Invalid, NotFound, Stale
from tests.cast import create_user, create_volunteer
from volunteers.actions.skills import replace_skills
from volunteers.profile_limits import MAX_SKILL_CLAIMS


def test_skills_are_replaced_and_the_version_counts_on(db: None, now: datetime) -> None:
    erin = create_user("erin")
    create_volunteer(erin, now)

    changed = replace_skills(actor=erin, claims=[("editing", 2, False)], at=now, version=1)

    assert (changed.version, [claim.skill.code for claim in changed.claims.all()]) == (2, ["editing"])
    with pytest.raises(Stale, match="changed your profile elsewhere"):
        replace_skills(actor=erin, claims=[("editing", 3, False)], at=now, version=1)


@pytest.mark.parametrize(
    ("claims", "path", "message"),
    [
        ([], "claims", "Name at least one"),
        ([("juggling", 3, True)], "claims.0.skill", "There is no skill “juggling”"),
        ([("editing", 7, True)], "claims.0.level", "level is out of range"),
        ([("editing", 3, True), ("editing", 4, True)], "claims.1.skill", "twice"),
        ([(f"skill-{number}", 3, True) for number in range(MAX_SKILL_CLAIMS + 1)], "claims", "Give 100 at most"),
    ],
)
def test_what_a_profile_cannot_have_is_named_by_its_paths(
    db: None, now: datetime, claims: list[tuple[str, int, bool]], path: str, message: str
) -> None:
    erin = create_user("erin")
    before = create_volunteer(erin, now)

    with pytest.raises(Invalid, match=message) as caught:
        replace_skills(actor=erin, claims=claims, at=now)

    assert caught.value.errors[0].path == path
    before.refresh_from_db()
    assert (before.version, before.claims.get().skill.code) == (1, "front-end")


def test_who_has_no_profile_has_no_skills_to_replace(db: None, now: datetime) -> None:
    with pytest.raises(NotFound):
        replace_skills(actor=create_user("erin"), claims=[("editing", 3, True)], at=now)
