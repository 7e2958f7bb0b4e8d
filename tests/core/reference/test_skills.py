"""The tree of skills that Handraiser ships with."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

from core.reference.skills import SKILLS, Vetting

BRANCHES = [
    "design",
    "engineering",
    "data",
    "security",
    "product",
    "content",
    "digital",
    "media",
    "operations",
    "field-tech",
]
BY_CODE = {entry.code: entry for entry in SKILLS}


def test_every_code_and_every_name_is_given_once() -> None:
    assert len(BY_CODE) == len(SKILLS)
    assert len({entry.name for entry in SKILLS}) == len(SKILLS)


def test_codes_are_kebab_case() -> None:
    assert [entry.code for entry in SKILLS if not re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.code)] == []


def test_the_branches_are_these() -> None:
    assert [entry.code for entry in SKILLS if not entry.parent] == BRANCHES


def test_there_are_about_sixty_skills_and_every_branch_has_several() -> None:
    below = Counter(entry.parent for entry in SKILLS if entry.parent)
    assert 55 <= below.total() <= 70
    assert [branch for branch in BRANCHES if below[branch] < 5] == []


def test_every_parent_stands_before_its_children_so_that_there_is_no_cycle() -> None:
    seen = {""}
    for entry in SKILLS:
        assert entry.parent in seen, entry.code
        seen.add(entry.code)


def test_every_skill_is_described_in_one_short_sentence() -> None:
    assert [entry.code for entry in SKILLS if not re.fullmatch(r"[A-Z][^.]{15,198}\.", entry.description)] == []


def test_vetting_marks_are_the_known_ones_and_each_is_asked_for() -> None:
    assert {entry.vetted_for for entry in SKILLS} == set(get_args(Vetting))


def test_work_of_special_trust_asks_for_its_vetting_mark() -> None:
    assert {entry.code: entry.vetted_for for entry in SKILLS if entry.vetted_for} == {
        "incident-response": "incidents",
        "account-hardening": "credentials",
        "performance-marketing": "ad_accounts",
        "fundraising-systems": "money",
        "compliance": "money",
        "bookkeeping": "money",
        "voter-file": "voter_files",
        "canvassing-tools": "voter_files",
        "phone-banking": "voter_files",
    }


def test_security_has_what_a_campaign_under_attack_needs() -> None:
    security = {entry.code for entry in SKILLS if entry.parent == "security"}
    needed = {"incident-response", "account-hardening", "threat-assessment", "security-training", "device-security"}
    assert needed <= security
