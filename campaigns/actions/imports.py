"""Import campaigns and requests from an organisation's spreadsheets."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.actions.candidates import get_or_create_candidate
from campaigns.actions.drafts import check_days_of_campaign
from campaigns.actions.requests import check_draft_count
from campaigns.actions.roles_and_seats import check_room
from campaigns.draft_rules import check_windows
from campaigns.models import Campaign, Candidate, Contest, Request, RequestWindow, Role, Seat
from campaigns.models.playbook import Staffing
from core.date_rules import check_contest_days
from core.enums import OfficeLevel
from core.errors import Invalid
from core.field_errors import FieldErrors
from core.imports import fields
from core.imports.fields import ImportField
from core.imports.importers import ImportOutcome, ImportRow
from core.models import Jurisdiction, Party, Skill
from core.time_zones import list_time_zones
from core.week_mask import Window

_REQUEST_FIELDS = ("title", "summary", "starts_on", "ends_on", "time_zone", "priority", "staffing")


def list_campaign_fields() -> tuple[ImportField, ...]:
    """Return the fields that a spreadsheet of campaigns may have. A row is a line of a ballot."""
    return (
        ImportField(
            "jurisdiction", fields.choice_reader(Jurisdiction.objects.values_list("code", flat=True)), required=True
        ),
        ImportField("office", fields.text_reader(80), required=True),
        ImportField("level", fields.choice_reader(OfficeLevel.values), required=True),
        ImportField("district", fields.text_reader(80)),
        ImportField("election_on", fields.read_date, required=True),
        ImportField("special", fields.read_yes_no),
        ImportField("candidate", fields.text_reader(120), required=True),
        ImportField("party", fields.text_reader(80)),
        ImportField("name", fields.text_reader(160)),
        ImportField("verified", fields.read_yes_no),
    )


def check_campaign_values(values: Mapping[str, Any], today: date) -> None:
    """Check what a row says of a campaign, on the day of the import. Raises Invalid."""
    if "election_on" in values:
        check_contest_days(election_on=values["election_on"], primary_on=None, today=today)


def load_campaigns(*, rows: Sequence[ImportRow], source: str, at: datetime) -> list[ImportOutcome]:
    """Create or update a campaign for each row, with its contest and candidate, in the caller's transaction.

    Rows of one key are one campaign: a candidate nominated by several parties is entered for the first of them. Raises
    Invalid.
    """
    return [_load_campaign(row, source, at) for row in rows]


def _load_campaign(row: ImportRow, source: str, at: datetime) -> ImportOutcome:
    if not row.is_first:
        return ImportOutcome.JOINED
    candidate = _find_candidate(row)
    name = row.values.get("name") or f"{candidate.name}: {row.values['office']}"[:160]
    verified = row.values.get("verified", False)
    state = Campaign.State.VERIFIED if verified else Campaign.State.UNVERIFIED
    assumed = sorted(set(row.assumed_fields) | ({"name"} if "name" not in row.values else set()))
    campaign = Campaign.objects.filter(source=source, source_key=row.key).first()
    if campaign is None:
        if Campaign.objects.filter(candidate=candidate).exists():
            params = {"name": candidate.name}
            raise Invalid(_("%(name)s has a campaign here already, from elsewhere. Leave this row out.") % params)
        Campaign.objects.create(
            candidate=candidate,
            name=name,
            state=state,
            verified_at=at if verified else None,
            created_at=at,
            source=source,
            source_key=row.key,
            assumed=assumed,
        )
        return ImportOutcome.CREATED
    # A campaign with members maintains its own data, which an import must not overwrite.
    if campaign.members.exists():
        return ImportOutcome.LEFT_ALONE
    if (campaign.candidate_id, campaign.name, campaign.assumed) == (candidate.pk, name, assumed):
        return ImportOutcome.UNCHANGED
    campaign.candidate, campaign.name, campaign.assumed = candidate, name, assumed
    campaign.version += 1
    campaign.save()
    return ImportOutcome.UPDATED


def _find_candidate(row: ImportRow) -> Candidate:
    values = row.values
    election: date = values["election_on"]
    contest, _created = Contest.objects.get_or_create(
        jurisdiction=Jurisdiction.objects.get(code=values["jurisdiction"]),
        office=values["office"],
        district=values.get("district", ""),
        cycle=election.year,
        special=values.get("special", False),
        defaults={"level": values["level"], "election_on": election},
    )
    party = None
    if "party" in values:
        code = "-".join("".join(c if c.isalnum() else " " for c in values["party"].lower()).split())
        if code:
            party, _created = Party.objects.get_or_create(code=code, defaults={"name": values["party"].title()})
    return get_or_create_candidate(contest, values["candidate"], party)


def list_request_fields() -> tuple[ImportField, ...]:
    """Return the fields of a spreadsheet of requests. A row is a role; rows of one key are one request."""
    skills = Skill.objects.filter(retired=False).values_list("code", flat=True)
    return (
        ImportField("campaign", fields.text_reader(200)),
        ImportField("title", fields.text_reader(160), required=True),
        ImportField("summary", fields.text_reader(2000)),
        ImportField("starts_on", fields.read_date, required=True),
        ImportField("ends_on", fields.read_date, required=True),
        ImportField("time_zone", fields.choice_reader(dict(list_time_zones()))),
        ImportField("priority", fields.integer_reader(1, 5)),
        ImportField("staffing", fields.choice_reader(Staffing.values)),
        ImportField("meetings", fields.read_windows, is_multiple=True),
        ImportField("published", fields.read_yes_no),
        ImportField("role", fields.text_reader(80), required=True),
        ImportField("skill", fields.choice_reader(skills), required=True),
        ImportField("level", fields.integer_reader(1, 5)),
        ImportField("hours_per_week", fields.integer_reader(1, 60), required=True),
        ImportField("seat_count", fields.integer_reader(1, 50)),
    )


def check_request_values(values: Mapping[str, Any], today: date) -> None:
    """Check what a row says of a request, except its election. Raises Invalid."""
    errors = FieldErrors()
    with errors.collect():
        check_windows(_list_windows(values), "meetings")
    if "starts_on" in values and "ends_on" in values and values["ends_on"] < values["starts_on"]:
        errors.add("ends_on", _("The work ends before it starts. Correct one of the dates."))
    errors.raise_if_any()


def load_requests(*, rows: Sequence[ImportRow], source: str, at: datetime) -> list[ImportOutcome]:
    """Create or update a request for each key and a role for each of its rows, in the caller's transaction.

    `campaign` is the key of an imported campaign. Without it the requests are distributed evenly over the verified
    campaigns, which is noted as assumed. Published requests need no contact: that is noted as assumed too. Raises
    Invalid.
    """
    return [_load_role(row, source, at) for row in rows]


def _load_role(row: ImportRow, source: str, at: datetime) -> ImportOutcome:
    stored = Request.objects.filter(source=source, source_key=row.key)
    request = stored.select_for_update(no_key=True).first()
    is_new_request = request is None
    if request is None:
        request = _create_request(row, source, at)
    elif request.campaign.members.exists():
        return ImportOutcome.LEFT_ALONE
    changed = _fill_request(request, row, at) if row.is_first and not is_new_request else False
    return _save_role(request, row, changed=changed, is_new_request=is_new_request)


def _create_request(row: ImportRow, source: str, at: datetime) -> Request:
    request = Request(source=source, source_key=row.key, created_at=at, campaign=_find_campaign(row))
    errors = FieldErrors()
    if not row.values.get("published"):
        with errors.collect():
            check_draft_count(request.campaign)
    with errors.collect():
        _fill_request(request, row, at)
    errors.raise_if_any()
    RequestWindow.objects.bulk_create(
        RequestWindow(request=request, kind="meeting", weekday=window.weekday, starts=window.starts, ends=window.ends)
        for window in _list_windows(row.values)
    )
    return request


def _list_windows(values: Mapping[str, Any]) -> list[Window]:
    return [window for group in values.get("meetings", ()) for window in group]


def _fill_request(request: Request, row: ImportRow, at: datetime) -> bool:
    values = {name: row.values[name] for name in _REQUEST_FIELDS if name in row.values}
    _check_days(request, values, today=at.date())
    guessed = set() if "campaign" in row.values else {"campaign"}
    if row.values.get("published"):
        guessed |= {"contact"}
        values["state"] = Request.State.PUBLISHED
    values["assumed"] = sorted(set(row.assumed_fields) | guessed)
    changed = request.pk is None or any(getattr(request, name) != value for name, value in values.items())
    if changed:
        for name, value in values.items():
            setattr(request, name, value)
        if request.state == Request.State.PUBLISHED and request.published_at is None:
            request.published_at = at
        request.version += request.pk is not None
        request.save()
    return changed


def _check_days(request: Request, values: dict[str, Any], *, today: date) -> None:
    # Importing the same row again must not refuse what was taken a year ago.
    stored = (request.starts_on, request.ends_on) if request.pk is not None else (None, None)
    starts_on, ends_on = values["starts_on"], values["ends_on"]
    if (starts_on, ends_on) != stored:
        check_days_of_campaign(
            request.campaign, starts_on=starts_on, ends_on=ends_on, today=today, is_start_new=starts_on != stored[0]
        )


def _find_campaign(row: ImportRow) -> Campaign:
    key = row.values.get("campaign")
    if key is not None:
        campaign = Campaign.objects.exclude(source="").filter(source_key=key).first()
        if campaign is None:
            params = {"key": key[:60]}
            raise Invalid(_("No imported campaign has the key “%(key)s”. Import the campaigns first.") % params)
        return campaign
    return _next_campaign_in_turn(Campaign.objects.filter(state=Campaign.State.VERIFIED).order_by("pk"))


def _next_campaign_in_turn(campaigns: "QuerySet[Campaign]") -> Campaign:
    count = campaigns.count()
    if not count:
        raise Invalid(_("There is no verified campaign to take this request. Import campaigns first."))
    return campaigns[Request.objects.exclude(source="").count() % count]


def _save_role(request: Request, row: ImportRow, *, changed: bool, is_new_request: bool) -> ImportOutcome:
    row_values = row.values
    skill = Skill.objects.get(code=row_values["skill"])
    values = {
        "skill": skill,
        "level": row_values.get("level", 3),
        "hours_per_week": row_values["hours_per_week"],
        "min_to_start": 1,
    }
    role = request.roles.filter(name=row_values["role"]).first()
    if role is None:
        seats = row_values.get("seat_count", 1)
        check_room(request, roles=1, seats=seats)
        values |= {"order": request.roles.count(), "vetted_for": skill.vetted_for}
        role = Role.objects.create(request=request, name=row_values["role"], **values)
        Seat.objects.bulk_create(Seat(role=role, number=number) for number in range(1, seats + 1))
        outcome_of_old_request = ImportOutcome.UPDATED if row.is_first else ImportOutcome.JOINED
        return ImportOutcome.CREATED if is_new_request else outcome_of_old_request
    if any(getattr(role, name) != value for name, value in values.items()):
        if not row.is_first:
            return ImportOutcome.JOINED
        for name, value in values.items():
            setattr(role, name, value)
        role.save()
        changed = True
    return ImportOutcome.UPDATED if changed else ImportOutcome.UNCHANGED
