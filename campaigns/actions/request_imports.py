"""Import requests from an organisation's spreadsheet: a row is a role, and rows of one key are one request."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.actions.amendments import (
    AMENDABLE_STATES,
    apply_request_change,
    list_request_changes,
    replace_windows,
    save_amended_request,
)
from campaigns.actions.drafts import check_days_of_campaign
from campaigns.actions.imported_roles import create_imported_role, describe_over, save_imported_role
from campaigns.actions.requests import check_draft_count
from campaigns.candidate_queries import find_open_stop
from campaigns.draft_rules import REQUEST_TERM_FIELDS, REQUEST_TEXT_FIELDS, RequestChange, check_windows
from campaigns.models import Campaign, Request
from campaigns.models.playbook import Staffing
from campaigns.signals import request_published
from core.errors import Invalid
from core.field_errors import FieldErrors
from core.imports import fields
from core.imports.fields import ImportField
from core.imports.importers import ImportOutcome, ImportRow, describe_repeated_key
from core.models import Skill
from core.time_zones import list_time_zones
from core.week_mask import Window

_REQUEST_FIELDS = ("title", "summary", "starts_on", "ends_on", "time_zone", "priority", "staffing", "is_on_board")
_AMENDABLE_FIELDS = tuple(name for name in _REQUEST_FIELDS if name != "staffing")


def list_request_fields() -> tuple[ImportField, ...]:
    """Return the fields of a spreadsheet of requests. A row is a role; rows of one key are one request."""
    skills = Skill.objects.filter(retired=False).values_list("code", flat=True)
    return (
        ImportField("campaign", fields.text_reader(200)),
        ImportField("campaign_source", fields.text_reader(64)),
        ImportField("title", fields.text_reader(160), required=True),
        ImportField("summary", fields.text_reader(2000)),
        ImportField("starts_on", fields.read_date, required=True),
        ImportField("ends_on", fields.read_date, required=True),
        ImportField("time_zone", fields.choice_reader(dict(list_time_zones()))),
        ImportField("priority", fields.integer_reader(1, 5)),
        ImportField("staffing", fields.choice_reader(Staffing.values)),
        ImportField("meetings", fields.read_windows, is_multiple=True),
        ImportField("published", fields.read_yes_no),
        ImportField("is_on_board", fields.read_yes_no),
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

    `campaign` is the key of a campaign that was imported from `campaign_source`, or else from the same source. Without
    it the requests are distributed evenly over the verified campaigns without members, which is noted as assumed. A
    campaign with members is left alone, and a new request for it refused. Published requests need no contact: that is
    noted as assumed too. What changes is amended as its campaign could amend it. What cannot change, or differs in a
    later row of the same key, is refused. Raises Invalid.
    """
    return [_load_request(row, source, at) for row in rows]


def _load_request(row: ImportRow, source: str, at: datetime) -> ImportOutcome:
    stored = Request.objects.filter(source=source, source_key=row.key).select_related("campaign")
    request = stored.select_for_update(no_key=True, of=("self",)).first()
    if request is None:
        request = _create_request(row, source, at)
        create_imported_role(request, row)
        return ImportOutcome.CREATED
    # A campaign with members maintains its own data. A request that this file has begun is taken to its end.
    is_begun_by_file = not row.is_first and request.created_at == at
    if not is_begun_by_file and request.campaign.members.exists():
        return ImportOutcome.LEFT_ALONE
    errors, changed, outcome = FieldErrors(), False, ImportOutcome.UNCHANGED
    with errors.collect():
        changed = _update_request(request, row, source, at)
    with errors.collect():
        outcome = save_imported_role(request, row, at)
    errors.raise_if_any()
    return ImportOutcome.UPDATED if changed and outcome == ImportOutcome.UNCHANGED else outcome


def _create_request(row: ImportRow, source: str, at: datetime) -> Request:
    request = Request(source=source, source_key=row.key, created_at=at, campaign=_find_campaign(row, source))
    for name in _REQUEST_FIELDS:
        if name in row.values:
            setattr(request, name, row.values[name])
    errors = FieldErrors()
    if row.values.get("published"):
        with errors.collect():
            _check_not_stopped(request.campaign)
        request.state, request.published_at = Request.State.PUBLISHED, at
    else:
        with errors.collect():
            check_draft_count(request.campaign)
    with errors.collect():
        check_days_of_campaign(request.campaign, starts_on=request.starts_on, ends_on=request.ends_on, today=at.date())
    errors.raise_if_any()
    request.assumed = _list_assumed(row)
    request.save()
    replace_windows(request, "meetings", _list_windows(row.values))
    return request


