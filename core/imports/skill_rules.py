"""Read the rules of a mapping for columns whose values are skills."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.imports import fields
from core.imports.field_rules import FieldRule, Translation
from core.imports.fields import ImportField
from core.imports.mapping_rules import read_rule, read_translation
from core.imports.toml_table import StrictTable, Texts
from core.models import Skill

_LEVEL_FIELD = ImportField("level", fields.integer_reader(1, 5))


@dataclass(frozen=True, slots=True)
class SkillRule:
    """A column whose values are skills.

    Their level comes from the column of `level_from`, or is `level`; it is lowered by `level_reduction`.
    """

    path: str
    column: str
    split: str
    skills: Translation
    default: Texts
    level_from: FieldRule | None
    level: int
    level_reduction: int
    wants_to_use: bool  # whether the volunteer wants to use the skill, besides having it
    is_assumed: bool


def read_skill_rules(root: StrictTable, today: date) -> tuple[SkillRule, ...]:
    """Return the rules of the skill columns. Raises Invalid, which names the wrong key."""
    codes = Skill.objects.filter(retired=False).values_list("code", flat=True)
    field = ImportField("skills", fields.choice_reader(codes), is_multiple=True)
    return tuple(_read_skill_rule(table, field, today) for table in root.tables("skills"))


def _read_skill_rule(table: StrictTable, field: ImportField, today: date) -> SkillRule:
    rule = SkillRule(
        path=table.path,
        column=table.text("column"),
        split=table.text("split"),
        skills=read_translation(table, "values", field, today, unknown="ignore"),
        default=table.texts("default") or (),
        level_from=read_rule(table.table("level_from"), _LEVEL_FIELD, today) if "level_from" in table else None,
        level=table.number("level", 0, 1, 5),
        level_reduction=table.number("less", 0, 0, 4),
        wants_to_use=table.flag("wants_to_use", True),
        is_assumed=table.flag("assumed"),
    )
    table.refuse_unused_keys()
    if not rule.column or not rule.skills:
        raise Invalid(
            _("%(key)s must say a `column` and, under `values` or `contains`, which skills its words mean.")
            % {"key": table.path}
        )
    if (rule.level_from is None) == (rule.level == 0):
        raise Invalid(_("%(key)s must say either `level` or `level_from`.") % {"key": table.path})
    return rule
