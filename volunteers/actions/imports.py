"""Taking volunteers from an organisation's spreadsheet. They stay unclaimed until they say yes themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from core.enums import OfficeLevel, OptionalAnswer
from core.errors import Invalid
from core.imports import fields
from core.imports.fields import ImportField
from core.imports.importers import ImportOutcome, ImportRow
from core.models import Jurisdiction, Party, Skill
from core.week_mask import Window
from volunteers.models import AvailabilityWindow, SkillClaim, Volunteer

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
    """What a spreadsheet can say about a volunteer."""
    return (
        ImportField("first_name", fields.text_reader(80)),
        ImportField("last_name", fields.text_reader(80)),
        ImportField("email", fields.read_email),
        ImportField("max_hours_per_week", fields.integer_reader(1, 60), required=True),
        ImportField("max_projects", fields.integer_reader(1, 5)),
        ImportField("time_zone", fields.choice_reader(available_timezones()), required=True),
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
    """Creates or updates a volunteer for each row, in the caller's transaction.

    Somebody who has said yes since is left alone: what they say themselves counts. Raises Invalid.
    """
    there = {
        one.source_key: one
        for one in Volunteer.objects.filter(source=source, source_key__in=[row.key for row in rows]).prefetch_related(
            "claims", "windows", "parties", "jurisdictions"
        )
    }
    skills = {skill.code: skill.pk for skill in Skill.objects.all()}
    new = [_build_volunteer(row, source, at) for row in rows if row.key not in there]
    Volunteer.objects.bulk_create(new)
    fresh = {one.source_key: one for one in new}
    outcomes = [_update_volunteer(there[row.key], row) if row.key in there else ImportOutcome.CREATED for row in rows]
    written = [
        (fresh.get(row.key) or there[row.key], row)
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
    """Writes the row's plain values onto the volunteer, and says whether any of them is new."""
    values = {name: row.values[name] for name in _PLAIN_FIELDS if name in row.values}
    values |= {name: list(row.values[name]) for name in _LIST_FIELDS if name in row.values}
    values["assumed"] = sorted(set(row.assumed_fields))
    changed = any(getattr(volunteer, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(volunteer, name, value)
    return changed


def _update_volunteer(volunteer: Volunteer, row: ImportRow) -> ImportOutcome:
    if volunteer.user_id is not None:
        return ImportOutcome.LEFT_ALONE
    changed = _fill_volunteer(volunteer, row)
    claims = {(claim.skill_id, claim.level, claim.wanted) for claim in volunteer.claims.all()}
    windows = {(one.weekday, one.starts, one.ends) for one in volunteer.windows.all()}
    codes = {code: pk for code, pk in Skill.objects.values_list("code", "pk")} if row.values.get("skills") else {}
    wanted = {(codes[claim.skill], claim.level, claim.wanted) for claim in row.values.get("skills", ())}
    changed |= claims != wanted or windows != {(one.weekday, one.starts, one.ends) for one in _collect_windows(row)}
    for name in ("parties", "jurisdictions"):
        changed |= {one.code for one in getattr(volunteer, name).all()} != set(row.values.get(name, ()))
    if not changed:
        return ImportOutcome.UNCHANGED
    volunteer.version += 1
    volunteer.save()
    return ImportOutcome.UPDATED


def _collect_windows(row: ImportRow) -> list[Window]:
    windows: dict[Any, Window] = {}
    for several in row.values.get("availability", ()):
        for window in several:
            if windows.setdefault((window.weekday, window.starts), window) != window:
                raise Invalid("Two windows begin at the same time and end at different ones: keep one of them.")
    return list(windows.values())


def _replace_related_rows(written: list[tuple[Volunteer, ImportRow]], skills: dict[str, int]) -> None:
    people = [volunteer for volunteer, _ in written]
    SkillClaim.objects.filter(volunteer__in=people).delete()
    AvailabilityWindow.objects.filter(volunteer__in=people).delete()
    SkillClaim.objects.bulk_create(
        SkillClaim(volunteer=volunteer, skill_id=skills[claim.skill], level=claim.level, wanted=claim.wanted)
        for volunteer, row in written
        for claim in row.values.get("skills", ())
    )
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(volunteer=volunteer, weekday=one.weekday, starts=one.starts, ends=one.ends)
        for volunteer, row in written
        for one in _collect_windows(row)
    )
    for volunteer, row in written:
        if "parties" in row.values:
            volunteer.parties.set(Party.objects.filter(code__in=row.values["parties"]))
        if "jurisdictions" in row.values:
            volunteer.jurisdictions.set(Jurisdiction.objects.filter(code__in=row.values["jurisdictions"]))
