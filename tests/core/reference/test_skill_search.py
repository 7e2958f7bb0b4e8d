"""A person finds a skill by the word that they have for it, the best match first."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.models import Skill, SkillAlias

pytestmark = pytest.mark.django_db


def search(text: str) -> list[str]:
    return [skill["code"] for skill in read_skills(text)]


def read_skills(text: str) -> list[dict[str, Any]]:
    answer = Client().get("/api/v1/skills", {"search": text})
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Figma", ["ui-design", "interaction-design"]),
        ("figma", ["interaction-design", "ui-design"]),
        ("HubSpot", ["email-marketing", "crm"]),
        ("penetration testing", ["site-security"]),
        ("testing penetration", ["site-security"]),
        ("pentest", ["site-security"]),
        ("diseño gráfico", ["graphic-design"]),
        ("DISENO GRAFICO", ["graphic-design"]),
        ("redes sociales", ["social-media"]),
        ("voluntarios", ["volunteer-tools"]),
        ("C#", ["back-end"]),
        ("R", ["data-analysis", "data-science"]),
        ("Wordpress", ["cms"]),
        ("website builders", ["cms"]),
        ("seo", ["seo"]),
        ("phoning", ["phone-banking"]),
        ("I can help with phone calls", ["phone-banking"]),
    ],
)
def test_an_alias_leads_to_its_skills(text: str, first: list[str]) -> None:
    assert set(search(text)[: len(first)]) == set(first)


def test_the_best_match_comes_first() -> None:
    branch = Skill.objects.get(code="media")
    for code, name, description in [
        ("z-exact", "Kites", "Flies."),
        ("y-start", "Kites and drones", "Flies."),
        ("x-word", "Building kites", "Flies."),
        ("w-inside", "Superkites", "Flies."),
        ("v-described", "Banners", "Hangs banners on kites."),
    ]:
        Skill.objects.create(code=code, name=name, description=description, parent=branch)

    assert search("KITES")[:6] == ["z-exact", "y-start", "x-word", "w-inside", "v-described", "media"]


def test_a_whole_alias_comes_before_a_name_that_only_holds_the_word() -> None:
    Skill.objects.create(code="figma-like", name="Alternatives to Figma")

    assert search("figma")[:3] == ["interaction-design", "ui-design", "figma-like"]


def test_a_short_word_is_no_part_of_another() -> None:
    """“Go” is a language; it is not found in “logos”."""
    found = search("go")

    assert found[0] == "back-end"
    assert "brand-identity" not in found


def test_branches_above_and_skills_below_follow() -> None:
    assert search("Figma") == ["interaction-design", "ui-design", "design"]
    below = {skill.code for skill in Skill.objects.filter(parent__code="security")}
    assert search("cybersecurity")[0] == "security"
    assert set(search("cybersecurity")) == {"security", *below}


def test_what_nobody_knows_finds_nothing() -> None:
    assert (search("beekeeping"), search("figma beekeeping"), search("!?")) == ([], [], [])


def test_what_is_retired_is_not_found() -> None:
    Skill.objects.filter(code="ui-design").update(retired=True)

    assert "ui-design" not in search("Figma")


def test_a_skill_shows_its_examples_and_aliases() -> None:
    [skill] = [skill for skill in read_skills("Figma") if skill["code"] == "ui-design"]

    assert skill["examples"] == ["Adobe XD", "Figma", "Sketch"]
    assert set(skill["examples"]) < set(skill["aliases"])


def test_the_list_and_the_search_take_as_many_statements_however_many_aliases_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _round in range(2):
        with django_assert_num_queries(1):
            read_skills("")
        with django_assert_num_queries(3):
            read_skills("figma")
        SkillAlias.objects.create(skill=Skill.objects.get(code="seo"), text=f"figma {_round}")
