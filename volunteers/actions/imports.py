"""Import volunteers from an organisation's spreadsheet. Each profile stays unclaimed until its person accepts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core.enums import OfficeLevel, OptionalAnswer
from core.errors import Invalid
from core.imports import fields
from core.imports.fields import ImportField
from core.imports.importers import ImportOutcome, ImportRow
from core.models import Jurisdiction, Party, Skill
from core.time_zones import list_time_zones
from core.week_mask import Window
from volunteers.models import AvailabilityWindow, SkillClaim, Volunteer
from volunteers.profile_limits import MAX_HOURS_PER_WEEK, MAX_PROJECTS

_PLAIN_FIELDS = (
    "first_name",
    "last_name",
    "email",
    "max_hours_per_week",
    "max_projects",
    "time_zone",
    "adult",
    "wants_to_lead",
    "may_make_decisions",
)
_LIST_FIELDS = ("languages", "levels")


def list_volunteer_fields() -> tuple[ImportField, ...]:
    """Return the fields that a spreadsheet of volunteers may have."""
    return (
        ImportField("first_name", fields.text_reader(80)),
        ImportField("last_name", fields.text_reader(80)),
        ImportField("email", fields.read_email),
        ImportField("max_hours_per_week", fields.integer_reader(1, MAX_HOURS_PER_WEEK), required=True),
        ImportField("max_projects", fields.integer_reader(1, MAX_PROJECTS)),
        ImportField("time_zone", fields.choice_reader(dict(list_time_zones())), required=True),
        ImportField("adult", fields.read_yes_no),
        ImportField("wants_to_lead", fields.read_yes_no),
        ImportField("may_make_decisions", fields.choice_reader(OptionalAnswer.values)),
        ImportField("languages", fields.read_language, is_multiple=True),
        ImportField("levels", fields.choice_reader(OfficeLevel.values), is_multiple=True),
        ImportField("parties", fields.choice_reader(Party.objects.values_list("code", flat=True)), is_multiple=True),
        ImportField(
            "jurisdictions", fields.choice_reader(Jurisdiction.objects.values_list("code", flat=True)), is_multiple=True
        ),
        ImportField("availability", fields.read_windows, required=True, is_multiple=True),
    )


def load_volunteers(*, rows: Sequence[ImportRow], source: str, at: datetime) -> list[ImportOutcome]:
    """Create or update a volunteer for each row, in the caller's transaction.

    A volunteer who has claimed their profile since is left alone: their own statements take precedence. Raises Invalid.
    """
    existing = {
        volunteer.source_key: volunteer
        # Locked, so that no row is written back that an erasure empties meanwhile.
        for volunteer in Volunteer.objects.filter(source=source, source_key__in=[row.key for row in rows])
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",))
        .prefetch_related("claims", "windows", "parties", "jurisdictions")
    }
    skills = {skill.code: skill.pk for skill in Skill.objects.all()}
    created = [_build_volunteer(row, source, at) for row in rows if row.key not in existing]
    Volunteer.objects.bulk_create(created)
    # Bulk statements throughout: a spreadsheet may have a hundred thousand rows.
    created_by_key = {volunteer.source_key: volunteer for volunteer in created}
    outcomes = [
        _update_volunteer(existing[row.key], row) if row.key in existing else ImportOutcome.CREATED for row in rows
    ]
    written = [
        (created_by_key.get(row.key) or existing[row.key], row)
        for row, outcome in zip(rows, outcomes, strict=True)
        if outcome in (ImportOutcome.CREATED, ImportOutcome.UPDATED)
    ]
    _replace_related_rows(written, skills)
    return outcomes


def _build_volunteer(row: ImportRow, source: str, at: datetime) -> Volunteer:
    volunteer = Volunteer(source=source, source_key=row.key, waiting_since=at, max_hours_per_week=1, time_zone="UTC")
    _fill_volunteer(volunteer, row)
    return volunteer


def _fill_volunteer(volunteer: Volunteer, row: ImportRow) -> bool:
    """Copy the row's plain values onto the volunteer; return whether any of them has changed."""
    values = {name: row.values[name] for name in _PLAIN_FIELDS if name in row.values}
    values |= {name: list(dict.fromkeys(row.values[name])) for name in _LIST_FIELDS if name in row.values}
    values["assumed"] = sorted(set(row.assumed_fields))
    changed = any(getattr(volunteer, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(volunteer, name, value)
    return changed


def _update_volunteer(volunteer: Volunteer, row: ImportRow) -> ImportOutcome:
    if volunteer.user_id is not None:
        return ImportOutcome.LEFT_ALONE
    previous_address = volunteer.email
    changed = _fill_volunteer(volunteer, row)
    if volunteer.email != previous_address:
        # An invitation belongs to the address that it was sent to. A reviewer invites the new address.
        volunteer.invitations.filter(used_at=None).delete()
    claims = {(claim.skill_id, claim.level, claim.wants_to_use) for claim in volunteer.claims.all()}
    windows = {(item.weekday, item.starts, item.ends) for item in volunteer.windows.all()}
    skill_ids = {code: pk for code, pk in Skill.objects.values_list("code", "pk")} if row.values.get("skills") else {}
    imported_claims = {
        (skill_ids[claim.skill], claim.level, claim.wants_to_use) for claim in row.values.get("skills", ())
    }
    changed |= claims != imported_claims or windows != {
        (item.weekday, item.starts, item.ends) for item in _list_windows(row.values)
    }
    for name in ("parties", "jurisdictions"):
        # As with every field: an empty cell says nothing, so what is stored stays.
        if name in row.values:
            changed |= {item.code for item in getattr(volunteer, name).all()} != set(row.values[name])
    if not changed:
        return ImportOutcome.UNCHANGED
    volunteer.version += 1
    volunteer.save()
    return ImportOutcome.UPDATED


def check_volunteer_values(values: Mapping[str, Any], today: date) -> None:
    """Check what a row says of a volunteer, on the day of the import. Raises Invalid."""
    windows: dict[Any, Window] = {}
    for window in _list_windows(values):
        if windows.setdefault((window.weekday, window.starts), window) != window:
            message = _("Two windows begin at the same time and end at different times. Keep one of them.")
            raise Invalid(message, field="availability")


def _list_windows(values: Mapping[str, Any]) -> list[Window]:
    """Return the windows of a row, each once."""
    return list(dict.fromkeys(window for group in values.get("availability", ()) for window in group))


def _replace_related_rows(written: list[tuple[Volunteer, ImportRow]], skills: dict[str, int]) -> None:
    volunteers = [volunteer for volunteer, _row in written]
    SkillClaim.objects.filter(volunteer__in=volunteers).delete()
    AvailabilityWindow.objects.filter(volunteer__in=volunteers).delete()
    SkillClaim.objects.bulk_create(
        SkillClaim(
            volunteer=volunteer, skill_id=skills[claim.skill], level=claim.level, wants_to_use=claim.wants_to_use
        )
        for volunteer, row in written
        for claim in row.values.get("skills", ())
    )
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(volunteer=volunteer, weekday=window.weekday, starts=window.starts, ends=window.ends)
        for volunteer, row in written
        for window in _list_windows(row.values)
    )
    for volunteer, row in written:
        if "parties" in row.values:
            volunteer.parties.set(Party.objects.filter(code__in=row.values["parties"]))
        if "jurisdictions" in row.values:
            volunteer.jurisdictions.set(Jurisdiction.objects.filter(code__in=row.values["jurisdictions"]))
