"""Reference data arrives, follows what is shipped, and stays as people edited it."""

from collections.abc import Callable, Iterable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from campaigns.models import Playbook
from campaigns.standard_playbooks import PLAYBOOK_TEMPLATES
from core import reference_data
from core.models import Jurisdiction, Party, ShippedEntry, Skill
from core.reference.jurisdictions import JURISDICTIONS
from core.reference.parties import PartyEntry
from core.reference.skills import SKILLS, SkillEntry
from core.reference.sync import is_fully_migrated, merge_fields, sync_installation
from matching.models import Policy

TABLES = (
    *("core_skill", "core_skillalias", "core_jurisdiction", "core_party", "core_shippedentry"),
    *("campaigns_playbook", "campaigns_playbookrole", "campaigns_playbookrole_nice_to_have_skills"),
    *("matching_policy", "matching_policyevent"),
)
SEWING = SkillEntry("sewing", "Sewing", "design", "Sews banners and flags that survive a windy day.")
WEAVING = SkillEntry("weaving", "Weaving", "sewing", "Weaves the cloth of which banners and flags are made.")

pytestmark = pytest.mark.django_db


@pytest.fixture
def ship(monkeypatch: pytest.MonkeyPatch) -> Callable[[Iterable[SkillEntry]], None]:
    """A version of Handraiser that ships these skills is installed."""

    def install(skills: Iterable[SkillEntry]) -> None:
        monkeypatch.setattr(reference_data, "SKILLS", tuple(skills))
        sync_installation()

    return install


