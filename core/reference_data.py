"""Core's reference data: skills and their aliases, jurisdictions and parties."""

from collections.abc import Iterable

from core.models import Jurisdiction, Party, Skill
from core.reference.alias_rows import AliasRows, map_alias_fields
from core.reference.coded_rows import CodedRows
from core.reference.jurisdictions import JURISDICTIONS, JurisdictionEntry
from core.reference.parties import PARTIES, PartyEntry
from core.reference.shipped_texts import register_reference_texts
from core.reference.skill_aliases import SKILL_ALIASES
from core.reference.skills import SKILLS, SkillEntry
from core.reference.sync import Fields, SyncResult, register_reference_data, sync_table
from core.reference_texts import ReferenceKind
from core.time_zones import list_places_of_zones, map_zones_of_countries


def sync_skills() -> SyncResult:
    """Sync the taxonomy of skills."""
    return sync_table(CodedRows("skill", Skill, _fields_by_code(SKILLS)))


def sync_skill_aliases() -> SyncResult:
    """Sync the aliases of skills; their skills are synced first."""
    table = AliasRows(map_alias_fields(SKILL_ALIASES))
    result = sync_table(table)
    table.create_pending()
    return result


def sync_jurisdictions() -> SyncResult:
    """Sync the jurisdictions."""
    return sync_table(CodedRows("jurisdiction", Jurisdiction, _fields_by_code(JURISDICTIONS)))


def sync_parties() -> SyncResult:
    """Sync the parties."""
    return sync_table(CodedRows("party", Party, _fields_by_code(PARTIES)))


def _fields_by_code(entries: Iterable[SkillEntry | JurisdictionEntry | PartyEntry]) -> dict[str, Fields]:
    fields_by_code: dict[str, Fields] = {}
    for entry in entries:
        fields = entry._asdict()
        fields_by_code[fields.pop("code")] = fields
    return fields_by_code


register_reference_data("skill", sync_skills)
register_reference_data("skill_alias", sync_skill_aliases)
register_reference_data("jurisdiction", sync_jurisdictions)
register_reference_data("party", sync_parties)
register_reference_texts(
    "skill", ReferenceKind.SKILL, (text for skill in SKILLS for text in (skill.name, skill.description))
)
register_reference_texts("jurisdiction", ReferenceKind.JURISDICTION, (entry.name for entry in JURISDICTIONS))
register_reference_texts("country", ReferenceKind.COUNTRY, map_zones_of_countries())
register_reference_texts("places_of_zones", ReferenceKind.PLACE, list_places_of_zones())
