"""The skills that are chosen on a page, before they are stored: what a form sent, and what a word adds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

SKILL_LEVELS = ("1", "2", "3", "4", "5")
MAX_SKILL_CODE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class ChosenSkill:
    """A skill that was chosen. `level` is None until it is said; `word` is what was typed to find the skill."""

    code: str
    level: int | None = None
    wants_to_use: bool = True
    word: str = ""


@dataclass(frozen=True, slots=True)
class SkillChoice:
    """The skills that are chosen. `shown_word` is the last word that led to several skills or to none."""

    skills: tuple[ChosenSkill, ...] = ()
    shown_word: str = ""
    is_word_kept: bool = False

    def has(self, code: str) -> bool:
        """Return whether a skill is chosen."""
        return any(skill.code == code for skill in self.skills)

    def add(self, skill: ChosenSkill, *, limit: int) -> "SkillChoice":
        """Return the choice with one more skill; one that is there already stays, and so does a full choice."""
        if self.has(skill.code) or len(self.skills) >= limit:
            return self
        return replace(self, skills=(*self.skills, skill))

    def drop(self, code: str) -> "SkillChoice":
        """Return the choice without a skill."""
        return replace(self, skills=tuple(skill for skill in self.skills if skill.code != code))

    def find_unsaid(self) -> str:
        """Return the code of the first skill whose level is not said yet; empty without one."""
        return next((skill.code for skill in self.skills if not skill.level), "")

    def list_claims(self) -> list[tuple[str, int, bool]]:
        """Return the skills as a profile states them."""
        return [(skill.code, skill.level or 0, skill.wants_to_use) for skill in self.skills]


def read_sent_skills(sent: QueryDict, *, words: Mapping[str, str], limit: int) -> SkillChoice:
    """Return the skills of a form: cards with what was chosen on them, then those ticked now."""
    choice = SkillChoice()
    for code in sent.getlist("card"):
        level = sent.get(f"level_{code}", "")
        chosen = ChosenSkill(
            code[:MAX_SKILL_CODE_LENGTH],
            int(level) if level in SKILL_LEVELS else None,
            f"wants_{code}" in sent,
            words.get(code, ""),
        )
        choice = choice.add(chosen, limit=limit)
    for code in sent.getlist("skill"):
        choice = choice.add(ChosenSkill(code[:MAX_SKILL_CODE_LENGTH]), limit=limit)
    return choice


def write_sent_skills(choice: SkillChoice) -> QueryDict:
    """Return the form that `read_sent_skills` reads as this choice."""
    sent = QueryDict(mutable=True)
    for skill in choice.skills:
        sent.appendlist("card", skill.code)
        if skill.level:
            sent[f"level_{skill.code}"] = str(skill.level)
        if skill.wants_to_use:
            sent[f"wants_{skill.code}"] = "on"
    return sent