def row_versions() -> list[tuple[object, ...]]:
    """Every row of reference data, and the transaction that wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', xmin::text, t::text FROM {name} t" for name in TABLES))
        return sorted(cursor.fetchall())


def changed(code: str, **fields: str) -> list[SkillEntry]:
    """The skills of today, one of them changed."""
    return [skill._replace(**fields) if skill.code == code else skill for skill in SKILLS]  # type: ignore[arg-type]


def test_a_migrated_database_has_what_is_shipped() -> None:
    assert set(Skill.objects.values_list("code", "name", "description", "vetted_for", "retired")) == {
        (skill.code, skill.name, skill.description, skill.vetted_for, False) for skill in SKILLS
    }
    assert set(Skill.objects.exclude(parent=None).values_list("code", "parent__code")) == {
        (skill.code, skill.parent) for skill in SKILLS if skill.parent
    }
    assert set(Jurisdiction.objects.values_list("code", "name")) == {(one.code, one.name) for one in JURISDICTIONS}
    assert set(Playbook.objects.values_list("code", "roles__name")) == {
        (book.code, part.name) for book in PLAYBOOK_TEMPLATES for part in book.parts
    }
    assert list(Policy.objects.values_list("number", "state")) == [(1, "active")]


def test_a_second_run_changes_nothing() -> None:
    before = row_versions()
    out = StringIO()

    call_command("sync_reference_data", stdout=out)

    assert out.getvalue().splitlines() == [
        f"{kind}: 0 created, 0 corrected"
        for kind in ("skill", "skill_alias", "jurisdiction", "party", "playbook", "policy")
    ]
    assert row_versions() == before


def test_new_entries_arrive(ship: Callable[[Iterable[SkillEntry]], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference_data, "PARTIES", (PartyEntry("quokka", "Quokka Party"),))

    ship([*SKILLS, SEWING, WEAVING])

    assert list(Skill.objects.filter(parent__code="sewing").values_list("code", "parent__parent__code")) == [
        ("weaving", "design")
    ]
    assert list(Party.objects.values_list("code", "name")) == [("quokka", "Quokka Party")]


def test_what_was_edited_is_kept_and_everything_else_is_corrected(
    ship: Callable[[Iterable[SkillEntry]], None],
) -> None:
    Skill.objects.filter(code="cms").update(name="Websites", parent=Skill.objects.get(code="digital"), retired=True)

    ship(changed("cms", name="CMS", description="Sets up sites.", parent="data", vetted_for="credentials"))

    cms = Skill.objects.select_related("parent").get(code="cms")
    assert (cms.name, str(cms.parent), cms.retired) == ("Websites", "Digital outreach", True)
    assert (cms.description, cms.vetted_for) == ("Sets up sites.", "credentials")


def test_what_was_edited_is_kept_by_later_versions_too(ship: Callable[[Iterable[SkillEntry]], None]) -> None:
    Skill.objects.filter(code="cms").update(name="Websites")
    for name in ("CMS", "Site builders"):
        ship(changed("cms", name=name))

    assert Skill.objects.get(code="cms").name == "Websites"


def test_a_branch_can_become_a_skill_of_another(ship: Callable[[Iterable[SkillEntry]], None]) -> None:
    ship(changed("seo", parent=""))
    assert Skill.objects.get(code="seo").parent is None
    ship(SKILLS)
    assert str(Skill.objects.get(code="seo").parent) == "Digital outreach"


def test_nothing_is_deleted_and_what_was_deleted_here_stays_away(
    ship: Callable[[Iterable[SkillEntry]], None],
) -> None:
    Skill.objects.get(code="illustration").delete()

    ship(skill for skill in SKILLS if skill.code != "photography")
    ship(SKILLS)

    assert Skill.objects.filter(code="photography").count() == 1
    assert not Skill.objects.filter(code="illustration").exists()


def test_a_row_of_ones_own_with_the_code_of_a_new_entry_counts_as_edited(
    ship: Callable[[Iterable[SkillEntry]], None],
) -> None:
    Skill.objects.create(code="sewing", name="Banners")

    ship([*SKILLS, SEWING])
    ship([*SKILLS, SEWING._replace(name="Needlework")])

    assert Skill.objects.get(code="sewing").name == "Banners"


def test_an_entry_waits_for_the_row_that_it_names(ship: Callable[[Iterable[SkillEntry]], None]) -> None:
    ship([*SKILLS, WEAVING])
    assert not Skill.objects.filter(code="weaving").exists()

    Skill.objects.create(code="sewing", name="Banners")
    ship([*SKILLS, WEAVING])
    assert str(Skill.objects.get(code="weaving").parent) == "Banners"


def test_a_field_that_was_not_shipped_before_takes_what_is_shipped() -> None:
    shipped, row = {"name": "Tea", "price": 3}, {"name": "Tea", "price": 0}

    assert merge_fields(shipped=shipped, last_shipped={"name": "Tea"}, row=row) == {"price": 3}


def test_the_application_may_run_it(application_role: str, ship: Callable[[Iterable[SkillEntry]], None]) -> None:
    Policy.objects.all().delete()
    ShippedEntry.objects.filter(kind="playbook").delete()
    Playbook.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL ROLE "{application_role}"')
        ship(changed("cms", name="CMS"))
        cursor.execute("RESET ROLE")

    assert Skill.objects.get(code="cms").name == "CMS"
    assert Playbook.objects.count() == len(PLAYBOOK_TEMPLATES)
    assert Policy.objects.count() == 1


def test_a_flushed_database_has_it_again() -> None:
    Skill.objects.filter(code="cms").update(name="Websites")

    call_command("flush", interactive=False, verbosity=0)

    assert Skill.objects.get(code="cms").name == "Website builders"
    assert Policy.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", ["first", "second"])
def test_a_test_that_commits_finds_it_and_leaves_it_to_the_next(_time: str) -> None:
    assert Playbook.objects.count() == len(PLAYBOOK_TEMPLATES)
    assert Skill.objects.count() == len(SKILLS)

    Playbook.objects.all().delete()


def test_migrating_brings_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference_data, "SKILLS", (*SKILLS, SEWING))

    call_command("migrate", verbosity=0)

    assert Skill.objects.filter(code="sewing").exists()


def test_nothing_is_written_while_migrations_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference_data, "SKILLS", (*SKILLS, SEWING))
    assert is_fully_migrated()
    MigrationRecorder(connection).record_unapplied("ledger", "0002_install_triggers")

    call_command("migrate", "core", verbosity=0)

    assert not Skill.objects.filter(code="sewing").exists()
