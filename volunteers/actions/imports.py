"""Taking volunteers from an organisation's spreadsheet. They stay unclaimed until they say yes themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from core.errors import Invalid
from core.imports import fields
from core.imports.fields import Field
from core.imports.registry import Importer, Outcome, Row
from core.models import Jurisdiction, Party, Skill
from core.vocabulary import Answer, OfficeLevel
from core.weekly import Window
from volunteers.models import AvailabilityWindow, SkillClaim, Volunteer

_PLAIN = ("first_name", "last_name", "email", "hours", "projects", "time_zone", "adult", "wants_to_lead", "may_decide")
_LISTS = ("languages", "levels")


def volunteer_fields() -> tuple[Field, ...]:
    """What a spreadsheet can say about a volunteer."""
    return (
        Field("first_name", fields.text(80)),
        Field("last_name", fields.text(80)),
        Field("email", fields.email),
        Field("hours", fields.whole(1, 60), required=True),
        Field("projects", fields.whole(1, 5)),
        Field("time_zone", fields.choice(available_timezones()), required=True),
        Field("adult", fields.yes_no),
        Field("wants_to_lead", fields.yes_no),
        Field("may_decide", fields.choice(Answer.values)),
        Field("languages", fields.language, many=True),
        Field("levels", fields.choice(OfficeLevel.values), many=True),
        Field("parties", fields.choice(Party.objects.values_list("code", flat=True)), many=True),
        Field("places", fields.choice(Jurisdiction.objects.values_list("code", flat=True)), many=True),
        Field("availability", fields.windows, required=True, many=True),
    )


def load_volunteers(*, rows: Sequence[Row], source: str, at: datetime) -> list[Outcome]:
    """Creates or updates a volunteer for each row, in the caller's transaction.

    Somebody who has said yes since is left alone: what they say themselves counts. Raises Invalid.
    """
    there = {
        one.source_key: one
        for one in Volunteer.objects.filter(source=source, source_key__in=[row.key for row in rows]).prefetch_related(
            "claims", "windows", "parties", "places"
        )
    }
    skills = {skill.code: skill.pk for skill in Skill.objects.all()}
    new = [_create(row, source, at) for row in rows if row.key not in there]
    Volunteer.objects.bulk_create(new)
    fresh = {one.source_key: one for one in new}
    outcomes = [_update(there[row.key], row) if row.key in there else Outcome.CREATED for row in rows]
    written = [
        (fresh.get(row.key) or there[row.key], row)
        for row, outcome in zip(rows, outcomes, strict=True)
        if outcome in (Outcome.CREATED, Outcome.UPDATED)
    ]
    _write_rows(written, skills)
    return outcomes


def _create(row: Row, source: str, at: datetime) -> Volunteer:
    volunteer = Volunteer(source=source, source_key=row.key, raised_at=at, hours=1, time_zone="UTC")
    _fill(volunteer, row)
    return volunteer


def _fill(volunteer: Volunteer, row: Row) -> bool:
    """Writes the row's plain values onto the volunteer, and says whether any of them is new."""
    values = {name: row.values[name] for name in _PLAIN if name in row.values}
    values |= {name: list(row.values[name]) for name in _LISTS if name in row.values}
    values["assumed"] = sorted(set(row.assumed))
    changed = any(getattr(volunteer, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(volunteer, name, value)
    return changed


def _update(volunteer: Volunteer, row: Row) -> Outcome:
    if volunteer.user_id is not None:
        return Outcome.LEFT_ALONE
    changed = _fill(volunteer, row)
    claims = {(claim.skill_id, claim.level, claim.wanted) for claim in volunteer.claims.all()}
    windows = {(one.weekday, one.starts, one.ends) for one in volunteer.windows.all()}
    codes = {code: pk for code, pk in Skill.objects.values_list("code", "pk")} if row.values.get("skills") else {}
    wanted = {(codes[claim.skill], claim.level, claim.wanted) for claim in row.values.get("skills", ())}
    changed |= claims != wanted or windows != {(one.weekday, one.starts, one.ends) for one in _windows(row)}
    for name in ("parties", "places"):
        changed |= {one.code for one in getattr(volunteer, name).all()} != set(row.values.get(name, ()))
    if not changed:
        return Outcome.UNCHANGED
    volunteer.version += 1
    volunteer.save()
    return Outcome.UPDATED


def _windows(row: Row) -> list[Window]:
    windows: dict[Any, Window] = {}
    for several in row.values.get("availability", ()):
        for window in several:
            if windows.setdefault((window.weekday, window.starts), window) != window:
                raise Invalid("Two windows begin at the same time and end at different ones: keep one of them.")
    return list(windows.values())


def _write_rows(written: list[tuple[Volunteer, Row]], skills: dict[str, int]) -> None:
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
        for one in _windows(row)
    )
    for volunteer, row in written:
        if "parties" in row.values:
            volunteer.parties.set(Party.objects.filter(code__in=row.values["parties"]))
        if "places" in row.values:
            volunteer.places.set(Jurisdiction.objects.filter(code__in=row.values["places"]))


IMPORTER = Importer(kind="volunteers", fields=volunteer_fields, load=load_volunteers, claims=True)
