"""The reference data that core ships: skills, jurisdictions and parties."""

from collections.abc import Iterable, Iterator

from core.models import Jurisdiction, Party, Skill
from core.reference.coded_rows import CodedRows
from core.reference.jurisdictions import JURISDICTIONS, JurisdictionEntry
from core.reference.parties import PARTIES, PartyEntry
from core.reference.skills import SKILLS, SkillEntry
from core.reference.sync import Fields, SyncResult, sync_table


def sync_reference_data() -> Iterator[SyncResult]:
    """Sync each kind of row in turn, and yield the result of each."""
    yield sync_table(CodedRows("skill", Skill, _fields_by_code(SKILLS)))
    yield sync_table(CodedRows("jurisdiction", Jurisdiction, _fields_by_code(JURISDICTIONS)))
    yield sync_table(CodedRows("party", Party, _fields_by_code(PARTIES)))


def _fields_by_code(entries: Iterable[SkillEntry | JurisdictionEntry | PartyEntry]) -> dict[str, Fields]:
    fields_by_code: dict[str, Fields] = {}
    for entry in entries:
        fields = entry._asdict()
        fields_by_code[fields.pop("code")] = fields
    return fields_by_code
