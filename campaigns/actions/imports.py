"""Taking campaigns and requests from an organisation's spreadsheets."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import available_timezones

from django.db.models import QuerySet

from campaigns.models import Campaign, Candidate, Contest, Request, RequestWindow, Role, Seat
from campaigns.models.playbook import Staffing
from core.errors import Invalid
from core.imports import fields
from core.imports.fields import Field
from core.imports.registry import Importer, Outcome, Row
from core.models import Jurisdiction, Party, Skill
from core.vocabulary import OfficeLevel

_REQUEST = ("title", "summary", "starts_on", "ends_on", "time_zone", "priority", "staffing")


def campaign_fields() -> tuple[Field, ...]:
    """What a spreadsheet can say about a campaign: a line of a ballot."""
    return (
        Field("jurisdiction", fields.choice(Jurisdiction.objects.values_list("code", flat=True)), required=True),
        Field("office", fields.text(80), required=True),
        Field("level", fields.choice(OfficeLevel.values), required=True),
        Field("district", fields.text(80)),
        Field("election_on", fields.day, required=True),
        Field("special", fields.yes_no),
        Field("candidate", fields.text(120), required=True),
        Field("party", fields.text(80)),
        Field("name", fields.text(160)),
        Field("verified", fields.yes_no),
    )


def load_campaigns(*, rows: Sequence[Row], source: str, at: datetime) -> list[Outcome]:
    """Creates or updates a campaign for each row, with its contest and candidate, in the caller's transaction.

    Rows of one key are one campaign: a candidate whom several parties put up stands for the first of them.
    """
    return [_load_campaign(row, source, at) for row in rows]


def _load_campaign(row: Row, source: str, at: datetime) -> Outcome:
    if not row.first:
        return Outcome.JOINED
    candidate = _candidate(row)
    name = row.values.get("name") or f"{candidate.name}: {row.values['office']}"[:160]
    verified = row.values.get("verified", False)
    state = Campaign.State.VERIFIED if verified else Campaign.State.UNVERIFIED
    assumed = sorted(set(row.assumed) | ({"name"} if "name" not in row.values else set()))
    campaign = Campaign.objects.filter(source=source, source_key=row.key).first()
    if campaign is None:
        if Campaign.objects.filter(candidate=candidate).exists():
            raise Invalid(f"{candidate.name} has a campaign here already, from elsewhere. Leave this row out.")
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
        return Outcome.CREATED
    if campaign.members.exists():
        return Outcome.LEFT_ALONE
    if (campaign.candidate_id, campaign.name, campaign.assumed) == (candidate.pk, name, assumed):
        return Outcome.UNCHANGED
    campaign.candidate, campaign.name, campaign.assumed = candidate, name, assumed
    campaign.version += 1
    campaign.save()
    return Outcome.UPDATED


def _candidate(row: Row) -> Candidate:
    values = row.values
    election: date = values["election_on"]
    contest, _ = Contest.objects.get_or_create(
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
            party, _ = Party.objects.get_or_create(code=code, defaults={"name": values["party"].title()})
    candidate, _ = Candidate.objects.get_or_create(contest=contest, name=values["candidate"], defaults={"party": party})
    return candidate


def request_fields() -> tuple[Field, ...]:
    """What a spreadsheet can say about one role of a request; rows of one key are the roles of one request."""
    return (
        Field("campaign", fields.text(200)),
        Field("title", fields.text(160), required=True),
        Field("summary", fields.text(2000)),
        Field("starts_on", fields.day, required=True),
        Field("ends_on", fields.day, required=True),
        Field("time_zone", fields.choice(available_timezones())),
        Field("priority", fields.whole(1, 5)),
        Field("staffing", fields.choice(Staffing.values)),
        Field("meetings", fields.windows, many=True),
        Field("published", fields.yes_no),
        Field("role", fields.text(80), required=True),
        Field(
            "skill", fields.choice(Skill.objects.filter(retired=False).values_list("code", flat=True)), required=True
        ),
        Field("level", fields.whole(1, 5)),
        Field("hours", fields.whole(1, 60), required=True),
        Field("seats", fields.whole(1, 50)),
    )


def load_requests(*, rows: Sequence[Row], source: str, at: datetime) -> list[Outcome]:
    """Creates or updates a request for each key and a role for each of its rows, in the caller's transaction.

    `campaign` is the key of an imported campaign; without it the requests are spread over the verified ones by turns,
    which is noted as assumed. Published ones need no contact: it is noted as assumed too. Raises Invalid.
    """
    return [_load_role(row, source, at) for row in rows]


def _load_role(row: Row, source: str, at: datetime) -> Outcome:
    request = Request.objects.filter(source=source, source_key=row.key).first()
    new = request is None
    if request is None:
        request = _new_request(row, source, at)
    elif request.campaign.members.exists():
        return Outcome.LEFT_ALONE
    changed = _fill_request(request, row, at) if row.first and not new else False
    return _fill_role(request, row, changed=changed, new=new)


def _new_request(row: Row, source: str, at: datetime) -> Request:
    request = Request(source=source, source_key=row.key, created_at=at, campaign=_campaign(row))
    _fill_request(request, row, at)
    RequestWindow.objects.bulk_create(
        RequestWindow(request=request, kind="meeting", weekday=one.weekday, starts=one.starts, ends=one.ends)
        for several in row.values.get("meetings", ())
        for one in several
    )
    return request


def _fill_request(request: Request, row: Row, at: datetime) -> bool:
    values = {name: row.values[name] for name in _REQUEST if name in row.values}
    if values["ends_on"] < values["starts_on"]:
        raise Invalid("The work ends before it starts: correct one of the dates.")
    guessed = set() if "campaign" in row.values else {"campaign"}
    if row.values.get("published"):
        guessed |= {"contact"}
        values["state"] = Request.State.PUBLISHED
    values["assumed"] = sorted(set(row.assumed) | guessed)
    changed = request.pk is None or any(getattr(request, name) != value for name, value in values.items())
    if changed:
        for name, value in values.items():
            setattr(request, name, value)
        if request.state == Request.State.PUBLISHED and request.published_at is None:
            request.published_at = at
        request.version += request.pk is not None
        request.save()
    return changed


def _campaign(row: Row) -> Campaign:
    key = row.values.get("campaign")
    if key is not None:
        campaign = Campaign.objects.exclude(source="").filter(source_key=key).first()
        if campaign is None:
            raise Invalid(f"No imported campaign has the key “{key[:60]}”. Import the campaigns first.")
        return campaign
    return _by_turns(Campaign.objects.filter(state=Campaign.State.VERIFIED).order_by("pk"))


def _by_turns(campaigns: "QuerySet[Campaign]") -> Campaign:
    count = campaigns.count()
    if not count:
        raise Invalid("No verified campaign is here to ask for it. Import campaigns first.")
    return campaigns[Request.objects.exclude(source="").count() % count]


def _fill_role(request: Request, row: Row, *, changed: bool, new: bool) -> Outcome:
    values = row.values
    skill = Skill.objects.get(code=values["skill"])
    facts = {"skill": skill, "level": values.get("level", 3), "hours": values["hours"], "minimum": 1}
    role = request.roles.filter(name=values["role"]).first()
    if role is None:
        vetted_for = {"vetted_for": skill.vetted_for}
        role = Role.objects.create(
            request=request, name=values["role"], order=request.roles.count(), **facts, **vetted_for
        )
        Seat.objects.bulk_create(Seat(role=role, number=number) for number in range(1, values.get("seats", 1) + 1))
        return Outcome.CREATED if new else Outcome.JOINED if not row.first else Outcome.UPDATED
    if any(getattr(role, name) != value for name, value in facts.items()):
        if not row.first:
            return Outcome.JOINED
        for name, value in facts.items():
            setattr(role, name, value)
        role.save()
        changed = True
    return Outcome.UPDATED if changed else Outcome.UNCHANGED


CAMPAIGNS = Importer(kind="campaigns", fields=campaign_fields, load=load_campaigns, may_join=True)
REQUESTS = Importer(kind="requests", fields=request_fields, load=load_requests, may_join=True)
