"""Import requests from an organisation's spreadsheet: a row is a role, and rows of one key are one request."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from campaigns.actions.amendable_requests import AMENDABLE_STATES, save_amended_request
from campaigns.actions.amendments import apply_request_change, list_request_changes, replace_windows
from campaigns.actions.drafts import check_days_of_campaign
from campaigns.actions.imported_request_campaigns import check_same_campaign, find_campaign_of_row
from campaigns.actions.imported_roles import create_imported_role, describe_over, save_imported_role
from campaigns.actions.request_checks import check_draft_count
from campaigns.actions.request_import_fields import list_meetings
from campaigns.candidate_queries import find_open_stop
from campaigns.change_rules import REQUEST_TERM_FIELDS, REQUEST_TEXT_FIELDS, RequestChange
from campaigns.models import Campaign, Request
from campaigns.signals import request_published
from core.errors import Invalid
from core.field_errors import FieldErrors
from core.imports.importers import ImportOutcome, ImportRow, describe_repeated_key

_REQUEST_FIELDS = ("title", "summary", "starts_on", "ends_on", "time_zone", "priority", "staffing", "is_on_board")
_AMENDABLE_FIELDS = tuple(name for name in _REQUEST_FIELDS if name != "staffing")


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
    request = Request(source=source, source_key=row.key, created_at=at, campaign=find_campaign_of_row(row, source))
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
    replace_windows(request, "meetings", list_meetings(row.values))
    return request


def _check_not_stopped(campaign: Campaign) -> None:
    """Raise Invalid while a stop of the campaign's candidate is open."""
    if find_open_stop(campaign) is not None:
        raise Invalid(_("The candidate has stopped this campaign. Leave the request out."), field="published")


def _list_assumed(row: ImportRow) -> list[str]:
    guessed = set() if "campaign" in row.values else {"campaign"}
    if row.values.get("published"):
        guessed |= {"contact"}
    # The source only says where the campaign's key is looked up.
    return sorted((set(row.assumed_fields) | guessed) - {"campaign_source"})


def _update_request(request: Request, row: ImportRow, source: str, at: datetime) -> bool:
    """Amend a request as the row says; return whether anything has changed. Raises Invalid."""
    values = {name: row.values[name] for name in _AMENDABLE_FIELDS if name in row.values}
    meetings = list_meetings(row.values) if "meetings" in row.values else None
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
        check_same_campaign(request.campaign, row, source)
    refusal = "" if row.is_first else describe_repeated_key()
    if row.is_first and request.state not in AMENDABLE_STATES:
        refusal = describe_over(request)
    for name in changes if refusal else ():
        errors.add(name, refusal)
    if not refusal and changes.get("published") is False:
        errors.add("published", _("This request is published here, and stays so. Cancel it, or leave this empty."))
    errors.raise_if_any()
