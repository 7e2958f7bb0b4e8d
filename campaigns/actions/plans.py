"""Register a campaign together with the project that it has planned, as one step."""

from datetime import datetime

from django.db import transaction

from campaigns.actions.drafts import resolve_draft
from campaigns.actions.registration import check_registration, register_campaign
from campaigns.actions.requests import draft_request
from campaigns.draft_rules import Candidacy, RequestDraft
from campaigns.filing_rules import FilingFacts
from campaigns.models import Request
from core.date_rules import check_request_days
from core.field_errors import FieldErrors
from core.models import User


@transaction.atomic
def register_with_plan(
    *, actor: User, candidacy: Candidacy, name: str, filing: FilingFacts, draft: RequestDraft, at: datetime
) -> Request:
    """Register a campaign, and store its first request as a draft; both or neither.

    Raises Invalid as `register_campaign` and `draft_request` do, with everything that is wrong; paths of the request
    begin with `draft`.
    """
    errors = FieldErrors()
    with errors.collect("draft"):
        ends_on = resolve_draft(draft, None, today=at.date()).draft.ends_on
        assert ends_on is not None  # `resolve_draft` sets it
        check_request_days(
            starts_on=draft.starts_on, ends_on=ends_on, election_on=candidacy.election_on, today=at.date()
        )
    if errors:
        # Nothing is registered then, so that it does not count among the registrations of a day.
        check_registration(candidacy, filing, today=at.date(), errors=errors)
    campaign = register_campaign(actor=actor, candidacy=candidacy, name=name, filing=filing, at=at)
    return draft_request(actor=actor, campaign=campaign, draft=draft, at=at)
