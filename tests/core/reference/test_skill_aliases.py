"""The aliases that Handraiser ships with, and how they come into a database."""

from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core import reference_data
from core.models import ShippedEntry, Skill, SkillAlias
from core.models.skill import MAX_ALIAS_LENGTH
from core.reference.alias_rows import map_alias_fields
from core.reference.skill_aliases import SKILL_ALIASES, SkillAliasesEntry
from core.reference.skills import SKILLS
from core.reference.sync import sync_installation
from core.text_folding import fold_text

SHIPPED = map_alias_fields(SKILL_ALIASES)
MAX_SHIPPED_CODE_LENGTH = ShippedEntry._meta.get_field("code").max_length


@pytest.fixture
def ship(monkeypatch: pytest.MonkeyPatch) -> Callable[[Iterable[SkillAliasesEntry]], None]:
    """A version of Handraiser that ships these aliases is installed."""

    def install(aliases: Iterable[SkillAliasesEntry]) -> None:
        monkeypatch.setattr(reference_data, "SKILL_ALIASES", tuple(aliases))
        sync_installation()

    return install


def test_every_skill_has_two_aliases_or_more_and_every_alias_a_skill() -> None:
    counts = Counter(code.partition(":")[0] for code in SHIPPED)

    assert sorted(counts) == sorted(skill.code for skill in SKILLS)
    assert [code for code, count in counts.items() if count < 2] == []
    assert len(SHIPPED) >= 900


def test_no_alias_comes_twice_for_one_skill() -> None:
    texts = [
        (entry.skill, fold_text(text))
        for entry in SKILL_ALIASES
        for text in f"{entry.examples},{entry.words},{entry.spanish},{entry.plain}".split(",")
        if text.strip()
    ]

    assert [pair for pair, count in Counter(texts).items() if count > 1] == []


def test_no_alias_says_only_what_the_name_of_its_skill_says() -> None:
    names = {skill.code: fold_text(skill.name) for skill in SKILLS}

    assert [code for code in SHIPPED if names[code.partition(":")[0]] == code.partition(":")[2]] == []


def test_aliases_fit_their_columns() -> None:
    assert [code for code in SHIPPED if len(code) > (MAX_SHIPPED_CODE_LENGTH or 0)] == []
    assert [fields["text"] for fields in SHIPPED.values() if len(fields["text"]) > MAX_ALIAS_LENGTH] == []


def test_every_skill_below_a_branch_has_one_to_four_examples() -> None:
    counts = Counter(code.partition(":")[0] for code, fields in SHIPPED.items() if fields["is_example"])

    assert {skill.code for skill in SKILLS if skill.parent} == set(counts)
    assert max(counts.values()) <= 4


@pytest.mark.django_db
def test_a_migrated_database_has_what_is_shipped() -> None:
    rows = SkillAlias.objects.values_list("skill__code", "folded", "text", "is_example")

    assert {f"{skill}:{folded}": {"text": text, "is_example": shown} for skill, folded, text, shown in rows} == SHIPPED


@pytest.mark.django_db
def test_what_reviewers_edited_moved_or_deleted_stays_so(ship: Callable[[Iterable[SkillAliasesEntry]], None]) -> None:
    SkillAlias.objects.get(skill__code="ui-design", folded="sketch").delete()
    moved = SkillAlias.objects.get(skill__code="cms", folded="wix")
    moved.skill = Skill.objects.get(code="front-end")
    moved.save()
    SkillAlias.objects.filter(skill__code="ui-design", folded="figma").update(is_example=False)

    ship([*SKILL_ALIASES, SkillAliasesEntry("cms", "", "Ghost")])

    assert not SkillAlias.objects.filter(folded="sketch").exists()
    assert list(SkillAlias.objects.filter(folded="wix").values_list("skill__code", flat=True)) == ["front-end"]
    assert not SkillAlias.objects.get(skill__code="ui-design", folded="figma").is_example
    assert SkillAlias.objects.get(folded="ghost").skill.code == "cms"


@pytest.mark.django_db
def test_an_alias_waits_for_its_skill(ship: Callable[[Iterable[SkillAliasesEntry]], None]) -> None:
    ship([*SKILL_ALIASES, SkillAliasesEntry("sewing", "bunting")])
    assert not SkillAlias.objects.filter(folded="bunting").exists()

    Skill.objects.create(code="sewing", name="Sewing")
    ship([*SKILL_ALIASES, SkillAliasesEntry("sewing", "bunting")])
    assert SkillAlias.objects.get(folded="bunting").skill.name == "Sewing"


@pytest.mark.django_db
def test_the_application_may_sync_them(
    application_role: str, ship: Callable[[Iterable[SkillAliasesEntry]], None]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL ROLE "{application_role}"')
        ship([*SKILL_ALIASES, SkillAliasesEntry("cms", "Ghost")])
        cursor.execute("RESET ROLE")

    assert SkillAlias.objects.get(folded="ghost").is_example


@pytest.mark.django_db
def test_the_database_keeps_an_alias_once_for_each_skill() -> None:
    skill = Skill.objects.get(code="cms")
    SkillAlias.objects.create(skill=skill, text="Figma")  # of another skill, too

    with pytest.raises(IntegrityError), transaction.atomic():
        SkillAlias.objects.create(skill=skill, text="FIGMA")
    with pytest.raises(IntegrityError), transaction.atomic():
        SkillAlias.objects.create(skill=skill, text="!?")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "message"), [("wordPRESS", "has this alias already"), ("!?", "no letter"), ("ﷺ" * 9, "too long")]
)
def test_a_form_says_what_is_wrong_with_an_alias(text: str, message: str) -> None:
    alias = SkillAlias(skill=Skill.objects.get(code="cms"), text=text)

    with pytest.raises(ValidationError, match=message):
        alias.full_clean()