def _check_not_stopped(campaign: Campaign) -> None:
    """Raise Invalid while a stop of the campaign's candidate is open."""
    if find_open_stop(campaign) is not None:
        raise Invalid(_("The candidate has stopped this campaign. Leave the request out."), field="published")


def _list_windows(values: Mapping[str, Any]) -> list[Window]:
    return [window for group in values.get("meetings", ()) for window in group]


def _list_assumed(row: ImportRow) -> list[str]:
    guessed = set() if "campaign" in row.values else {"campaign"}
    if row.values.get("published"):
        guessed |= {"contact"}
    # The source only says where the campaign's key is looked up.
    return sorted((set(row.assumed_fields) | guessed) - {"campaign_source"})


def _update_request(request: Request, row: ImportRow, source: str, at: datetime) -> bool:
    """Amend a request as the row says; return whether anything has changed. Raises Invalid."""
    values = {name: row.values[name] for name in _AMENDABLE_FIELDS if name in row.values}
    meetings = _list_windows(row.values) if "meetings" in row.values else None
    change = RequestChange(**values, meetings=meetings)
    changes = list_request_changes(request, change) | _list_other_changes(request, row)
    _check_changes(request, changes, row, source)
    assumed = _list_assumed(row) if row.is_first else request.assumed
    if not changes and request.assumed == assumed:
        return False
    apply_request_change(request, change, today=at.date())
    if "meetings" in changes:
        replace_windows(request, "meetings", changes["meetings"])
    request.staffing, request.assumed = changes.get("staffing", request.staffing), assumed
    if "published" in changes:
        _check_not_stopped(request.campaign)
        check_days_of_campaign(request.campaign, starts_on=request.starts_on, ends_on=request.ends_on, today=at.date())
        request.state, request.published_at = Request.State.PUBLISHED, at
    words, agreed = (any(name in changes for name in names) for names in (REQUEST_TEXT_FIELDS, REQUEST_TERM_FIELDS))
    save_amended_request(request, list(request.roles.all()), words=words, sought=False, agreed=agreed, at=at)
    if "published" in changes:
        request_published.send(Request, request=request, at=at)
    return True


def _list_other_changes(request: Request, row: ImportRow) -> dict[str, Any]:
    """Return what a row says otherwise than the request, of that which only an import can change."""
    stored = {"staffing": request.staffing, "published": request.published_at is not None}
    return {name: row.values[name] for name, value in stored.items() if row.values.get(name, value) != value}


def _check_changes(request: Request, changes: Mapping[str, Any], row: ImportRow, source: str) -> None:
    errors = FieldErrors()
    with errors.collect():
        _check_same_campaign(request.campaign, row, source)
    refusal = "" if row.is_first else describe_repeated_key()
    if row.is_first and request.state not in AMENDABLE_STATES:
        refusal = describe_over(request)
    for name in changes if refusal else ():
        errors.add(name, refusal)
    if not refusal and changes.get("published") is False:
        errors.add("published", _("This request is published here, and stays so. Cancel it, or leave this empty."))
    errors.raise_if_any()


def _check_same_campaign(campaign: Campaign, row: ImportRow, source: str) -> None:
    key, message = (
        row.values.get("campaign"),
        _("This request is another campaign's here, and stays with it. Correct the row, or give it a key of its own."),
    )
    errors = FieldErrors()
    if key is not None and key != campaign.source_key:
        errors.add("campaign", message)
    named_source = row.values.get("campaign_source", campaign.source if key is None else source)
    if named_source != campaign.source:
        errors.add("campaign_source" if "campaign_source" in row.values else "campaign", message)
    errors.raise_if_any()


def _find_campaign(row: ImportRow, source: str) -> Campaign:
    key, named_source = row.values.get("campaign"), row.values.get("campaign_source")
    if key is not None:
        campaign = Campaign.objects.filter(source=named_source or source, source_key=key).first()
        if campaign is None:
            params = {"key": key[:60], "source": named_source or source}
            message = _(
                "No campaign of the source “%(source)s” has the key “%(key)s”. Import the campaigns first, or "
                "say under fields.campaign_source which source they have."
            )
            raise Invalid(message % params, field="campaign")
        if campaign.members.exists():
            message = _(
                "This campaign is left alone, because its people have taken it over. Ask them to publish it here."
            )
            raise Invalid(message, field="campaign")
        return campaign
    campaigns = Campaign.objects.filter(state=Campaign.State.VERIFIED, members=None).order_by("pk")
    return _next_campaign_in_turn(campaigns.filter(source=named_source) if named_source else campaigns)


def _next_campaign_in_turn(campaigns: "QuerySet[Campaign]") -> Campaign:
    count = campaigns.count()
    if not count:
        raise Invalid(_("There is no verified campaign without members to take this request. Import campaigns first."))
    return campaigns[Request.objects.exclude(source="").count() % count]
