"""Skill aliases as a reference table. The skill and the folded text are the identity of an alias."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.models import Skill, SkillAlias
from core.reference.skill_aliases import SkillAliasesEntry
from core.reference.sync import Fields, MissingReferenceError
from core.text_folding import fold_text

_FIELDS = ("text", "is_example")


@dataclass(frozen=True)
class AliasRows:
    """The shipped aliases by code, as in `ui-design:figma`. New ones wait for `create_pending`."""

    entries: dict[str, Fields]
    kind: str = field(default="skill_alias", init=False)
    _pending: list[SkillAlias] = field(default_factory=list, init=False)
    _skills: dict[str, Skill] = field(default_factory=dict, init=False)

    def read_rows(self) -> dict[str, Fields]:
        """Lock the aliases of the skills in these entries, and return those that have a code of them."""
        skills = {code.partition(":")[0] for code in self.entries}
        rows = SkillAlias.objects.filter(skill__code__in=skills).select_related("skill").order_by("pk")
        rows = rows.select_for_update(no_key=True, of=("self",))
        fields_by_code = {
            f"{alias.skill.code}:{alias.folded}": {name: getattr(alias, name) for name in _FIELDS} for alias in rows
        }
        return {code: fields_by_code[code] for code in self.entries if code in fields_by_code}

    def create_row(self, code: str, fields: Fields) -> None:
        """Set a new alias aside for `create_pending`. Raises MissingReferenceError when its skill is missing."""
        if not self._skills:
            self._skills.update((skill.code, skill) for skill in Skill.objects.all())
        skill_code, _colon, folded = code.partition(":")
        if skill_code not in self._skills:
            raise MissingReferenceError(skill_code)
        self._pending.append(SkillAlias(skill=self._skills[skill_code], folded=folded, **fields))

    def create_pending(self) -> None:
        """Create the new aliases in one statement: there are hundreds of them in an empty database."""
        SkillAlias.objects.bulk_create(self._pending)

    def update_row(self, code: str, changes: Fields) -> None:
        """Change fields of an alias."""
        skill, _colon, folded = code.partition(":")
        SkillAlias.objects.filter(skill__code=skill, folded=folded).update(**changes)


def map_alias_fields(entries: Iterable[SkillAliasesEntry]) -> dict[str, Fields]:
    """Return the fields of each shipped alias by its code."""
    return {
        f"{entry.skill}:{fold_text(text)}": {"text": text, "is_example": is_example}
        for entry in entries
        for text, is_example in _list_texts(entry)
    }


def _list_texts(entry: SkillAliasesEntry) -> Iterator[tuple[str, bool]]:
    hidden = (entry.words, entry.spanish, entry.plain)
    for texts, is_example in (*((texts, False) for texts in hidden), (entry.examples, True)):
        yield from ((text.strip(), is_example) for text in texts.split(",") if text.strip())
