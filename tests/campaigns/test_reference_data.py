"""Playbooks follow what is shipped, with their roles as one field."""

import pytest

from campaigns import reference_data
from campaigns.models import Playbook, PlaybookRole
from campaigns.playbook_templates import PlaybookRoleTemplate
from campaigns.standard_playbooks import PLAYBOOK_TEMPLATES
from core.models import Skill
from core.reference.sync import SyncResult

pytestmark = pytest.mark.django_db

[TEXTING] = [one for one in PLAYBOOK_TEMPLATES if one.code == "texting"]
REVISED = TEXTING._replace(
    weeks=7,
    deliverables=("Scripts",),
    parts=(
        PlaybookRoleTemplate("Lead", "texting", 4, 5, is_lead=True),
        PlaybookRoleTemplate("Editor", "copywriting", 2, 2, nice_to_have_skills=("seo", "cms")),
    ),
)


@pytest.fixture
def _revised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        reference_data, "PLAYBOOK_TEMPLATES", [REVISED if one is TEXTING else one for one in PLAYBOOK_TEMPLATES]
    )


def roles() -> list[tuple[object, ...]]:
    rows = PlaybookRole.objects.filter(playbook__code="texting").order_by("order")
    return [
        (row.name, row.level, row.hours_per_week, sorted(row.nice_to_have_skills.values_list("code", flat=True)))
        for row in rows.prefetch_related("nice_to_have_skills")
    ]


@pytest.mark.usefixtures("_revised")
def test_a_revised_playbook_replaces_the_one_that_nobody_edited() -> None:
    assert reference_data.sync_playbooks() == SyncResult("playbook", corrected=1)

    texting = Playbook.objects.get(code="texting")
    assert (texting.weeks, texting.deliverables) == (7, ["Scripts"])
    assert roles() == [("Lead", 4, 5, []), ("Editor", 2, 2, ["cms", "seo"])]


@pytest.mark.usefixtures("_revised")
def test_edited_roles_stay_while_the_rest_follows() -> None:
    PlaybookRole.objects.filter(playbook__code="texting", name="Texter").update(hours_per_week=6)

    reference_data.sync_playbooks()

    assert Playbook.objects.get(code="texting").weeks == 7
    assert roles() == [("Lead", 3, 4, ["volunteer-tools"]), ("Texter", 1, 6, ["translation"])]


def test_every_role_of_a_playbook_says_what_the_person_does() -> None:
    tasks = {(role.playbook.code, role.name): role.tasks for role in PlaybookRole.objects.select_related("playbook")}

    assert [key for key, sentence in tasks.items() if not sentence.endswith(".")] == []
    assert max(len(sentence.split()) for sentence in tasks.values()) <= 20


@pytest.mark.usefixtures("_revised")
def test_a_playbook_stays_whole_while_a_skill_of_its_revision_is_missing() -> None:
    Skill.objects.filter(code="cms").update(code="websites")

    assert reference_data.sync_playbooks() == SyncResult("playbook")

    assert Playbook.objects.get(code="texting").weeks == TEXTING.weeks
    assert [name for name, *_ in roles()] == ["Lead", "Texter"]
