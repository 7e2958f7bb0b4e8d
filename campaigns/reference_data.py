"""The reference data of campaigns: playbooks, and the names of the usual offices."""

from dataclasses import dataclass, field
from typing import Any

from campaigns.models import Playbook, PlaybookRole
from campaigns.playbook_templates import PlaybookRoleTemplate, PlaybookTemplate
from campaigns.standard_offices import STANDARD_OFFICES
from campaigns.standard_playbooks import PLAYBOOK_TEMPLATES
from core.models import Skill
from core.reference.shipped_texts import register_reference_texts
from core.reference.sync import Fields, MissingReferenceError, SyncResult, register_reference_data, sync_table
from core.reference_texts import ReferenceKind


def sync_playbooks() -> SyncResult:
    """Sync the playbooks; their skills are core's, which are synced first."""
    return sync_table(PlaybookRows({template.code: _template_fields(template) for template in PLAYBOOK_TEMPLATES}))


@dataclass(frozen=True)
class PlaybookRows:
    """Playbooks; the roles of a playbook count as one field, edited or not as a whole."""

    entries: dict[str, Fields]
    kind: str = field(default="playbook", init=False)

    def read_rows(self) -> dict[str, Fields]:
        """Lock the playbooks that have a code of these entries, and return their fields."""
        playbooks = Playbook.objects.filter(code__in=self.entries).select_for_update(no_key=True).order_by("pk")
        playbooks = playbooks.prefetch_related("roles__skill", "roles__nice_to_have_skills")
        return {playbook.code: _row_fields(playbook) for playbook in playbooks}

    def create_row(self, code: str, fields: Fields) -> None:
        """Create a playbook with its roles. Raises MissingReferenceError when a skill is missing."""
        roles = _resolve_skills(fields["roles"])
        playbook = Playbook.objects.create(code=code, **{name: fields[name] for name in fields if name != "roles"})
        _write_roles(playbook, roles)

    def update_row(self, code: str, changes: Fields) -> None:
        """Change fields of a playbook, or replace its roles. Raises MissingReferenceError when a skill is missing."""
        playbook = Playbook.objects.get(code=code)
        roles = _resolve_skills(changes["roles"]) if "roles" in changes else None
        for name, value in changes.items():
            if name != "roles":
                setattr(playbook, name, value)
        playbook.save()
        if roles is not None:
            playbook.roles.all().delete()
            _write_roles(playbook, roles)


def _template_fields(template: PlaybookTemplate) -> Fields:
    fields = template._asdict()
    del fields["code"], fields["parts"]
    roles = [_part_fields(role_template) for role_template in template.parts]
    return {**fields, "deliverables": list(template.deliverables), "roles": roles}


def _part_fields(role_template: PlaybookRoleTemplate) -> Fields:
    return {**role_template._asdict(), "nice_to_have_skills": sorted(role_template.nice_to_have_skills)}


def _row_fields(playbook: Playbook) -> Fields:
    names = [name for name in PlaybookTemplate._fields if name not in ("code", "parts")]
    return {
        **{name: getattr(playbook, name) for name in names},
        "roles": [_role_fields(role) for role in playbook.roles.all()],
    }


def _role_fields(role: PlaybookRole) -> Fields:
    fields = {name: getattr(role, name) for name in PlaybookRoleTemplate._fields}
    return {
        **fields,
        "skill": role.skill.code,
        "nice_to_have_skills": sorted(nice.code for nice in role.nice_to_have_skills.all()),
    }


def _resolve_skills(roles: list[Fields]) -> list[Fields]:
    needed = {code for role in roles for code in (role["skill"], *role["nice_to_have_skills"])}
    skills = {skill.code: skill for skill in Skill.objects.filter(code__in=needed)}
    if missing := sorted(needed - skills.keys()):
        raise MissingReferenceError(", ".join(missing))
    return [
        {
            **role,
            "skill": skills[role["skill"]],
            "nice_to_have_skills": [skills[code] for code in role["nice_to_have_skills"]],
        }
        for role in roles
    ]


def _write_roles(playbook: Playbook, roles: list[dict[str, Any]]) -> None:
    for order, fields in enumerate(roles):
        nice = fields["nice_to_have_skills"]
        columns = {name: fields[name] for name in fields if name != "nice_to_have_skills"}
        PlaybookRole.objects.create(playbook=playbook, order=order, **columns).nice_to_have_skills.set(nice)


register_reference_data("playbook", sync_playbooks)
register_reference_texts("office", ReferenceKind.OFFICE, STANDARD_OFFICES)
register_reference_texts(
    "playbook",
    ReferenceKind.PLAYBOOK,
    (text for each in PLAYBOOK_TEMPLATES for text in (each.name, each.summary, *each.deliverables)),
)
register_reference_texts(
    "playbook_role",
    ReferenceKind.ROLE,
    (text for playbook in PLAYBOOK_TEMPLATES for role in playbook.parts for text in (role.name, role.tasks)),
)
